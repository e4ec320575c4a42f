"""Records and top sets of an athlete's movements, brought up to date after any change of the log.

Only the movements that changed, and only from the changed workout on: what lies before it cannot depend on it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q

from accounts.models import User
from gainsly.core.jobs import enqueue
from gainsly.lib.vocabulary import E1rmFormula, SetKind
from logging_app.metrics import records
from logging_app.models import PersonalRecord, RecordKind, SetLog
from movements.models import Movement

from .sets import estimate_row, lift_of_movement

BATCH = 1000
GRACE = dt.timedelta(minutes=5)
RECOMPUTE_TASK = "logging_app.tasks.recompute_metrics"
ESTIMATE = ("e1rm", "e1rm_low", "e1rm_high", "e1rm_formula")
STORED = ("value", "previous", "beyond_noise", "achieved_at", "workout_id")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """Sets by id as they are now, and the records among them; those without ``previous`` broke nothing."""

    sets: Mapping[UUID, SetLog]
    records: Sequence[PersonalRecord]


def refresh(
    *, user_id: UUID, movements: Collection[Movement], since: dt.datetime, fresh: Sequence[SetLog] = ()
) -> Refreshed:
    """Store ``fresh`` sets and bring records, ``is_pr`` and ``is_top_set`` of workouts from ``since`` on up to date.

    Three queries to read, two or three to write, in the caller's transaction and under the athlete's lock. The fresh
    sets' movements are among ``movements``.
    """
    ids = [movement.pk for movement in movements]
    sets = sorted([*_sets(user_id, ids, since), *fresh], key=_training_order)
    stored = _stored(user_id, ids, since)
    bests = _bests(user_id, ids, since, stored)
    wanted: list[PersonalRecord] = []
    changed: list[SetLog] = []
    for movement in movements:
        lift = lift_of_movement(movement)
        rows = [row for row in sets if row.movement_id == movement.pk]
        found = records.of_movement([row.fact(lift) for row in rows], bests[movement.pk])
        wanted += _rows(found, {str(row.pk): row for row in rows})
        changed += _flag(rows, found)
        for row in rows:
            row.movement = movement
    _store_sets(fresh, changed)
    _store_records(wanted, [row for row in stored if row.workout.started_at >= since])
    return Refreshed(sets={row.pk: row for row in sets}, records=wanted)


@transaction.atomic
def recompute_for(*, user_id: UUID | str) -> None:
    """Everything of an athlete from scratch, by the formula they have chosen: estimates, records, top sets."""
    user = User.objects.select_for_update(of=("self",), no_key=True).select_related("settings").get(pk=user_id)
    formula = E1rmFormula(user.settings.e1rm_formula)
    movements = Movement.objects.filter(pk__in=SetLog.objects.filter(user=user).order_by().values("movement")).in_bulk()
    changed = []
    for row in SetLog.objects.filter(user=user).order_by().iterator(chunk_size=BATCH):
        row.movement = movements[row.movement_id]
        before = tuple(getattr(row, name) for name in ESTIMATE)
        estimate_row(row, formula=formula)
        if tuple(getattr(row, name) for name in ESTIMATE) != before:
            changed.append(row)
    _upsert(changed, ESTIMATE)
    refresh(user_id=user.pk, movements=list(movements.values()), since=dt.datetime.min.replace(tzinfo=dt.UTC))


def send_for_stale(*, now: dt.datetime) -> int:
    """A task for each athlete whose stored estimates do not speak the formula they have chosen; how many.

    The message sent when the formula changed may have been lost with a worker or with Redis. What changed within the
    last ``GRACE`` is left to that message.
    """
    other = SetLog.objects.filter(e1rm__isnull=False, user__settings__updated_at__lt=now - GRACE).exclude(
        e1rm_formula=F("user__settings__e1rm_formula")
    )
    ids = list(other.order_by().values_list("user_id", flat=True).distinct())
    for pk in ids:
        enqueue(RECOMPUTE_TASK, user_id=pk)
    return len(ids)


def _sets(user_id: UUID, movement_ids: Sequence[UUID], since: dt.datetime) -> list[SetLog]:
    rows = SetLog.objects.filter(user_id=user_id, movement_id__in=movement_ids, workout__started_at__gte=since)
    return list(rows.select_related("workout"))


def _training_order(row: SetLog) -> tuple[dt.datetime, UUID, int, dt.datetime, UUID]:
    return row.workout.started_at, row.workout_id, row.order, row.performed_at, row.pk


def _stored(user_id: UUID, movement_ids: Sequence[UUID], since: dt.datetime) -> list[PersonalRecord]:
    """The stored records from ``since`` on, and every volume record, which says what was reached before."""
    rows = PersonalRecord.objects.filter(user_id=user_id, movement_id__in=movement_ids)
    relevant = Q(workout__started_at__gte=since) | Q(kind=RecordKind.VOLUME)
    return list(rows.filter(relevant).select_related("workout"))


def _bests(
    user_id: UUID, movement_ids: Sequence[UUID], since: dt.datetime, stored: Iterable[PersonalRecord]
) -> dict[UUID, records.Bests]:
    """What each movement had reached in workouts before ``since``."""
    earlier = (
        SetLog.objects.filter(user_id=user_id, movement_id__in=movement_ids, workout__started_at__lt=since)
        .exclude(kind=SetKind.WARMUP)
        .order_by()
        .values_list("movement_id", "weight_kg")
        .annotate(Max("reps"), Max("e1rm"))
    )
    reps_at: dict[UUID, dict[float, int]] = defaultdict(dict)
    e1rm: dict[UUID, float] = {}
    for movement_id, weight, reps, estimate in earlier:
        if weight is not None and reps:
            reps_at[movement_id][weight] = reps
        if estimate is not None:
            e1rm[movement_id] = max(estimate, e1rm.get(movement_id, 0.0))
    volume: dict[UUID, float] = {}
    for row in stored:
        if row.kind == RecordKind.VOLUME and row.workout.started_at < since:
            volume[row.movement_id] = max(row.value, volume.get(row.movement_id, 0.0))
    return {pk: records.Bests(e1rm=e1rm.get(pk), volume=volume.get(pk), reps_at=reps_at[pk]) for pk in movement_ids}


def _rows(found: Iterable[records.Record], sets: dict[str, SetLog]) -> list[PersonalRecord]:
    return [
        PersonalRecord(
            user_id=sets[record.set_key].user_id,
            movement_id=sets[record.set_key].movement_id,
            workout_id=sets[record.set_key].workout_id,
            set_log_id=sets[record.set_key].pk,
            kind=record.kind,
            value=record.value,
            previous=record.previous,
            beyond_noise=record.beyond_noise,
            achieved_at=sets[record.set_key].performed_at,
        )
        for record in found
    ]


def _flag(rows: Sequence[SetLog], found: Iterable[records.Record]) -> list[SetLog]:
    """Set ``is_pr`` (more strength or repetitions than ever) and ``is_top_set`` (the workout's best); what changed."""
    broken = {record.set_key for record in found if record.previous is not None and record.kind != "volume"}
    top = _top_sets(rows)
    changed: list[SetLog] = []
    for row in rows:
        flags = (str(row.pk) in broken, row.pk in top)
        if flags != (row.is_pr, row.is_top_set):
            row.is_pr, row.is_top_set = flags
            changed.append(row)
    return changed


def _top_sets(rows: Iterable[SetLog]) -> set[UUID]:
    best: dict[UUID, SetLog] = {}
    for row in rows:
        if row.kind != SetKind.WARMUP and (
            row.workout_id not in best or _strength(row) > _strength(best[row.workout_id])
        ):
            best[row.workout_id] = row
    return {row.pk for row in best.values()}


def _strength(row: SetLog) -> tuple[float, float, int]:
    return (row.e1rm or 0.0, row.weight_kg or 0.0, row.reps or 0)


def _store_sets(fresh: Sequence[SetLog], changed: Sequence[SetLog]) -> None:
    """New sets and the flags of old ones in one statement: a row that exists only takes the flags."""
    new = {row.pk for row in fresh}
    _upsert([*fresh, *(row for row in changed if row.pk not in new)], ("is_top_set", "is_pr"))


def _upsert(rows: Sequence[SetLog], fields: Sequence[str]) -> None:
    """Insert what is new; of rows that exist only these fields change. Much faster than an update by cases."""
    if rows:
        SetLog.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[*fields, "updated_at"],
            batch_size=BATCH,
        )


def _store_records(wanted: Sequence[PersonalRecord], stored: Sequence[PersonalRecord]) -> None:
    """Write the difference between the records that there should be and those that there are."""
    known = {(row.set_log_id, row.kind): row for row in stored}
    gone = [row.pk for key, row in known.items() if key not in {(one.set_log_id, one.kind) for one in wanted}]
    if gone:
        PersonalRecord.objects.filter(pk__in=gone).delete()
    changed = [one for one in wanted if _differs(one, known.get((one.set_log_id, one.kind)))]
    if changed:
        PersonalRecord.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["set_log", "kind"],
            update_fields=["value", "previous", "beyond_noise", "achieved_at", "workout", "updated_at"],
            batch_size=BATCH,
        )


def _differs(wanted: PersonalRecord, stored: PersonalRecord | None) -> bool:
    return stored is None or any(getattr(wanted, name) != getattr(stored, name) for name in STORED)
