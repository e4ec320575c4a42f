"""The plan JSON back in: an exported program becomes a new one, equal but for ids, owner and activity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gainsly.lib.vocabulary import GenerationStatus, Section
from movements.models import Circuit
from movements.selectors import movements_by_slug
from programs.models import Microcycle, Program, Session, SessionExercise
from programs.selectors import ProgramTree, SessionTree, movement_json
from programs.selectors.trees import MicrocycleTree, circuits_json

from .documents import ExercisePart, MicrocyclePart, PlanDocument, SessionPart
from .facts import Facts, facts_of
from .grading import planned_session, report_of
from .plans import Rows, order_columns, quality_json, write_rows
from .reading_plans import MOST_ERRORS, read_plan
from .requests import InvalidRequestError, Order


def import_program(*, user: Any, document: Any) -> ProgramTree:
    """Store the program that a plan JSON describes, not active. Raises ``InvalidRequestError`` by field."""
    facts = facts_of(user)
    plan, order = read_plan(document, facts.standing)
    movements = _movements(user, plan)
    circuits = _circuits(plan)
    program = Program(
        user=user,
        **order_columns(order),
        config_version=plan.config_version,
        generation_status=GenerationStatus.READY.value,
        warnings=[warning.model_dump() for warning in plan.warnings],
        quality=_quality(user, plan, order, facts),
    )
    ids = {slug: UUID(movement["id"]) for slug, movement in movements.items()}
    tree = ProgramTree(
        row=program,
        equipment=list(order.equipment),
        microcycles=[_microcycle(program, part, ids, circuits) for part in plan.microcycles],
        movements={ids[slug]: movement for slug, movement in movements.items()},
        circuits=circuits_json(set(circuits.values())),
    )
    with transaction.atomic():
        write_rows(rows=Rows(tree, []))
    return tree


def _quality(user: Any, plan: PlanDocument, order: Order, facts: Facts) -> dict[str, Any]:
    """What the document says of itself; a plan that says nothing is graded here."""
    if plan.quality is not None:
        return plan.quality.model_dump(mode="json")
    return quality_json(report_of(user=user, plan=plan, order=order, facts=facts))


def _movements(user: Any, plan: PlanDocument) -> dict[str, dict[str, Any]]:
    slugs = {
        exercise.movement.slug
        for microcycle in plan.microcycles
        for session in microcycle.sessions
        for exercises in session.sections.values()
        for exercise in exercises
    }
    found = movements_by_slug(slugs, user)
    missing = sorted(slugs - found.keys())
    if missing:
        message = _("These movements are not in the library here: %s.") % ", ".join(missing[:MOST_ERRORS])
        raise InvalidRequestError(message, errors={"microcycles": [message]})
    return {slug: movement_json(listed) for slug, listed in found.items()}


def _circuits(plan: PlanDocument) -> dict[str, UUID]:
    slugs = {
        str(circuit.get("slug"))
        for microcycle in plan.microcycles
        for session in microcycle.sessions
        for circuit in (session.main_circuit, session.finisher_circuit)
        if circuit is not None
    }
    if not slugs:
        return {}
    found: dict[str, UUID] = dict(Circuit.objects.filter(slug__in=slugs).values_list("slug", "id"))
    if slugs - found.keys():
        message = _("These circuits are not in the library here: %s.") % ", ".join(sorted(slugs - found.keys()))
        raise InvalidRequestError(message, errors={"microcycles": [message]})
    return found


def _microcycle(
    program: Program, part: MicrocyclePart, ids: Mapping[str, UUID], circuits: Mapping[str, UUID]
) -> MicrocycleTree:
    row = Microcycle(
        program=program,
        sequence=part.sequence,
        start_date=part.start_date,
        length_days=part.length_days,
        is_deload=part.is_deload,
        phase=part.phase.value,
    )
    return MicrocycleTree(row, [_session(row, session, ids, circuits) for session in part.sessions])


def _session(
    microcycle: Microcycle, part: SessionPart, ids: Mapping[str, UUID], circuits: Mapping[str, UUID]
) -> SessionTree:
    planned = planned_session(part)
    row = Session(
        microcycle=microcycle,
        date=part.date,
        day_number=part.day_number,
        title=part.title,
        session_type=part.session_type.value,
        intent_tags=part.intent_tags,
        source=part.source.value,
        locked=part.locked,
        estimated_minutes=planned.estimated_minutes,
        **{f"minutes_{section.value}": planned.minutes[section] for section in Section},
        coach_notes=part.coach_notes,
        main_circuit_id=circuits[str(part.main_circuit["slug"])] if part.main_circuit else None,
        finisher_circuit_id=circuits[str(part.finisher_circuit["slug"])] if part.finisher_circuit else None,
    )
    ordered = [
        (section, exercise)
        for section in Section
        for exercise in sorted(part.sections.get(section, []), key=lambda one: one.order)
    ]
    return SessionTree(
        row,
        [
            _exercise(row, position, section, exercise, ids)
            for position, (section, exercise) in enumerate(ordered, start=1)
        ],
    )


def _exercise(
    session: Session, position: int, section: Section, part: ExercisePart, ids: Mapping[str, UUID]
) -> SessionExercise:
    plain = part.model_dump(exclude={"id", "movement", "ramp"})
    return SessionExercise(
        session=session,
        position=position,
        section=section.value,
        movement_id=ids[part.movement.slug],
        ramp=[ramp.model_dump() for ramp in part.ramp],
        **plain,
    )
