// A hold is timed where it is logged: start, hold, stop, and the seconds stand in the field. It counts by the wall
// clock, so a locked screen or a page loaded anew takes nothing from it.
const KEY = "stopwatch";

const kept = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null; // private browsing: it counts as long as the page stays
  }
};

const keep = (value) => {
  try {
    if (value) sessionStorage.setItem(KEY, JSON.stringify(value));
    else sessionStorage.removeItem(KEY);
  } catch {
    // nothing is lost but a running hold when the page is loaded anew
  }
};

const secondsSince = (at, now) => Math.max(0, Math.round((now - at) / 1000));

function draw(button) {
  const at = Number(button.dataset.at);
  if (!button.isConnected || !at) return false;
  const seconds = secondsSince(at, Date.now());
  button.querySelector("[data-stopwatch-word]").textContent = button.dataset.stop.replace("%1", `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
  const asked = Number(button.dataset.asked);
  if (asked && seconds >= asked && !button.dataset.rung) {
    button.dataset.rung = "1";
    navigator.vibrate?.([200, 100, 200]);
  }
  return true;
}

function run(button, at) {
  button.dataset.at = String(at);
  button.setAttribute("aria-pressed", "true");
  draw(button);
  const beat = setInterval(() => draw(button) || clearInterval(beat), 250);
}

function stop(button) {
  const input = document.querySelector(button.dataset.stopwatch);
  input.value = String(Math.max(1, secondsSince(Number(button.dataset.at), Date.now())));
  delete button.dataset.at;
  delete button.dataset.rung;
  button.setAttribute("aria-pressed", "false");
  button.querySelector("[data-stopwatch-word]").textContent = button.dataset.start;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  keep(null);
}

function begin(part) {
  part.querySelectorAll?.("[data-stopwatch][hidden]").forEach((button) => {
    button.hidden = false;
    const running = kept();
    if (running?.key === button.dataset.key) run(button, running.at);
  });
}

export function startStopwatches(root) {
  begin(root);
  root.addEventListener("htmx:load", (event) => begin(event.target));
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-stopwatch]");
    if (!button) return;
    if (button.dataset.at) {
      stop(button);
    } else {
      const at = Date.now();
      keep({ key: button.dataset.key, at });
      run(button, at);
    }
  });
}
