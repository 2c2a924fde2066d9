// Shows a BPMN diagram with the state of each element in colour.
//
// <figure><div data-diagram="URL" role="presentation"></div><figcaption>…</figcaption></figure> plus a list of the
// steps in words. URL answers {"xml": "<BPMN>", "states": {"<element id>": "done" | "active" | "waiting"}}.
// Every element gets the class st-done, st-active or st-waiting; colours stand in app.css. The div keeps the class
// diagram-failed when the diagram cannot be shown: the list in words still says everything.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn.css";

const MARGIN = 20; // pixels of the diagram's own scale; fit-viewport leaves none

function fitWithMargin(canvas) {
  canvas.zoom("fit-viewport", "auto");
  const box = canvas.viewbox();
  canvas.viewbox({
    x: box.inner.x - MARGIN,
    y: box.inner.y - MARGIN,
    width: box.inner.width + 2 * MARGIN,
    height: box.inner.height + 2 * MARGIN,
  });
}

function mark(viewer, states) {
  const canvas = viewer.get("canvas");
  const elements = viewer.get("elementRegistry");
  for (const [id, state] of Object.entries(states)) {
    if (elements.get(id)) canvas.addMarker(id, `st-${state}`);
  }
}

async function show(container) {
  const answer = await fetch(container.dataset.diagram, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status} ${container.dataset.diagram}`);
  const { xml, states } = await answer.json();
  const viewer = new NavigatedViewer({ container });
  await viewer.importXML(xml);
  mark(viewer, states);
  fitWithMargin(viewer.get("canvas"));
  container.classList.add("diagram-shown");
}

for (const container of document.querySelectorAll("[data-diagram]")) {
  show(container).catch((error) => {
    container.classList.add("diagram-failed");
    console.error(error);
  });
}
