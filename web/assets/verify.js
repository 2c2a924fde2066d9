// The inspector's check of a certificate's code, which works without the network: the service worker keeps this page.
//
// Everything that is said stands in the page (staff/verify_offline.html); here only the right one is shown. When
// anything goes wrong, the answer is that nobody can tell, never that the certificate is good.
import { ended, judged } from "./code/judge.js";
import { forget, keptKeys, keptList, KeyChanged, refresh, standing } from "./code/known.js";
import { inPhoto, throughCamera } from "./code/scan.js";
import { check, codeOf, partsOf } from "./code/token.js";
import { keepPages } from "./inspect/keeping.js";
import { canKeep } from "./inspect/store.js";

const EVERY = 10 * 60_000;
const page = document.querySelector("[data-offline-check]");
const part = (name) => page.querySelector(`[data-part="${name}"]`);
const addresses = { keys: page.dataset.keys, list: page.dataset.list };
let camera = null;

// A sentence of the page with its {gaps} filled.
function words(name, values = {}) {
  const said = page.querySelector(`[data-words="${name}"]`).textContent.trim();
  return said.replace(/\{(\w+)\}/g, (_, gap) => values[gap] ?? "");
}

function age(moment, now) {
  const minutes = Math.max(0, Math.floor((now - moment) / 60_000));
  if (minutes < 1) return words("now");
  if (minutes < 60) return words("minutes", { n: minutes });
  if (minutes < 48 * 60) return words("hours", { n: Math.floor(minutes / 60) });
  return words("days", { n: Math.floor(minutes / 1440) });
}

async function tellOfList() {
  const now = new Date();
  const list = await keptList().catch(() => null);
  const known = keptKeys().keys.length > 0;
  const good = list ? standing(list, now) : "no_list";
  const tone = !known || good !== "good" ? "warn" : "good";
  const said = !known ? words("no_keys") : list ? words(`list_${good}`, { age: age(list.madeAt, now) }) : words("list_none");
  part("kept").className = `op-note op-note-${tone}`;
  part("kept-words").textContent = said;
}

async function bringUpToDate() {
  part("trouble").hidden = true;
  if (navigator.onLine) {
    try {
      await refresh(addresses);
    } catch (error) {
      part("trouble").textContent = words(error instanceof KeyChanged ? "key_changed" : "not_refreshed");
      part("trouble").hidden = false;
    }
  }
  await tellOfList();
}

// What is said of a text that was scanned, pasted or found in a photo.
async function tell(text) {
  part("result").replaceChildren();
  let shown;
  try {
    shown = await told(text);
  } catch (error) {
    console.warn(error);
    shown = [verdict("unsure", "", words("broken"))];
  }
  part("result").replaceChildren(...shown);
  part("result").hidden = false;
  part("result").focus();
}

async function told(text) {
  const parts = partsOf(text, page.dataset.host);
  if (!parts) return unsigned(text);
  const { verdict: code, summary } = await check(parts, keptKeys());
  if (code === "unknown_key") return [verdict("unsure", "", words("unknown_key"))];
  if (code !== "genuine") return [verdict("forged", "", words(code))];
  const now = new Date();
  const list = await keptList().catch(() => null);
  const { state, why } = judged(summary, list, now);
  const values = { age: list ? age(list.madeAt, now) : "", n: summary.issue };
  const basis = state === "unsure" || why === "days" ? "" : words("basis", values);
  return [verdict(state, basis, words(`why_${why}`, values)), facts(summary, list, now), online(parts)];
}

// What is no signed code of ours: the printed code alone, which only the register can tell about, or anything else.
function unsigned(text) {
  const id = codeOf(text, page.dataset.host);
  if (id) return [verdict("unsure", "", words("only_code")), online({ id })];
  return [verdict("other", "", words("other", { text: text.slice(0, 120) }))];
}

function verdict(state, basis, said) {
  const box = page.querySelector(`template[data-verdict="${state}"]`).content.cloneNode(true);
  box.querySelector("[data-slot=basis]").textContent = basis || words("code");
  box.querySelector("[data-slot=said]").textContent = said;
  return box;
}

function facts(summary, list, now) {
  const sheet = page.querySelector("template[data-facts]").content.cloneNode(true);
  const fill = { ...summary, issue: words("issue", { n: summary.issue }) };
  sheet.querySelectorAll("dd[data-slot]").forEach((slot) => { slot.textContent = fill[slot.dataset.slot]; });
  sheet.querySelector("ul").replaceChildren(...summary.licences.map((licence) => line(licence, list, now)));
  return sheet;
}

function line(licence, list, now) {
  const item = document.createElement("li");
  const name = document.createElement("strong");
  name.textContent = list?.names[licence.mark] ?? words("unnamed", { mark: licence.mark });
  const until = licence.until ? words(ended(licence, now) ? "ended" : "until", { day: licence.until }) : words("no_end");
  item.append(name, document.createElement("br"), until);
  return item;
}

function online({ id, token }) {
  const link = page.querySelector("template[data-online]").content.cloneNode(true);
  link.querySelector("a").href = token ? `/v/${id}/${token}` : `/v/${id}`;
  return link;
}

function complain(field, name) {
  const error = page.querySelector(`#${field}-error`);
  error.textContent = name ? words(name) : "";
  error.hidden = !name;
}

async function startCamera() {
  part("video").hidden = false;
  part("camera").textContent = words("stop");
  complain("photo", null);
  camera = throughCamera(part("video"));
  const text = await camera.seen.catch(() => { complain("photo", "no_camera"); return null; });
  camera = null;
  part("video").hidden = true;
  part("camera").textContent = words("start");
  if (text) await tell(text);
}

part("camera").hidden = !navigator.mediaDevices?.getUserMedia;
part("camera").addEventListener("click", () => (camera ? camera.stop() : startCamera()));

page.querySelector("#photo").addEventListener("change", async ({ target }) => {
  const [photo] = target.files;
  if (!photo) return;
  complain("photo", null);
  const text = await inPhoto(photo).catch(() => null);
  target.value = "";
  if (text) await tell(text);
  else complain("photo", "no_code");
});

// Without scripts the form asks the public page; it stays here, and app.js need not hear of it.
part("paste").addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  const text = page.querySelector("#code").value;
  complain("code", text.trim() ? null : "empty");
  if (text.trim()) tell(text);
});

part("again").addEventListener("click", async () => {
  if (!navigator.onLine) return;
  forget();
  await bringUpToDate();
});

if (canKeep()) keepPages(page).catch(console.warn);
part("no-scripts").hidden = true;
part("ready").hidden = false;
window.addEventListener("online", bringUpToDate);
setInterval(bringUpToDate, EVERY);
bringUpToDate();
