"""The loads of a lift's next exposures, from how it was done last. See docs/algorithms/replanning.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gainsly.lib.units import floor_load
from gainsly.lib.vocabulary import Section
from movements.catalogue.records import MovementRecord
from programs.engine.level import EPSILON, Level, Lifter, level_of
from programs.engine.loads import carried_bodyweight, is_loadable, load_at, share_for, weights_for
from programs.engine.standing import ChangeKind, Draft, Logged, Reason, Standing
from programs.engine.stepping import MOST_UP
from programs.engine.types import Athlete, PlannedExercise, RampSet

LIFTED = (Section.MAIN, Section.ACCESSORY)
AFTER_BREAK = Reason(
    ChangeKind.LOAD, "after_break", "The first session after a break: a little lighter and shorter, then on as planned."
)


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
    done = [one for one in log if not one.exposure.is_deload]
    loading = [place for place in places if not draft.sessions[place[0]].is_deload] or places
    if not loading or not done:
        return
    at = Outset(done[-1], _sequence_on(draft, done[-1]), draft.sessions[loading[0][0]].sequence)
    before = done[-1].exposure.load_kg
    levels: dict[tuple[object, ...], Level | None] = {}  # most weeks ahead ask for the same few things
    for index, number in places:
        session = draft.sessions[index]
        planned = session.slots[number].planned
        key = (planned.section, planned.reps_min, planned.reps_max, planned.target_rir, planned.tempo)
        if key not in levels:
            levels[key] = level_of(log, planned, movement, lifter)
        level = levels[key]
        if level is None:
            continue
        load, reason = _load_for(session, planned, level, movement, lifter, before=before, at=at)
        if load is None:
            continue
        before = before if session.is_deload else load
        if session.id in lifter.eased:
            load, reason = (
                eased_load(_without_raise(load, planned, level, movement, lifter), movement, lifter),
                AFTER_BREAK,
            )
        draft.put_slot(index, number, loaded(planned, load, movement, lifter.athlete), reason)


@dataclass(frozen=True, slots=True)
class Outset:
    """Where the loads ahead start from: the last exposure, its microcycle, and the first loading one ahead."""

    latest: Logged
    done_in: int  # 0 before the program
    base: int


def _without_raise(
    load: float, planned: PlannedExercise, level: Level, movement: MovementRecord, lifter: Lifter
) -> float:
    """At most what was made before the break at the same effort: a break is no day for a step up."""
    share = share_for((planned.reps_min or 1) + (planned.target_rir or 0.0))
    known = level.shown_kg * share - carried_bodyweight(movement, lifter.athlete)
    return min(load, known) if known > 0 else load


def eased_load(load: float, movement: MovementRecord, lifter: Lifter) -> float:
    """The load for the first session after a break."""
    return floor_load(load * lifter.ease, weights_for(movement, lifter.athlete.kit))


def _is_lift(one: PlannedExercise) -> bool:
    return one.section in LIFTED and one.reps_min is not None and one.target_rir is not None


def _sequence_on(draft: Draft, last: Logged) -> int:
    """The microcycle in which the lift was done last; 0 before the program."""
    return max((one.sequence for one in draft.sessions if one.date <= last.on), default=0)


def _load_for(
    session: Standing,
    planned: PlannedExercise,
    level: Level,
    movement: MovementRecord,
    lifter: Lifter,
    *,
    before: float,
    at: Outset,
) -> tuple[float | None, Reason]:
    """The load of one exposure ahead. ``before`` is the last non-deload load."""
    weeks = 0 if session.is_deload else max(0, session.sequence - at.base)
    growth = (1 + lifter.config.growth.weekly[lifter.athlete.experience]) ** weeks
    reps, rir = planned.reps_min or 1, planned.target_rir or 0.0
    nearest = level.rises and weeks == 0 and not session.is_deload
    load = _loadable(level.kg * growth * share_for(reps + rir), movement, lifter, nearest=nearest)
    reason = Reason(ChangeKind.LOAD, level.rule, level.words)
    if load is None:
        return None, reason
    most = before if session.is_deload else before * (1 + MOST_UP)
    if session.is_deload:
        reason = Reason(ChangeKind.LOAD, "deload", "A deload keeps the load you know and never raises it.")
    elif session.sequence == at.done_in and reps >= at.latest.exposure.asked:
        most = min(before, level.step.load_kg)
        reason = Reason(ChangeKind.LOAD, "once_a_week", "A lift rises at most once a week: the load stays for now.")
    elif weeks == 0 and level.rule != "rebased" and reps >= level.step.reps:
        known = level.shown_kg * share_for(reps + rir) - carried_bodyweight(movement, lifter.athlete)
        most = min(most, max(level.step.load_kg, known))
    if not at.latest.exposure.made and reps >= at.latest.exposure.asked:
        most = min(most, before)
    load = floor_load(min(load, most) + EPSILON, weights_for(movement, lifter.athlete.kit))
    return load, reason if _says(load, level) else _by_plan(load, reps, rir, level)


def _loadable(total_kg: float, movement: MovementRecord, lifter: Lifter, *, nearest: bool) -> float | None:
    """The weight at or below a total of kilograms, or the one above it where that is nearer."""
    weights = weights_for(movement, lifter.athlete.kit)
    below = load_at(total_kg + EPSILON, movement, lifter.athlete)
    if below is None and weights and not movement.bodyweight_share:
        return weights[0]  # nothing lighter exists; what the plan once said would be heavier
    if below is None or not nearest:
        return below
    outside = total_kg - carried_bodyweight(movement, lifter.athlete)
    above = next((one for one in weights if one > below), below)
    return above if above - outside < outside - below else below


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
