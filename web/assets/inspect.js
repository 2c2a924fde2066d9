// The inspectors' pages with scripts: drafts and photos on the phone, sent when there is a network. Without what this needs
// (IndexedDB, Web Crypto, a service worker: an address with https) the pages stay plain forms that work on line.
import { refresh } from "./code/known.js";
import { bar } from "./inspect/bar.js";
import { keepPages } from "./inspect/keeping.js";
import { queuePage } from "./inspect/queue.js";
import { canKeep } from "./inspect/store.js";
import { summaryPage } from "./inspect/summary.js";
import { visitPage } from "./inspect/visit.js";

const PAGES = { visit: visitPage, queue: queuePage, summary: summaryPage, list: listPage };

async function listPage(frame, words) {
  const show = bar(document.querySelector("[data-bar]"), words);
  const again = () => show(Number(frame.dataset.user));
  window.addEventListener("online", again);
  window.addEventListener("offline", again);
  await again();
}

const frame = document.getElementById("frame");
if (frame && canKeep()) {
  document.documentElement.classList.add("op-scripted");
  const ready = document.querySelector("[data-kept]");
  keepPages(frame, () => ready && (ready.hidden = false)).catch(console.error);
  if (navigator.onLine) refresh(frame.dataset).catch(console.warn); // for the check of codes, which says what is wrong
  PAGES[frame.dataset.page](frame, JSON.parse(frame.dataset.words)).catch(console.error);
}
