"""What one athlete did with one movement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from gainsly.lib.vocabulary import SetKind
from logging_app.models import SetLog
from movements.models import Movement

RECENT_SETS = 60  # of the newest workouts, so that a page stays short


@dataclass(frozen=True, slots=True)
class MovementDay:
    """The sets of one workout, in their order."""

    date: dt.date
    workout_id: Any
    sets: tuple[SetLog, ...]


@dataclass(frozen=True, slots=True)
class MovementHistory:
    """The best estimate ever, with its set, and the newest workouts that hold the movement."""

    best: SetLog | None
    days: tuple[MovementDay, ...]


def movement_history(user: Any, movement: Movement, *, workouts: int) -> MovementHistory:
    """The newest ``workouts`` with the movement, and the set with the highest e1RM. Two queries."""
    sets = SetLog.objects.of(user).filter(movement=movement, workout__completed=True).select_related("workout")
    best = sets.filter(e1rm__isnull=False).order_by("-e1rm", "performed_at", "id").first()
    newest = list(sets.exclude(kind=SetKind.WARMUP).order_by("-performed_at", "-id")[:RECENT_SETS])  # by its index
    newest.sort(key=lambda row: (row.order, row.pk))
    newest.sort(key=lambda row: (row.workout.started_at, row.workout_id), reverse=True)
    days = [
        MovementDay(date=date, workout_id=pk, sets=tuple(rows))
        for (date, pk), rows in groupby(newest, lambda row: (row.workout.date, row.workout_id))
    ]
    return MovementHistory(best=best, days=tuple(days[:workouts]))
