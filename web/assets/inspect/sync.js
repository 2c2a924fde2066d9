// Sends what waits on the phone. Each entry and photo keeps its id, so that sending twice is the same as once; a photo's
// bytes go only after the server has answered with their very hash. Trouble leaves everything where it is.
import { ask, PATIENCE_FOR_A_PHOTO, Trouble } from "./ask.js";
import { holdsOver, KEPT, REFUSED, REPLACED, WAITING } from "./entries.js";
import { change, device, ofVisit, put, remember, rewrite } from "./store.js";

const MOST_AT_ONCE = 50; // entries in one message
const REFUSES_ONE = ["invalid", "large"]; // what is wrong with one photo does not hold up the others
const KEPT_STATES = ["kept", "known"];

const inOrder = (rows) => rows.filter((each) => each.state === WAITING).sort((a, b) => a.edit - b.edit);
const at = (where, path) => `/inspect/${where.inspection}/${path}`;

// Only one tab of the phone sends at a time; the other one sees what has become of it.
export async function sync(where, tell = () => {}) {
  const run = () => sendAll(where, tell);
  if (!navigator.locks) return run();
  return navigator.locks.request("onepermit-inspect", run);
}

async function sendAll(where, tell) {
  let sheet = await fresh(where);
  const entries = inOrder(await ofVisit("entries", where));
  for (let start = 0; start < entries.length; start += MOST_AT_ONCE) {
    await sendEntries(where, sheet.csrf, entries.slice(start, start + MOST_AT_ONCE));
    await tell(sheet);
  }
  const photos = (await ofVisit("photos", where)).filter((each) => each.state === WAITING);
  for (const photo of photos) {
    await sendPhoto(where, sheet.csrf, photo);
    await tell(sheet);
  }
  if (entries.length || photos.length) sheet = await fresh(where);
  await tell(sheet);
  return sheet;
}

// The visit as the server has it, with a token for this session; never with another person's session.
export async function fresh(where) {
  const sheet = await ask(at(where, "state.json"));
  if (sheet.person?.id !== where.user) throw new Trouble("other", { says: sheet.person?.name });
  await put("sheets", { ...where, sheet }).catch(console.warn); // a full phone sends what it has all the same
  await remember("reached", new Date().toISOString()).catch(console.warn);
  return sheet;
}

async function sendEntries(where, token, entries) {
  for (const each of entries) await change("entries", each.id, { tried: true });
  const ids = new Set(entries.map((each) => each.id));
  const asTried = inOrder(await ofVisit("entries", where)).filter((each) => ids.has(each.id)); // no longer changed in place
  const message = {
    device: await device(),
    sent_at: new Date().toISOString(),
    entries: asTried.map(({ id, kind, subject, edit, body, noted_at }) => ({ id, kind, subject, edit, body, noted_at })),
  };
  const { answers } = await ask(at(where, "sync"), {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(message),
  });
  await rewrite("entries", where, (known) => answers.flatMap((answer) => told(answer, known)));
}

// What became of an entry; a refused one needs nothing any more where a later one has followed it meanwhile.
function told(answer, known) {
  const entry = known.find((each) => each.id === answer.id);
  if (!entry) return [];
  const after = settled(answer, KEPT_STATES.includes(answer.state));
  const same = known.filter((each) => each.kind === entry.kind && each.subject === entry.subject);
  const followed = same.some((each) => each.id !== entry.id && holdsOver(each, entry));
  return [{ ...entry, ...after, ...(after.state === REFUSED && followed ? { state: REPLACED } : {}) }];
}

function settled(answer, kept) {
  return kept
    ? { state: KEPT, says: "", do: "", kept_at: new Date().toISOString() }
    : { state: REFUSED, says: answer.says, do: answer.do };
}

async function sendPhoto(where, token, photo) {
  const body = new FormData();
  const { id, point, taken_at, sha256, position } = photo;
  const words = { id, point, taken_at, sha256, sent_at: new Date().toISOString(), ...(position ?? {}) };
  for (const [name, value] of Object.entries(words)) body.append(name, value);
  body.append("photo", new Blob([photo.bytes], { type: "image/jpeg" }), photo.name);
  const options = { method: "POST", headers: { "X-CSRFToken": token }, body };
  try {
    const answer = await ask(at(where, "photos"), options, PATIENCE_FOR_A_PHOTO);
    if (answer.sha256 !== sha256) throw new Trouble("server"); // damaged on its way: it is sent again
    if (!KEPT_STATES.includes(answer.state)) return await change("photos", id, settled(answer, false));
    await change("photos", id, { ...settled(answer, true), bytes: null });
  } catch (trouble) {
    if (!REFUSES_ONE.includes(trouble.kind)) throw trouble;
    await change("photos", id, settled(trouble, false));
  }
}
