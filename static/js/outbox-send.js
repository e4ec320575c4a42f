// Sends what waits: the oldest first, one at a time over all tabs, until the server has said of each what became of it.
import { drop, keep, waiting } from "./outbox-store.js";

const PATIENCE_MS = 8000;
const MOST_FAULTS = 3; // an entry over which the server stumbles so often holds up the others no longer
const LOCK = "gainsly-outbox";
const BUSY = [429, 502, 503, 504];

let token = null;
let sending = null;

/** One at a time over all tabs, so that nothing is sent by two of them at once. */
export const alone = (work) => (navigator.locks ? navigator.locks.request(LOCK, work) : work());

/** Give up what is being sent now; it stays in the outbox. */
export const interrupt = () => sending?.abort();

async function ask(url, options) {
  if (!navigator.onLine) return null;
  const limit = new AbortController();
  sending = limit;
  const timer = setTimeout(() => limit.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(url, { ...options, cache: "no-store", signal: limit.signal });
    if (BUSY.includes(answer.status)) return null;
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    return { status: answer.status, told: isJson ? await answer.json() : {} };
  } catch {
    return null; // no signal, or no answer in time: the same entry may be sent again, it is stored once
  } finally {
    clearTimeout(timer);
  }
}

async function fetchToken({ url, user }) {
  const answer = await ask(url, {});
  token = answer?.told.token ?? null;
  if (!answer) return { state: "unreachable" };
  if (!token) return { state: answer.told.state ?? "unreachable" };
  if (answer.told.user === user) return { state: "ready" };
  token = null;
  return { state: "other" };
}

async function post(entry, url) {
  const body = new FormData();
  for (const [name, value] of entry.fields) body.append(name, value);
  for (const name of ["entry", "user", "workout", "session", "anyway"]) if (entry[name]) body.set(name, entry[name]);
  if (entry.waited) body.set("at", entry.at);
  if (navigator.onLine && !entry.tried) {
    entry.tried = true; // from here on the server may have it, whatever we hear
    await keep(entry);
  }
  return ask(url, { method: "POST", body, headers: { "X-CSRFToken": token } });
}

/** ``stored``, ``ask``, ``refused``, ``fault``, ``signed_out``, ``other`` or ``unreachable``. */
async function send(entry, to) {
  for (const again of [true, false]) {
    if (!token) {
      const ready = await fetchToken(to);
      if (ready.state !== "ready") return ready;
    }
    const answer = await post(entry, to.url);
    if (!answer) return { state: "unreachable" };
    if (["signed_out", "other"].includes(answer.told.state)) token = null;
    if (answer.told.state) return answer.told;
    if (answer.status >= 500) return { state: "fault" };
    if (answer.status !== 403 || !again) break;
    token = null; // of an earlier sign-in
  }
  return { state: "refused", why: to.unclear };
}

/** Sets tapped for a workout that turned out to be another device's go there. */
async function move(entries, from, workout) {
  for (const one of entries) {
    if (one.workout !== from || one.entry === "start") continue;
    one.workout = workout;
    await keep(one);
  }
}

/** What the outbox does with one answer; whether the line goes on to the next entry. */
async function settle(entry, told, { to, mine, held }) {
  const asked = told.state === "ask" && entry.seq === mine?.seq && !mine.late; // the page's own form asks
  if (told.state === "stored" || asked) {
    await drop(entry.seq);
    return true;
  }
  const faults = (entry.faults ?? 0) + Number(told.state === "fault");
  const refused = ["ask", "refused"].includes(told.state) || faults >= MOST_FAULTS;
  const why = refused ? { refused: told.why ?? to.unclear, doubt: Boolean(told.doubt) } : {};
  await keep({ ...entry, waited: true, faults: refused ? 0 : faults, ...why });
  if (refused && entry.entry === "start") held.add(entry.workout);
  return refused;
}

/** Send what waits; what a refused start holds up waits with it. ``to``: user, url, unclear. ``mine``: the entry of the tap
 *  that waits for its answer, ``late`` once the page went on without it. Answers what was told of mine, where the page of
 *  a workout went that another device had begun, and the state in which the line stopped. */
export function deliver(to, mine = null) {
  return alone(async () => {
    const result = { mine: { state: "unreachable" }, moved: {}, state: "" };
    const held = new Set();
    const line = await waiting(to.user);
    for (const entry of line) {
      if (entry.refused && entry.entry === "start") held.add(entry.workout);
      if (entry.refused || held.has(entry.workout)) continue;
      const told = await send(entry, to);
      if (entry.seq === mine?.seq) result.mine = told;
      if (entry.entry === "start" && told.workout && told.workout !== entry.workout) {
        await move(line, entry.workout, told.workout);
        result.moved[entry.workout] = told.next;
      }
      if (!(await settle(entry, told, { to, mine, held }))) {
        result.state = told.state;
        break;
      }
    }
    return result;
  });
}
