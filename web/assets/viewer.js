// Show a process diagram with the states of its steps in colour. The same facts stand beside it in words.
//
// <figure data-diagram="URL" hidden> with a .op-diagram-canvas inside (macros/diagram.html); the URL answers
//   {"xml": BPMN 2.0 text, "states": {element id: "done" | "active" | "waiting"}}
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";

const PADDING = 24; // fit-viewport leaves no margin of its own

async function show(figure) {
  const answer = await fetch(figure.dataset.diagram, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`diagram: ${answer.status}`);
  const { xml, states = {} } = await answer.json();
  figure.hidden = false;
  const viewer = new NavigatedViewer({ container: figure.querySelector(".op-diagram-canvas") });
  await viewer.importXML(xml);
  mark(viewer, states);
  const canvas = viewer.get("canvas");
  fit(canvas);
  figure.querySelectorAll("[data-zoom]").forEach((button) => {
    button.addEventListener("click", () => zoom(canvas, button.dataset.zoom));
  });
}

// Elements of called processes have a state too but stand in another drawing.
function mark(viewer, states) {
  const known = viewer.get("elementRegistry");
  for (const [id, state] of Object.entries(states)) {
    if (known.get(id)) viewer.get("canvas").addMarker(id, `st-${state}`);
  }
}

// The frame takes the drawing's own proportions, so that a wide one is not a stripe in a tall box.
function fit(canvas) {
  const { inner } = canvas.viewbox();
  const frame = canvas.getContainer().parentElement;
  frame.style.height = `${Math.round(Math.min(640, Math.max(220, (frame.clientWidth * inner.height) / inner.width)))}px`;
  canvas.resized();
  canvas.viewbox({
    x: inner.x - PADDING,
    y: inner.y - PADDING,
    width: inner.width + 2 * PADDING,
    height: inner.height + 2 * PADDING,
  });
}

function zoom(canvas, how) {
  if (how === "fit") return fit(canvas);
  canvas.zoom(canvas.zoom() * (how === "in" ? 1.25 : 0.8));
}

document.querySelectorAll("[data-diagram]").forEach((figure) => {
  // The drawing is an extra: when it cannot be shown its text twin is enough.
  show(figure).catch(() => (figure.hidden = true));
});
