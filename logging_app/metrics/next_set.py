"""What to put on the bar for the next set, from the set just done. See docs/algorithms/next-set.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gainsly.lib.strength import MAX_EFFECTIVE_REPS, MAX_RPE, MIN_RPE_FOR_E1RM
from gainsly.lib.vocabulary import MovementPattern
from programs.engine.loads import share_for

LOWEST, HIGHEST = 0.90, 1.05  # of the load just lifted, after rounding (decisions.md 17)
DROP_ISOLATION, DROP_COMPOUND, DROP_LOWER = 0.5, 0.75, 1.0  # repetitions lost to a set with the rest as asked (grade C)
LOWER = frozenset({MovementPattern.SQUAT, MovementPattern.HINGE, MovementPattern.LUNGE})
SHORTEST, LONGEST = 0.5, 2.0  # how far rest can move the loss
SURE_RESERVE, SURE_REPS = 2.0, 8.0
NOISE_REPS = 1.0  # people are off by about one repetition: only what goes beyond it is acted on (Halperin 2022)
EXACT = 1e-9


class Hold(StrEnum):
    """What stays when the set was harder or easier than asked."""

    REPS = "reps"  # the repetitions and the effort; the weight gives
    LOAD = "load"  # the weight and the effort; the repetitions give


class Confidence(StrEnum):
    GOOD = "good"
    FAIR = "fair"
    LOW = "low"


class Why(StrEnum):
    """What the set just done says."""

    HARDER = "harder"
    EASIER = "easier"
    AS_ASKED = "as_asked"
    UNSAID = "unsaid"  # no effort was told: nothing is changed


@dataclass(frozen=True, slots=True)
class Done:
    """The set just done. ``load_kg`` is what is on it; ``body_kg`` the part of the athlete that it lifts as well."""

    load_kg: float
    reps: int
    reserve: float | None  # repetitions left, as told
    body_kg: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """The set to come: repetitions and how many are to be left."""

    reps_min: int
    reps_max: int
    reserve: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The next set, and why; ``off`` is how many repetitions more than asked are in it (negative: fewer)."""

    load_kg: float
    reps: int
    why: Why
    off: float
    confidence: Confidence

    @property
    def changes(self) -> bool:
        return self.why in (Why.HARDER, Why.EASIER)


def drop_of(pattern: MovementPattern, *, compound: bool) -> float:
    """Repetitions that one set takes from the next."""
    if not compound:
        return DROP_ISOLATION
    return DROP_LOWER if pattern in LOWER else DROP_COMPOUND


def rest_factor(asked_seconds: float, taken_seconds: float | None) -> float:
    """How much of the usual loss a rest leaves: half for twice the rest, twice for half of it."""
    if not taken_seconds or asked_seconds <= 0:
        return 1.0
    return min(LONGEST, max(SHORTEST, asked_seconds / taken_seconds))


def suggest(
    done: Done,
    asked: Asked,
    *,
    drop: float,
    loads: Sequence[float],
    hold: Hold = Hold.REPS,
    rest_before: float = 1.0,
) -> Suggestion:
    """The next set of the same exercise. ``loads`` are the weights that can be made, ascending; ``rest_before`` is the
    ``rest_factor`` of the rest before the set just done: what a short rest took comes back with a full one."""
    if done.reserve is None or done.reserve > MAX_RPE - MIN_RPE_FOR_E1RM:
        return Suggestion(done.load_kg, _within(done.reps, asked), Why.UNSAID, 0.0, Confidence.LOW)
    left = done.reps + done.reserve - drop + drop * (rest_before - 1.0)  # repetitions to failure, same load
    wanted = _within(done.reps, asked)
    off = left - (wanted + asked.reserve)
    telling = off - min(max(off, -NOISE_REPS), NOISE_REPS)
    confidence = _confidence(done, rest_before)
    if hold is Hold.LOAD:
        reps = max(1, round(wanted + telling))
        return Suggestion(done.load_kg, reps, _why(reps - wanted), off, confidence)
    load = _load(done, wanted + asked.reserve, wanted + asked.reserve + telling, loads) if telling else done.load_kg
    return Suggestion(load, wanted, _why(load - done.load_kg), off, confidence)


def _within(reps: int, asked: Asked) -> int:
    return min(max(reps, asked.reps_min), asked.reps_max)


def _load(done: Done, to_failure: float, left: float, loads: Sequence[float]) -> float:
    """The weight nearest to what the chart says, among those inside the bounds; else the same again."""
    if done.load_kg <= 0:  # the body alone, or helped: its weight is not for choosing
        return done.load_kg
    total = done.load_kg + done.body_kg
    ideal = total * share_for(max(1.0, to_failure)) / share_for(max(1.0, left)) - done.body_kg
    low, high = done.load_kg * LOWEST - EXACT, done.load_kg * HIGHEST + EXACT
    fitting = [one for one in (*loads, done.load_kg) if low <= one <= high]
    return min(fitting, key=lambda one: (abs(one - ideal), abs(one - done.load_kg)))


def _why(change: float) -> Why:
    if abs(change) < EXACT:
        return Why.AS_ASKED
    return Why.EASIER if change > 0 else Why.HARDER


def _confidence(done: Done, rest_before: float) -> Confidence:
    """People tell two repetitions left well and four badly, and long sets worse (Halperin 2022)."""
    if done.reserve is None or done.reps + done.reserve > MAX_EFFECTIVE_REPS:
        return Confidence.LOW
    sure = done.reserve <= SURE_RESERVE and done.reps <= SURE_REPS and rest_before <= 1.0
    return Confidence.GOOD if sure else Confidence.FAIR
