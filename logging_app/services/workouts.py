"""Writing the diary: a workout whole or set by set, its edits and its end. One transaction each, records included.

Every function takes the athlete's lock before it decides anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from gainsly.lib.errors import DomainError
from gainsly.lib.ids import uuid7
from gainsly.lib.vocabulary import SessionStatus
from logging_app.models import PersonalRecord, SetLog, WorkoutLog
from movements.models import Movement
from programs import selectors as plans
from programs.models import Session
from programs.services import replanning, sessions

from . import metrics
from .inputs import LONGEST, SetInput, WorkoutInput, check_sets, check_workout, invalid
from .locks import lock_athlete, lock_workout
from .sets import Athlete, IdTakenError, build_sets, same_set, split_stored

WORKOUT_FIELDS = ("title", "perceived_difficulty", "enjoyment", "notes")


class OpenWorkoutError(DomainError):
    """Another workout is still running; ``extra["workout_id"]`` names it."""

    code = "workout_open"
    status = 409


@dataclass(frozen=True, slots=True)
class AddedSets:
    """Sets as stored, and the records that they broke."""

    sets: Sequence[SetLog]
    records: Sequence[PersonalRecord]


@transaction.atomic
def log_workout(*, user: User, workout: WorkoutInput) -> tuple[WorkoutLog, bool]:
    """Store a whole workout; ``False`` beside it when its client-made id is stored already with the same body.

    Raises ``InvalidLogError``, ``OpenWorkoutError``, ``IdTakenError``, and ``Http404`` for what is another's.
    """
    session = plans.session_for(user, workout.session_id) if workout.session_id else None
    who = lock_athlete(user=user)
    if workout.id is not None:
        stored = _stored(user, workout)
        if stored is not None:
            return stored, False
    now = timezone.now()
    check_workout(workout, now=now, zone=who.zone)
    if workout.finished_at is None:
        _refuse_second_open(user)
    row = WorkoutLog.objects.create(
        id=workout.id or uuid7(),
        user=user,
        session=session,
        date=workout.started_at.astimezone(who.zone).date(),
        **_stored_fields(workout),
    )
    _add(user, row, workout.sets, who.athlete, after=0, at=workout.started_at)
    _mark_session(row)
    return row, True


@transaction.atomic
def start_workout(
    *,
    user: User,
    session: Session | None = None,
    title: str = "",
    workout_id: UUID | None = None,
    started_at: dt.datetime | None = None,
) -> tuple[WorkoutLog, bool]:
    """A running workout from a session or from nothing; ``False`` beside the one that is stored under this client-made
    id, even finished, or else the one that is running. Raises ``Http404`` for an id that is another's."""
    who = lock_athlete(user=user)
    stored = WorkoutLog.objects.filter(pk=workout_id).first() if workout_id else None
    if stored is not None and stored.user_id != user.pk:
        raise Http404
    running = stored or WorkoutLog.objects.of(user).filter(finished_at__isnull=True).first()
    if running is not None:
        return running, False
    began = started_at or timezone.now()
    row = WorkoutLog.objects.create(
        id=workout_id or uuid7(),
        user=user,
        session=session,
        title=title,
        started_at=began,
        date=began.astimezone(who.zone).date(),
    )
    return row, True


@transaction.atomic
def add_sets(*, user: User, workout_id: UUID, sets: Sequence[SetInput]) -> AddedSets:
    """Add sets to a workout, running or past; the rows as stored, those that were stored before included.

    Raises ``InvalidLogError``, ``IdTakenError``, and ``Http404`` for another's workout or exercise.
    """
    locked = lock_workout(user=user, workout_id=workout_id)
    workout = locked.row
    now = timezone.now()
    if workout.finished_at is None and now - workout.started_at > LONGEST and all(not one.performed_at for one in sets):
        raise invalid({"performed_at": [_("This workout began more than a day ago. Finish it, then start a new one.")]})
    check_sets(sets, started_at=workout.started_at, now=now, zone=locked.zone, prefix="sets." if len(sets) > 1 else "")
    fresh, known = split_stored(workout=workout, inputs=sets)
    at = max(now, workout.started_at) if workout.finished_at is None else workout.started_at
    added = _add(user, workout, fresh, locked.athlete, after=locked.last_order, at=at)
    return AddedSets(
        sets=[*known, *added.sets],
        records=[*PersonalRecord.objects.filter(set_log__in=known, previous__isnull=False), *added.records]
        if known
        else added.records,
    )


@transaction.atomic
def update_workout(*, user: User, workout_id: UUID, changes: Mapping[str, Any]) -> WorkoutLog:
    """Change what is named: any field of ``WorkoutInput`` but id and session; ``sets`` replaces all of them.

    Raises ``InvalidLogError`` and ``Http404``.
    """
    locked = lock_workout(user=user, workout_id=workout_id)
    workout = locked.row
    before = list(workout.sets.select_related("movement"))
    began = workout.started_at
    wanted = replace(_as_input(workout), **changes)
    check_workout(wanted, now=timezone.now(), zone=locked.zone)
    if wanted.finished_at is None and workout.finished_at is not None:
        _refuse_second_open(user)
    _apply(workout, wanted, zone=locked.zone)
    trained = {row.movement for row in before}
    since = min(began, workout.started_at)
    if "sets" in changes:
        workout.sets.all().delete()
        _add(user, workout, wanted.sets, locked.athlete, beside=trained, since=since, stored=before)
    elif workout.started_at != began:
        _shift(before, workout.started_at - began)
        _refresh(user, trained, since=since)
    _mark_session(workout)
    return workout


