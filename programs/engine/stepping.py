"""The five progression styles as state machines over what was logged. See docs/algorithms/progression.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gainsly.lib.units import floor_load
from gainsly.lib.vocabulary import ProgressionStyle
from programs.engine.heuristics import Span

STEP_BACK = 0.90  # two failures in a row take a tenth off (ACSM 2009)
EXPOSURES_AT_TOP = 2  # "two for two": a weight rises after two exposures with every set at the top
FAILURES = 2
LONGEST_PAUSE = 3
BUILD_WEEKS = 3
BUILD_STEPS = 2
WAVE_REPS_STEP = 2
WAVE_LENGTH = 3


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


def _single(history: Sequence[Exposure], span: Span, loads_kg: Sequence[float]) -> Prescription:
    last = history[-1]
    return Prescription(_up(last.load_kg, loads_kg), last.asked)


def _double(history: Sequence[Exposure], span: Span, loads_kg: Sequence[float]) -> Prescription:
    last, (low, high) = history[-1], span
    if last.asked < high:
        return Prescription(last.load_kg, last.asked + 1)
    top = [one for one in history[-EXPOSURES_AT_TOP:] if one.made and one.asked >= high and one.load_kg == last.load_kg]
    if len(top) < EXPOSURES_AT_TOP:
        return Prescription(last.load_kg, high)
    return Prescription(_up(last.load_kg, loads_kg), low)


def _paused(history: Sequence[Exposure], span: Span, loads_kg: Sequence[float]) -> Prescription:
    last = history[-1]
    if last.pause < LONGEST_PAUSE:
        return Prescription(last.load_kg, last.asked, last.pause + 1)
    return Prescription(_up(last.load_kg, loads_kg), last.asked)


def _build_to_drop(history: Sequence[Exposure], span: Span, loads_kg: Sequence[float]) -> Prescription:
    last, (low, _) = history[-1], span
    at_load = [one for one in history if one.load_kg == last.load_kg]
    if len(at_load) < BUILD_WEEKS:
        return Prescription(last.load_kg, last.asked + 1)
    return Prescription(_up(last.load_kg, loads_kg, BUILD_STEPS), low)


def _wave(history: Sequence[Exposure], span: Span, loads_kg: Sequence[float]) -> Prescription:
    """Fewer repetitions and more load twice; then the wave begins again a step heavier than it last began."""
    last, (_, high) = history[-1], span
    into = (len(history) - 1) % WAVE_LENGTH
    if into < WAVE_LENGTH - 1:
        return Prescription(_up(last.load_kg, loads_kg, BUILD_STEPS), max(1, last.asked - WAVE_REPS_STEP))
    start = history[len(history) - WAVE_LENGTH]
    return Prescription(_up(start.load_kg, loads_kg), high)


_STYLES = {
    ProgressionStyle.SINGLE: _single,
    ProgressionStyle.DOUBLE: _double,
    ProgressionStyle.PAUSED: _paused,
    ProgressionStyle.BUILD_TO_DROP: _build_to_drop,
    ProgressionStyle.WAVE: _wave,
}
