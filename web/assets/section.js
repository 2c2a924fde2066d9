// A section of the one form, or a clerk's form: questions that hang on an answer appear when it is given, without
// saving. Without scripts the server shows them after the next save (web/applicant/sections.py, web/staff/task.py).
import { AskTheServer, holds } from "./conditions.js";

const form = document.querySelector("form[data-section]");
const blocks = form ? [...form.querySelectorAll("[data-question]")] : [];
const elsewhere = form ? JSON.parse(form.dataset.facts) : {};

// The answer in a question's controls, as the server will read it; what must be cleaned first only the server knows.
function given(block) {
  const chosen = [...block.querySelectorAll("input:checked, select")].map((control) => control.value).filter(Boolean);
  switch (block.dataset.kind) {
    case "yes_no": return chosen.length ? chosen[0] === "yes" : null;
    case "choice": case "region": return chosen[0] ?? null;
    case "choices": return chosen.length ? chosen : null;
    case "date": return block.querySelector("input").value || null; // the browser gives it as the server keeps it
    default: throw new AskTheServer(block.dataset.kind);
  }
}

// What conditions may read: other sections' answers, and this one's while its question is shown.
function facts(shown) {
  const all = { ...elsewhere };
  for (const block of blocks) {
    const name = block.dataset.question;
    Object.defineProperty(all, name, { get: () => (shown.has(name) ? given(block) : null), enumerable: true });
  }
  return all;
}

function asked(shown) {
  const known = facts(shown);
  const those = blocks.filter(({ dataset }) => !dataset.visibleIf || holds(JSON.parse(dataset.visibleIf), known));
  return new Set(those.map((block) => block.dataset.question));
}

// Questions hang on questions that hang on others, never in a circle: as many rounds as questions settle it.
function decide() {
  let shown = new Set(blocks.map((block) => block.dataset.question));
  for (const _ of blocks) shown = asked(shown);
  show(shown);
}

function show(shown) {
  for (const block of blocks) block.hidden = !shown.has(block.dataset.question);
  if (form.elements.shown) form.elements.shown.value = [...shown].join(",");
}

async function look() {
  if (!form.elements.shown) return; // a clerk's form is answered only when it is sent
  const body = new FormData(form);
  body.set("action", "look");
  // form.action would be the buttons of that name
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
  if (answer.ok) show(new Set((await answer.json()).visible));
}

form?.addEventListener("change", (event) => {
  if (!event.target.closest("[data-decides]")) return;
  try {
    decide();
  } catch (error) {
    if (!(error instanceof AskTheServer)) throw error;
    look().catch(console.error);
  }
});
