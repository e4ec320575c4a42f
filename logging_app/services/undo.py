"""Taking back a deletion or an edit of a workout: a copy of its rows is kept by whoever asked, and put back whole."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core import serializers
from django.db import transaction
from django.db.models import Model
from django.http import Http404

from accounts.models import User
from logging_app.models import SetLog, WorkoutLog
from programs.models import Session, SessionExercise
from programs.services import sessions

from . import metrics
from .locks import lock_athlete

Json = dict[str, Any]


def copy_of(workout: WorkoutLog) -> list[Json]:
    """A workout and its sets as plain data, for ``restore_workout``. One query."""
    return copies_of([workout, *workout.sets.all()])


def copies_of(rows: Sequence[Model]) -> list[Json]:
    """Rows as plain data; times to the microsecond, which Django's own JSON cuts to the thousandth of a second."""
    found: list[Json] = json.loads(json.dumps(serializers.serialize("python", rows), default=_plain))
    return found


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.datetime | dt.date) else str(value)


@transaction.atomic
def restore_workout(*, user: User, copy: Sequence[Json]) -> WorkoutLog:
    """Put a workout back as it was when it was copied, whatever has become of it since; records are judged anew.

    A session or an exercise that is gone meanwhile is forgotten. Raises ``Http404`` for another's copy.
    """
    lock_athlete(user=user)
    rows: list[Any] = [one.object for one in serializers.deserialize("python", copy)]
    workout: WorkoutLog = rows[0]
    sets: list[SetLog] = rows[1:]
    if any(row.user_id != user.pk for row in rows):
        raise Http404
    now = WorkoutLog.objects.of(user).filter(pk=workout.pk).first()
    trained = {row.movement for row in now.sets.select_related("movement")} if now else set()
    began = min(workout.started_at, now.started_at) if now else workout.started_at
    _forget_what_is_gone(user, workout, sets)
    SetLog.objects.filter(workout=workout.pk).delete()
    workout.save(force_insert=now is None, force_update=now is not None)
    for row in sets:
        row.workout = workout
    movements = trained | {row.movement for row in sets}
    if movements:
        metrics.refresh(user_id=user.pk, movements=list(movements), since=began, fresh=sets)
    if workout.session is not None and workout.completed:
        sessions.mark_done(session=workout.session)
    return workout


def _forget_what_is_gone(user: User, workout: WorkoutLog, sets: Sequence[SetLog]) -> None:
    if workout.session_id and not Session.objects.of(user).filter(pk=workout.session_id).exists():
        workout.session = None
    wanted: set[UUID] = {row.session_exercise_id for row in sets if row.session_exercise_id}
    known = set(SessionExercise.objects.of(user).filter(pk__in=wanted).values_list("pk", flat=True))
    for row in sets:
        if row.session_exercise_id not in known:
            row.session_exercise = None
