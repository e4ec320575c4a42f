// Sets are never lost: each goes into the phone's outbox first, then to the server, and leaves the outbox when the server
// says that it is stored. Without signal the page goes on with what is in the outbox. See docs/offline.md.
import { drop, keep, waiting } from "./outbox-store.js";
import { pageFor } from "./offline.js";
import { showWaiting } from "./outbox-page.js";

const PATIENCE_MS = 8000;
const RETRY_MS = 15000;
const LOCK = "gainsly-outbox";
const UNREACHABLE = [502, 503, 504];

let token = null;

const box = () => document.getElementById("outbox");
const user = () => box()?.dataset.user ?? "";

/** One at a time over all tabs, so that nothing is sent by two of them at once. */
const alone = (work) => (navigator.locks ? navigator.locks.request(LOCK, work) : work());

async function ask(url, options) {
  if (!navigator.onLine) return null;
  try {
    const answer = await fetch(url, { ...options, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    return UNREACHABLE.includes(answer.status) ? null : answer;
  } catch {
    return null; // no signal, or no answer in time: the same entry may be sent again, it is stored once
  }
}

async function fetchToken() {
  const answer = await ask(box().dataset.url, {});
  if (!answer) return { state: "unreachable" };
  const told = await answer.json();
  token = told.token ?? null;
  if (told.state) return told;
  return told.user === user() ? { state: "ready" } : { state: "other" };
}

async function post(entry) {
  const body = new FormData();
  for (const [name, value] of entry.fields) body.append(name, value);
  for (const name of ["entry", "user", "workout", "session", "anyway"]) if (entry[name]) body.set(name, entry[name]);
  if (entry.waited) body.set("at", entry.at);
  return ask(box().dataset.url, { method: "POST", body, headers: { "X-CSRFToken": token } });
}

/** ``stored``, ``ask``, ``refused``, ``signed_out``, ``other`` or ``unreachable``. */
async function send(entry) {
  if (!token) {
    const ready = await fetchToken();
    if (ready.state !== "ready") return ready;
  }
  let answer = await post(entry);
  if (answer?.status === 403) {
    const ready = await fetchToken(); // the token is of an earlier sign-in
    if (ready.state !== "ready") return ready;
    answer = await post(entry);
  }
  if (!answer) return { state: "unreachable" };
  if (answer.headers.get("Content-Type")?.includes("json")) {
    const told = await answer.json();
    if (told.state) return told;
  }
  return answer.status >= 500 ? { state: "unreachable" } : { state: "refused", why: box().dataset.unclear };
}

/** Send what waits, oldest first; what a refused start holds up waits with it. Answers what became of ``mine``. */
function deliver(mine = null) {
  return alone(async () => {
    let result = { state: "unreachable" };
    const held = new Set();
    for (const entry of await waiting(user())) {
      if (entry.refused) {
        if (entry.entry === "start") held.add(entry.workout);
        continue;
      }
      if (held.has(entry.workout)) continue;
      const told = await send(entry);
      if (entry.seq === mine) result = told;
      if (told.state === "stored") {
        await drop(entry.seq);
      } else if (told.state === "refused" || (told.state === "ask" && entry.seq !== mine)) {
        await keep({ ...entry, waited: true, refused: told.why });
        if (entry.entry === "start") held.add(entry.workout);
      } else if (told.state === "ask") {
        await drop(entry.seq); // the page's own form asks
      } else {
        await keep({ ...entry, waited: true });
        box().dataset.state = told.state;
        break;
      }
      delete box().dataset.state;
    }
    return result;
  });
}

async function show() {
  showWaiting(box(), await waiting(user()));
}

async function flush() {
  if (!box()) return;
  const before = await waiting(user());
  if (before.some((entry) => !entry.refused)) await deliver();
  const after = await waiting(user());
  const live = document.querySelector("[data-training]");
  const sent = before.filter((entry) => !after.some((one) => one.seq === entry.seq));
  if (live && sent.some((entry) => entry.workout === live.dataset.workout)) {
    if (after.every((entry) => entry.refused)) window.location.reload();
  }
  showWaiting(box(), after);
}

function entryOf(form, submitter) {
  const fields = [...new FormData(form, submitter)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const value = (name) => fields.find(([key]) => key === name)?.[1] ?? "";
  return {
    entry: form.dataset.outbox,
    user: user(),
    workout: form.dataset.workout || crypto.randomUUID(), // a start makes its workout's id here
    session: form.dataset.session ?? "",
    exercise: value("exercise") || value("movement"),
    name: form.dataset.name ?? "",
    fields,
    at: new Date().toISOString(),
    waited: !navigator.onLine,
  };
}

async function submit(form, submitter) {
  const entry = entryOf(form, submitter);
  let seq;
  try {
    seq = await keep(entry);
  } catch {
    form.submit(); // a browser without a database (private windows of old): as if there were no script
    return;
  }
  const told = await deliver(seq);
  if (told.state === "stored") window.location.assign(told.next);
  else if (told.state === "ask") form.submit();
  else if (told.state === "refused" || form.dataset.outbox === "set" || form.dataset.outbox === "typed") await show();
  else await goOn(form, entry);
}

/** Without signal: a begun workout is the page that was prepared for it, a finished one leads to today. */
async function goOn(form, entry) {
  if (entry.entry === "start") await pageFor(entry.workout, entry.session).catch(() => undefined);
  window.location.assign(entry.entry === "start" ? `/log/${entry.workout}/` : form.dataset.offlineNext);
}

async function takeBack(form) {
  const mine = (await waiting(user())).filter((entry) => entry.workout === form.dataset.workout && !entry.refused);
  const last = mine.at(-1);
  if (!last) return form.submit();
  await alone(() => drop(last.seq));
  return show();
}

async function answer(button) {
  const entry = (await waiting(user())).find((one) => String(one.seq) === button.dataset.seq);
  if (!entry) return show();
  if (button.dataset.outboxDo === "drop") await alone(() => drop(entry.seq));
  else await keep({ ...entry, refused: undefined, anyway: button.dataset.outboxDo === "anyway" ? "1" : "" });
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
    if (form.matches("[data-outbox]") && form.reportValidity()) {
      event.preventDefault();
      once(() => submit(form, event.submitter));
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
  window.addEventListener("pageshow", flush);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  setInterval(flush, RETRY_MS);
}
