"""What is graded: a program as its reader sees it, and the athlete whom it is for.

The shapes follow the plan JSON, so that a generated plan, an import and a famous program are graded alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from gainsly.lib.vocabulary import Goal, MovementRuleType, Muscle, Section, SessionType
from movements.catalogue.records import MovementRecord
from programs.engine.types import Athlete, Choice, PlannedExercise, PlannedMicrocycle, Request, RuleFact, Warning

WORK_SECTIONS = (Section.SKILL, Section.MAIN, Section.ACCESSORY, Section.FINISHER)


@dataclass(frozen=True, slots=True)
class GradedExercise:
    section: Section
    order: int
    movement: MovementRecord
    sets: int
    reps_min: int | None
    reps_max: int | None
    seconds: int | None
    metres: int | None
    rir: float | None
    percent: float | None
    load_kg: float | None
    rest_seconds: int
    superset: str | None
    ramp_sets: int

    @property
    def is_work(self) -> bool:
        return self.section in WORK_SECTIONS


@dataclass(frozen=True)  # without slots: the criteria ask again and again, and what was found is kept with it
class GradedSession:
    date: dt.date
    day_number: int
    type: SessionType
    estimated_minutes: float
    coach_notes: str
    exercises: tuple[GradedExercise, ...]
    has_main_circuit: bool = False
    has_finisher_circuit: bool = False

    def section(self, *sections: Section) -> list[GradedExercise]:
        return [one for one in self.exercises if one.section in sections]

    @cached_property
    def work(self) -> list[GradedExercise]:
        return self.section(*WORK_SECTIONS)


@dataclass(frozen=True, eq=False)  # told apart by identity, so that what was counted of one can be kept by it
class GradedWeek:
    """One microcycle."""

    sequence: int
    start_date: dt.date
    length_days: int
    is_deload: bool
    phase: str
    sessions: tuple[GradedSession, ...]


@dataclass(frozen=True, eq=False)
class GradedProgram:
    start_date: dt.date
    duration_weeks: int
    days_per_week: int
    goals: Mapping[Goal, int]
    session_minutes: int
    deload_every: int
    weeks: tuple[GradedWeek, ...]
    warnings: frozenset[str] = frozenset()  # codes
    priority_muscles: tuple[Muscle, ...] = ()
    skipped: Mapping[int, int] = field(default_factory=dict)  # per microcycle, sessions the athlete left out
    eased: frozenset[dt.date] = frozenset()  # first days back after a break, shorter on purpose
    choices: tuple[Choice, ...] = ()  # why each movement stands where it does; empty for a plan that does not say
    limits_from: dt.date | None = (
        None  # the athlete's kit, rules and injuries hold from this day on; None: from the first
    )

    @cached_property
    def under_limits(self) -> list[GradedSession]:
        """The sessions that what is true of the athlete today can still forbid: not those that lie behind."""
        return [one for one in self.sessions if self.limits_from is None or one.date >= self.limits_from]

    @cached_property
    def sessions(self) -> list[GradedSession]:
        return [session for week in self.weeks for session in week.sessions]

    @cached_property
    def loading_weeks(self) -> list[GradedWeek]:
        return [week for week in self.weeks if not week.is_deload]


@dataclass(frozen=True, slots=True)
class Subject:
    """The athlete as the rubric needs them."""

    athlete: Athlete
    trainable: frozenset[str] = field(default_factory=frozenset)  # muscles and patterns that the kit can train

    @property
    def forbidden(self) -> frozenset[str]:
        return frozenset(rule.movement for rule in self._rules(MovementRuleType.HARD_NO))

    @property
    def required(self) -> list[str]:
        return [rule.movement for rule in self._rules(MovementRuleType.HARD_YES)]

    @property
    def preferred(self) -> list[str]:
        return [rule.movement for rule in self._rules(MovementRuleType.PREFERRED)]

    def _rules(self, kind: MovementRuleType) -> list[RuleFact]:
        return [rule for rule in self.athlete.rules if rule.type == kind]


def graded(
    microcycles: Sequence[PlannedMicrocycle],
    request: Request,
    movements: Mapping[str, MovementRecord],
    warnings: Sequence[Warning] = (),
    choices: Sequence[Choice] = (),
) -> GradedProgram:
    """A drafted plan in the shape that is graded. Raises ``KeyError`` for a movement that is not in ``movements``."""
    return GradedProgram(
        start_date=request.start_date,
        duration_weeks=request.duration_weeks,
        days_per_week=request.days_per_week,
        goals={one.goal: one.weight for one in request.goals},
        session_minutes=request.session_minutes,
        deload_every=request.deload_every,
        weeks=tuple(_week(one, movements) for one in microcycles),
        warnings=frozenset(one.code for one in warnings),
        priority_muscles=request.priority_muscles,
        choices=tuple(choices),
    )


def _week(week: PlannedMicrocycle, movements: Mapping[str, MovementRecord]) -> GradedWeek:
    sessions = tuple(
        GradedSession(
            date=session.date,
            day_number=session.day_number,
            type=session.session_type,
            estimated_minutes=session.estimated_minutes,
            coach_notes=session.coach_notes,
            exercises=tuple(_exercise(one, movements[one.movement]) for one in session.exercises),
        )
        for session in week.sessions
    )
    return GradedWeek(week.sequence, week.start_date, week.length_days, week.is_deload, week.phase, sessions)


def _exercise(one: PlannedExercise, movement: MovementRecord) -> GradedExercise:
    return GradedExercise(
        section=one.section,
        order=one.order,
        movement=movement,
        sets=one.sets,
        reps_min=one.reps_min,
        reps_max=one.reps_max,
        seconds=one.seconds,
        metres=one.metres,
        rir=one.target_rir,
        percent=one.target_percent_1rm,
        load_kg=one.target_load_kg,
        rest_seconds=one.rest_seconds,
        superset=one.superset_group,
        ramp_sets=len(one.ramp),
    )
