// Small comforts; every page works without them: focus on the error summary, one submit a click, print and copy buttons.
document.querySelector("[data-focus]")?.focus();

// A second click while the first is under way would only wait for the same answer.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  form.querySelectorAll("button[type=submit]").forEach((button) => button.setAttribute("aria-disabled", "true"));
});
// Coming back by the back button, the form may be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });
});

// Who signs out leaves no page behind on an inspector's phone (inspect/worker.js); drafts stay until they are sent.
document.querySelector("[data-leave]")?.addEventListener("submit", () => window.caches?.delete("inspect-pages"));

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

document.querySelectorAll("[data-copy]").forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    document.getElementById(button.dataset.status).textContent = button.dataset.copied;
  });
});
