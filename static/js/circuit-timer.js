// The clock of a circuit (docs/algorithms/circuits.md). The server works out the intervals; this file only knows when it
// was started, tapped and paused, so that it is right again after the screen was locked or the page was loaded anew.
const LEAD = 10; // seconds to get ready
const KIND = 0;
const SECONDS = 1;
const ROUND = 2;
const STATION = 3;

export const clock = (seconds) => {
  const whole = Math.max(0, seconds);
  return `${Math.floor(whole / 60)}:${String(Math.floor(whole % 60)).padStart(2, "0")}`;
};

// Seconds since the start of the first interval (negative while getting ready), at the moment `now` (milliseconds).
export function elapsedOf(run, now) {
  return ((run.pausedAt ?? now) - run.started - run.paused) / 1000 - LEAD;
}

// Where `elapsed` seconds lead: the interval's index, its end if the clock decides it, and whether all is over.
export function position(intervals, marks, elapsed, cap) {
  const at = cap ? Math.min(elapsed, cap) : elapsed;
  let start = 0;
  let taps = 0;
  for (let index = 0; index < intervals.length; index += 1) {
    const seconds = intervals[index][SECONDS];
    const end = seconds === null ? (marks[taps++] ?? Infinity) : start + seconds;
    if (at < end && !(cap && elapsed >= cap)) return { index, start, end, over: false, at };
    if (at < end) return { index, start, end, over: true, at: cap, capped: true };
    start = end;
  }
  return { index: intervals.length, start, end: start, over: true, at: start };
}

const say = (text, ...values) => values.reduce((words, value, at) => words.replace(`%${at + 1}`, value), text);

function beeper() {
  let audio;
  return {
    wake() {
      const Audio = window.AudioContext ?? window.webkitAudioContext;
      audio ??= Audio && new Audio();
      audio?.resume?.();
    },
    beep(pitch, length) {
      if (!audio) return;
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.25, audio.currentTime);
      volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + length);
      tone.connect(volume).connect(audio.destination);
      tone.start();
      tone.stop(audio.currentTime + length);
    },
  };
}

class CircuitTimer {
  constructor(card) {
    this.card = card;
    this.intervals = JSON.parse(card.dataset.intervals);
    this.names = JSON.parse(card.dataset.names);
    this.cap = Number(card.dataset.cap) || null;
    this.key = `circuit:${card.dataset.circuitTimer}`;
    this.sounds = beeper();
    this.last = null;
    this.run = this.stored();
    this.part("toggle").addEventListener("click", () => this.toggle());
    this.part("done").addEventListener("click", () => this.tap());
    this.part("reset").addEventListener("click", () => this.reset());
    card.hidden = false;
    this.beat = setInterval(() => this.tick(), 200);
    this.tick();
  }

  part(name) {
    return this.card.querySelector(`[data-ct-${name}]`);
  }

  word(name) {
    return this.card.dataset[`word${name[0].toUpperCase()}${name.slice(1)}`];
  }

  stored() {
    try {
      const run = JSON.parse(localStorage.getItem(this.key));
      return run?.of === this.card.dataset.intervals ? run : null;
    } catch {
      return null; // private browsing, or a circuit that has changed since
    }
  }

  store() {
    try {
      if (this.run) localStorage.setItem(this.key, JSON.stringify(this.run));
      else localStorage.removeItem(this.key);
    } catch {
      // without storage the clock runs all the same, until the page is left
    }
  }

  now() {
    return elapsedOf(this.run, Date.now());
  }

  place() {
    return position(this.intervals, this.run.marks, this.now(), this.cap);
  }

  toggle() {
    this.sounds.wake();
    if (!this.run) {
      this.run = { of: this.card.dataset.intervals, started: Date.now(), paused: 0, pausedAt: null, marks: [], rounds: 0 };
      this.stayAwake();
    } else if (this.run.pausedAt) {
      this.run.paused += Date.now() - this.run.pausedAt;
      this.run.pausedAt = null;
      this.stayAwake();
    } else {
      this.run.pausedAt = Date.now();
      this.sleep();
    }
    this.store();
    this.tick();
  }

  tap() {
    const { index, over } = this.place();
    if (over || this.now() < 0) return;
    if (this.card.dataset.counts) this.run.rounds += 1;
    else if (this.intervals[index][SECONDS] === null) this.run.marks.push(this.now());
    this.store();
    this.tick();
  }

  reset() {
    this.run = null;
    this.last = null;
    this.sleep();
    this.store();
    this.tick();
  }

  async stayAwake() {
    try {
      this.lock = await navigator.wakeLock?.request("screen");
    } catch {
      this.lock = null; // a phone that saves power says no; the clock is right after a lock anyway
    }
  }

