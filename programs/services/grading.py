"""Any plan JSON under the published rubric: imported, written by hand, famous. Nothing is saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import Section
from movements.selectors import catalogue
from programs.engine.quality import GradedProgram, GradedWeek, assess, graded
from programs.engine.standing import section_minutes
from programs.engine.types import (
    PlannedExercise,
    PlannedMicrocycle,
    PlannedSession,
    QualityReport,
    RampSet,
    Warning,
)

from .configuration import active_heuristics
from .documents import ExercisePart, MicrocyclePart, PlanDocument, SessionPart
from .facts import Facts, athlete_for, facts_of
from .reading_plans import read_plan
from .requests import InvalidRequestError, Order


@dataclass(frozen=True, slots=True)
class Grade:
    """A plan's report, and what was graded: its head and its weeks."""

    order: Order
    report: QualityReport


def grade_document(*, user: Any, document: Any) -> Grade:
    """The report of a plan JSON for this athlete. Raises ``InvalidRequestError`` by field."""
    facts = facts_of(user)
    plan, order = read_plan(document, facts.standing)
    return Grade(order, report_of(user=user, plan=plan, order=order, facts=facts))


def report_of(*, user: Any, plan: PlanDocument, order: Order, facts: Facts) -> QualityReport:
    """Grade a plan that has been read, for the athlete as it trains them."""
    movements, _version = catalogue(user)
    missing = sorted(_slugs(plan) - set(movements))
    if missing:
        message = _("These movements are not in the library here: %s.") % ", ".join(missing[:20])
        raise InvalidRequestError(message, errors={"microcycles": [message]})
    weeks = [planned_week(week) for week in plan.microcycles]
    warnings = [Warning(one.code, one.message, one.severity) for one in plan.warnings]
    program = _with_circuits(graded(weeks, order.request, movements, warnings), plan)
    return assess(program, athlete_for(facts, order), movements.values())


def planned_week(part: MicrocyclePart) -> PlannedMicrocycle:
    """A microcycle of the document in the engine's plain data."""
    return PlannedMicrocycle(
        sequence=part.sequence,
        start_date=part.start_date,
        length_days=part.length_days,
        is_deload=part.is_deload,
        phase=part.phase,
        sessions=tuple(planned_session(session) for session in part.sessions),
    )


def planned_session(part: SessionPart) -> PlannedSession:
    """A session of the document; minutes that it does not say are counted by the time model."""
    exercises = tuple(
        planned_exercise(section, one)
        for section in Section
        for one in sorted(part.sections.get(section, []), key=lambda one: one.order)
    )
    counted = section_minutes(exercises, active_heuristics())
    minutes = counted if part.minutes is None else {section: part.minutes.get(section, 0.0) for section in Section}
    return PlannedSession(
        date=part.date,
        day_number=part.day_number,
        session_type=part.session_type,
        intent=tuple(part.intent_tags),
        exercises=exercises,
        minutes={section: round(value, 1) for section, value in minutes.items()},
        estimated_minutes=part.estimated_minutes or max(1, int(round_half_up(sum(counted.values())))),
        coach_notes=part.coach_notes,
        title=part.title,
    )


def planned_exercise(section: Section, part: ExercisePart) -> PlannedExercise:
    plain = part.model_dump(exclude={"id", "movement", "ramp", "locked"})
    ramp = tuple(RampSet(one.percent_1rm, one.reps, one.load_kg) for one in part.ramp)
    return PlannedExercise(section=section, movement=part.movement.slug, ramp=ramp, **plain)


def _slugs(plan: PlanDocument) -> set[str]:
    return {
        exercise.movement.slug
        for week in plan.microcycles
        for session in week.sessions
        for exercises in session.sections.values()
        for exercise in exercises
    }


def _with_circuits(program: GradedProgram, plan: PlanDocument) -> GradedProgram:
    """The same program with its circuits, which the engine's plain data does not carry."""
    weeks = tuple(_week(week, part) for week, part in zip(program.weeks, plan.microcycles, strict=True))
    return replace(program, weeks=weeks)


def _week(week: GradedWeek, part: MicrocyclePart) -> GradedWeek:
    sessions = tuple(
        replace(
            session,
            has_main_circuit=source.main_circuit is not None,
            has_finisher_circuit=source.finisher_circuit is not None,
        )
        for session, source in zip(week.sessions, part.sessions, strict=True)
    )
    return replace(week, sessions=sessions)
