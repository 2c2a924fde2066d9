// Signatures: the inspector's own, and that of the applicant's person, who may refuse with words.
import { holdsOver, newest, note, REPLACED, unsettled } from "./entries.js";
import { pad } from "./pad.js";

// The ids of the entries about points that hold, as far as this phone knows: what a signature covers.
function covered({ where, model }) {
  const { sheet } = model;
  const own = model.entries.filter((each) => each.kind === "point" && ["waiting", "kept"].includes(each.state));
  const mine = new Map(Object.entries(sheet.mine));
  for (const entry of own) {
    const known = mine.get(entry.subject);
    if (!known || holdsOver(entry, known)) mine.set(entry.subject, entry);
  }
  const others = sheet.held.filter((each) => each.user !== where.user).map((each) => each.id);
  return [...others, ...[...mine.values()].map((each) => each.id)].sort();
}

// Whether something said is not finished, was refused, or did not fit into this phone.
const isOpen = ({ model, unkept }) => unsettled(model.entries).length + unkept.failed.size > 0;
const same = (one, other) => one.length === other.length && one.every((each, n) => each === other[n]);

export function signing(visit) {
  const parts = [ownPart(visit), partyPart(visit)].filter(Boolean);
  const signers = document.querySelector("[data-signers]");
  function render() {
    const html = visit.model.sheet.html.signers;
    if (signers.dataset.html !== html) signers.innerHTML = signers.dataset.html = html; // escaped by our own server
    document.querySelectorAll("input[name=covers]").forEach((each) => (each.value = covered(visit).join()));
    parts.forEach((part) => part.render());
  }
  return { render };
}

// Of a kind of signature, the newest that lies here; whether it covers what now holds.
function standing(visit, kind, there) {
  const entries = visit.model.entries.filter((each) => each.state !== REPLACED);
  const here = newest(entries, kind);
  if (here && (!there || holdsOver(here, there))) return { entry: here, valid: same([...here.body.covers].sort(), covered(visit)) };
  return there ? { entry: there, valid: same([...there.covers].sort(), covered(visit)) } : null;
}

function show(visit, box, found) {
  const { w } = visit;
  const done = found?.valid && found.entry.state !== "refused";
  const open = isOpen(visit);
  box.querySelector("[data-scripted]").hidden = done || open || !covered(visit).length; // an empty sheet cannot be signed
  box.querySelector("[data-paper]").hidden = open;
  const [text, tone] = open ? [w.sign_unsettled, "bad"]
    : !covered(visit).length ? [w.sign_nothing, ""]
    : !found ? [w.sign_not_yet, ""]
    : !found.valid ? [w.sign_outdated, "bad"]
    : found.entry.state === "waiting" ? [w.sign_waiting, "warn"]
    : found.entry.state === "refused" ? [`${found.entry.says}${found.entry.do}`, "bad"]
    : [w.sign_kept, "good"];
  const line = box.querySelector("[data-sign-said]");
  if (line.textContent !== text) line.textContent = text;
  line.dataset.tone = tone;
}

function withPad(visit, box, send) {
  const canvas = box.querySelector("canvas");
  const go = box.querySelector("[data-sign]");
  const drawn = pad(canvas, (any) => go.setAttribute("aria-disabled", String(!any)));
  box.querySelector("[data-clear]").addEventListener("click", () => drawn.clear());
  go.addEventListener("click", async (event) => {
    event.preventDefault();
    await visit.unkept.all(); // the words that were typed last
    const done = visit.unkept.begin();
    try {
      await keepSigned(visit, box, send, drawn);
    } finally {
      done();
    }
  });
}

async function keepSigned(visit, box, send, drawn) {
  await visit.read(); // another tab may have noted something
  if (isOpen(visit)) return complain(box, visit.w.sign_unsettled);
  const kept = await send(drawn.strokes()).catch(() => complain(box, visit.w.sign_full));
  if (!kept) return;
  drawn.clear();
  await visit.noted();
}

function complain(box, words) {
  box.querySelector("[data-sign-said]").textContent = words;
  box.querySelector("[data-sign-said]").dataset.tone = "bad";
  return false;
}

function ownPart(visit) {
  const box = document.querySelector("[data-own-signature]");
  if (!box) return null;
  const { w } = visit;
  withPad(visit, box, async (strokes) => {
    const covers = covered(visit);
    if (!covers.length) return complain(box, w.sign_nothing);
    if (!strokes.length) return complain(box, w.sign_empty);
    await note(visit.where, visit.model.sheet.edit, "signature", "", { strokes, covers });
    return true;
  });
  return { render: () => show(visit, box, standing(visit, "signature", visit.model.sheet.signature)) };
}

function partyPart(visit) {
  const box = document.querySelector("[data-party]");
  if (!box) return null;
  const { w } = visit;
  const name = box.querySelector("[name=party_name]");
  const words = box.querySelector("[name=party_words]");
  const refuses = () => box.querySelector("[name=party_answer]:checked")?.value === "refused";
  withPad(visit, box, async (strokes) => {
    const covers = covered(visit);
    const answer = refuses() ? "refused" : "signed";
    const body = { answer, name: name.value.trim(), words: words.value.trim(), strokes: refuses() ? [] : strokes, covers };
    if (!covers.length) return complain(box, w.sign_nothing);
    if (answer === "signed" && !body.name) return complain(box, w.party_no_name);
    if (answer === "signed" && !strokes.length) return complain(box, w.sign_empty);
    if (answer === "refused" && !body.words) return complain(box, w.party_no_words);
    await note(visit.where, visit.model.sheet.edit, "party", "", body);
    return true;
  });
  function parts() {
    box.dataset.answer = refuses() ? "refused" : "signed";
    box.querySelector("[data-sign]").setAttribute("aria-disabled", "false");
  }
  box.querySelectorAll("[name=party_answer]").forEach((each) => each.addEventListener("change", parts));
  return { render: () => show(visit, box, standing(visit, "party", visit.model.sheet.party)) };
}
