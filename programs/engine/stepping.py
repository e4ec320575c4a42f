"""The five progression styles as state machines over what was logged. See docs/algorithms/progression.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gainsly.lib.units import floor_load
from gainsly.lib.vocabulary import ProgressionStyle
from programs.engine.heuristics import Span
from programs.engine.loads import share_for

STEP_BACK = 0.90  # two failures in a row take a tenth off (ACSM 2009)
MOST_UP = 0.10  # no raise is bigger, after rounding to what can be loaded (ACSM 2009)
EXPOSURES_AT_TOP = 2  # "two for two": a weight rises after two exposures with every set at the top
FAILURES = 2
LONGEST_PAUSE = 3
BUILD_WEEKS = 3
BUILD_STEPS = 2
WAVE_REPS_STEP = 2
WAVE_LENGTH = 3
WAVE_RESERVE = 2  # 8, 6 and 4 repetitions with two left are 74, 79 and 84 % of the maximum
WAVE_GAIN = 0.025  # how much heavier the next wave begins
EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Exposure:
    """One session of a lift as it was done: the load in kg, repetitions of each set, and what was asked."""

    load_kg: float
    done: tuple[int, ...]
    asked: int  # repetitions asked of each set
    pause: int = 0  # seconds
    is_deload: bool = False

    @property
    def made(self) -> bool:
        return bool(self.done) and min(self.done) >= self.asked


@dataclass(frozen=True, slots=True)
class Prescription:
    """What the next exposure asks for."""

    load_kg: float
    reps: int
    pause: int = 0


def next_prescription(
    style: ProgressionStyle, log: Sequence[Exposure], span: Span, loads_kg: Sequence[float]
) -> Prescription | None:
    """The next exposure, a pure function of the log; ``None`` without a log.

    ``span`` is the repetition range, ``loads_kg`` the loadable weights in order. Deloads never move it. A failure is
    repeated once; a second one in a row steps back a tenth, rounded down to what can be loaded.
    """
    history = [one for one in log if not one.is_deload]
    if not history:
        return None
    last = history[-1]
    same = Prescription(last.load_kg, last.asked, last.pause)
    if not last.made:
        failed = [one for one in history[-FAILURES:] if not one.made and one.load_kg == last.load_kg]
        if len(failed) < FAILURES:
            return same
        return replace(same, load_kg=floor_load(last.load_kg * STEP_BACK, loads_kg))
    return _STYLES[style](history, span, loads_kg)


def _up(load_kg: float, loads_kg: Sequence[float], steps: int = 1) -> float:
    """The weight so many loadable steps above, or the heaviest there is."""
    heavier = [one for one in loads_kg if one > load_kg]
    return heavier[min(steps, len(heavier)) - 1] if heavier else load_kg


def _raised(at: Exposure, to_kg: float, reps: int, loads_kg: Sequence[float]) -> Prescription:
    """``reps`` at the heaviest weight up to ``to_kg`` that is at most a tenth above the exposure's.

    Where the iron's next step is bigger than that, its load again with a repetition more.
    """
    most = min(to_kg, at.load_kg * (1 + MOST_UP)) + EPSILON
    fitting = [one for one in loads_kg if at.load_kg < one <= most]
    return Prescription(fitting[-1], reps) if fitting else Prescription(at.load_kg, at.asked + 1)


def _made_twice(history: Sequence[Exposure]) -> bool:
    """Whether the last two exposures were made at the load of the last: no style raises sooner, single apart."""
    latest = history[-EXPOSURES_AT_TOP:]
    return len(latest) == EXPOSURES_AT_TOP and all(one.made and one.load_kg == latest[-1].load_kg for one in latest)


def _single(history: Sequence[Exposure], span: Span, loads_kg: Sequence[float]) -> Prescription:
    last = history[-1]
    return _raised(last, _up(last.load_kg, loads_kg), last.asked, loads_kg)


def _double(history: Sequence[Exposure], span: Span, loads_kg: Sequence[float]) -> Prescription:
    last, (low, high) = history[-1], span
    if last.asked < high:
        return Prescription(last.load_kg, last.asked + 1)
    if not _made_twice(history) or history[-EXPOSURES_AT_TOP].asked < high:
        return Prescription(last.load_kg, max(high, last.asked))
    return _raised(last, _up(last.load_kg, loads_kg), low, loads_kg)


def _paused(history: Sequence[Exposure], span: Span, loads_kg: Sequence[float]) -> Prescription:
    last = history[-1]
    if last.pause < LONGEST_PAUSE:
        return Prescription(last.load_kg, last.asked, last.pause + 1)
    if not _made_twice(history):
        return Prescription(last.load_kg, last.asked, last.pause)
    return _raised(last, _up(last.load_kg, loads_kg), last.asked, loads_kg)


def _build_to_drop(history: Sequence[Exposure], span: Span, loads_kg: Sequence[float]) -> Prescription:
    """Three repetitions above the lower end at most, then two steps and the lower end again."""
    last, (low, high) = history[-1], span
    if last.asked < min(high, low + BUILD_WEEKS):
        return Prescription(last.load_kg, last.asked + 1)
    if not _made_twice(history):
        return Prescription(last.load_kg, last.asked)
    return _raised(last, _up(last.load_kg, loads_kg, BUILD_STEPS), low, loads_kg)


def _wave(history: Sequence[Exposure], span: Span, loads_kg: Sequence[float]) -> Prescription:
    """Fewer repetitions and more load twice, by the chart; then the wave again, a little heavier than it began."""
    last, wave = history[-1], _this_wave(history)
    step_up = _up(last.load_kg, loads_kg)
    if len({one.asked for one in wave}) < WAVE_LENGTH and last.asked > 1:
        reps = max(1, last.asked - WAVE_REPS_STEP)
        target = last.load_kg * share_for(reps + WAVE_RESERVE) / share_for(last.asked + WAVE_RESERVE)
        nearest = min(loads_kg, key=lambda one: (round(abs(one - target), 6), one))
        return _raised(last, max(step_up, nearest), reps, loads_kg)
    start = next(one for one in reversed(wave) if one.asked == wave[0].asked)  # as it was made at last
    to_kg = max(_up(start.load_kg, loads_kg), floor_load(start.load_kg * (1 + WAVE_GAIN), loads_kg))
    return _raised(start, to_kg, start.asked, loads_kg)


def _this_wave(history: Sequence[Exposure]) -> Sequence[Exposure]:
    """The exposures since repetitions last went up: a repeat after a failure belongs to its step."""
    start = len(history) - 1
    while start and history[start - 1].asked >= history[start].asked:
        start -= 1
    return history[start:]


_STYLES = {
    ProgressionStyle.SINGLE: _single,
    ProgressionStyle.DOUBLE: _double,
    ProgressionStyle.PAUSED: _paused,
    ProgressionStyle.BUILD_TO_DROP: _build_to_drop,
    ProgressionStyle.WAVE: _wave,
}
