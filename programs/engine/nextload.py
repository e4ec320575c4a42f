"""The loads of a lift's next exposures, from how it was done last. See docs/algorithms/replanning.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gainsly.lib.units import floor_load
from gainsly.lib.vocabulary import ProgressionStyle, Section
from movements.catalogue.records import MovementRecord
from programs.engine.heuristics import Heuristics
from programs.engine.loads import carried_bodyweight, is_loadable, load_at, share_for, weights_for
from programs.engine.standing import ChangeKind, Draft, Logged, Reason, Standing
from programs.engine.stepping import MOST_UP, Exposure, Prescription, next_prescription
from programs.engine.types import Athlete, PlannedExercise, RampSet

NOISE = 0.042  # CV of a repeated 1RM test (Grgic 2020)
COMPARABLE_REPS = 2
LAST_COMPARABLE, WRONG = 3, 2  # a prescription counts as wrong after two of the last three
LIFTED = (Section.MAIN, Section.ACCESSORY)
EPSILON = 1e-6
AFTER_BREAK = Reason(
    ChangeKind.LOAD, "after_break", "The first session after a break: a little lighter and shorter, then on as planned."
)


@dataclass(frozen=True, slots=True)
class Level:
    """What the log says of a lift: the next step, the 1RM it stands for (kg, bodyweight share included), and why."""

    step: Prescription
    last: Logged
    kg: float
    rule: str
    words: str

    @property
    def raises(self) -> bool:
        return self.step.load_kg > self.last.exposure.load_kg + EPSILON


@dataclass(frozen=True, slots=True)
class Lifter:
    """What every load of a re-planning looks at."""

    athlete: Athlete
    style: ProgressionStyle
    movements: Mapping[str, MovementRecord]
    config: Heuristics
    eased: frozenset[str] = frozenset()  # sessions after a break, which start lighter
    ease: float = 0.925  # share of the load there: 5 to 10 % less after a week away (evidence: layoff return, grade C)


def step_loads(draft: Draft, logged: Mapping[str, tuple[Logged, ...]], lifter: Lifter) -> None:
    """Rewrite the loads ahead of every lift that was done since the plan began; others stay as planned."""
    for slug in sorted(logged):
        movement = lifter.movements.get(slug)
        if movement is not None and is_loadable(movement):
            _step_lift(draft, movement, logged[slug], lifter)


def _step_lift(draft: Draft, movement: MovementRecord, log: Sequence[Logged], lifter: Lifter) -> None:
    places = [
        (index, number)
        for index, session in draft.open()
        for number, slot in enumerate(session.slots)
        if slot.planned.movement == movement.slug and _is_lift(slot.planned)
    ]
    places.sort(key=lambda place: draft.sessions[place[0]].date)
    loading = [place for place in places if not draft.sessions[place[0]].is_deload] or places
    if not loading:
        return
    first = draft.sessions[loading[0][0]].slots[loading[0][1]].planned
    level = level_of(log, first, movement, lifter)
    if level is None:
        return
    done_in = _sequence_on(draft, level.last)
    before = level.last.exposure.load_kg
    base = draft.sessions[loading[0][0]].sequence
    for index, number in places:
        session = draft.sessions[index]
        planned = session.slots[number].planned
        load, reason = _load_for(session, planned, level, movement, lifter, before=before, base=base, done_in=done_in)
        if load is None:
            continue
        before = before if session.is_deload else load
        if session.id in lifter.eased:
            load, reason = eased_load(load, movement, lifter), AFTER_BREAK
        draft.put_slot(index, number, loaded(planned, load, movement, lifter.athlete), reason)


def eased_load(load: float, movement: MovementRecord, lifter: Lifter) -> float:
    """The load for the first session after a break."""
    return floor_load(load * lifter.ease, weights_for(movement, lifter.athlete.kit))


def _is_lift(one: PlannedExercise) -> bool:
    return one.section in LIFTED and one.reps_min is not None and one.target_rir is not None


def _sequence_on(draft: Draft, last: Logged) -> int:
    """The microcycle in which the lift was done last; 0 before the program."""
    return max((one.sequence for one in draft.sessions if one.date <= last.on), default=0)


def level_of(log: Sequence[Logged], planned: PlannedExercise, movement: MovementRecord, lifter: Lifter) -> Level | None:
    """Where the lift stands after its log; None without an exposure outside a deload."""
    history = [one for one in log if not one.exposure.is_deload]
    if not history or planned.reps_min is None:
        return None
    main = planned.section is Section.MAIN
    span = (planned.reps_min, max(planned.reps_min, planned.reps_max or 0))
    style = lifter.style if main else ProgressionStyle.DOUBLE
    # Assistance keeps its range all block: what was done inside it is what was asked, so that it climbs the range.
    exposures = [one.exposure if main else _within(one.exposure, span) for one in history]
    if main:
        span = (min(span[0], exposures[-1].asked), max(span[1], exposures[-1].asked))
    weights = weights_for(movement, lifter.athlete.kit)
    step = next_prescription(style, exposures, span, weights) if weights else None
    if step is None:
        return None
    last = replace(history[-1], exposure=exposures[-1])
    carried = carried_bodyweight(movement, lifter.athlete)
    # By the reserve that is asked next: how easy one day felt moves nothing until it has happened twice.
    kg = (step.load_kg + carried) / share_for(step.reps + (planned.target_rir or 0.0))
    rule, words = _words(step, last)
    wrong = _wrong(history, carried)
    if wrong is not None and (wrong > kg) == last.exposure.made:
        return Level(step, last, wrong, "rebased", "Two of your last three sessions were off the plan the same way: "
                     "the load now follows what you really lifted.")  # fmt: skip
    return Level(step, last, kg, rule, words)


def _within(one: Exposure, span: tuple[int, int]) -> Exposure:
    low, high = span
    return replace(one, asked=max(low, min(high, *one.done))) if one.done else one


def _wrong(history: Sequence[Logged], carried: float) -> float | None:
    """The mean 1RM of the exposures that were off in one direction, two of the last three comparable; else None."""
    asked = history[-1].exposure.asked
    near = [one for one in history if abs(one.exposure.asked - asked) <= COMPARABLE_REPS and one.e1rm_kg]
    off: dict[bool, list[float]] = {True: [], False: []}
    for one in near[-LAST_COMPARABLE:]:
        told = (one.exposure.load_kg + carried) / share_for(one.exposure.asked + (one.rir or 0.0))
        if one.e1rm_kg and abs(one.e1rm_kg / told - 1) > NOISE:
            off[one.e1rm_kg > told].append(one.e1rm_kg)
    found = max(off.values(), key=len)
    return sum(found) / len(found) if len(found) >= WRONG else None


def _words(step: Prescription, last: Logged) -> tuple[str, str]:
    done = ", ".join(map(str, last.exposure.done))
    if not last.exposure.made:
        if step.load_kg < last.exposure.load_kg:
            return (
                "step_back",
                f"Twice short of {last.exposure.asked} repetitions ({done}): a tenth back, then up again.",
            )
        return "repeat", f"Last time you fell short of {last.exposure.asked} repetitions ({done}): the same load again."
    if step.load_kg > last.exposure.load_kg:
        return "raise", f"Last time you made every set ({done}): one step up."
    return "build", f"Last time {done}, all made: the same load, a little more work."


def _load_for(
    session: Standing,
    planned: PlannedExercise,
    level: Level,
    movement: MovementRecord,
    lifter: Lifter,
    *,
    before: float,
    base: int,
    done_in: int,
) -> tuple[float | None, Reason]:
    """The load of one exposure ahead. ``before`` is the last non-deload load, ``base`` the first microcycle ahead."""
    weeks = 0 if session.is_deload else max(0, session.sequence - base)
    growth = (1 + lifter.config.growth.weekly[lifter.athlete.experience]) ** weeks
    reps, rir = planned.reps_min or 1, planned.target_rir or 0.0
    load = load_at(level.kg * growth * share_for(reps + rir) + EPSILON, movement, lifter.athlete)
    reason = Reason(ChangeKind.LOAD, level.rule, level.words)
    if load is None:
        return None, reason
    weights = weights_for(movement, lifter.athlete.kit)
    most = before if session.is_deload else before * (1 + MOST_UP)
    if session.is_deload:
        reason = Reason(ChangeKind.LOAD, "deload", "A deload keeps the load you know and never raises it.")
    elif session.sequence == done_in and reps >= level.last.exposure.asked:
        most = min(before, level.step.load_kg)
        reason = Reason(ChangeKind.LOAD, "once_a_week", "A lift rises at most once a week: the load stays for now.")
    elif weeks == 0 and level.rule != "rebased" and reps >= level.step.reps:
        most = level.step.load_kg
    if not level.last.exposure.made and reps >= level.last.exposure.asked:
        most = min(most, before)
    load = floor_load(min(load, most), weights)
    return load, reason if _says(load, level) else _by_plan(load, reps, rir, level)


def _says(load: float, level: Level) -> bool:
    """Whether the words of the level are true of this load."""
    moved = load - level.last.exposure.load_kg
    told = {"raise": moved > EPSILON, "build": abs(moved) <= EPSILON, "repeat": abs(moved) <= EPSILON}
    return told.get(level.rule, True)


def _by_plan(load: float, reps: int, rir: float, level: Level) -> Reason:
    """The week's own repetitions and reserve turn the same strength into another load."""
    done = ", ".join(map(str, level.last.exposure.done))
    way = "heavier" if load > level.last.exposure.load_kg else "lighter"
    if abs(load - level.last.exposure.load_kg) <= EPSILON:
        way = "the same"
    words = f"Last time {done}. This week asks for {reps} repetitions with {rir:g} left, so the load is {way}."
    return Reason(ChangeKind.LOAD, "week", words)


def loaded(planned: PlannedExercise, load: float, movement: MovementRecord, athlete: Athlete) -> PlannedExercise:
    """The exercise at another load, its ramp with it."""
    if planned.target_load_kg is not None and abs(planned.target_load_kg - load) < EPSILON:
        return planned
    weights = weights_for(movement, athlete.kit)
    percent = planned.target_percent_1rm
    ramp = tuple(
        RampSet(one.percent_1rm, one.reps, floor_load(load * one.percent_1rm / percent, weights)) if percent else one
        for one in planned.ramp
    )
    return replace(planned, target_load_kg=load, load_is_guess=False, ramp=ramp)
