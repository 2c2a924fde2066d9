// One question to the server: its answer, or a Trouble that says what kind it is. Nothing is sent anywhere else.
const PATIENCE = 20000; // ms for words
export const PATIENCE_FOR_A_PHOTO = 120000;

// kind: offline, expired (signed out), other (somebody else signed in), stale (old token), large, invalid, busy, server,
// refused (the whole visit is not, or no longer, for this person)
export class Trouble extends Error {
  constructor(kind, said = {}) {
    super(kind);
    this.kind = kind;
    this.says = said.says ?? "";
    this.do = said.do ?? "";
  }
}

const KINDS = { 400: "stale", 401: "expired", 409: "busy", 413: "large", 422: "invalid", 429: "busy", 503: "busy" };

export async function ask(address, options = {}, patience = PATIENCE) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    return await answered(address, { ...options, signal: stop.signal });
  } finally {
    clearTimeout(timer);
  }
}

async function answered(address, options) {
  const headers = { Accept: "application/json", ...options.headers };
  const answer = await fetch(address, { ...options, headers, redirect: "manual", cache: "no-store" }).catch(() => {
    throw new Trouble("offline");
  });
  if (answer.type === "opaqueredirect") throw new Trouble("expired"); // to the login page
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  throw new Trouble(KINDS[answer.status] ?? (answer.status >= 500 ? "server" : "refused"), said);
}
