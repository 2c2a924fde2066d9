// The line at the foot of every page of an inspector: what still lies on the phone, and whether there is a network.
import { unsentOf } from "./entries.js";

const TONES = { keeping: "info", full: "bad", offline: "warn", expired: "bad", other: "bad", refused: "bad", server: "warn", busy: "warn" };
const CALM = { waiting: "info", not_taken: "bad", unfinished: "warn" }; // without trouble, the first that there is

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function bar(element, words) {
  const line = element?.querySelector("[data-bar-words]");
  const login = element?.querySelector("[data-login]");
  const send = element?.querySelector("[data-send-now]");
  let lies = {}; // how many rows of each kind, when they were last counted

  function paint(kind, says = "") {
    if (!line) return;
    const count = lies.waiting;
    const calm = Object.keys(CALM).find((state) => lies[state]) ?? "done";
    const text = words[kind ? `${kind}${count ? "_waiting" : ""}` : calm] ?? words[kind] ?? words.server;
    const all = fill(text, { n: lies[calm], says });
    if (line.textContent !== all) line.textContent = all;
    element.dataset.tone = kind ? TONES[kind] ?? "warn" : CALM[calm] ?? "good";
    if (login) login.hidden = kind !== "expired";
    if (send) send.hidden = !count || ["offline", "expired", "other"].includes(kind);
  }

  return async function show(user, trouble = null, unkept = () => "") {
    if (unkept()) paint(unkept()); // at once: to count takes a moment, in which all would still be called uploaded
    lies = await unsentOf(user);
    document.querySelectorAll("[data-waiting]").forEach((each) => {
      each.hidden = !lies.waiting;
      each.firstChild.textContent = lies.waiting;
    });
    paint(unkept() || (trouble?.kind ?? (navigator.onLine ? "" : "offline")), trouble?.says);
  };
}
