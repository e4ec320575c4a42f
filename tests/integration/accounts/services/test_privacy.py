"""Erasing an account, with rows of every app in it."""

from uuid import UUID

import pytest
from django.apps import apps
from django.db import models

from accounts.models import User
from accounts.services.privacy import erase_account
from logging_app.models import SetLog, WorkoutLog
from movements.models import Movement, MovementRule
from programs.models import Program, SessionExercise
from tests.factories.accounts import InjuryFactory, UserFactory
from tests.factories.movements import GymFactory, MovementFactory
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db


def full_account() -> User:
    """An athlete whose plan and diary hold a movement of their own: the knot that erasing has to undo."""
    user = UserFactory()
    session = make_program(user).microcycles.first().sessions.first()
    InjuryFactory(user=user)
    GymFactory(user=user)
    movement = MovementFactory(owner=user)
    MovementRule.objects.create(user=user, movement=movement, type="hard_no")
    SessionExercise.objects.filter(session=session).update(movement=movement)
    workout = WorkoutLog.objects.create(user=user, session=session, date=MONDAY, started_at="2026-11-23T10:00:00Z")
    SetLog.objects.create(
        user=user,
        workout=workout,
        movement=movement,
        order=1,
        reps=5,
        weight_kg=100,
        performed_at="2026-11-23T10:00:00Z",
    )
    return user


def rows_that_name(pk: UUID) -> list[str]:
    return [
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model is User
        and model._default_manager.filter(**{field.name: pk}).exists()
    ]


def test_erasing_leaves_no_row_that_names_the_athlete_and_touches_nobody_else():
    alice, bob = full_account(), full_account()
    gone, others = alice.pk, rows_that_name(bob.pk)
    assert rows_that_name(gone) == others
    erase_account(user=alice)
    assert not User.objects.filter(pk=gone).exists()
    assert rows_that_name(gone) == []
    assert rows_that_name(bob.pk) == others
    assert (Program.objects.count(), Movement.objects.filter(owner__isnull=False).count()) == (1, 1)
