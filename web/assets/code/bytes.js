// Bytes out of the texts that codes and lists are written in: BASE32, base64url, CBOR as far as tokens use it.

// RFC 4648 §6 without padding; null for what is none.
export function base32(text) {
  const raw = [];
  let value = 0;
  let bits = 0;
  for (const letter of text.toUpperCase()) {
    const place = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
    if (place < 0) return null;
    value = ((value << 5) | place) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      raw.push((value >> bits) & 0xff);
    }
  }
  return value & ((1 << bits) - 1) ? null : new Uint8Array(raw); // bits left over may hide a second spelling
}

export function base64url(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

export const utf8 = (text) => new TextEncoder().encode(text);

export function joined(...parts) {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let place = 0;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all;
}

// One value of CBOR (RFC 8949): numbers from 0, bytes, text, arrays. Throws on anything else and on what is left over.
export function cbor(raw) {
  let place = 0;

  function count(extra) {
    if (extra < 24) return extra;
    const size = [1, 2, 4][extra - 24];
    if (!size || place + size > raw.length) throw new Error("CBOR: a number that is too long");
    let number = 0;
    for (let i = 0; i < size; i += 1) number = number * 256 + raw[place++];
    return number;
  }

  function value() {
    if (place >= raw.length) throw new Error("CBOR: ends too early");
    const head = raw[place++];
    const number = count(head & 31);
    switch (head >> 5) {
      case 0: return number;
      case 2: case 3: {
        if (place + number > raw.length) throw new Error("CBOR: ends too early");
        const part = raw.slice(place, place + number);
        place += number;
        return head >> 5 === 2 ? part : new TextDecoder("utf-8", { fatal: true }).decode(part);
      }
      case 4: return Array.from({ length: number }, value);
      default: throw new Error(`CBOR: type ${head >> 5}`);
    }
  }

  const read = value();
  if (place !== raw.length) throw new Error("CBOR: something is left over");
  return read;
}
