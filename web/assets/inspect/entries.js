// What one person noted at one visit, on this phone: each change is an entry with an edit number that only grows.
import { device, everything, newId, rewrite } from "./store.js";

export const WAITING = "waiting", KEPT = "kept", REFUSED = "refused", REPLACED = "replaced";
export const UNFINISHED = "unfinished"; // a failed point without words, or words without a result: kept here, not sent yet

// An entry that was never sent may still be changed in place; one that was tried may have arrived, so a new one follows it.
// `seen` is the highest edit of the visit that the server has shown: what comes after it counts as later, also where an
// entry was begun before and is changed now.
export async function note(where, seen, kind, subject, body, state = WAITING) {
  const from = await device();
  let entry;
  await rewrite("entries", where, (known) => {
    const same = known.filter((each) => each.kind === kind && each.subject === subject);
    const unsent = same.find((each) => [WAITING, UNFINISHED].includes(each.state) && !each.tried);
    entry = {
      ...where, kind, subject, body,
      id: unsent?.id ?? newId(),
      edit: unsent && unsent.edit > seen ? unsent.edit : Math.max(seen, ...known.map((each) => each.edit)) + 1,
      device: from,
      noted_at: new Date().toISOString(),
      state, tried: false,
    };
    const refused = same.filter((each) => each.state === REFUSED);
    return [...refused.map((each) => ({ ...each, state: REPLACED })), entry];
  });
  return entry;
}

// Which of two entries of one person holds: the same rule as the server's (engine/inspections/fold.py), so that two phones
// of one person come to the same.
export function holdsOver(one, other) {
  if (one.edit !== other.edit) return one.edit > other.edit;
  return one.device === other.device ? one.id >= other.id : one.device > other.device;
}

export function newest(entries, kind, subject = "") {
  const same = entries.filter((each) => each.kind === kind && each.subject === subject);
  return same.reduce((best, each) => (!best || holdsOver(each, best) ? each : best), undefined);
}

// How what is said of a point is kept: to be sent, or not yet; REPLACED when it was taken back before it had a result.
export function stateOf({ result, words }) {
  if (!result) return words ? UNFINISHED : REPLACED;
  return result === "fail" && !words ? UNFINISHED : WAITING;
}

// The points of which the newest entry of this person is not finished or was refused: nobody may sign over these.
export function unsettled(entries) {
  const own = entries.filter((each) => each.kind === "point" && each.state !== REPLACED);
  const points = [...new Set(own.map((each) => each.subject))];
  return points.filter((point) => [UNFINISHED, REFUSED].includes(newest(own, "point", point).state));
}

// How many entries and photos of a person are to be sent yet, miss something or were refused, over all visits.
export async function unsentOf(user) {
  const rows = [...(await everything("entries")), ...(await everything("photos"))];
  const count = (state) => rows.filter((each) => each.user === user && each.state === state).length;
  return { waiting: count(WAITING), unfinished: count(UNFINISHED), not_taken: count(REFUSED) };
}
