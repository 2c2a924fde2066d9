// The service worker of /inspect: pages come from the network when there is one and from the phone when there is none.
// It never sends anything and keeps no answer to a post; what people noted lies in IndexedDB (store.js), not here.
const PAGES = "inspect-pages"; // one person's: emptied when somebody else signs in
const FILES = "inspect-files";
const PATIENCE = 4000; // ms for a page that the phone has already; a bar of signal is often none
const FRESH = 60000; // ms for which a kept page is not asked for again ahead of time
const NEVER = /\/(state\.json|worker\.js)$/;
const REST = "/inspect/offline";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || NEVER.test(url.pathname)) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (/^\/inspect(\/|$)/.test(url.pathname)) event.respondWith(page(request));
});

// A page tells what it and the visits of the day need, so that they open where there is no signal.
self.addEventListener("message", (event) => {
  const { pages = [], files = [] } = event.data ?? {};
  const done = () => event.source?.postMessage({ kept: pages });
  event.waitUntil(Promise.all([...files.map(keepFile), ...pages.map(keepPage)]).then(done, () => {}));
});

async function page(request) {
  const kept = await (await caches.open(PAGES)).match(request, { ignoreVary: true });
  const asked = fetch(request).then(async (answer) => {
    if (answer.ok && !answer.redirected) await store(PAGES, request, answer);
    return answer;
  });
  asked.catch(() => {}); // it may fail after the kept page was given
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

// A built file's address changes with its content; without a network an older one is better than none.
async function file(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request);
  if (kept && new URL(request.url).searchParams.has("v")) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) await replace(files, request, answer);
    return answer;
  } catch {
    return kept ?? (await files.match(request, { ignoreSearch: true })) ?? Response.error();
  }
}

async function replace(files, request, answer) {
  const copy = answer.clone();
  await files.delete(request, { ignoreSearch: true });
  await files.put(request, copy);
}

async function store(name, request, answer) {
  const copy = answer.clone();
  await (await caches.open(name)).put(request, copy);
}

async function keepFile(address) {
  const files = await caches.open(FILES);
  if (await files.match(address)) return;
  const answer = await fetch(address);
  if (answer.ok) await replace(files, new Request(address), answer);
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
