"""Mending one set of a running workout: its numbers, or that it was none. Both can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from logging_app.models import SetLog

from . import metrics
from .changes import append_change, running_workout
from .inputs import SetInput, check_sets
from .locks import LockedWorkout
from .sets import build_sets
from .undo import copies_of

KEPT = ("order", "performed_at")
ASKED = ("asked_load_kg", "asked_reps_min", "asked_reps_max", "asked_rpe", "created_at")


@transaction.atomic
def correct_set(*, user: User, workout_id: UUID, change_id: UUID, told: SetInput) -> SetLog:
    """Other numbers for the set with ``told.id``; its place, its time and what was asked of it stay.

    The same ``change_id`` again changes nothing. Raises ``InvalidLogError``, ``WorkoutFinishedError``, ``Http404``.
    """
    locked = running_workout(user=user, workout_id=workout_id)
    stored = _set_of(locked, told.id)
    if _is_done(locked, change_id):
        return stored
    meant = replace(told, movement=str(stored.movement_id), **{name: getattr(stored, name) for name in KEPT})
    meant = replace(meant, session_exercise_id=stored.session_exercise_id, rest_seconds=stored.rest_seconds)
    check_sets([meant], started_at=locked.row.started_at, now=timezone.now(), zone=locked.zone, prefix="")
    (row,) = build_sets(
        user=user,
        workout=locked.row,
        inputs=[meant],
        athlete=locked.athlete,
        after=0,
        at=stored.performed_at,
        stored={stored.pk: stored},
    )
    for name in ASKED:
        setattr(row, name, getattr(stored, name))
    _write(locked, change_id, "correct", stored, partial(row.save, force_update=True))
    return row


@transaction.atomic
def remove_set(*, user: User, workout_id: UUID, change_id: UUID, set_id: UUID) -> None:
    """Take a set out, wherever it stands. The same ``change_id`` again does nothing.

    Raises ``WorkoutFinishedError`` and ``Http404``.
    """
    locked = running_workout(user=user, workout_id=workout_id)
    if not _is_done(locked, change_id):
        stored = _set_of(locked, set_id)
        _write(locked, change_id, "remove_set", stored, stored.delete)


def _write(locked: LockedWorkout, change_id: UUID, op: str, stored: SetLog, write: Callable[[], Any]) -> None:
    """Keep what the set was, write, and judge its movement's records anew."""
    append_change(workout=locked.row, change_id=change_id, op=op, values={"before": copies_of([stored])})
    movement = stored.movement
    write()
    metrics.refresh(user_id=stored.user_id, movements=[movement], since=locked.row.started_at)


def _set_of(locked: LockedWorkout, set_id: UUID | None) -> SetLog:
    row: SetLog | None = locked.row.sets.filter(pk__in=[set_id]).select_related("movement").first()
    if row is None:
        raise Http404
    return row


def _is_done(locked: LockedWorkout, change_id: UUID) -> bool:
    return any(one["id"] == str(change_id) for one in locked.row.changes)
