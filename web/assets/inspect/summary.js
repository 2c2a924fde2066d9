// The summary: what was found, as the server has it; closing waits until nothing of it lies on this phone any more.
import { Trouble } from "./ask.js";
import { bar } from "./bar.js";
import { REFUSED, UNFINISHED, WAITING } from "./entries.js";
import { ofVisit } from "./store.js";
import { sync } from "./sync.js";

const LEFT = [WAITING, UNFINISHED, REFUSED]; // what the server does not have

export async function summaryPage(frame, words) {
  const where = { user: Number(frame.dataset.user), inspection: Number(frame.dataset.inspection) };
  const show = bar(document.querySelector("[data-bar]"), words);
  const left = async () =>
    [...(await ofVisit("entries", where)), ...(await ofVisit("photos", where))].filter((row) => LEFT.includes(row.state)).length;

  async function look(trouble) {
    const count = await left();
    const box = document.querySelector("[data-unsent]");
    if (box) {
      box.hidden = !count;
      box.querySelector("[data-n]").textContent = count;
    }
    document.querySelector("[data-close]")?.setAttribute("aria-disabled", String(Boolean(count) || !navigator.onLine));
    await show(where.user, trouble);
  }

  async function send() {
    const before = await left();
    try {
      if (!navigator.onLine) throw new Trouble("offline");
      if (before) await sync(where);
      if (before && !(await left())) return location.reload(); // the page shows what was just sent
      await look(null);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      await look(error);
    }
  }

  // Until the phone has been looked at, nobody knows whether something is left.
  document.querySelector("[data-close-form]")?.addEventListener("submit", (event) => {
    if (document.querySelector("[data-close]").getAttribute("aria-disabled") !== "false") {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);
  window.addEventListener("online", send);
  window.addEventListener("offline", send);
  window.addEventListener("pageshow", (event) => event.persisted && send());
  document.querySelector("[data-send-now]")?.addEventListener("click", send);
  await look(null);
  await send();
}
