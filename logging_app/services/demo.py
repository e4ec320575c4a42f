"""The demo athlete: an eight-week block behind them, today in the middle of the next, logged up to yesterday.

The same every time for the same day: one seed, no clock. What is logged follows a simple lifter (a 1RM per lift that
grows a little each week, with day-to-day noise), so that charts and records look like a person's.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Sequence

from django.db import transaction

from accounts.models import User
from accounts.services.profile import complete_onboarding, record_screening, update_profile
from accounts.services.registration import register_over_api
from gainsly.lib.strength import percent_at
from gainsly.lib.vocabulary import E1rmFormula, Muscle, Section, SessionStatus
from logging_app.models import BiometricEntry, RecoverySignal, SetLog, SorenessLog, WorkoutLog
from movements.models import Movement
from programs.models import Program, Session, SessionExercise
from programs.services import generation, lifecycle

from . import metrics
from .sets import estimate_row

EMAIL = "demo@gainsly.local"
PASSWORD = "demo-athlete-2026"  # noqa: S105 - printed at every start of the stack, for an account with made-up data
SEED = 20_26
BLOCK_WEEKS = 8
WEEKS_IN = 5  # of the running program
MISSED = 0.07  # share of sessions
NOISE = 0.015  # of the 1RM, from day to day
GROWTH = 0.004  # of the 1RM a week
BODYWEIGHT_KG = 82.0
STEP_KG = 2.5
CHECK_IN_DAYS = 28
SETTLED_RIR = 2.0
REFERENCE_KG = {  # 1RM of the lifts that others are compared with
    "barbell-back-squat": 125.0,
    "barbell-deadlift": 155.0,
    "barbell-bench-press": 95.0,
    "barbell-overhead-press": 60.0,
    "barbell-bent-over-row": 85.0,
    "barbell-clean": 85.0,
    "barbell-reverse-lunge": 75.0,
    "pull-up": 105.0,
}
COMPOUND_KG = 60.0
ISOLATION_KG = 24.0
TRAINED = (Section.MAIN, Section.ACCESSORY, Section.SKILL, Section.FINISHER)


@transaction.atomic
def seed_demo(*, email: str, password: str, today: dt.date) -> bool:
    """Make the demo athlete unless there is one; whether one was made."""
    if User.objects.filter(email__iexact=email).exists():
        return False
    user = register_over_api(email=email, password=password, name="Robin")
    weekdays = sorted((today.weekday() + offset) % 7 for offset in (0, 1, 3, 4))  # today is a training day
    update_profile(
        user=user, experience_level="intermediate", session_minutes=60, available_weekdays=weekdays, height_cm=180
    )
    record_screening(user=user, needs_medical_advice=False)
    complete_onboarding(user=user)
    _weigh(user, today)
    start = today - dt.timedelta(weeks=WEEKS_IN)
    rng = random.Random(SEED)  # noqa: S311 - made-up training, not a secret
    _train(user, _program(user, "Base block", start - dt.timedelta(weeks=BLOCK_WEEKS), 8), today, rng)
    running = _program(user, "Strength and size", start, 12)
    lifecycle.activate_program(program=running)
    _train(user, running, today, rng)
    _feel(user, today, rng)
    return True


def _program(user: User, name: str, start: dt.date, weeks: int) -> Program:
    body = {
        "name": name,
        "start_date": start.isoformat(),
        "duration_weeks": weeks,
        "days_per_week": 4,
        "goals": [{"goal": "strength", "weight": 6}, {"goal": "hypertrophy", "weight": 4}],
        "split_template": "upper_lower",
        "progression_style": "double_progression",
    }
    return generation.create_program(user=user, body=body).row


def _train(user: User, program: Program, today: dt.date, rng: random.Random) -> None:
    """Log every session before today, but for a few that were missed."""
    due = Session.objects.filter(microcycle__program=program, date__lt=today).order_by("date")
    sessions = list(due.prefetch_related("exercises__movement"))
    missed = {session.pk for session in sessions if rng.random() < MISSED}
    workouts, sets = [], []
    for session in sessions:
        if session.pk not in missed:
            workout, done = _workout(user, session, today, rng)
            workouts.append(workout)
            sets += done
    WorkoutLog.objects.bulk_create(workouts)
    for row in sets:
        estimate_row(row, formula=E1rmFormula.BLEND)
    if sets:
        movements = {row.movement_id: row.movement for row in sets}
        since = min(workout.started_at for workout in workouts)
        metrics.refresh(user_id=user.pk, movements=list(movements.values()), since=since, fresh=sets)
    Session.objects.filter(pk__in=[one.pk for one in sessions]).update(status=SessionStatus.DONE)
    Session.objects.filter(pk__in=missed).update(status=SessionStatus.MISSED)


def _workout(user: User, session: Session, today: dt.date, rng: random.Random) -> tuple[WorkoutLog, list[SetLog]]:
    started = _moment(session.date, 17, rng.randrange(0, 60))
    workout = WorkoutLog(
        user=user,
        session=session,
        title=session.title,
        date=session.date,
        started_at=started,
        finished_at=started + dt.timedelta(minutes=session.estimated_minutes + rng.randrange(-4, 9)),
        completed=True,
        perceived_difficulty=rng.choice((6, 7, 7, 8)),
        enjoyment=rng.choice((3, 4, 4, 5)),
    )
    weeks_ago = (today - session.date).days / 7
    rows: list[SetLog] = []
    for exercise in session.exercises.all():
        if exercise.section in TRAINED:
            rows += _sets(workout, exercise, weeks_ago, first=len(rows) + 1, rng=rng)
    for number, row in enumerate(rows):
        row.performed_at = started + dt.timedelta(minutes=8) + number * (_length(workout) / (len(rows) + 1))
    return workout, rows


def _length(workout: WorkoutLog) -> dt.timedelta:
    """The time between warm-up and end that the sets are spread over."""
    assert workout.finished_at is not None
    return workout.finished_at - workout.started_at - dt.timedelta(minutes=8)


def _sets(
    workout: WorkoutLog, exercise: SessionExercise, weeks_ago: float, *, first: int, rng: random.Random
) -> list[SetLog]:
    movement = exercise.movement
    one_rep_max = _strength_of(movement) * (1 - GROWTH * weeks_ago) * (1 + rng.gauss(0, NOISE))
    reserve = exercise.target_rir if exercise.target_rir is not None else SETTLED_RIR
    reps = rng.randint(exercise.reps_min or exercise.reps_max, exercise.reps_max) if exercise.reps_max else None
    weight = _weight(movement, one_rep_max, reps, reserve) if reps else None
    return [
        SetLog(
            user_id=workout.user_id,
            workout=workout,
            movement=movement,
            session_exercise=exercise,
            order=first + number,
            asked_load_kg=exercise.target_load_kg,
            asked_reps_min=exercise.reps_min,
            asked_reps_max=exercise.reps_max,
            asked_rpe=exercise.target_rpe,
            weight_kg=weight,
            reps=reps,
            seconds=None if reps else exercise.seconds,
            metres=None if reps else exercise.metres,
            rpe=_rpe(reserve, number, rng) if reps else None,
            rest_seconds=exercise.rest_seconds,
            bodyweight_kg=BODYWEIGHT_KG if movement.bodyweight_share else None,
        )
        for number in range(exercise.sets)
    ]


def _strength_of(movement: Movement) -> float:
    """The demo lifter's 1RM in kg, by the movement's ratio to its reference lift where it has one."""
    reference = REFERENCE_KG.get(movement.slug) or REFERENCE_KG.get(movement.ratio_reference)
    if reference is not None and movement.slug not in REFERENCE_KG and movement.ratio_value is not None:
        return reference * float(movement.ratio_value)
    if reference is not None:
        return reference
    return (COMPOUND_KG if movement.compound else ISOLATION_KG) / movement.implements


def _weight(movement: Movement, one_rep_max: float, reps: int, reserve: float) -> float:
    """The load on the implement, to the next step down; bodyweight is not loaded twice."""
    load = one_rep_max * percent_at(reps + reserve) - BODYWEIGHT_KG * float(movement.bodyweight_share)
    return max(0.0, load // STEP_KG * STEP_KG)


def _rpe(reserve: float, number: int, rng: random.Random) -> float:
    """Rising with each set, in halves."""
    felt = 10 - reserve + number * 0.25 + rng.choice((-0.5, 0, 0, 0.5))
    return min(10.0, max(5.0, round(felt * 2) / 2))


def _weigh(user: User, today: dt.date) -> None:
    rows = [
        BiometricEntry(
            user=user,
            kind="weight",
            value=round(BODYWEIGHT_KG - week * 0.1, 1),
            unit="kg",
            taken_at=_moment(today - dt.timedelta(weeks=week, days=1), 7, 0),
        )
        for week in range(BLOCK_WEEKS + WEEKS_IN)
    ]
    BiometricEntry.objects.bulk_create(rows)


def _feel(user: User, today: dt.date, rng: random.Random) -> None:
    """A check-in on each of the last days, today's included, and the soreness of the harder ones."""
    days = [today - dt.timedelta(days=ago) for ago in range(CHECK_IN_DAYS)]
    RecoverySignal.objects.bulk_create(
        RecoverySignal(
            user=user,
            date=day,
            sleep_hours=round(rng.uniform(6.2, 8.4), 1),
            sleep_quality=rng.randint(5, 9),
            fatigue=rng.randint(2, 6),
            stress=rng.randint(2, 6),
            mood=rng.randint(6, 9),
            motivation=rng.randint(6, 9),
        )
        for day in days
    )
    SorenessLog.objects.bulk_create(_soreness(user, days[1:], rng))


def _soreness(user: User, days: Sequence[dt.date], rng: random.Random) -> Iterable[SorenessLog]:
    muscles = (Muscle.QUADRICEPS, Muscle.HAMSTRINGS, Muscle.CHEST, Muscle.LATS)
    return [
        SorenessLog(user=user, muscle=rng.choice(muscles), level=rng.randint(2, 5), at=_moment(day, 8, 0))
        for day in days
        if rng.random() < 1 / 3
    ]


def _moment(day: dt.date, hour: int, minute: int) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=dt.UTC)
