"""A session's exercises as JSON and back, and with a list of changes made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from gainsly.lib.ids import uuid7
from movements.catalogue.records import MovementRecord
from movements.models import Movement
from programs.engine.today import Step
from programs.engine.types import PlannedExercise
from programs.models import Session, SessionExercise

Json = dict[str, Any]
WORK = tuple(one.name for one in fields(PlannedExercise) if one.name not in ("ramp", "choice", "section", "order"))


def snapshot(session: Session) -> list[Json]:
    """The session's exercises, column by column."""
    return snapshot_of(session.exercises.order_by("position"))


def snapshot_of(rows: Iterable[SessionExercise]) -> list[Json]:
    columns = SessionExercise._meta.concrete_fields
    return [{field.attname: _plain(getattr(row, field.attname)) for field in columns} for row in rows]


def row_of(stored: Mapping[str, Any]) -> SessionExercise:
    row = SessionExercise(**stored)
    row.id, row.movement_id = UUID(stored["id"]), UUID(stored["movement_id"])
    row.session_id = UUID(stored["session_id"])
    return row


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def change_json(step: Step, movements: Mapping[str, MovementRecord]) -> Json:
    """One step with only the fields that it changes."""
    names = [name for name in WORK if step.after is None or getattr(step.before, name) != getattr(step.after, name)]
    if step.after is None:
        names = ["sets"]
    return {
        "id": str(uuid7()),
        "kind": step.kind.value,
        "exercise_id": step.slot,
        "movement": movements[step.before.movement].name,
        "reason": step.reason,
        "rule": step.rule,
        "before": {name: getattr(step.before, name) for name in names},
        "after": None if step.after is None else {name: getattr(step.after, name) for name in names},
        "to_session": step.to,
        "among": list(step.among),
    }


def rows_after(original: Sequence[Json], changes: Sequence[Json]) -> list[SessionExercise]:
    """The rows once these changes are made, counted anew; unsaved."""
    rows = {one["id"]: row_of(one) for one in original}
    slugs = {change["after"]["movement"] for change in changes if change["after"] and "movement" in change["after"]}
    ids = dict(Movement.objects.filter(slug__in=slugs).values_list("slug", "pk")) if slugs else {}
    for change in changes:
        if change["exercise_id"] not in rows:
            continue
        if change["after"] is None:
            del rows[change["exercise_id"]]
            continue
        _set(rows[change["exercise_id"]], change, ids)
    return _numbered(list(rows.values()))


def _set(row: SessionExercise, change: Json, ids: Mapping[str, UUID]) -> None:
    for name, value in change["after"].items():
        if name == "movement":
            row.movement_id, row.choice_id, row.ramp = ids[value], None, []
            row.load_why = change["reason"][:300]
        else:
            setattr(row, name, value)


def _numbered(rows: list[SessionExercise]) -> list[SessionExercise]:
    """Positions and orders anew; of a superset that lost its partner nothing is left but the exercise."""
    groups = [row.superset_group for row in rows]
    counts: dict[str, int] = {}
    for position, row in enumerate(rows, start=1):
        counts[row.section] = counts.get(row.section, 0) + 1
        row.position, row.order = position, counts[row.section]
        if groups.count(row.superset_group) == 1:
            row.superset_group = None
    return rows
