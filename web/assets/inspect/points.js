// The points of a visit on the page: what this person says of each, its photos, and what the others have said.
import { holdsOver, newest, note, stateOf, KEPT, REFUSED, REPLACED, UNFINISHED, WAITING } from "./entries.js";
import { keepPhoto, NoPicture, whereNow } from "./pictures.js";
import { fact, remove } from "./store.js";

const SETTLING = 800; // ms after the last key before words are kept

export function points(visit) {
  const cards = [...document.querySelectorAll("[data-point]")].map((card) => pointCard(visit, card));
  return { render: () => cards.forEach((card) => card.render()) };
}

function pointCard(visit, card) {
  const id = card.dataset.point;
  const radios = [...card.querySelectorAll("input[type=radio]")];
  const words = card.querySelector("textarea");
  const more = card.querySelector("[data-more]");
  const { failed } = visit.unkept;
  let timer, typed, keeping = 0; // keeping: how many words and results are on their way into the phone

  const chosen = () => radios.find((each) => each.checked)?.value ?? "";
  const local = () => newest(visit.model.entries.filter((each) => each.state !== REPLACED), "point", id);

  async function keep() {
    clearTimeout(timer);
    const done = typed ?? visit.unkept.begin();
    typed = undefined;
    try {
      await keepSaid();
    } finally {
      done();
    }
  }

  async function keepSaid() {
    const body = { result: chosen(), words: words.value.trim() };
    const now = held() ?? { result: "", words: "" };
    if (!keeping && !failed.has(id) && now.result === body.result && now.words === body.words) return;
    keeping += 1;
    try {
      await note(visit.where, visit.model.sheet.edit, "point", id, body, stateOf(body));
      failed.delete(id);
    } catch (error) {
      console.warn(error);
      failed.add(id);
    }
    try {
      await visit.noted();
    } finally {
      keeping -= 1; // what was read of the phone before is shown no more
    }
    render();
  }

  // What holds of this person: the later of what lies here and what the server has; what is not settled here is shown
  // until it is, or it could not be put right.
  function held() {
    const here = local();
    const there = visit.model.sheet.mine[id];
    const open = [UNFINISHED, REFUSED].includes(here?.state);
    if (here && (open || !there || holdsOver(here, there))) return here.body;
    return there;
  }

  function render() {
    showOthers();
    showPhotos();
    if (!words) return;
    const now = held();
    card.dataset.result = now?.result ?? "";
    say(local());
    if (typed || keeping || failed.has(id)) return; // what stands in the fields is newer
    if (document.activeElement !== words && now) words.value = now.words;
    if (now) radios.forEach((each) => (each.checked = each.value === now.result));
    open(now);
  }

  function open(now) {
    const wanted = now?.result === "fail" || words.value || card.querySelector("[data-photos]").children.length;
    if (wanted) unfold();
  }

  function unfold() {
    card.querySelector("[data-unfold]").hidden = true;
    more.hidden = false;
  }

  // Whether what was said has reached the server, in words beside the point.
  function say(entry) {
    const line = card.querySelector("[data-said]");
    const { w } = visit;
    const said = failed.has(id) ? [w.entry_full, "bad"] : {
      [WAITING]: [w.entry_waiting, "warn"], [KEPT]: [w.entry_kept, "good"],
      [UNFINISHED]: [entry?.body.result ? w.entry_unfinished : w.entry_no_result, "bad"],
      [REFUSED]: [`${entry?.says ?? ""}${entry?.do ?? ""}`, "bad"],
    }[entry?.state] ?? (visit.model.sheet.mine[id] ? [w.entry_kept, "good"] : ["", ""]);
    if (line.textContent !== said[0]) line.textContent = said[0];
    line.dataset.tone = said[1];
    words.toggleAttribute("aria-invalid", entry?.state === UNFINISHED && Boolean(entry.body.result));
  }

  function showOthers() {
    const box = card.querySelector("[data-others]");
    const html = visit.model.sheet.html.others[id] ?? "";
    if (box && box.dataset.html !== html) {
      box.innerHTML = html; // made and escaped by our own server
      box.dataset.html = html;
    }
  }

  function showPhotos() {
    photoTiles(visit, card.querySelector("[data-photos]"), id);
  }

  if (words) {
    radios.forEach((each) => each.addEventListener("change", () => {
      if (each.value === "fail") unfold();
      if (each.value === "fail" && !words.value) words.focus();
      keep();
    }));
    radios.forEach((each) => each.addEventListener("click", () => failed.has(id) && keep()));
    words.addEventListener("input", () => {
      clearTimeout(timer);
      typed ??= visit.unkept.begin();
      timer = setTimeout(keep, SETTLING);
    });
    document.addEventListener("visibilitychange", () => typed && keep());
    words.addEventListener("change", keep);
    more.hidden = true;
    card.querySelector("[data-unfold]").hidden = false;
    card.querySelector("[data-unfold]").addEventListener("click", () => {
      unfold();
      words.focus();
    });
  }
  takePhotos(visit, card, id);
  return { render };
}

// Photos that the server has, then those that still lie on the phone, each with its state in words.
export function photoTiles(visit, list, point) {
  if (!list) return;
  const { sheet, photos } = visit.model;
  const here = photos.filter((each) => each.point === point && !sheet.photos.includes(each.id));
  const key = `${sheet.html.photos[point] ?? ""}|${here.map((each) => each.id + each.state).join()}`;
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.innerHTML = sheet.html.photos[point] ?? "";
  list.append(...here.map((photo) => tile(visit, photo)));
}

function tile(visit, photo) {
  const made = document.getElementById("photo-tile").content.firstElementChild.cloneNode(true);
  made.querySelector("img").src = photo.thumb;
  const words = made.querySelector("[data-photo-words]");
  words.textContent = { [WAITING]: visit.w.photo_waiting, [KEPT]: visit.w.photo_kept }[photo.state]
    ?? `${photo.says || visit.w.photo_large}${photo.do ?? ""}`;
  made.dataset.state = photo.state;
  const drop = made.querySelector("button");
  drop.hidden = photo.state === KEPT;
  drop.addEventListener("click", async () => {
    if (!confirm(visit.w.drop_photo)) return;
    await remove("photos", photo.id);
    await visit.noted();
  });
  return made;
}

// The control for photos of a point; with scripts they are taken at once, several at a time.
export function takePhotos(visit, scope, point) {
  const input = scope.querySelector("input[type=file]");
  const line = scope.querySelector("[data-photo-said]");
  input?.addEventListener("change", async () => {
    const done = visit.unkept.begin();
    line.textContent = visit.w.photo_working;
    try {
      line.textContent = (await keepAll(visit, point, [...input.files])).join("");
      input.value = "";
      await visit.noted();
    } finally {
      done();
    }
  });
}

// Keep each photo on the phone; what is to be said of those that could not be kept.
async function keepAll(visit, point, files) {
  const position = (await fact("with_position")) ? await whereNow() : null;
  const bad = [];
  for (const file of files) {
    try {
      await keepPhoto(visit.where, point, file, position);
    } catch (error) {
      bad.push(error instanceof NoPicture ? visit.w.no_picture.replace("{name}", file.name) : visit.w.phone_full);
    }
  }
  return bad;
}
