// What lies on this phone, item by item, with what became of it; nothing waiting goes without a person saying so.
import { Trouble } from "./ask.js";
import { bar, fill } from "./bar.js";
import { KEPT, REFUSED, REPLACED, UNFINISHED, WAITING } from "./entries.js";
import { change, everything, fact, get, remove } from "./store.js";
import { sync } from "./sync.js";

const SHOWN_FOR = 7 * 24 * 3600 * 1000; // ms that a confirmed line is still listed

export async function queuePage(frame, words) {
  const user = Number(frame.dataset.user);
  const showBar = bar(document.querySelector("[data-bar]"), words);
  const list = document.querySelector("[data-queue]");
  let trouble = null;

  async function render() {
    const rows = [...(await everything("entries")), ...(await everything("photos"))].filter((row) => row.state !== REPLACED);
    await forget(rows);
    const own = rows.filter((row) => row.user === user);
    list.replaceChildren(...(await groups(own)));
    document.querySelector("[data-queue-empty]").hidden = own.length > 0;
    await others(rows.filter((row) => row.user !== user && row.state !== KEPT));
    await showBar(user, trouble);
  }

  // What the server has confirmed long ago needs no line any more.
  async function forget(rows) {
    const old = rows.filter((row) => row.state === KEPT && Date.now() - Date.parse(row.kept_at) > SHOWN_FOR);
    for (const row of old) await remove("bytes" in row ? "photos" : "entries", row.id);
  }

  async function groups(rows) {
    const visits = [...new Set(rows.map((row) => row.inspection))];
    return Promise.all(visits.map(async (inspection) => {
      const sheet = (await get("sheets", [user, inspection]))?.sheet;
      const group = copy("queue-visit");
      const link = group.querySelector("a");
      link.href = `/inspect/${inspection}`;
      link.textContent = sheet?.title ?? fill(words.visit, { n: inspection });
      const order = { [REFUSED]: 0, [UNFINISHED]: 1, [WAITING]: 2, [KEPT]: 3 };
      const mine = rows.filter((row) => row.inspection === inspection).sort((a, b) => order[a.state] - order[b.state]);
      group.querySelector("ul").append(...mine.map((row) => line(row, sheet)));
      return group;
    }));
  }

  function line(row, sheet) {
    const made = copy("queue-line");
    const point = row.subject ?? row.point;
    const what = row.bytes !== undefined ? words.photo : { signature: words.signature, party: words.party }[row.kind] ?? "";
    made.querySelector("[data-what]").textContent = [what, sheet?.points[point]].filter(Boolean).join("：") || words.place;
    const [state, tone] = { [WAITING]: [words.state_waiting, "warn"], [KEPT]: [words.state_kept, "good"],
      [UNFINISHED]: [words.state_unfinished, "bad"], [REFUSED]: [words.state_refused, "bad"] }[row.state];
    made.querySelector("[data-state]").textContent = state;
    made.dataset.tone = tone;
    const when = new Date(row.taken_at ?? row.noted_at);
    made.querySelector("[data-when]").textContent = when.toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
    made.querySelector("[data-why]").textContent = why(row);
    const image = made.querySelector("img");
    image.hidden = !row.thumb;
    if (row.thumb) image.src = row.thumb;
    const store = row.bytes === undefined ? "entries" : "photos";
    const [again, drop] = made.querySelectorAll("button");
    again.hidden = row.state !== REFUSED;
    drop.hidden = ![REFUSED, UNFINISHED].includes(row.state); // its point may be asked for no more
    again.addEventListener("click", async () => {
      await change(store, row.id, { state: WAITING });
      await sendAll();
    });
    drop.addEventListener("click", async () => {
      if (!confirm(row.state === REFUSED ? words.drop : words.drop_unfinished)) return;
      await remove(store, row.id);
      await render();
    });
    return made;
  }

  function why(row) {
    if (row.state === REFUSED) return `${row.says || words.photo_large}${row.do ?? ""}`;
    if (row.state !== UNFINISHED) return "";
    return row.body.result ? words.entry_unfinished : words.entry_no_result;
  }

  // Another person's drafts stay on the phone, unseen, until they sign in again.
  async function others(rows) {
    const box = document.querySelector("[data-queue-others]");
    const people = [...new Set(rows.map((row) => row.user))];
    const said = await Promise.all(people.map(async (id) =>
      fill(words.of_others, { who: (await fact(`name-${id}`)) ?? "", n: rows.filter((row) => row.user === id).length })));
    box.hidden = !said.length;
    box.querySelector("p").textContent = said.join("");
  }

  async function sendAll() {
    const rows = [...(await everything("entries")), ...(await everything("photos"))];
    const visits = new Set(rows.filter((row) => row.user === user && row.state === WAITING).map((row) => row.inspection));
    trouble = navigator.onLine ? null : new Trouble("offline");
    for (const inspection of navigator.onLine ? visits : []) {
      try {
        await sync({ user, inspection }, render);
      } catch (error) {
        if (!(error instanceof Trouble)) throw error;
        trouble = error;
      }
    }
    await render();
  }

  document.querySelector("[data-send-now]")?.addEventListener("click", sendAll);
  window.addEventListener("online", sendAll);
  window.addEventListener("offline", sendAll);
  await render();
  await sendAll();
}

const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
