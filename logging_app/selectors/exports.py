"""The whole diary, set by set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from logging_app.models import SetLog

CHUNK = 2000
DIARY_COLUMNS = (
    "date", "performed_at", "workout", "movement", "kind", "weight_kg", "reps", "seconds", "metres", "rpe", "rir",
    "rest_seconds", "e1rm_kg", "e1rm_formula", "set_notes", "workout_notes",
)  # fmt: skip
_FIELDS = (
    "workout__date", "performed_at", "workout__title", "movement__name", "kind", "weight_kg", "reps", "seconds",
    "metres", "rpe", "rir", "rest_seconds", "e1rm", "e1rm_formula", "notes", "workout__notes",
)  # fmt: skip


def diary_rows(user: Any) -> Iterator[tuple[Any, ...]]:
    """Every set in the order of ``DIARY_COLUMNS``, oldest first, read in pieces. One query."""
    rows = SetLog.objects.of(user).order_by("workout__started_at", "workout_id", "order", "id").values_list(*_FIELDS)
    for row in rows.iterator(chunk_size=CHUNK):
        yield (row[0].isoformat(), row[1].isoformat(), *row[2:])
