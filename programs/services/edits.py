"""An athlete's own edits of a planned session: doses, loads, order and locks of its exercises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from programs.models import Session, SessionExercise

from .reading import BodyReader

WHOLE = {"sets": (1, 12), "reps_min": (1, 60), "reps_max": (1, 60), "order": (1, 40), "rest_seconds": (0, 900)}
LIMITS = {"target_load_kg": (0.0, 1000.0), "target_rir": (0.0, 10.0)}
KEYS = ("id", *WHOLE, *LIMITS, "locked")
MAX_RPE = 10.0
FIELD = "exercises"


def read_edits(reader: BodyReader, session: Session) -> list[SessionExercise]:
    """The exercises of a body's ``exercises``, each as it would be; faults are noted with the reader.

    Each item names an ``id`` of this session and what changes: sets, reps_min, reps_max, target_load_kg, target_rir,
    rest_seconds, locked, order (its new number within its section).
    """
    items = reader.items(FIELD)
    if items is None:
        return []
    rows = {str(row.pk): row for row in session.exercises.order_by("position")}
    moved: dict[str, int] = {}
    edited: dict[str, SessionExercise] = {}
    for number, item in enumerate(items):
        row = rows.get(str(item.get("id"))) if isinstance(item, Mapping) else None
        if row is None:
            reader.fail(f"{FIELD}.{number}", _("Name an exercise of this session by its id."))
            continue
        edited[str(row.pk)] = row
        _edit(reader, number, item, row)
        if "order" in item and f"{FIELD}.{number}" not in reader.errors:
            moved[str(row.pk)] = item["order"]
    if moved and not reader.errors:
        edited |= _reordered(list(rows.values()), moved)
    return list(edited.values())


def _edit(reader: BodyReader, number: int, item: Mapping[str, Any], row: SessionExercise) -> None:
    """Set what one item names; the first fault of each field is noted under ``exercises.<number>``."""
    inner = BodyReader(item)
    inner.refuse_unknown(KEYS)
    for name, (low, high) in WHOLE.items():
        if inner.given(name):
            value = inner.whole(name, low, low=low, high=high)
            if name != "order":
                setattr(row, name, value)
    for limit, bounds in LIMITS.items():
        if limit in item:
            _set_number(inner, item, limit, bounds, row)
    _set_lock(inner, item, row)
    _check_range(inner, item, row)
    for name, messages in inner.errors.items():
        reader.fail(f"{FIELD}.{number}", f"{name}: {messages[0]}")


def _set_lock(inner: BodyReader, item: Mapping[str, Any], row: SessionExercise) -> None:
    if not inner.given("locked"):
        return
    if isinstance(item["locked"], bool):
        row.locked = item["locked"]
    else:
        inner.fail("locked", _("Give true or false."))


def _set_number(
    inner: BodyReader, item: Mapping[str, Any], name: str, bounds: tuple[float, float], row: SessionExercise
) -> None:
    value, (low, high) = item[name], bounds
    known = value is None or (isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high)
    if not known:
        inner.fail(name, _("Give a number from %(low)g to %(high)g.") % {"low": low, "high": high})
        return
    setattr(row, name, value)
    if name == "target_rir":
        row.target_rpe = None if value is None else MAX_RPE - value
    else:
        row.load_is_guess, row.load_why = False, _("You set this load yourself.")


def _check_range(inner: BodyReader, item: Mapping[str, Any], row: SessionExercise) -> None:
    if "reps_min" not in item and "reps_max" not in item:
        return
    if row.reps_min is None or row.reps_max is None:
        inner.fail("reps_min", _("This exercise is not counted in repetitions."))
    elif row.reps_min > row.reps_max:
        inner.fail("reps_min", _("The lower end of the range is above its upper end."))


def _reordered(rows: Sequence[SessionExercise], moved: Mapping[str, int]) -> dict[str, SessionExercise]:
    """Every section in its new order: a moved exercise takes the number it asks for, the others keep theirs between."""
    changed: dict[str, SessionExercise] = {}
    position = 0
    for section in dict.fromkeys(row.section for row in rows):
        inside = [row for row in rows if row.section == section]
        rest = [row for row in inside if str(row.pk) not in moved]
        for row in sorted((one for one in inside if str(one.pk) in moved), key=lambda one: moved[str(one.pk)]):
            rest.insert(moved[str(row.pk)] - 1, row)
        for order, row in enumerate(rest, start=1):
            position += 1
            if (row.order, row.position) != (order, position):
                row.order, row.position = order, position
                changed[str(row.pk)] = row
    return changed


def save_edits(*, rows: Sequence[SessionExercise]) -> None:
    SessionExercise.objects.bulk_update(
        rows,
        [
            *("sets", "reps_min", "reps_max", "target_load_kg", "target_rir", "target_rpe", "rest_seconds"),
            *("locked", "order", "position", "load_is_guess", "load_why"),
        ],
    )
