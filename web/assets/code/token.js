// The signed summary in a certificate's QR code, checked without the network: the twin of certificates/code/token.py.
import { base32, cbor, joined, utf8 } from "./bytes.js";

const VERSION = 1;
const SIGNATURE = 64;
const FIRST_DAY = Date.UTC(2020, 0, 1);
const A_DAY = 86_400_000;
const NO_END = 0xffff;
const CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";

// Id and token of an address of ours; null for anything else, and for an address without a token.
export function partsOf(text, host) {
  let url;
  try {
    url = new URL(text.trim());
  } catch {
    return null;
  }
  const parts = /^\/v\/([a-z0-9]{10})\/([a-z2-7]+)\/?$/i.exec(url.pathname);
  return parts && url.host === host ? { id: parts[1].toLowerCase(), token: parts[2] } : null;
}

// The code alone, as it is printed beside the picture: bare, or in an address of ours without a token; else null.
export function codeOf(text, host) {
  const address = text.trim().toLowerCase().replace(/^https?:\/\//, "").replace(/\/$/, "");
  const code = address.startsWith(`${host}/v/`) ? address.slice(`${host}/v/`.length) : address;
  return /^[a-z0-9]{10}$/.test(code) ? code : null;
}

// {verdict: "forged" | "withdrawn" | "unknown_key" | "genuine", summary}: the summary only of a genuine one.
export async function check({ id, token }, keys) {
  const raw = base32(token);
  if (!raw || raw.length < SIGNATURE + 3 || raw[0] !== VERSION) return { verdict: "forged" };
  const kid = String(raw[1]);
  if (keys.withdrawn.includes(kid)) return { verdict: "withdrawn" };
  const key = keys.keys.find((each) => each.kid === kid && each.alg === "ES256");
  if (!key) return { verdict: "unknown_key" };
  const signed = raw.slice(0, -SIGNATURE);
  const message = joined(utf8(`onepermit code ${id} `), signed);
  if (!(await holds(key, message, raw.slice(-SIGNATURE)))) return { verdict: "forged" };
  return { verdict: "genuine", summary: summary(cbor(signed.slice(2))) };
}

// Whether this key signed the message (ES256, r‖s).
export async function holds({ kty, crv, x, y }, message, signature) {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, algorithm, false, ["verify"]);
  return crypto.subtle.verify(algorithm, key, signature, message);
}

function summary([issue, number, operator, person, uscc, issuedOn, licences, listIndex]) {
  const gb18030 = new TextDecoder("gb18030");
  return {
    issue,
    number: unpacked(number),
    operator: gb18030.decode(operator),
    person: gb18030.decode(person),
    uscc: unpacked(uscc),
    issuedOn: day(issuedOn),
    licences: Array.from({ length: licences.length / 5 }, (_, i) => licence(licences.slice(5 * i, 5 * i + 5))),
    listIndex,
  };
}

function licence(raw) {
  const last = raw[3] * 256 + raw[4];
  const mark = [...raw.slice(0, 3)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { mark, until: last === NO_END ? null : day(last) };
}

// A number in base 37 with a 1 before it; a text stands for itself.
function unpacked(packed) {
  if (typeof packed === "string") return packed;
  let number = packed.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let text = "";
  for (; number > 1n; number /= 37n) text = CHARACTERS[Number(number % 37n)] + text;
  return text;
}

// A day as ISO 8601.
const day = (number) => new Date(FIRST_DAY + number * A_DAY).toISOString().slice(0, 10);
