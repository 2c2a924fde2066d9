// The line at the foot of every page of an inspector: what still lies on the phone, and whether there is a network.
import { unsentOf } from "./entries.js";

const TONES = { offline: "warn", expired: "bad", other: "bad", refused: "bad", server: "warn", busy: "warn" };
const CALM = { waiting: "info", not_taken: "bad", unfinished: "warn" }; // without trouble, the first that there is

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function bar(element, words) {
  const line = element?.querySelector("[data-bar-words]");
  const login = element?.querySelector("[data-login]");
  const send = element?.querySelector("[data-send-now]");
  return async function show(user, trouble = null) {
    const lies = await unsentOf(user);
    const count = lies.waiting;
    document.querySelectorAll("[data-waiting]").forEach((each) => {
      each.hidden = !count;
      each.firstChild.textContent = count;
    });
    if (!line) return count;
    const kind = trouble?.kind ?? (navigator.onLine ? "" : "offline");
    const calm = Object.keys(CALM).find((state) => lies[state]) ?? "done";
    const text = words[kind ? `${kind}${count ? "_waiting" : ""}` : calm] ?? words[kind] ?? words.server;
    const says = fill(text, { n: lies[calm], says: trouble?.says ?? "" });
    if (line.textContent !== says) line.textContent = says;
    element.dataset.tone = kind ? TONES[kind] ?? "warn" : CALM[calm] ?? "good";
    if (login) login.hidden = kind !== "expired";
    if (send) send.hidden = !count || ["offline", "expired", "other"].includes(kind);
    return count;
  };
}
