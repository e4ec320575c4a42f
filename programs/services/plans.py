"""A plan as database rows: built in memory, written with a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

from gainsly.lib.vocabulary import GenerationStatus, Section
from movements.selectors import movements_by_slug
from programs.engine.types import Check, Plan, PlannedExercise, PlannedMicrocycle, PlannedSession, QualityReport
from programs.models import Choice, Microcycle, Program, ProgramEquipment, Session, SessionExercise
from programs.selectors.trees import MicrocycleTree, ProgramTree, SessionTree, movement_json

from .choosing import choice_row
from .hybrid import hybrid_json
from .requests import Order

SESSION_CRITERIA = ("structure", "movements", "time", "patterns", "muscles", "limits")
BATCH = 2000  # rows in one statement: a program of 12 weeks and 7 days stays below it


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything a plan becomes, not yet written."""

    tree: ProgramTree
    choices: list[Choice]


def rows_of(
    *, user: Any, order: Order, plan: Plan, gym_id: UUID | None, library_version: str, program_id: UUID | None = None
) -> Rows:
    """Unsaved rows of a new program; every movement of the plan must be one the athlete may use."""
    program = _program(user, order, plan, gym_id, library_version)
    program.id = program_id or program.id
    slugs = {exercise.movement for exercise in _exercises(plan)} | {choice.movement for choice in plan.choices}
    listed = movements_by_slug(slugs, user)
    ids = {slug: movement.id for slug, movement in listed.items()}
    choices = {choice.key: choice_row(program, choice, ids[choice.movement]) for choice in plan.choices}
    judged = session_quality(plan.quality)
    tree = ProgramTree(
        row=program,
        equipment=list(order.equipment),
        microcycles=[_microcycle(program, planned, ids, choices, judged) for planned in plan.microcycles],
        movements={movement.id: movement_json(movement) for movement in listed.values()},
    )
    return Rows(tree, list(choices.values()))


def write_rows(*, rows: Rows) -> None:
    """Insert the program with everything inside: six statements, however long it is. Call in a transaction."""
    tree = rows.tree
    tree.row.save(force_insert=True)
    sessions = tree.sessions()
    ProgramEquipment.objects.bulk_create(
        [ProgramEquipment(program=tree.row, equipment_id=slug) for slug in tree.equipment]
    )
    Microcycle.objects.bulk_create([microcycle.row for microcycle in tree.microcycles])
    Choice.objects.bulk_create(rows.choices, batch_size=BATCH)
    Session.objects.bulk_create([session.row for session in sessions], batch_size=BATCH)
    SessionExercise.objects.bulk_create(
        [exercise for session in sessions for exercise in session.exercises], batch_size=BATCH
    )


def activate_when_none(*, program: Program) -> None:
    """Before the insert: mark the program active unless the athlete has an active one already."""
    lock_owner(user_id=program.user_id)
    program.is_active = not Program.objects.filter(user_id=program.user_id, is_active=True).exists()


def lock_owner(*, user_id: Any) -> None:
    """Two requests of one athlete that decide which program is active wait for each other."""
    get_user_model().objects.select_for_update(no_key=True).filter(pk=user_id).values_list("pk").get()


def _exercises(plan: Plan) -> list[PlannedExercise]:
    return [exercise for week in plan.microcycles for session in week.sessions for exercise in session.exercises]


def _program(user: Any, order: Order, plan: Plan, gym_id: UUID | None, library_version: str) -> Program:
    return Program(
        user=user,
        gym_id=gym_id,
        **order_columns(order),
        config_version=plan.config_version,
        library_version=library_version,
        generation_status=GenerationStatus.READY.value,
        warnings=[{"code": one.code, "severity": one.severity, "message": one.message} for one in plan.warnings],
        quality=quality_json(plan.quality),
    )


def order_columns(order: Order) -> dict[str, Any]:
    """What was asked for, as columns of Program."""
    request = order.request
    return {
        "name": order.name,
        "start_date": request.start_date,
        "duration_weeks": request.duration_weeks,
        "days_per_week": request.days_per_week,
        "microcycle_days": request.microcycle_days,
        **goal_columns([(goal.goal.value, goal.weight) for goal in request.goals]),
        "split_template": request.split.value,
        "progression_style": request.progression.value,
        "session_minutes": request.session_minutes,
        "deload_every": request.deload_every,
        "dose": request.dose.value,
        "priority_muscles": [muscle.value for muscle in request.priority_muscles],
        "weekdays": list(order.weekdays),
        "disciplines": {discipline.value: weight for discipline, weight in request.disciplines.items()},
        "hybrid_definition": hybrid_json(request.hybrid),
        "persona_tone": order.tone.value,
        "persona_aggression": order.aggression,
        "seed": request.seed,
    }