  sleep() {
    this.lock?.release();
    this.lock = null;
  }

  tick() {
    if (!this.card.isConnected) {
      clearInterval(this.beat);
      this.sleep();
      return;
    }
    if (!this.run) {
      this.show({ phase: "idle", time: this.firstTime(), what: this.nameOf(0), round: "", next: "", share: 0 });
      this.buttons("start", false);
      return;
    }
    const elapsed = this.now();
    if (elapsed < 0) this.drawLead(elapsed);
    else this.draw(this.place());
  }

  firstTime() {
    return this.intervals[0][SECONDS] ?? 0;
  }

  drawLead(elapsed) {
    this.show({ phase: "ready", time: Math.ceil(-elapsed), what: this.nameOf(0), round: "", next: "", share: 0 });
    this.buttons(this.run.pausedAt ? "goOn" : "pause", false);
    this.signal("lead", Math.ceil(-elapsed), "ready");
  }

  draw(place) {
    if (place.over) {
      this.drawOver(place);
      return;
    }
    const [kind, seconds, round] = this.intervals[place.index];
    const left = place.end - place.at;
    this.show({
      phase: kind,
      time: seconds === null ? place.at : Math.ceil(left),
      what: kind === "rest" ? "" : this.nameOf(place.index),
      round: this.roundWords(round),
      next: this.nextWords(place.index),
      share: (place.index + (seconds === null ? 0 : 1 - left / seconds)) / this.intervals.length,
    });
    const taps = Boolean(this.card.dataset.counts) || seconds === null;
    this.buttons(this.run.pausedAt ? "goOn" : "pause", taps && !this.run.pausedAt);
    this.signal(place.index, seconds === null ? null : Math.ceil(left), kind);
  }

  drawOver(place) {
    const rounds = this.card.dataset.counts ? say(this.word("rounds"), this.run.rounds) : "";
    this.show({ phase: place.capped ? "cap" : "over", time: place.at, what: "", round: rounds, next: "", share: 1 });
    this.part("toggle").hidden = true;
    this.part("done").hidden = true;
    this.signal("over", null, place.capped ? "cap" : "over");
    this.sleep();
  }

  show({ phase, time, what, round, next, share }) {
    this.card.dataset.phase = phase;
    this.part("phase").textContent = this.word(phase);
    this.part("clock").textContent = clock(time);
    this.part("what").textContent = what;
    this.part("round").textContent = round;
    this.part("next").textContent = next;
    this.part("bar").value = share;
  }

  buttons(toggle, taps) {
    this.part("toggle").hidden = false;
    this.part("toggle").textContent = this.word(toggle);
    this.part("done").hidden = !taps;
    this.part("reset").hidden = !this.run;
  }

  nameOf(index) {
    const station = this.intervals[index][STATION];
    return station === null ? this.word("all") : this.names[station];
  }

  roundWords(round) {
    if (this.card.dataset.counts) return say(this.word("rounds"), this.run.rounds);
    return say(this.word("round"), round, this.card.dataset.rounds);
  }

  nextWords(index) {
    const next = this.intervals.findIndex((interval, at) => at > index && interval[KIND] !== "rest");
    return next < 0 || this.intervals[next][STATION] === null ? "" : say(this.word("next"), this.nameOf(next));
  }

  // A long tone at a change, short ones in the last three seconds before it; nothing twice, nothing while paused.
  signal(index, left, phase) {
    const moment = `${index}/${left !== null && left <= 3 ? left : ""}`;
    if (moment === this.last || this.run.pausedAt) return;
    const changed = this.last === null || !this.last.startsWith(`${index}/`);
    this.last = moment;
    if (changed) this.part("say").textContent = `${this.word(phase)} ${this.part("what").textContent}`;
    if (!this.part("sound").checked) return;
    if (changed && index !== "lead") {
      this.sounds.beep(phase === "rest" ? 520 : 880, 0.6);
      // a page that came back by itself may not shake the phone before it was touched
      if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(phase === "rest" ? [200] : [200, 100, 200]);
    } else if (left !== null && left <= 3) {
      this.sounds.beep(660, 0.12);
    }
  }
}

function start(part) {
  part.querySelectorAll?.("[data-circuit-timer]:not([data-running])").forEach((card) => {
    card.dataset.running = "1";
    const timer = new CircuitTimer(card);
    document.addEventListener("visibilitychange", () => timer.tick());
  });
}

export function startCircuitTimers(root) {
  start(root);
  root.addEventListener("htmx:load", (event) => start(event.target));
}