def finish_workout(
    *,
    user: User,
    workout_id: UUID,
    perceived_difficulty: int | None = None,
    enjoyment: int | None = None,
    feedback_tags: Sequence[str] = (),
    notes: str | None = None,
    finished_at: dt.datetime | None = None,
) -> WorkoutLog:
    """End a running workout, now unless told when; one that is over keeps its end and takes the answers."""
    with transaction.atomic():
        workout = lock_workout(user=user, workout_id=workout_id).row
        changes: dict[str, Any] = {
            "finished_at": workout.finished_at or finished_at or max(timezone.now(), workout.started_at),
            "perceived_difficulty": perceived_difficulty,
            "enjoyment": enjoyment,
            "feedback_tags": feedback_tags,
        }
        if notes is not None:
            changes["notes"] = notes
        return update_workout(user=user, workout_id=workout_id, changes=changes)


@transaction.atomic
def delete_workout(*, user: User, workout_id: UUID) -> None:
    """Delete a workout with its sets; later records are judged anew and its session is open again."""
    locked = lock_workout(user=user, workout_id=workout_id)
    workout = locked.row
    movements = {row.movement for row in workout.sets.select_related("movement")}
    session, began = workout.session, workout.started_at
    workout.delete()
    _refresh(user, movements, since=began)
    if session is not None and not session.workouts.filter(completed=True).exists():
        today = timezone.now().astimezone(locked.zone).date()
        sessions.mark_undone(session=session, today=today)
        replanning.update_loads(program=session.microcycle.program, today=today)


@transaction.atomic
def delete_set(*, user: User, workout_id: UUID, set_id: UUID) -> None:
    """Delete one set of a workout. Raises ``Http404``."""
    workout = lock_workout(user=user, workout_id=workout_id).row
    row = workout.sets.filter(pk=set_id).select_related("movement").first()
    if row is None:
        raise Http404
    row.delete()
    _refresh(user, {row.movement}, since=workout.started_at)
    _mark_session(workout)


def _refuse_second_open(user: User) -> None:
    running = WorkoutLog.objects.of(user).filter(finished_at__isnull=True).first()
    if running is not None:
        raise OpenWorkoutError(
            _("Another workout is still running. Finish it first."), extra={"workout_id": str(running.pk)}
        )


def _stored(user: User, told: WorkoutInput) -> WorkoutLog | None:
    """The workout with this client-made id, if what is told now is in it. Raises ``Http404``, ``IdTakenError``."""
    row: WorkoutLog | None = WorkoutLog.objects.filter(id__in=[told.id]).first()
    if row is None:
        return None
    if row.user_id != user.pk:
        raise Http404
    kept = list(row.sets.select_related("movement"))
    same_times = row.started_at == told.started_at and told.finished_at in (None, row.finished_at)
    if not same_times or row.session_id != told.session_id or not _all_kept(kept, told.sets):
        raise IdTakenError(_("A workout with this id is already stored with another body."))
    return row


def _all_kept(kept: Collection[SetLog], told: Sequence[SetInput]) -> bool:
    left = list(kept)
    for one in told:
        match = next((row for row in left if same_set(row, one) and one.id in (None, row.pk)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _add(
    user: User,
    workout: WorkoutLog,
    sets: Sequence[SetInput],
    athlete: Athlete,
    *,
    after: int = 0,
    at: dt.datetime | None = None,
    beside: Collection[Movement] = (),
    since: dt.datetime | None = None,
    stored: Sequence[SetLog] = (),
) -> AddedSets:
    """Store sets and bring their movements, and those ``beside``, up to date."""
    at = at or workout.started_at
    known = {row.pk: row for row in stored}
    rows = build_sets(user=user, workout=workout, inputs=sets, athlete=athlete, after=after, at=at, stored=known)
    movements = {row.movement for row in rows} | set(beside)
    if not movements:
        return AddedSets([], [])
    done = metrics.refresh(user_id=user.pk, movements=list(movements), since=since or workout.started_at, fresh=rows)
    ids = {row.pk for row in rows}
    return AddedSets(rows, [one for one in done.records if one.set_log_id in ids and one.previous is not None])


def _refresh(user: User, movements: Collection[Movement], *, since: dt.datetime) -> None:
    if movements:
        metrics.refresh(user_id=user.pk, movements=list(movements), since=since)


def _shift(rows: Sequence[SetLog], by: dt.timedelta) -> None:
    for row in rows:
        row.performed_at += by
    SetLog.objects.bulk_update(rows, ["performed_at"])


def _as_input(workout: WorkoutLog) -> WorkoutInput:
    return WorkoutInput(
        started_at=workout.started_at,
        finished_at=workout.finished_at,
        feedback_tags=workout.feedback_tags,
        **{name: getattr(workout, name) for name in WORKOUT_FIELDS},
    )


def _stored_fields(told: WorkoutInput) -> dict[str, Any]:
    return {
        "started_at": told.started_at,
        "finished_at": told.finished_at,
        "completed": told.finished_at is not None,
        "feedback_tags": list(told.feedback_tags),
        **{name: getattr(told, name) for name in WORKOUT_FIELDS},
    }


def _apply(workout: WorkoutLog, wanted: WorkoutInput, *, zone: ZoneInfo) -> None:
    for name, value in _stored_fields(wanted).items():
        setattr(workout, name, value)
    workout.date = wanted.started_at.astimezone(zone).date()
    workout.save()


def _mark_session(workout: WorkoutLog) -> None:
    """Its session is done, and the next exposures of its lifts get the loads that the log now says."""
    if workout.session is None or not workout.completed:
        return
    if workout.session.status != SessionStatus.DONE:
        sessions.mark_done(session=workout.session)
    replanning.update_loads(program=workout.session.microcycle.program, today=plans.local_today(workout.user))
