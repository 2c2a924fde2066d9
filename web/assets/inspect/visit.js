// One visit on the phone: everything said is kept here at once and sent when there is a network; the page shows both.
import { Trouble } from "./ask.js";
import { bar } from "./bar.js";
import { WAITING } from "./entries.js";
import { points, photoTiles, takePhotos } from "./points.js";
import { signing } from "./signing.js";
import { fact, get, ofVisit, remember } from "./store.js";
import { sync } from "./sync.js";
import { unkept } from "./unkept.js";

const SOON = 600; // ms after a change
const LOOK = 20000; // ms between looks at what the others noted
const TRY_AGAIN = [5000, 15000, 60000]; // ms after trouble, the last one for ever

export async function visitPage(frame, words) {
  const where = { user: Number(frame.dataset.user), inspection: Number(frame.dataset.inspection) };
  const showBar = bar(document.querySelector("[data-bar]"), words);
  let failures = 0, timer, trouble = null, shown = [];
  const show = () => showBar(where.user, trouble, visit.unkept.state);
  const visit = { where, w: words, model: null, noted, read, unkept: unkept(show) };

  async function read(sheet) {
    const given = JSON.parse(frame.dataset.state);
    const known = sheet ?? (await get("sheets", [where.user, where.inspection]))?.sheet;
    visit.model = {
      sheet: known && known.at > given.at ? known : given,
      entries: await ofVisit("entries", where),
      photos: await ofVisit("photos", where),
    };
  }

  async function render(sheet) {
    await read(sheet);
    shown.forEach((part) => part.render());
    progress();
    await show();
  }

  async function noted() {
    await render();
    plan(SOON);
  }

  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }

  async function send() {
    clearTimeout(timer);
    if (!navigator.onLine) return settle(new Trouble("offline"));
    try {
      const sheet = await sync(where, render);
      settle(null);
      await render(sheet);
      plan(left(visit.model) ? SOON : LOOK); // something may have been noted meanwhile
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      settle(error);
    }
  }

  // Offline the phone waits for its network; whoever has to sign in again is not asked every minute.
  async function settle(found) {
    trouble = found;
    if (!found) failures = 0;
    else if (found.kind === "stale") plan(SOON);
    else if (!["offline", "expired", "other"].includes(found.kind)) plan(TRY_AGAIN[Math.min(failures++, TRY_AGAIN.length - 1)]);
    await show();
  }

  function progress() {
    const all = [...document.querySelectorAll("[data-point]")];
    const done = all.filter((card) => card.dataset.result || card.querySelector("[data-others] [data-result]"));
    const line = document.querySelector("[data-progress]");
    if (line) line.textContent = words.progress.replace("{done}", done.length).replace("{all}", all.length);
  }

  await read();
  if (frame.dataset.open) shown = [points(visit), signing(visit)];
  const place = document.querySelector("[data-place-photos]");
  if (place) { // also after the end: a photo may have waited in a phone without signal
    shown.push({ render: () => photoTiles(visit, place.querySelector("[data-photos]"), "") });
    takePhotos(visit, place, "");
  }
  await position();
  await render();
  window.addEventListener("online", () => send());
  window.addEventListener("offline", () => settle(new Trouble("offline")));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  document.querySelector("[data-send-now]")?.addEventListener("click", send);
  send();
}

const left = ({ entries, photos }) => [...entries, ...photos].some((each) => each.state === WAITING);

// The position of photos: only when the person agreed on this phone, and taken back as easily.
async function position() {
  const box = document.querySelector("[data-position]");
  if (!box) return;
  box.hidden = !navigator.geolocation;
  const tick = box.querySelector("input");
  tick.checked = Boolean(await fact("with_position"));
  tick.addEventListener("change", () => remember("with_position", tick.checked));
}
