"""What was trained, made by hand: workouts through the service, so that estimates and records are real."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from logging_app.models import BiometricEntry, RecoverySignal, SorenessLog, WorkoutLog
from logging_app.services import workouts
from logging_app.services.inputs import SetInput, WorkoutInput
from tests.factories.accounts import UserFactory
from tests.factories.programs import small_library

SQUAT = "barbell-back-squat"
NOON = dt.datetime(2026, 11, 2, 12, 0, tzinfo=dt.UTC)


class WorkoutFactory(DjangoModelFactory):
    """A bare finished workout row."""

    class Meta:
        model = WorkoutLog

    user = factory.SubFactory(UserFactory)
    started_at = NOON
    finished_at = factory.LazyAttribute(lambda row: row.started_at + dt.timedelta(hours=1))
    date = factory.LazyAttribute(lambda row: row.started_at.date())
    completed = True


class SorenessFactory(DjangoModelFactory):
    class Meta:
        model = SorenessLog

    user = factory.SubFactory(UserFactory)
    muscle = "quadriceps"
    level = 5
    at = NOON


class RecoverySignalFactory(DjangoModelFactory):
    class Meta:
        model = RecoverySignal

    user = factory.SubFactory(UserFactory)
    date = NOON.date()
    sleep_hours = 8


class BodyweightFactory(DjangoModelFactory):
    class Meta:
        model = BiometricEntry

    user = factory.SubFactory(UserFactory)
    kind = "weight"
    value = 80
    unit = "kg"
    taken_at = NOON - dt.timedelta(days=30)


def lifted(weight_kg: float, reps: int, movement: str = SQUAT, **changes: Any) -> SetInput:
    """A working set at RPE 8."""
    return SetInput(**{"movement": movement, "weight_kg": weight_kg, "reps": reps, "rpe": 8, **changes})


def log(user: User, *sets: SetInput, at: dt.datetime = NOON, hours: float = 1, **changes: Any) -> WorkoutLog:
    """A finished workout, logged through the service."""
    small_library()
    told = {"started_at": at, "finished_at": at + dt.timedelta(hours=hours), "sets": sets, **changes}
    return workouts.log_workout(user=user, workout=WorkoutInput(**told))[0]
