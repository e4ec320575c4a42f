"""What the log says of a lift's strength before its next exposure. See docs/algorithms/replanning.md, The next load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gainsly.lib.strength import MAX_EFFECTIVE_REPS
from gainsly.lib.vocabulary import ProgressionStyle, Section
from movements.catalogue.records import MovementRecord
from programs.engine.heuristics import Heuristics
from programs.engine.loads import carried_bodyweight, share_for, weights_for
from programs.engine.progression import pause_of
from programs.engine.standing import Logged
from programs.engine.stepping import (
    FAILURES,
    LONGEST_PAUSE,
    MOST_UP,
    STEP_BACK,
    Exposure,
    Prescription,
    next_prescription,
)
from programs.engine.types import Athlete, PlannedExercise

NOISE = 0.042  # CV of a repeated 1RM test (Grgic 2020)
COMPARABLE_REPS = 2
LAST_COMPARABLE, WRONG = 3, 2  # a prescription counts as wrong after two of the last three
LATELY = 6  # comparable exposures: a block of a lift that is trained twice a week
TOLD_RIR = 5.0  # more repetitions left cannot be told (Helms 2016); what is told counts as this many
STRAINED = 1.0  # so many fewer left than asked: made, and still no reason to raise
EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Lifter:
    """What every load of a re-planning looks at."""

    athlete: Athlete
    style: ProgressionStyle
    movements: Mapping[str, MovementRecord]
    config: Heuristics
    eased: frozenset[str] = frozenset()  # sessions after a break, which start lighter
    ease: float = 0.925  # share of the load there: 5 to 10 % less after a week away (evidence: layoff return, grade C)


@dataclass(frozen=True, slots=True)
class Level:
    """What the log says of a lift: the next step, the 1RM it stands for (kg, bodyweight share included), and why.

    ``last`` is the exposure the step was taken from, the last one with about as many repetitions as are asked next.
    """

    step: Prescription
    last: Logged
    kg: float
    shown_kg: float  # the part of it that lately was made with ease; 0 without such an exposure
    rule: str
    words: str

    @property
    def rises(self) -> bool:
        """Whether nothing speaks against rounding to the nearest weight instead of down."""
        return self.last.exposure.made and self.rule not in ("hold", "short")


def level_of(log: Sequence[Logged], planned: PlannedExercise, movement: MovementRecord, lifter: Lifter) -> Level | None:
    """Where the lift stands for what is asked next; None without an exposure outside a deload.

    A heavy week is compared with the last heavy week and not with the light one before it: otherwise every change of
    repetitions would be read as a change of strength, and loads would creep downwards though everything was made.
    """
    history = [one for one in log if not one.exposure.is_deload]
    weights = weights_for(movement, lifter.athlete.kit)
    if not history or planned.reps_min is None or not weights:
        return None
    main = planned.section is Section.MAIN
    near = _comparable(history, planned.reps_min, lifter.style) if main else history
    style = lifter.style if main else None
    if style is ProgressionStyle.WAVE and near is not history:
        style = ProgressionStyle.SINGLE  # the same place in the next wave is a step heavier
    step, last = _step(near, planned, style, weights)
    if step is None:
        return None
    carried = carried_bodyweight(movement, lifter.athlete)
    reserve = _reserve(last, planned)
    if main and step.reps > last.exposure.asked + 1:  # a new wave begins as the last one did
        reserve = planned.target_rir or 0.0
    rule, words = _words(step, last)
    # Rounded down once, at the end: a step back that is rounded twice would be a fifth of a light load.
    load = last.exposure.load_kg * STEP_BACK if rule == "step_back" else step.load_kg
    kg = (load + carried) / share_for((step.reps if main else planned.reps_min) + reserve)
    shown = _shown_lately(near, planned, carried)
    return _corrected(Level(step, last, max(kg, shown), shown, rule, words), near, history, planned, carried)


def _step(
    near: Sequence[Logged], planned: PlannedExercise, style: ProgressionStyle | None, weights: Sequence[float]
) -> tuple[Prescription | None, Logged]:
    """The next step and the exposure it is taken from. Assistance, without a style, climbs its repetition range."""
    low = planned.reps_min or 1
    span = (low, max(low, planned.reps_max or 0))
    # Assistance keeps its range all block: what was done inside it is what was asked, so that it climbs the range.
    exposures = [one.exposure if style else _within(one.exposure, span) for one in near]
    if style:
        span = (min(span[0], exposures[-1].asked), max(span[1], exposures[-1].asked))
    last = replace(near[-1], exposure=exposures[-1])
    if style is ProgressionStyle.PAUSED and pause_of(planned.tempo) < exposures[-1].pause:
        exposures[-1] = replace(exposures[-1], pause=LONGEST_PAUSE)  # the plan takes the pause away: a step is due
    if _strained(last):
        return Prescription(last.exposure.load_kg, last.exposure.asked, last.exposure.pause), last
    return next_prescription(style or ProgressionStyle.DOUBLE, exposures, span, weights), last


def _comparable(history: Sequence[Logged], reps: int, style: ProgressionStyle) -> Sequence[Logged]:
    """The exposures with as many repetitions; else, waves apart, with about as many; else all of them."""
    same = [one for one in history if one.exposure.asked == reps]
    if same or style is ProgressionStyle.WAVE:
        return same or history
    return [one for one in history if abs(one.exposure.asked - reps) <= COMPARABLE_REPS] or history


def _within(one: Exposure, span: tuple[int, int]) -> Exposure:
    low, high = span
    return replace(one, asked=max(low, min(high, *one.done))) if one.done else one


def _reserve(one: Logged, planned: PlannedExercise) -> float:
    return (planned.target_rir or 0.0) if one.asked_rir is None else one.asked_rir


def _proven(one: Logged, planned: PlannedExercise, carried: float) -> float:
    """The 1RM that an exposure stands for when it is made as it was asked, kg."""
    return (one.exposure.load_kg + carried) / share_for(one.exposure.asked + _reserve(one, planned))


def _shown_lately(near: Sequence[Logged], planned: PlannedExercise, carried: float) -> float:
    """The best 1RM of the last exposures that were made with ease, back to the last that was not; 0 without one.

    Loads stay while the reserve falls over a block; without this the easy week after it would begin lighter.
    """
    best = 0.0
    for one in reversed(near[-LATELY:]):
        if not one.exposure.made or _strained(one):
            break
        best = max(best, _proven(one, planned, carried))
    return best


def _strained(one: Logged) -> bool:
    """Every repetition made, with clearly fewer left than was asked."""
    if one.asked_rir is None or one.rir is None:
        return False
    return one.exposure.made and one.rir < one.asked_rir - STRAINED


def _corrected(
    level: Level, near: Sequence[Logged], history: Sequence[Logged], planned: PlannedExercise, carried: float
) -> Level:
    """The level as the last exposures correct it: after falling short just now, and where the plan was wrong."""
    level = _capped(level, near, history, planned, carried)
    wrong = _wrong(near, planned, carried)
    if wrong is None or (wrong > level.kg) != level.last.exposure.made:
        return level
    most = _proven(near[-1], planned, carried) * (1 + MOST_UP)
    words = (
        "Two of your last three sessions were off the plan the same way: the load now follows what you really lifted."
    )
    return replace(
        level, kg=max(level.kg, min(wrong, most)) if wrong > level.kg else wrong, rule="rebased", words=words
    )


def _capped(
    level: Level, near: Sequence[Logged], history: Sequence[Logged], planned: PlannedExercise, carried: float
) -> Level:
    """No more than the last exposure asked, if it fell short; after two in a row what they showed, a tenth off at most.

    Both count at any number of repetitions: who fails at seven is not asked for a heavier four.
    """
    short = 0
    while short < len(history) and not history[-1 - short].exposure.made:
        short += 1
    if not short or (short < FAILURES and history[-1] is near[-1]):
        return level
    failed = history[-short:][-FAILURES:]
    most = min(_proven(one, planned, carried) for one in failed)
    if short >= FAILURES:
        showed = sum(_shown(one, carried) for one in failed) / len(failed)
        most = max(most * STEP_BACK, min(most, showed))
    if most >= level.kg:
        return level
    done = ", ".join(map(str, history[-1].exposure.done))
    words = f"You fell short last time ({done}): nothing gets heavier for it before that is made."
    if short >= FAILURES:
        words = f"You fell short twice in a row ({done} last): the load follows what you showed, then up again."
    return replace(level, kg=most, shown_kg=min(level.shown_kg, most), rule="short", words=words)


def _shown(one: Logged, carried: float) -> float:
    """The 1RM by the repetitions done and left, kg; as far as both can be told."""
    did = sum(one.exposure.done) / len(one.exposure.done) + min(one.rir or 0.0, TOLD_RIR)
    return (one.exposure.load_kg + carried) / share_for(min(did, MAX_EFFECTIVE_REPS))


def _wrong(near: Sequence[Logged], planned: PlannedExercise, carried: float) -> float | None:
    """The mean 1RM of the last three exposures, if two of them were off the same way by more than noise; else None.

    The mean of all three, because that of the two that stand out would count their luck too.
    """
    last = [one for one in near[-LAST_COMPARABLE:] if one.exposure.done and one.rir is not None]
    shown = [_shown(one, carried) for one in last]
    off = [value / _proven(one, planned, carried) - 1 for value, one in zip(shown, last, strict=True)]
    ways = (sum(one > NOISE for one in off), sum(one < -NOISE for one in off))
    return sum(shown) / len(shown) if max(ways) >= WRONG else None


def _words(step: Prescription, last: Logged) -> tuple[str, str]:
    """The rule and the sentence for the athlete."""
    done = ", ".join(map(str, last.exposure.done))
    if not last.exposure.made:
        if step.load_kg < last.exposure.load_kg:
            return (
                "step_back",
                f"Twice short of {last.exposure.asked} repetitions ({done}): a tenth back, then up again.",
            )
        return "repeat", f"Last time you fell short of {last.exposure.asked} repetitions ({done}): the same load again."
    if _strained(last):
        return "hold", f"Last time {done}, all made, with less left than planned: the same load again."
    if step.load_kg > last.exposure.load_kg:
        return "raise", f"Last time you made every set ({done}): one step up."
    return "build", f"Last time {done}, all made: the same load, a little more work."
