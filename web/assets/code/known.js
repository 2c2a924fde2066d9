// What this phone keeps to check codes without the network: the public keys, and the newest signed list of states.
//
// A key that is known never becomes another one: whoever sends a different key under its number is not believed.
import { base64url, utf8 } from "./bytes.js";
import { holds } from "./token.js";

const KEYS = "onepermit.keys";
const LIST = "onepermit.status";
const FORMAT = "onepermit.status.2";
const SLOW_CLOCK = 5 * 60_000; // a list may be this much newer than the phone's clock
const NOTHING = { keys: [], withdrawn: [] };

export const keptKeys = () => JSON.parse(localStorage.getItem(KEYS) ?? "null") ?? NOTHING;

export function forget() {
  localStorage.removeItem(KEYS);
  localStorage.removeItem(LIST);
}

// Ask for keys and list; throws when they do not come or are not to be believed, and then keeps what there was.
export async function refresh(addresses) {
  const keys = merged(keptKeys(), await asked(addresses.keys));
  localStorage.setItem(KEYS, JSON.stringify(keys));
  const signed = await asked(addresses.list);
  const fresh = await opened(signed, keys);
  const kept = await keptList().catch(() => null);
  if (!kept || kept.madeAt <= fresh.madeAt) localStorage.setItem(LIST, JSON.stringify(signed));
}

// The kept list, its signature checked each time: {states, names, madeAt, validUntil}; throws without a good one.
export async function keptList() {
  return opened(JSON.parse(localStorage.getItem(LIST)), keptKeys());
}

// "good", or why nobody may say by this list that something still holds: "expired", "clock".
export function standing(list, now) {
  if (now.getTime() + SLOW_CLOCK < list.madeAt.getTime()) return "clock";
  return now < list.validUntil ? "good" : "expired";
}

async function asked(address) {
  const how = { headers: { Accept: "application/json" }, credentials: "omit", cache: "no-cache" };
  const answer = await fetch(address, how); // asks the server each time, which sends again only what is another
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

function merged(known, fresh) {
  for (const key of fresh.keys) {
    const old = known.keys.find((each) => each.kid === key.kid);
    if (old && (old.x !== key.x || old.y !== key.y)) throw new KeyChanged(key.kid);
  }
  const withdrawn = [...new Set([...known.withdrawn, ...fresh.withdrawn])];
  const all = new Map([...known.keys, ...fresh.keys].map((key) => [key.kid, key]));
  return { keys: [...all.values()].filter((key) => !withdrawn.includes(key.kid)), withdrawn };
}

export class KeyChanged extends Error {}

async function opened(signed, keys) {
  const header = JSON.parse(text(signed.protected));
  const key = keys.keys.find((each) => each.kid === header.kid);
  const message = utf8(`${signed.protected}.${signed.payload}`);
  if (header.alg !== "ES256" || !key || !(await holds(key, message, base64url(signed.signature)))) {
    throw new Error("the list is not signed by a key that is known");
  }
  const said = JSON.parse(text(signed.payload));
  if (said.format !== FORMAT) throw new Error(`a list of another form: ${said.format}`);
  return {
    states: await unzipped(base64url(said.list)),
    names: said.names,
    madeAt: new Date(said.made_at),
    validUntil: new Date(said.valid_until),
  };
}

const text = (encoded) => new TextDecoder().decode(base64url(encoded));

async function unzipped(raw) {
  const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
