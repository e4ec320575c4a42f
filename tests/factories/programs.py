"""Programs as the engine would write them, made by hand: small plans in a small library."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.db import transaction

from gainsly.lib.vocabulary import (
    ExperienceLevel,
    MovementPattern,
    Muscle,
    PersonaTone,
    Phase,
    Section,
    SessionType,
)
from movements.models import Equipment, LibraryVersion, Movement, MovementEquipment, MovementMuscle
from programs.engine.types import (
    Check,
    Choice,
    Evidence,
    Plan,
    PlannedExercise,
    PlannedMicrocycle,
    PlannedSession,
    QualityReport,
    RampSet,
    RunnerUp,
    Warning,
)
from programs.models import Program
from programs.selectors import ProgramTree
from programs.services.plans import activate_when_none, rows_of, write_rows
from programs.services.requests import Order, Standing, read_request
from tests.factories.accounts import UserFactory

MONDAY = dt.date(2026, 11, 23)
EQUIPMENT = ("barbell", "bench", "dumbbell", "mat", "rack")
SMALL_LIBRARY = (
    ("barbell-back-squat", "Barbell Back Squat", MovementPattern.SQUAT, Muscle.QUADRICEPS, ("barbell", "rack")),
    ("bench-press", "Bench Press", MovementPattern.HORIZONTAL_PUSH, Muscle.CHEST, ("barbell", "bench")),
    ("dumbbell-row", "Dumbbell Row", MovementPattern.HORIZONTAL_PULL, Muscle.LATS, ("dumbbell",)),
    ("world-stretch", "World's Greatest Stretch", MovementPattern.MOBILITY, Muscle.HIP_FLEXORS, ()),
)
NEWCOMER = Standing(
    today=MONDAY,
    experience=ExperienceLevel.BEGINNER,
    weekdays=(0, 1, 2, 3, 4, 5, 6),
    session_minutes=60,
    equipment=EQUIPMENT,
    known_equipment=EQUIPMENT,
    tone=PersonaTone.SUPPORTIVE,
    aggression=3,
)


def small_library() -> None:
    """Four movements and their equipment; once per test."""
    for slug in EQUIPMENT:
        Equipment.objects.get_or_create(slug=slug, defaults={"name": slug})
    if Movement.objects.exists():
        return
    # A hash of its own tells this process that its copy of the library is of another test.
    LibraryVersion.objects.update_or_create(pk=1, defaults={"content_hash": uuid4().hex})
    for slug, name, pattern, muscle, equipment in SMALL_LIBRARY:
        movement = Movement.objects.create(
            slug=slug,
            name=name,
            pattern=pattern,
            region="full_body",
            discipline="general",
            cns_load="moderate",
            skill_level="beginner",
            compound=True,
        )
        MovementMuscle.objects.create(movement=movement, muscle=muscle, role="primary", share=1)
        for piece in equipment:
            MovementEquipment.objects.create(movement=movement, equipment_id=piece)


def body(**changes: Any) -> dict[str, Any]:
    """A create body with only what is required, and what a test changes."""
    return {
        "goals": [{"goal": "strength", "weight": 10}],
        "duration_weeks": 8,
        "days_per_week": 2,
        **changes,
    }


def order(**changes: Any) -> Order:
    return read_request(body(**changes), standing=replace(NEWCOMER, today=changes.get("start_date", MONDAY)))


def small_plan(start: dt.date, *, weeks: int, days: int) -> Plan:
    """``days`` sessions in each week on its first days, every one the same four exercises."""
    return Plan(
        microcycles=tuple(_week(start, number, days) for number in range(1, weeks + 1)),
        choices=(
            Choice(
                key="1-1-main-1",
                movement="barbell-back-squat",
                scores={"pattern_alignment": 1.0},
                weights={"pattern_alignment": 0.3},
                total=0.3,
                relaxation_step=0,
                runners_up=(RunnerUp("bench-press", 0.2, "trains another pattern"),),
                rules=("C01",),
                evidence=(Evidence("Heavy lifting builds strength.", "A", "A review"),),
            ),
        ),
        warnings=(Warning("goal_interference", "Two goals pull apart.", 0.5),),
        quality=QualityReport(
            success=True,
            score=0.9,
            checks=(Check("C01", "Kit", "hard", True, True, 1.0, 0.0, 0.0, 1.0, "A", "Your kit is enough."),),
            figures={"diversity": 0.7},
        ),
        config_version="default-1",
    )


def _week(start: dt.date, number: int, days: int) -> PlannedMicrocycle:
    first = start + dt.timedelta(weeks=number - 1)
    deload = number % 4 == 0
    return PlannedMicrocycle(
        sequence=number,
        start_date=first,
        length_days=7,
        is_deload=deload,
        phase=Phase.DELOAD if deload else Phase.ACCUMULATION,
        sessions=tuple(_session(first + dt.timedelta(days=day), day + 1) for day in range(days)),
    )


def _session(date: dt.date, day_number: int) -> PlannedSession:
    return PlannedSession(
        date=date,
        day_number=day_number,
        session_type=SessionType.FULL_BODY,
        intent=("strength",),
        exercises=(
            PlannedExercise(Section.WARMUP, 1, "world-stretch", 1, 0, seconds=60),
            PlannedExercise(
                Section.MAIN,
                1,
                "barbell-back-squat",
                4,
                180,
                reps_min=4,
                reps_max=6,
                target_rpe=8.0,
                target_rir=2.0,
                target_percent_1rm=0.78,
                target_load_kg=97.5,
                ramp=(RampSet(0.4, 5, 50.0),),
                choice="1-1-main-1",
            ),
            PlannedExercise(Section.ACCESSORY, 1, "dumbbell-row", 3, 90, reps_min=8, reps_max=12),
            PlannedExercise(Section.COOLDOWN, 1, "world-stretch", 1, 0, seconds=60),
        ),
        minutes={Section.WARMUP: 8.0, Section.MAIN: 30.0, Section.ACCESSORY: 12.0, Section.COOLDOWN: 6.0},
        estimated_minutes=56,
        coach_notes="Take your time.",
        title=f"Full body {'ABCDEFG'[day_number - 1]}",
    )


def make_program(user: Any = None, *, weeks: int = 8, days: int = 2, **changes: Any) -> Program:
    """A stored program of a small plan; active when the athlete has none, as services do it."""
    return make_tree(user, weeks=weeks, days=days, **changes).row


def make_tree(user: Any = None, *, weeks: int = 8, days: int = 2, **changes: Any) -> ProgramTree:
    small_library()
    start = changes.pop("start_date", MONDAY)
    wanted = order(duration_weeks=weeks, days_per_week=days, start_date=start, **changes)
    rows = rows_of(
        user=user or UserFactory(),
        order=wanted,
        plan=small_plan(start, weeks=weeks, days=days),
        gym_id=None,
        library_version="test",
    )
    with transaction.atomic():
        activate_when_none(program=rows.tree.row)
        write_rows(rows=rows)
    return rows.tree
