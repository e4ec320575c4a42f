import { somethingWaits } from "./outbox.js";

// While a workout is on the page: the screen stays awake, and what another device logged shows up.
const POLL_MS = 20000;

let lock = null;
let touched = false; // typed here since the page came: it is not replaced under the athlete's fingers

const live = (root) => root.querySelector("[data-training]");

async function keepAwake(root) {
  const wanted = live(root) && document.visibilityState === "visible";
  if (!wanted) {
    await lock?.release?.();
    lock = null;
  } else if (!lock || lock.released) {
    try {
      lock = (await navigator.wakeLock?.request("screen")) ?? null;
    } catch {
      lock = null; // a phone that saves power says no; the clock is right after a lock anyway
    }
  }
}

async function look(root) {
  const page = live(root);
  if (!page || document.visibilityState !== "visible") return;
  let state;
  try {
    const answer = await fetch(page.dataset.liveState, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!answer.ok) return;
    state = await answer.json();
  } catch {
    return; // no signal: what is here stays
  }
  if (live(root) !== page || state.version === page.dataset.version) return;
  if (await somethingWaits()) return; // what another device did is shown when this one has told its own
  if (touched && !state.finished) page.querySelector("[data-live-stale]").hidden = false;
  else window.location.reload();
}

function fill(button) {
  for (const [name, value] of [["weight", button.dataset.fillWeight], ["reps", button.dataset.fillReps]]) {
    const input = document.querySelector(`#set-form [name=${name}]`);
    if (!input || !value) continue;
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

export function startTraining(root) {
  const begin = () => {
    touched = false;
    keepAwake(root);
  };
  begin();
  root.addEventListener("htmx:load", begin);
  root.addEventListener("input", (event) => {
    if (event.target.closest?.("[data-training] form")) touched = true;
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-fill-weight]");
    if (button) fill(button);
  });
  document.addEventListener("visibilitychange", () => {
    keepAwake(root);
    look(root);
  });
  window.addEventListener("focus", () => look(root));
  window.addEventListener("pageshow", (event) => event.persisted && look(root));
  setInterval(() => look(root), POLL_MS);
}
