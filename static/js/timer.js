// The rest clock. It counts from the moment of the last set to a wall-clock end, so it is right again after the screen
// was locked or the page was loaded anew; seconds added or taken off are kept beside that moment.
const CIRCLE = 2 * Math.PI * 44;
const KEY = "rest";
const SOUND_KEY = "rest-sound";
const FRESH = 5; // seconds within which a rest that ended is still worth a sound

const clock = (seconds) => {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

const stored = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // private browsing: the clock runs with what the page says
  }
};

const store = (key, value) => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // nothing is lost but the added seconds
  }
};

export function restOf(since, seconds, extra, now) {
  const total = Math.max(0, seconds + extra);
  return { total, left: total - (now - since) / 1000 };
}

function extraOf(timer) {
  const kept = stored(KEY);
  return kept?.since === timer.dataset.since ? kept.extra : 0;
}

function draw(timer) {
  if (!timer.isConnected) return false;
  const { total, left } = restOf(Date.parse(timer.dataset.since), Number(timer.dataset.seconds), extraOf(timer), Date.now());
  timer.querySelector("[data-rest-left]").textContent = left > 0 ? clock(left) : "0:00";
  timer.querySelector("[data-rest-total]").textContent = clock(total);
  const ring = timer.querySelector("[data-rest-ring]");
  ring.setAttribute("stroke-dasharray", String(CIRCLE));
  ring.setAttribute("stroke-dashoffset", String(CIRCLE * (1 - Math.min(1, Math.max(0, total ? left / total : 0)))));
  if (left <= 0 && !timer.dataset.rung) ringOut(timer, left);
  return true;
}

let audio;
function wake() {
  const Audio = window.AudioContext ?? window.webkitAudioContext;
  audio ??= Audio && new Audio();
  audio?.resume?.();
}

function beep() {
  if (audio?.state !== "running") return; // no tap yet on this page: a browser stays silent
  for (const [start, pitch] of [[0, 660], [0.25, 880]]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, audio.currentTime + start);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + start + 0.2);
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + start);
    tone.stop(audio.currentTime + start + 0.2);
  }
}

function ringOut(timer, left) {
  timer.dataset.rung = "1";
  timer.setAttribute("aria-label", timer.dataset.over);
  if (left < -FRESH || stored(SOUND_KEY) === false) return;
  navigator.vibrate?.([200, 100, 200]);
  beep();
}

function start(timer) {
  if (timer.dataset.running || !timer.dataset.since) return;
  timer.dataset.running = "1";
  draw(timer);
  const beat = setInterval(() => draw(timer) || clearInterval(beat), 250);
}

function adjust(timer, button) {
  const { left } = restOf(Date.parse(timer.dataset.since), Number(timer.dataset.seconds), extraOf(timer), Date.now());
  const by = button.hasAttribute("data-rest-skip") ? -Math.max(0, left) : Number(button.dataset.restAdd);
  if (button.hasAttribute("data-rest-skip")) timer.dataset.rung = "1";
  else delete timer.dataset.rung;
  store(KEY, { since: timer.dataset.since, extra: extraOf(timer) + by });
  draw(timer);
}

function elapsed(label) {
  if (!label.isConnected) return false;
  const seconds = Math.max(0, (Date.now() - Date.parse(label.dataset.elapsed)) / 1000);
  const hours = Math.floor(seconds / 3600);
  const rest = `${String(Math.floor(seconds / 60) % 60).padStart(hours ? 2 : 1, "0")}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  label.title ||= label.textContent;
  label.textContent = hours ? `${hours}:${rest}` : rest;
  return true;
}

function begin(part) {
  part.querySelectorAll?.("[data-rest]").forEach(start);
  part.querySelectorAll?.("[data-elapsed]:not([data-running])").forEach((label) => {
    label.dataset.running = "1";
    elapsed(label);
    const beat = setInterval(() => elapsed(label) || clearInterval(beat), 1000);
  });
  part.querySelectorAll?.("[data-rest-sound]").forEach((box) => {
    box.checked = stored(SOUND_KEY) !== false;
  });
}

export function startTimers(root) {
  begin(root);
  root.addEventListener("htmx:load", (event) => begin(event.target));
  root.addEventListener("gainsly:rest", (event) => begin(event.target));
  root.addEventListener("click", (event) => {
    wake();
    const button = event.target.closest?.("[data-rest-add], [data-rest-skip]");
    const timer = button && root.querySelector("[data-rest]");
    if (timer) adjust(timer, button);
  });
  root.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-rest-sound]")) store(SOUND_KEY, event.target.checked);
  });
  document.addEventListener("visibilitychange", () => root.querySelectorAll("[data-rest]").forEach(draw));
}
