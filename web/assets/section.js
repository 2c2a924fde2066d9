// A section of the one form: questions that hang on an answer appear when it is given, without saving.
// Without scripts the server shows them after the next save (web/applicant/sections.py).
const form = document.querySelector("form[data-section]");

async function look() {
  const body = new FormData(form);
  body.set("action", "look");
  // form.action would be the buttons of that name
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { visible } = await answer.json();
  const shown = new Set(visible);
  for (const block of form.querySelectorAll("[data-question]")) {
    block.hidden = !shown.has(block.dataset.question);
  }
  form.elements.shown.value = visible.join(",");
}

form?.addEventListener("change", (event) => {
  if (event.target.closest("[data-decides]")) look().catch(console.error);
});
