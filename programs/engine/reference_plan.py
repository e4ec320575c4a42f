"""A known program laid on an athlete's calendar, with their own loads. See docs/algorithms/references.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import Section
from movements.catalogue.records import MovementRecord
from movements.catalogue.substitution import similarity
from programs.engine.constraints import Ban, Infeasible, bans_of
from programs.engine.heuristics import Heuristics
from programs.engine.loads import load_at, maximum_of, share_for
from programs.engine.references import Line, Reference, Week
from programs.engine.reselect import LEAST_ALIKE
from programs.engine.standing import section_minutes
from programs.engine.types import (
    Athlete,
    Collision,
    Draft,
    GoalWeight,
    History,
    PlannedExercise,
    PlannedMicrocycle,
    PlannedSession,
    RampSet,
    Request,
)

DAYS = 7
MINUTES_STEP = 5
MINUTES_RANGE = (20, 150)
RAMP: tuple[tuple[float, int], ...] = ((0.40, 5), (0.60, 3), (0.75, 2))  # evidence 2.8
RAMP_GAP = 0.04
OPEN_ENDED = "Last set: go on while every repetition is clean, and stop one short of failure."
MOST_PERCENT = 1.2
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Ground:
    """What a program stands on: who trains, what they lift, the library, and what stands in for what is forbidden."""

    athlete: Athlete
    history: History
    movements: Mapping[str, MovementRecord]
    config: Heuristics
    stand_ins: Mapping[str, str] = field(default_factory=dict)


def stand_ins_for(reference: Reference, start: dt.date, ground: Ground) -> dict[str, str]:
    """What replaces each movement that the athlete's kit, rules, injuries or skill forbid: the most alike that fits.

    Raises ``Infeasible`` with the rules that leave nothing for a movement, and where the library lacks one.
    """
    unknown = sorted(reference.movements() - set(ground.movements))
    if unknown:
        words = f"The library here does not have {', '.join(unknown)}."
        raise Infeasible(words, [Collision(("library",), words)])
    bans = bans_of(ground.athlete, start)
    allowed = [one for one in ground.movements.values() if not any(ban.forbids(one) for ban in bans)]
    found: dict[str, str] = {}
    for slug in sorted(reference.movements() - {one.slug for one in allowed}):
        taken = reference.movements() | set(found.values())
        found[slug] = _closest(ground.movements[slug], [one for one in allowed if one.slug not in taken], bans)
    return found


def _closest(source: MovementRecord, allowed: Iterable[MovementRecord], bans: Sequence[Ban]) -> str:
    alike = sorted(
        (-round(similarity(source, one), DIGITS), one.slug) for one in allowed if one.metric is source.metric
    )
    if alike and -alike[0][0] >= LEAST_ALIKE:
        return alike[0][1]
    against = [ban for ban in bans if ban.forbids(source)]
    words = f"Nothing that trains like {source.name} is left under {', '.join(ban.words for ban in against)}."
    raise Infeasible(words, [Collision(tuple(ban.name for ban in against), words)])


def draft_of(reference: Reference, start: dt.date, weekdays: Sequence[int], ground: Ground) -> Draft:
    """The program from its first day. ``weekdays`` holds as many days as the program trains.

    Raises ``KeyError`` for a movement that the library does not have.
    """
    microcycles = tuple(
        _microcycle(reference, sequence, start + dt.timedelta(days=DAYS * (sequence - 1)), weekdays, ground)
        for sequence in range(1, reference.duration_weeks + 1)
    )
    return Draft(microcycles=microcycles, choices=(), warnings=(), config_version=ground.config.config_version)


def request_of(reference: Reference, draft: Draft, start: dt.date) -> Request:
    """What would have been asked for to be given this program; its minutes are those of its middle session."""
    minutes = median(session.estimated_minutes for week in draft.microcycles for session in week.sessions)
    low, high = MINUTES_RANGE
    return Request(
        start_date=start,
        duration_weeks=reference.duration_weeks,
        days_per_week=len(reference.weekdays),
        goals=tuple(GoalWeight(goal, weight) for goal, weight in reference.goals.items()),
        split=reference.split,
        progression=reference.progression,
        session_minutes=int(min(high, max(low, round_half_up(minutes / MINUTES_STEP) * MINUTES_STEP))),
        deload_every=reference.deload_every,
    )


def _microcycle(
    reference: Reference, sequence: int, start: dt.date, weekdays: Sequence[int], ground: Ground
) -> PlannedMicrocycle:
    week = reference.week(sequence)
    dates = sorted(start + dt.timedelta(days=(day - start.weekday()) % DAYS) for day in weekdays)
    sessions = (_session(reference, sequence, number, date, ground) for number, date in enumerate(dates, start=1))
    return PlannedMicrocycle(
        sequence=sequence,
        start_date=start,
        length_days=DAYS,
        is_deload=week.is_deload,
        phase=week.phase,
        sessions=tuple(sessions),
    )


def _session(reference: Reference, sequence: int, number: int, date: dt.date, ground: Ground) -> PlannedSession:
    week: Week = reference.week(sequence)
    day = reference.days[week.days[number - 1]]
    exercises = tuple(
        exercise
        for section, lines in day.lines().items()
        for exercise in _section(section, lines, reference, sequence, ground)
    )
    minutes = section_minutes(exercises, ground.config)
    return PlannedSession(
        date=date,
        day_number=number,
        session_type=day.type,
        intent=(),
        exercises=exercises,
        minutes={section: round(value, 1) for section, value in minutes.items()},
        estimated_minutes=max(1, int(round_half_up(sum(minutes.values())))),
        title=day.title,
    )


def _section(
    section: Section, lines: Iterable[Line], reference: Reference, sequence: int, ground: Ground
) -> list[PlannedExercise]:
    met: set[str] = set()
    exercises = []
    for order, line in enumerate(lines, start=1):
        exercises.append(
            _exercise(line, reference, sequence, ground, section=section, order=order, first=line.movement not in met)
        )
        met.add(line.movement)
    return exercises


def _exercise(
    line: Line, reference: Reference, sequence: int, ground: Ground, *, section: Section, order: int, first: bool
) -> PlannedExercise:
    movement = ground.movements[ground.stand_ins.get(line.movement, line.movement)]
    percent = _percent(line, reference.steps_before(sequence))
    load, is_guess = _load(line, percent, movement, ground)
    rest = reference.main_rest if section is Section.MAIN else reference.accessory_rest
    return PlannedExercise(
        section=section,
        order=order,
        movement=movement.slug,
        sets=line.sets,
        rest_seconds=line.rest if line.rest is not None else rest,
        reps_min=_lowest(line, sequence, reference.duration_weeks),
        reps_max=line.reps_max,
        seconds=line.seconds,
        target_rir=line.rir,
        target_rpe=None if line.rir is None else 10.0 - line.rir,
        target_percent_1rm=percent,
        target_load_kg=load,
        load_is_guess=is_guess,
        superset_group=line.superset,
        notes=_notes(line, movement, ground),
        ramp=_ramp(percent, movement, ground) if first and section is Section.MAIN else (),
    )


def _notes(line: Line, movement: MovementRecord, ground: Ground) -> str:
    replaced = "" if movement.slug == line.movement else f"In place of {ground.movements[line.movement].name}."
    return " ".join(part for part in (replaced, OPEN_ENDED if line.open_ended else "") if part)


def _percent(line: Line, steps: int) -> float | None:
    return None if line.percent is None else round(min(MOST_PERCENT, line.percent + line.rise * steps), 4)


def _lowest(line: Line, sequence: int, weeks: int) -> int | None:
    """The lower end of the repetitions; where it climbs, from the bottom of the range to its top over the weeks."""
    if line.reps_min is None or line.reps_max is None or not line.climb:
        return line.reps_min
    return line.reps_min + (line.reps_max - line.reps_min) * (sequence - 1) // max(1, weeks - 1)


def _load(line: Line, percent: float | None, movement: MovementRecord, ground: Ground) -> tuple[float | None, bool]:
    """Kilograms from the athlete's own 1RM, else from a lift it compares with; none where neither is known."""
    share = percent
    if share is None and line.rir is not None and line.reps_max is not None:
        share = share_for(line.reps_max + line.rir)
    maximum = maximum_of(movement, ground.history)
    if share is None or maximum is None:
        return None, False
    load = load_at(maximum.kg * share, movement, ground.athlete)
    return load, maximum.is_guess and load is not None


def _ramp(percent: float | None, movement: MovementRecord, ground: Ground) -> tuple[RampSet, ...]:
    if percent is None:
        return ()
    maximum = maximum_of(movement, ground.history)
    return tuple(
        RampSet(share, reps, None if maximum is None else load_at(maximum.kg * share, movement, ground.athlete))
        for share, reps in RAMP
        if share <= percent - RAMP_GAP
    )
