// Starts the service worker and tells it what to keep; another person's kept pages are dropped first.
import { fact, remember } from "./store.js";

export const PAGES = "inspect-pages";

export async function keepPages(frame, told = () => {}) {
  const user = Number(frame.dataset.user);
  if ((await fact("person")) !== user) await caches.delete(PAGES);
  await remember("person", user);
  await remember(`name-${user}`, frame.dataset.name);
  navigator.storage?.persist?.(); // or the browser may clear drafts when the phone is full
  navigator.serviceWorker.addEventListener("message", (event) => event.data?.kept && told(event.data.kept));
  await navigator.serviceWorker.register(frame.dataset.worker, { scope: "/inspect" });
  const { active } = await navigator.serviceWorker.ready;
  if (navigator.onLine) active.postMessage({ pages: JSON.parse(frame.dataset.keep), files: files() });
}

function files() {
  const loaded = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], img[src]");
  const all = [...loaded].map((each) => each.href || each.src);
  return [...new Set(all)].filter((each) => new URL(each).pathname.startsWith("/static/"));
}
