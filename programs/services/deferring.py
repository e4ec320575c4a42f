"""What stands around a session that is adapted: recreation, and the later sessions that take in what moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gainsly.lib.ids import uuid7
from gainsly.lib.vocabulary import MovementPattern, Section, SessionStatus, label_of
from movements.catalogue.records import MovementRecord
from movements.selectors import movements_by_id
from programs.engine.recreation import WEEKDAYS, Beside, Outing, clashes_beside
from programs.engine.shorten import make_room
from programs.engine.standing import Slot
from programs.engine.today import Kind, Later
from programs.engine.types import Recreation
from programs.history import training_history
from programs.models import Session, SessionExercise

from .configuration import active_heuristics
from .standing import count_minutes, planned_of
from .stored_rows import Json, change_json, row_of, rows_after, snapshot_of

WINDOW = dt.timedelta(days=2)  # buffers reach two days at most


@dataclass(frozen=True, slots=True)
class Joined:
    """A later session with what moves there: its rows as they would be, and what gave way in words."""

    session: Session
    before: list[Json]
    rows: list[SessionExercise]
    added: list[str]
    words: str


def outings_around(user: Any, first: dt.date, last: dt.date, declared: Sequence[Recreation]) -> list[Outing]:
    """Recreation from two days before ``first`` to two days after ``last``; habits where the diary has nothing."""
    first, last = first - WINDOW, last + WINDOW
    told = list(training_history().outings(user, first, last))
    taken = {(one.date, one.activity) for one in told}
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    habits = [
        Outing(one.activity, label_of(one.activity), day, declared=True)
        for day in days
        for one in declared
        if day.weekday() in one.weekdays and (day, one.activity) not in taken
    ]
    return [*told, *habits]


def clash_on(date: dt.date, outings: Sequence[Outing]) -> dict[MovementPattern, Beside]:
    return clashes_beside(date, outings, active_heuristics())


def open_later(session: Session) -> list[Session]:
    """The open sessions of the same week behind this one."""
    ahead = Session.objects.filter(
        microcycle_id=session.microcycle_id, date__gt=session.date, locked=False, status=SessionStatus.PLANNED
    )
    return list(ahead.prefetch_related("exercises__movement").order_by("date"))


def later_of(sessions: Sequence[Session], outings: Sequence[Outing], moved: Collection[str]) -> tuple[Later, ...]:
    """The later sessions as the engine looks at them; the mains of today crowd nothing, for they are what moves.

    ``moved`` are ids of what an adaptation in force put there: it leaves again before anything else moves.
    """
    rows = {one.pk: [row for row in one.exercises.all() if str(row.pk) not in moved] for one in sessions}
    mains = {pk: _mains(there) for pk, there in rows.items()}
    found = []
    for one in sessions:
        near = (other for other in sessions if abs((other.date - one.date).days) <= 1)
        crowded = frozenset(pattern for other in near for pattern in mains[other.pk])
        trains = frozenset(row.movement.slug for row in rows[one.pk])
        found.append(Later(str(one.pk), one.date, trains, crowded, frozenset(clash_on(one.date, outings))))
    return tuple(found)


def _mains(rows: Iterable[SessionExercise]) -> frozenset[MovementPattern]:
    return frozenset(MovementPattern(row.movement.pattern) for row in rows if row.section == Section.MAIN)


def joined(
    *,
    original: Sequence[Json],
    changes: Sequence[Json],
    movements: Mapping[str, MovementRecord],
    minutes: int,
    leaving: Collection[str] = (),
) -> list[Joined]:
    """The later sessions with what these changes move there, small work giving way to keep ``minutes``. Unsaved.

    ``leaving`` are ids of what stands there by an earlier adaptation and leaves first.
    """
    moved: dict[str, list[Json]] = {}
    stored = {one["id"]: one for one in original}
    for change in changes:
        if change["kind"] == Kind.DEFER and change["exercise_id"] in stored:
            moved.setdefault(change["to_session"], []).append(stored[change["exercise_id"]])
    targets = Session.objects.filter(pk__in=moved, locked=False, status=SessionStatus.PLANNED).order_by("date")
    there = {one.pk: _without(one, leaving) for one in targets}
    return [_join(one, there[one.pk], moved[str(one.pk)], movements, minutes) for one in targets]


def _join(
    target: Session,
    there: list[SessionExercise],
    moved: Sequence[Json],
    movements: Mapping[str, MovementRecord],
    minutes: int,
) -> Joined:
    before = snapshot_of(there)
    taken = {row.movement_id for row in there}
    coming = [row for row in map(row_of, moved) if row.movement_id not in taken]
    for row in coming:
        row.id, row.session_id, row.superset_group = uuid7(), target.pk, None
        last = max((at for at, one in enumerate(there) if one.section == row.section), default=len(there) - 1)
        there.insert(last + 1, row)
    names = {key: one.record for key, one in movements_by_id({row.movement_id for row in there}).items()}
    added = {row.pk for row in coming}
    plan = [
        Slot(str(row.pk), planned_of(row, names[row.movement_id].slug), row.locked or row.pk in added) for row in there
    ]
    limit = max(minutes, target.estimated_minutes)
    known = {**movements, **{one.slug: one for one in names.values()}}
    made = make_room(plan, limit, known, active_heuristics())
    rows = rows_after(snapshot_of(there), [change_json(step, known) for step in made.steps])
    return Joined(
        target, before, rows, [str(key) for key in added], _words(target, made.steps, made.minutes, limit, known)
    )


def _words(target: Session, steps: Iterable[Any], minutes: float, limit: int, known: Mapping[str, Any]) -> str:
    """``Thursday keeps its 60 minutes: fewer sets of Curl.``, or how long it gets."""
    day = WEEKDAYS[target.date.weekday()]
    if minutes > limit + 1:
        told = _("%(day)s's session then takes about %(minutes)d of your %(limit)d minutes.")
        return told % {"day": day, "minutes": round(minutes), "limit": limit}
    names = dict.fromkeys(known[step.before.movement].name for step in steps)
    if not names:
        return ""
    told = _("To keep %(limit)d minutes, %(day)s's session gives up some of: %(names)s.")
    return told % {"limit": limit, "day": day, "names": ", ".join(names)}


def write_joined(joins: Iterable[Joined]) -> list[Json]:
    """Store later sessions with what moved there; gives what taking it back needs but their versions."""
    kept = []
    for one in joins:
        _replace(one.session, one.rows)
        kept.append({"session_id": str(one.session.pk), "before": one.before, "added": one.added})
    return kept


def take_back(*, session: Session, deferred: Collection[Json]) -> list[UUID]:
    """Put later sessions back as they were; where one was changed since, only what moved there leaves it again."""
    touched = []
    for kept in deferred:
        target = Session.objects.filter(
            pk=kept["session_id"], microcycle_id=session.microcycle_id, status=SessionStatus.PLANNED
        ).first()
        if target is None:
            continue
        unchanged = target.updated_at.isoformat() == kept["version"]
        rows = [row_of(one) for one in kept["before"]] if unchanged else _without(target, kept["added"])
        _replace(target, rows)
        touched.append(target.pk)
    return touched


def _without(target: Session, added: Collection[str]) -> list[SessionExercise]:
    return [row for row in target.exercises.order_by("position") if str(row.pk) not in added]


def _replace(target: Session, rows: list[SessionExercise]) -> None:
    target.exercises.all().delete()
    SessionExercise.objects.bulk_create(rows)
    count_minutes(target, rows, active_heuristics())
    target.save()
