// What may be said of a genuine code by the list that the phone keeps, and by the days that the code states.
//
// Never "valid" without a list that is good now, has the certificate and knows this issue.
import { standing } from "./known.js";

const STATES = [null, "valid", "partly", "changed", "cancelled", "expired", "suspended"];
const ISSUES = 32; // the list tells the issue modulo this

// {state, why}: state is one of STATES or "unsure"; `why` says what of the list, or of the days, decided it.
export function judged(summary, list, now) {
  const byList = ofList(summary, list, now);
  const byDays = ofDays(summary, now);
  if (byList.state === "unsure" && byDays === "expired") return { state: "expired", why: "days" };
  if (byList.state === "valid" && byDays !== "valid") return { state: byDays, why: "days" };
  return byList;
}

function ofList(summary, list, now) {
  if (!list) return { state: "unsure", why: "no_list" };
  const good = standing(list, now);
  if (good !== "good") return { state: "unsure", why: good };
  const byte = list.states[summary.listIndex] ?? 0;
  const state = STATES[byte >> 5];
  if (!state) return { state: "unsure", why: "not_listed" };
  const later = ((byte & (ISSUES - 1)) - (summary.issue % ISSUES) + ISSUES) % ISSUES;
  if (later >= ISSUES / 2) return { state: "unsure", why: "newer" };
  if (later === 0) return { state, why: "list" };
  return { state: state === "valid" ? "changed" : state, why: "later_issue" };
}

// Whether a licence's last day has passed, by the calendar of Beijing.
export const ended = (licence, now) => licence.until !== null && licence.until < today(now);

function ofDays({ licences }, now) {
  const over = licences.filter((licence) => ended(licence, now)).length;
  if (over === 0) return "valid";
  return over === licences.length ? "expired" : "partly";
}

const today = (now) => new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
