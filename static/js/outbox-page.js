// What the athlete sees of the outbox: the card of what waits and what was refused, and a live workout that goes on with
// sets that the server does not know yet.
import { newId } from "./outbox-store.js";

const WARMUP = "warmup";

const made = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

const field = (entry, name) => entry.fields.find(([key]) => key === name)?.[1] ?? "";

function inWords(entry, words) {
  if (["start", "undo", "finish"].includes(entry.entry)) return words[entry.entry];
  if (entry.entry === "typed") return field(entry, "text");
  const weight = field(entry, "weight");
  const amount = field(entry, "reps") || (field(entry, "clock") && `${field(entry, "clock")} min`) || (field(entry, "seconds") && `${field(entry, "seconds")} s`) || `${field(entry, "metres")} m`;
  return weight && Number(weight.replace(",", ".")) ? `${weight} ${words.unit} × ${amount}` : amount;
}

function action(entry, name, label) {
  const button = made("button", "btn small", label);
  button.type = "button";
  button.dataset.outboxDo = name;
  button.dataset.seq = entry.seq;
  return button;
}

function refusal(entry, words) {
  const item = made("li", "stack-2");
  item.append(made("b", "", [entry.name, inWords(entry, words)].filter(Boolean).join(" ")), made("p", "small muted", entry.refused));
  const row = made("div", "row wrap");
  if (entry.doubt) row.append(action(entry, "anyway", words.anyway));
  else row.append(action(entry, "again", words.again));
  if (entry.entry === "set") row.append(action(entry, "change", words.change));
  row.append(action(entry, "drop", words.drop));
  item.append(row);
  return item;
}

function card(box, entries) {
  const words = box.dataset;
  const waits = entries.filter((entry) => !entry.refused);
  const refused = entries.filter((entry) => entry.refused);
  const alone = box.querySelector("[data-outbox-alone]");
  alone.hidden = navigator.onLine || waits.length > 0;
  box.hidden = entries.length === 0 && navigator.onLine;
  const count = box.querySelector("[data-outbox-count]");
  count.hidden = waits.length === 0;
  count.textContent = (words.state === "signed_out" ? words.signIn : words.waits).replace("%1", String(waits.length));
  box.querySelector("[data-outbox-sign-in]").hidden = words.state !== "signed_out";
  const list = box.querySelector("[data-outbox-refused]");
  list.replaceChildren(...refused.map((entry) => refusal(entry, words)));
  list.parentElement.hidden = refused.length === 0;
}

function waitingRow(entry, number, words) {
  const row = made("li", "set waiting");
  const kind = { warmup: "W", drop: "D", failure: "F" }[field(entry, "kind")];
  const change = entry.entry === "set" ? action(entry, "change", words.change) : made("span");
  change.classList.add("quiet");
  row.append(made("span", "n", kind ?? String(number)), made("span", "num", inWords(entry, words)), change);
  row.append(made("span", "small faint", words.waitsHere));
  return row;
}

function fresh(input) {
  input.value = newId();
}

/** The rest begins with a set that waits as with any other. */
function rest(live, since) {
  const ring = live.querySelector("[data-rest]");
  if (!ring || ring.dataset.since >= since) return;
  ring.hidden = false;
  ring.dataset.since = since;
  delete ring.dataset.rung;
  live.dispatchEvent(new CustomEvent("gainsly:rest", { bubbles: true }));
}

/** What was tapped last, with its undo, in the place of what the server stored last. */
function lastTapped(live, entry, words) {
  const toast = live.querySelector("[data-outbox-last]");
  if (!toast) return;
  toast.hidden = !entry;
  live.querySelectorAll("[data-last-done]").forEach((one) => {
    one.hidden = Boolean(entry);
  });
  const what = [entry?.entry !== "undo" && entry?.name, entry && inWords(entry, words)].filter(Boolean).join(": ");
  if (entry) toast.querySelector("span").textContent = `${what}, ${words.waitsHere}`;
}

/** Work sets of an exercise that wait. */
const setsOf = (entries, exercise) =>
  entries.filter((entry) => entry.entry === "set" && entry.exercise === exercise && field(entry, "kind") !== WARMUP).length;

function liveWorkout(live, entries, words) {
  const form = live.querySelector("#set-form");
  const all = entries.filter((entry) => entry.workout === live.dataset.workout && !entry.refused);
  live.querySelectorAll(".set.waiting").forEach((row) => row.remove());
  live.querySelector("[data-outbox-over]").hidden = !all.some((entry) => entry.entry === "finish");
  const begun = all.find((entry) => entry.entry === "start");
  if (begun) live.querySelector("[data-elapsed]").dataset.elapsed = begun.at;
  if (!form) return;
  const here = form.elements.exercise.value || form.elements.movement.value;
  const mine = all.filter((entry) => entry.exercise === here && ["set", "typed"].includes(entry.entry));
  const base = Number(form.dataset.number);
  const now = live.querySelector(".set.now");
  let number = base;
  for (const entry of mine) {
    const row = waitingRow(entry, number, words);
    if (now) now.before(row);
    else live.querySelector("ol")?.append(row);
    if (field(entry, "kind") !== WARMUP) number += 1;
  }
  form.elements.number.value = String(number);
  live.querySelectorAll("[data-set-number]").forEach((label) => {
    label.textContent = label.dataset.setNumber.replace("%1", String(number));
  });
  const used = new Set(all.map((entry) => field(entry, "set_id")));
  live.querySelectorAll("[name=set_id]").forEach((input) => used.has(input.value) && fresh(input));
  live.querySelectorAll(".ramp-step").forEach((step) => {
    step.hidden = mine.some((entry) => field(entry, "kind") === WARMUP);
  });
  if (now) now.querySelector(".n").textContent = String(number);
  live.querySelectorAll(".set.todo").forEach((row) => {
    row.hidden = Number(row.querySelector(".n").textContent) <= number;
  });
  lastTapped(live, all.findLast((entry) => ["set", "typed", "undo"].includes(entry.entry)), words);
  const planned = Number(form.dataset.planned);
  const done = live.querySelector("[data-outbox-next]");
  done.hidden = !(planned && mine.length && number > planned);
  const next = [...live.querySelectorAll("a[data-planned]")].find(
    (one) => Number(one.dataset.done) + setsOf(all, new URL(one.href).searchParams.get("x")) < Number(one.dataset.planned),
  );
  const link = done.querySelector("a");
  link.href = next ? next.getAttribute("href") : live.dataset.finish;
  link.textContent = next ? words.next.replace("%1", next.querySelector("span").firstChild.textContent.trim()) : words.finishIt;
  if (mine.length) rest(live, mine.at(-1).at);
}

/** Draw what waits, on any page. */
export function showWaiting(box, entries) {
  card(box, entries);
  const live = document.querySelector("[data-training]");
  if (live) liveWorkout(live, entries, box.dataset);
}
