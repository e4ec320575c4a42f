// The rest clock. It counts from the moment of the last set, so it is right again after the screen was locked.
const CIRCLE = 2 * Math.PI * 44;

const clock = (seconds) => {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

function state(timer) {
  const total = Number(timer.dataset.seconds) + Number(timer.dataset.extra ?? 0);
  const passed = (Date.now() - Date.parse(timer.dataset.since)) / 1000;
  return { total, left: total - passed };
}

function draw(timer) {
  if (!timer.isConnected) return false;
  const { total, left } = state(timer);
  timer.querySelector("[data-rest-left]").textContent = left > 0 ? clock(left) : "0:00";
  const ring = timer.querySelector("[data-rest-ring]");
  ring.setAttribute("stroke-dasharray", String(CIRCLE));
  ring.setAttribute("stroke-dashoffset", String(CIRCLE * (1 - Math.min(1, Math.max(0, left / total)))));
  if (left <= 0 && !timer.dataset.rung) ringOut(timer, left);
  return true;
}

function ringOut(timer, left) {
  timer.dataset.rung = "1";
  timer.setAttribute("aria-label", timer.dataset.over);
  if (left > -5) navigator.vibrate?.([200, 100, 200]);
}

function start(timer) {
  if (timer.dataset.running || !timer.dataset.since) return;
  timer.dataset.running = "1";
  draw(timer);
  const beat = setInterval(() => draw(timer) || clearInterval(beat), 250);
}

export function startTimers(root) {
  const all = (part) => part.querySelectorAll?.("[data-rest]").forEach(start);
  all(root);
  root.addEventListener("htmx:load", (event) => all(event.target));
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-rest-add], [data-rest-skip]");
    const timer = button && root.querySelector("[data-rest]");
    if (!timer) return;
    if (button.hasAttribute("data-rest-skip")) timer.dataset.since = new Date(0).toISOString();
    else timer.dataset.extra = String(Number(timer.dataset.extra ?? 0) + Number(button.dataset.restAdd));
    delete timer.dataset.rung;
    draw(timer);
  });
  document.addEventListener("visibilitychange", () => root.querySelectorAll("[data-rest]").forEach(draw));
}
