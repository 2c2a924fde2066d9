// The service worker of /inspect: pages come from the network when there is one and from the phone when there is none.
// It never sends anything and keeps no answer to a post; what people noted lies in IndexedDB (store.js), not here.
const PAGES = "inspect-pages"; // one person's: emptied when somebody else signs in
const FILES = "inspect-files";
const PATIENCE = 4000; // ms for a page that the phone has already; a bar of signal is often none
const FRESH = 60000; // ms for which a kept page is not asked for again ahead of time
const WHOLE = /[?&]size=full\b/; // a photo as large as it was sent: shown, not kept
const NEVER = /\/(state\.json|worker\.js)$/;
const REST = "/inspect/offline";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || NEVER.test(url.pathname)) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(event));
  else if (/^\/inspect(\/|$)/.test(url.pathname)) event.respondWith(page(event));
});

// A page tells what it and the visits of the day need, so that they open where there is no signal.
self.addEventListener("message", (event) => {
  const { pages = [], files = [] } = event.data ?? {};
  const done = () => event.source?.postMessage({ kept: pages });
  event.waitUntil(Promise.all([...files.map(keepFile), ...pages.map(keepPage)]).then(done, () => {}));
});

async function page(event) {
  const { request } = event;
  const kept = await caches.match(request, { cacheName: PAGES, ignoreVary: true }).catch(() => {});
  const asked = fetch(request);
  const keeps = (answer) => answer.ok && !answer.redirected && !WHOLE.test(request.url);
  aside(event, asked.then((answer) => keeps(answer) && store(PAGES, request, answer.clone())));
  try {
    const answer = await (kept ? inTime(asked) : asked);
    return answer.status >= 500 && kept ? kept : answer;
  } catch {
    return kept ?? (request.mode === "navigate" && (await caches.match(REST, { ignoreVary: true }))) ?? Response.error();
  }
}

function inTime(asked) {
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE));
  return Promise.race([asked, late]);
}

// Keeping fails by itself, as when the phone is full: what the network answered is shown all the same.
function aside(event, keeping) {
  event.waitUntil(keeping.catch(() => {}));
}

// A built file's address changes with its content; without a network an older one is better than none.
async function file(event) {
  const { request } = event;
  const inFiles = (how) => caches.match(request, { cacheName: FILES, ...how }).catch(() => {});
  const kept = await inFiles();
  if (kept && new URL(request.url).searchParams.has("v")) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) aside(event, replace(request, answer.clone()));
    return answer;
  } catch {
    return kept ?? (await inFiles({ ignoreSearch: true })) ?? Response.error();
  }
}

// The new one first: where there is no room for it, the older one stays.
async function replace(request, answer) {
  const files = await caches.open(FILES);
  await files.put(request, answer);
  const all = await files.keys(request, { ignoreSearch: true });
  await Promise.all(all.filter((each) => each.url !== request.url).map((each) => files.delete(each)));
}

async function store(name, request, answer) {
  await (await caches.open(name)).put(request, answer);
}

async function keepFile(address) {
  if (await caches.match(address, { cacheName: FILES })) return;
  const answer = await fetch(address);
  if (answer.ok) await replace(new Request(address), answer);
}

// A page and the files that it names, or it would open without its script.
async function keepPage(address) {
  const kept = await (await caches.open(PAGES)).match(address, { ignoreVary: true });
  if (kept && Date.now() - Date.parse(kept.headers.get("date")) < FRESH) return;
  const answer = await fetch(address, { redirect: "manual", credentials: "same-origin" });
  if (!answer.ok) return;
  const named = (await answer.clone().text()).matchAll(/(?:src|href)="(\/static\/[^"]+)"/g);
  await Promise.all([...new Set([...named].map(([, file]) => file))].map(keepFile));
  await store(PAGES, new Request(address), answer);
}
