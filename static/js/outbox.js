// Sets are never lost: each goes into the phone's outbox first, then to the server, and leaves the outbox when the server
// says that it is stored. Without signal the page goes on with what is in the outbox. See docs/offline.md.
import { drop, keep, newId, waiting } from "./outbox-store.js";
import { alone, deliver, interrupt } from "./outbox-send.js";
import { pageFor } from "./offline.js";
import { showWaiting } from "./outbox-page.js";
import { carry, forgetTyped, keepTyped } from "./typed.js";

const IMPATIENT_MS = 1500; // no longer than this does a tap wait for its answer
const RETRY_MS = 15_000;
const LONGEST_MS = 120_000;
const OVERVIEW = /^\/(log\/)?$/; // today and training: they tell what is running and what is done
const STAYS = ["set", "typed", "undo"];
const SETS = ["set", "typed"];

let shown = [];
let leaving = false; // several events tell of the signal at once; the first one that leads elsewhere wins

const box = () => document.getElementById("outbox");
const user = () => box()?.dataset.user ?? "";
const to = () => ({ user: user(), url: box().dataset.url, unclear: box().dataset.unclear });
const livePage = () => document.querySelector("[data-training]");
const valueOf = (entry, name) => entry.fields.find(([key]) => key === name)?.[1] ?? "";
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

async function show() {
  shown = await waiting(user());
  if (shown.length) navigator.storage?.persist?.(); // a full phone clears other sites first
  showWaiting(box(), shown);
  return shown;
}

/** After sending: the page shows what the server knows now, once nothing waits any more. */
async function settle(result) {
  if (result) box().dataset.state = ["signed_out", "other"].includes(result.state) ? "signed_out" : "";
  const live = livePage();
  const left = await waiting(user());
  const waits = left.filter((entry) => !entry.refused).length;
  const moved = live && result?.moved[live.dataset.workout];
  const here = (one) => (live ? one.workout === live.dataset.workout : OVERVIEW.test(window.location.pathname));
  const gone = shown.some((one) => here(one) && left.every((entry) => entry.seq !== one.seq));
  if (!leaving && moved) {
    leaving = true;
    window.location.assign(moved);
  } else if (!leaving && gone && !waits) {
    leaving = true;
    keepTyped();
    window.location.reload();
  } else await show();
  return waits;
}

async function flush() {
  if (!box()) return 0;
  const waits = (await waiting(user())).some((entry) => !entry.refused);
  return settle(waits ? await deliver(to()) : null);
}

async function retry(wait) {
  await pause(wait);
  retry((await flush()) ? Math.min(wait * 2, LONGEST_MS) : RETRY_MS);
}

function entryOf(form, kind, fields) {
  const value = (name) => fields.find(([key]) => key === name)?.[1] ?? "";
  return {
    entry: kind,
    user: user(),
    workout: form.dataset.workout || newId(), // a start makes its workout's id here
    session: form.dataset.session ?? "",
    exercise: value("exercise") || value("movement"),
    name: form.dataset.name ?? "",
    fields,
    at: new Date().toISOString(),
    waited: !navigator.onLine,
  };
}

const undoOf = (entry) => ({
  ...entry,
  entry: "undo",
  fields: [["set_id", valueOf(entry, "set_id")]],
  refused: undefined,
  tried: false,
});

/** Keep an entry; one that corrects another takes its place and its time. The server may have the other one already. */
function place(entry, replaces) {
  return alone(async () => {
    const old = replaces && (await waiting(user())).find((one) => one.seq === replaces);
    if (!old) return keep(entry);
    const mine = { ...entry, at: old.at, waited: true };
    if (!old.tried || old.refused) return keep({ ...mine, seq: old.seq });
    await keep(undoOf(old));
    return keep(mine);
  });
}

