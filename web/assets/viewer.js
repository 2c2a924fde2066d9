// Show a process diagram with the states of its steps in colour. The same facts stand beside it in words.
//
// <div class="op-diagram-canvas" data-diagram="URL"> … the URL answers JSON:
//   {"xml": BPMN 2.0 text, "states": {element id: "done" | "active" | "waiting"}}
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css";

const PADDING = 24; // fit-viewport leaves no margin of its own

async function show(canvasElement) {
  const answer = await fetch(canvasElement.dataset.diagram, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`diagram: ${answer.status}`);
  const { xml, states = {} } = await answer.json();
  const viewer = new NavigatedViewer({ container: canvasElement });
  await viewer.importXML(xml);
  mark(viewer, states);
  fit(viewer.get("canvas"));
  const figure = canvasElement.closest("figure");
  figure.querySelectorAll("[data-zoom]").forEach((button) => {
    button.addEventListener("click", () => zoom(viewer.get("canvas"), button.dataset.zoom));
  });
}

// Elements of called processes have a state too but stand in another drawing.
function mark(viewer, states) {
  const canvas = viewer.get("canvas");
  const known = viewer.get("elementRegistry");
  for (const [id, state] of Object.entries(states)) {
    if (known.get(id)) canvas.addMarker(id, `st-${state}`);
  }
}

function fit(canvas) {
  canvas.zoom("fit-viewport");
  const box = canvas.viewbox();
  const around = PADDING / box.scale;
  canvas.viewbox({
    x: box.inner.x - around,
    y: box.inner.y - around,
    width: box.inner.width + 2 * around,
    height: box.inner.height + 2 * around,
  });
}

function zoom(canvas, how) {
  if (how === "fit") return fit(canvas);
  canvas.zoom(canvas.zoom() * (how === "in" ? 1.25 : 0.8));
}

document.querySelectorAll("[data-diagram]").forEach((element) => {
  show(element).catch(() => {
    // The drawing is an extra: its text twin stays, the empty frame goes.
    element.closest("figure").hidden = true;
  });
});