def goal_columns(goals: list[tuple[str, int]]) -> dict[str, Any]:
    """``(goal, weight)`` pairs as the columns of Program."""
    slots: list[tuple[str | None, int]] = [*goals, *[(None, 0)] * (3 - len(goals))]
    columns: dict[str, Any] = {}
    for number, (goal, weight) in enumerate(slots, start=1):
        columns |= {f"goal_{number}": goal, f"weight_{number}": weight}
    return columns


def quality_json(report: QualityReport) -> dict[str, Any]:
    return {
        "success": report.success,
        "score": report.score,
        "checks": [_check_json(check) for check in report.checks],
        "figures": dict(report.figures),
        "weeks": [asdict(week) for week in report.weeks],
        "bands": {muscle: list(span) for muscle, span in report.bands.items()},
    }


def grade_rows(*, tree: ProgramTree, report: QualityReport) -> None:
    """Write a new judgement of a stored program: its report and what changed in its sessions, in two statements."""
    judged = session_quality(report)
    changed = []
    for microcycle in tree.microcycles:
        for session in microcycle.sessions:
            found = judged.get((microcycle.row.sequence, session.row.day_number), {})
            if session.row.quality != found:
                session.row.quality = found
                changed.append(session.row)
    Session.objects.bulk_update(changed, ["quality"], batch_size=BATCH)
    tree.row.quality = quality_json(report)
    tree.row.save(update_fields=["quality", "updated_at"])


def session_quality(report: QualityReport) -> dict[tuple[int, int], dict[str, Any]]:
    """Per microcycle and day: the six criteria of a session, and whether it keeps all."""
    return {
        (one.sequence, one.day_number): {
            "success": one.success,
            **{name: getattr(one, name) for name in SESSION_CRITERIA},
        }
        for one in report.sessions
    }


def _check_json(check: Check) -> dict[str, Any]:
    return asdict(check)


def _microcycle(
    program: Program,
    planned: PlannedMicrocycle,
    ids: Mapping[str, UUID],
    choices: Mapping[str, Choice],
    judged: Mapping[tuple[int, int], dict[str, Any]],
) -> MicrocycleTree:
    row = Microcycle(
        program=program,
        sequence=planned.sequence,
        start_date=planned.start_date,
        length_days=planned.length_days,
        is_deload=planned.is_deload,
        phase=planned.phase.value,
    )
    trees = [_session(row, session, ids, choices) for session in planned.sessions]
    for tree in trees:
        tree.row.quality = judged.get((row.sequence, tree.row.day_number), {})
    return MicrocycleTree(row, trees)


def _session(
    microcycle: Microcycle, planned: PlannedSession, ids: Mapping[str, UUID], choices: Mapping[str, Choice]
) -> SessionTree:
    row = Session(
        microcycle=microcycle,
        date=planned.date,
        day_number=planned.day_number,
        title=planned.title,
        session_type=planned.session_type.value,
        intent_tags=list(planned.intent),
        estimated_minutes=planned.estimated_minutes,
        **{f"minutes_{section.value}": planned.minutes.get(section, 0.0) for section in Section},
        coach_notes=planned.coach_notes,
    )
    exercises = [
        _exercise(row, position, exercise, ids, choices) for position, exercise in enumerate(planned.exercises, start=1)
    ]
    return SessionTree(row, exercises)


def _exercise(
    session: Session,
    position: int,
    planned: PlannedExercise,
    ids: Mapping[str, UUID],
    choices: Mapping[str, Choice],
) -> SessionExercise:
    return SessionExercise(
        session_id=session.pk,  # ids, not objects: a program has a thousand of these
        position=position,
        section=planned.section.value,
        order=planned.order,
        movement_id=ids[planned.movement],
        choice_id=choices[planned.choice].pk if planned.choice else None,
        superset_group=planned.superset_group,
        sets=planned.sets,
        reps_min=planned.reps_min,
        reps_max=planned.reps_max,
        seconds=planned.seconds,
        metres=planned.metres,
        target_rpe=planned.target_rpe,
        target_rir=planned.target_rir,
        target_percent_1rm=planned.target_percent_1rm,
        target_load_kg=planned.target_load_kg,
        load_is_guess=planned.load_is_guess,
        rest_seconds=planned.rest_seconds,
        tempo=planned.tempo,
        notes=planned.notes,
        ramp=[asdict(ramp) for ramp in planned.ramp],
    )