async function hand(form, entry, replaces = 0) {
  const mine = { late: false };
  try {
    mine.seq = await place(entry, replaces);
  } catch {
    form.submit(); // a browser without a database (private windows of old): as if there were no script
    return;
  }
  forgetTyped();
  delete form.dataset.replaces;
  const stays = STAYS.includes(entry.entry);
  const delivered = deliver(to(), mine);
  const result = await (stays ? Promise.race([delivered, pause(IMPATIENT_MS)]) : delivered);
  if (!result) {
    mine.late = true;
    delivered.then(settle);
    await show();
  } else if (result.mine.state === "stored") window.location.assign(result.mine.next);
  else if (result.mine.state === "ask") form.submit();
  else if (result.mine.state === "refused" || stays) await settle(result);
  else await goOn(form, entry);
}

/** Without signal: a begun workout is the page that was prepared for it, a finished one leads to today. */
async function goOn(form, entry) {
  if (entry.entry === "start") await pageFor(entry.workout, entry.session).catch(() => undefined);
  window.location.assign(entry.entry === "start" ? `/log/${entry.workout}/` : form.dataset.offlineNext);
}

function submit(form, submitter) {
  const fields = [...new FormData(form, submitter)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return hand(form, entryOf(form, form.dataset.outbox, fields), Number(form.dataset.replaces ?? 0));
}

/** What was tapped last here and still waits never leaves, or is taken back on the server if it may have arrived; else the
 *  server takes back what was done last in the state that this page shows. */
async function takeBack(form) {
  interrupt();
  const ours = (entry) => entry.workout === form.dataset.workout && !entry.refused && STAYS.includes(entry.entry);
  const last = (await waiting(user())).findLast(ours);
  if (!last) return hand(form, entryOf(form, "undo", [["version", form.elements.version.value]]));
  await alone(async () => {
    const now = (await waiting(user())).find((one) => one.seq === last.seq);
    if (!SETS.includes(last.entry) || (now && !now.tried)) await drop(last.seq);
    else await keep(undoOf(now ?? last));
  });
  shown = shown.filter((one) => one.seq !== last.seq);
  return flush();
}

/** The numbers of a set that waits or was refused, back in the form; what is logged then takes its place. */
function change(entry) {
  const exercise = valueOf(entry, "exercise");
  const where = exercise ? `x=${exercise}` : `m=${valueOf(entry, "movement")}`;
  carry({ workout: entry.workout, exercise: entry.exercise, fields: entry.fields, replaces: entry.seq, focus: "" });
  window.location.assign(`/log/${entry.workout}/?${where}`);
}

async function answer(button) {
  const entry = (await waiting(user())).find((one) => String(one.seq) === button.dataset.seq);
  if (!entry) return show();
  if (button.dataset.outboxDo === "change") return change(entry);
  const anyway = button.dataset.outboxDo === "anyway" ? "1" : "";
  await alone(() => (button.dataset.outboxDo === "drop" ? drop(entry.seq) : keep({ ...entry, refused: undefined, anyway })));
  return flush();
}

let busy = false;
async function once(work) {
  if (busy) return;
  busy = true;
  try {
    await work();
  } finally {
    busy = false;
  }
}

/** Whether something that was tapped on this page is not with the server yet. */
export const somethingWaits = async () => Boolean(box()) && (await waiting(user())).length > 0;

export function startOutbox(root) {
  if (!box() || !window.indexedDB) return;
  document.getElementById("main")?.prepend(box());
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-outbox]")) {
      event.preventDefault();
      if (form.reportValidity()) once(() => submit(form, event.submitter));
    } else if (form.matches("[data-outbox-undo]")) {
      event.preventDefault();
      once(() => takeBack(form));
    }
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-outbox-do]");
    if (button) once(() => answer(button));
  });
  window.addEventListener("online", flush);
  window.addEventListener("offline", show);
  window.addEventListener("pageshow", () => {
    leaving = false; // back again with the browser's button
    flush();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  retry(RETRY_MS);
}
