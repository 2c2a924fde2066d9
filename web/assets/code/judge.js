// What may be said of a genuine code by the list that the phone keeps, and by the days that the code states.
//
// Never "valid" without a list that is good now, has the certificate and knows this issue.
import { standing } from "./known.js";

const STATES = [null, "valid", "partly", "changed", "cancelled", "expired", "suspended"];
const LAPSED = ["cancelled", "expired"];
const ISSUES = 8192; // two bytes a certificate: its state times this, plus its newest issue

// {state, why}: state is one of STATES, "unsure", or "due" (the last days on the paper are over, and only the register
// knows of a renewal under way); `why` says what of the list, or of the days, decided it.
export function judged(summary, list, now) {
  const byList = ofList(summary, list, now);
  if (byList.why === "later_issue" || LAPSED.includes(byList.state)) return byList; // a later issue may state later days
  const byDays = ofDays(summary, byList.state === "unsure" ? null : list, now);
  if (byDays === "due") return { state: "due", why: "days" };
  if (byDays === "partly" && ["valid", "changed"].includes(byList.state)) return { state: "partly", why: "days" };
  return byList;
}

function ofList(summary, list, now) {
  if (!list) return { state: "unsure", why: "no_list" };
  const good = standing(list, now);
  if (good !== "good") return { state: "unsure", why: good };
  const told = ((list.states[2 * summary.listIndex] ?? 0) << 8) | (list.states[2 * summary.listIndex + 1] ?? 0);
  const state = STATES[Math.floor(told / ISSUES)];
  const newest = told % ISSUES;
  if (!state) return { state: "unsure", why: "not_listed" };
  if (summary.issue > newest) return { state: "unsure", why: "newer" };
  if (summary.issue === newest) return { state, why: "list" };
  return { state: state === "valid" ? "changed" : state, why: "later_issue" };
}

// Whether a licence's last day has passed, by the calendar of Beijing.
export const ended = (licence, now) => licence.until !== null && licence.until < dayOf(now);

// "due" when all licences have passed their last day, "partly" when some have; "valid" when none has, or none since
// the day of a good list: that has judged those before.
function ofDays({ licences }, list, now) {
  const over = licences.filter((licence) => ended(licence, now));
  if (over.every((licence) => list && ended(licence, list.madeAt))) return "valid";
  return over.length === licences.length ? "due" : "partly";
}

const dayOf = (moment) => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
