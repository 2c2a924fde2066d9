// What the phone keeps until the server has confirmed it: one IndexedDB with entries, photos, sheets and a few facts.
// Everything carries the person and the inspection it belongs to, so that two people on one phone stay apart.
const NAME = "onepermit-inspect";
const VERSION = 1;
const OF_VISIT = ["user", "inspection"];
let opening;

export function canKeep() {
  return Boolean(window.indexedDB && window.crypto?.subtle && navigator.serviceWorker);
}

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const db = request.result;
      for (const name of ["entries", "photos"]) db.createObjectStore(name, { keyPath: "id" }).createIndex("visit", OF_VISIT);
      db.createObjectStore("sheets", { keyPath: OF_VISIT });
      db.createObjectStore("facts", { keyPath: "name" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

// One step in one store; resolves when it is on the phone's disk, not before.
async function step(store, mode, act) {
  const transaction = (await open()).transaction(store, mode);
  const request = act(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

export const put = (store, value) => step(store, "readwrite", (rows) => rows.put(value));
export const remove = (store, key) => step(store, "readwrite", (rows) => rows.delete(key));
export const get = (store, key) => step(store, "readonly", (rows) => rows.get(key));
export const everything = (store) => step(store, "readonly", (rows) => rows.getAll());
export const ofVisit = (store, { user, inspection }) =>
  step(store, "readonly", (rows) => rows.index("visit").getAll([user, inspection]));

// Change one row as it stands now: another tab may have changed it since it was read.
export function change(store, key, with_) {
  return step(store, "readwrite", (rows) => {
    const request = rows.get(key);
    request.onsuccess = () => request.result && rows.put({ ...request.result, ...with_ });
    return request;
  });
}

// Read a visit's rows and keep what `decide` makes of them, in one step: no sending comes in between.
export function rewrite(store, { user, inspection }, decide) {
  return step(store, "readwrite", (rows) => {
    const request = rows.index("visit").getAll([user, inspection]);
    request.onsuccess = () => decide(request.result).forEach((row) => rows.put(row));
    return request;
  });
}

export async function fact(name) {
  return (await get("facts", name))?.value;
}

export const remember = (name, value) => put("facts", { name, value });

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// A name for this phone's browser, made once.
export async function device() {
  const known = await fact("device");
  if (known) return known;
  const made = newId();
  await remember("device", made);
  return made;
}
