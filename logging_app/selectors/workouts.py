"""Workouts as the API shows them, with their sets and the records they broke."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gainsly.core.http import owned_or_404
from logging_app.models import PersonalRecord, SetLog, WorkoutLog
from programs.selectors.trees import movements_json

Json = dict[str, Any]
PLAIN_SET_FIELDS = (
    "order",
    "kind",
    "weight_kg",
    "reps",
    "seconds",
    "metres",
    "left",
    "right",
    "rpe",
    "rir",
    "rest_seconds",
    "e1rm",
    "e1rm_low",
    "e1rm_high",
    "e1rm_formula",
    "is_top_set",
    "is_pr",
    "notes",
)
SHOWN_SET_COLUMNS = (
    *("id", "workout_id", "session_exercise_id", "movement_id", "performed_at"),
    *("asked_load_kg", "asked_reps_min", "asked_reps_max", "asked_rpe"),
    *PLAIN_SET_FIELDS,
)
PLAIN_WORKOUT_FIELDS = ("title", "completed", "perceived_difficulty", "enjoyment", "feedback_tags", "notes")


def workout_for(user: Any, pk: UUID | str) -> WorkoutLog:
    """The athlete's own workout. Raises ``Http404``."""
    row: WorkoutLog = owned_or_404(WorkoutLog.objects.all(), user, pk)
    return row


def open_workout(user: Any) -> WorkoutLog | None:
    """The workout that is running; there is at most one."""
    row: WorkoutLog | None = WorkoutLog.objects.of(user).filter(finished_at__isnull=True).first()
    return row


def workouts_of(
    user: Any, *, since: dt.date | None = None, until: dt.date | None = None, session: UUID | None = None
) -> QuerySet[WorkoutLog]:
    """The athlete's workouts, newest first: of the days from ``since`` to ``until`` (both included), of a session."""
    rows = WorkoutLog.objects.of(user)
    if session is not None:
        rows = rows.filter(session=session)
    if since is not None:
        rows = rows.filter(date__gte=since)
    if until is not None:
        rows = rows.filter(date__lte=until)
    return rows.order_by("-started_at", "-id")


def workout_document(workout: WorkoutLog) -> Json:
    """One workout as JSON, in three queries."""
    return workout_documents([workout])[0]


def workout_documents(workouts: Sequence[WorkoutLog]) -> list[Json]:
    """Workouts as JSON, in three queries however many there are."""
    ids = [workout.pk for workout in workouts]
    rows = SetLog.objects.filter(workout__in=ids).order_by("order", "performed_at", "id")
    sets = list(rows.values_list(*SHOWN_SET_COLUMNS, named=True))  # a page holds hundreds: no models for them
    records = list(broken_records(ids))
    movements = movements_json({row.movement_id for row in [*sets, *records]})
    sets_of, records_of = _grouped(sets), _grouped(records)
    return [_workout(one, sets_of[one.pk], records_of[one.pk], movements) for one in workouts]


def broken_records(workout_ids: Collection[UUID]) -> QuerySet[PersonalRecord]:
    """What these workouts broke; the first marks of a lift broke nothing."""
    rows = PersonalRecord.objects.filter(workout__in=workout_ids, previous__isnull=False)
    return rows.order_by("achieved_at", "kind", "id")


def set_documents(rows: Sequence[SetLog], broken: Sequence[PersonalRecord]) -> list[Json]:
    """Sets as JSON, each with the records that it broke, in one query."""
    movements = movements_json({row.movement_id for row in rows})
    return [
        {
            **set_json(row, movements),
            "records": [record_json(one, movements) for one in broken if one.set_log_id == row.pk],
        }
        for row in rows
    ]


def set_json(row: Any, movements: Mapping[UUID, Json]) -> Json:
    """A set as done, with its estimate, beside what was asked; ``row`` has the attributes of a ``SetLog``."""
    return {
        "id": str(row.id),
        "session_exercise_id": str(row.session_exercise_id) if row.session_exercise_id else None,
        "movement": movements[row.movement_id],
        **{name: getattr(row, name) for name in PLAIN_SET_FIELDS},
        "performed_at": row.performed_at.isoformat(),
        "asked": {
            "load_kg": row.asked_load_kg,
            "reps_min": row.asked_reps_min,
            "reps_max": row.asked_reps_max,
            "rpe": row.asked_rpe,
        },
    }


def record_json(row: PersonalRecord, movements: Mapping[UUID, Json]) -> Json:
    """A record with what it says: ``new_strength`` beyond measurement noise, else ``best_yet``."""
    return {
        "id": str(row.pk),
        "movement": movements[row.movement_id],
        "kind": row.kind,
        "value": row.value,
        "previous": row.previous,
        "label": "new_strength" if row.beyond_noise and row.kind == "e1rm" else "best_yet",
        "achieved_at": row.achieved_at.isoformat(),
        "workout_id": str(row.workout_id),
        "set_id": str(row.set_log_id),
    }


def _workout(
    row: WorkoutLog, sets: Iterable[Any], records: Iterable[PersonalRecord], movements: Mapping[UUID, Json]
) -> Json:
    return {
        "id": str(row.pk),
        "session_id": str(row.session_id) if row.session_id else None,
        "date": row.date.isoformat(),
        "started_at": row.started_at.isoformat(),
        "finished_at": row.finished_at.isoformat() if row.finished_at else None,
        **{name: getattr(row, name) for name in PLAIN_WORKOUT_FIELDS},
        "sets": [set_json(one, movements) for one in sets],
        "records": [record_json(one, movements) for one in records],
    }


def _grouped(rows: Iterable[Any]) -> defaultdict[UUID, list[Any]]:
    grouped: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.workout_id].append(row)
    return grouped
