"""Activities: the list of kinds from fixtures/, and what an athlete did."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import profile_of
from gainsly.lib.vocabulary import ActivitySource
from logging_app.models import ActivityDefinition, ActivityFatigue, ActivityInstance, ActivityLink
from logging_app.selectors.activities import activity_for, definition_by
from logging_app.selectors.workouts import workout_for

from .inputs import CLOCK_SKEW, Errors, invalid

LONGEST = dt.timedelta(hours=24)
OLDEST = dt.timedelta(days=365 * 60)
FURTHEST = dt.timedelta(days=365)  # ahead
RPE = (1, 10)
METRES = (0, 1_000_000)


@dataclass(frozen=True, slots=True)
class ActivityInput:
    """``activity`` is a definition's slug. Metres, UTC; ``workout_id`` where the same training is logged as one too."""

    activity: str
    started_at: dt.datetime
    finished_at: dt.datetime
    rpe: float | None = None
    metres: float | None = None
    notes: str = ""
    workout_id: UUID | None = None


@transaction.atomic
def record_activity(*, user: User, activity: ActivityInput) -> ActivityInstance:
    """Store an activity. Raises ``InvalidLogError``, and ``Http404`` for another's workout."""
    errors: Errors = {}
    definition = definition_by(activity.activity)
    if definition is None:
        errors["activity"] = [_("There is no such activity.")]
    _check(errors, activity)
    if errors or definition is None:
        raise invalid(errors)
    workout = workout_for(user, activity.workout_id) if activity.workout_id else None
    row = ActivityInstance.objects.create(
        user=user,
        definition=definition,
        source=ActivitySource.MANUAL,
        date=activity.started_at.astimezone(ZoneInfo(profile_of(user).time_zone)).date(),
        started_at=activity.started_at,
        finished_at=activity.finished_at,
        rpe=activity.rpe,
        metres=activity.metres,
        notes=activity.notes,
    )
    if workout is not None:
        ActivityLink.objects.create(activity=row, workout=workout)
    return row


@transaction.atomic
def plan_activity(*, user: User, activity: str, started_at: dt.datetime, minutes: int) -> ActivityInstance:
    """Put an activity into the calendar: planning spares the muscles that it tires, and it counts nowhere as done.

    Raises ``InvalidLogError``.
    """
    errors: Errors = {}
    definition = definition_by(activity)
    if definition is None:
        errors["activity"] = [_("There is no such activity.")]
    length = dt.timedelta(minutes=minutes)
    if not dt.timedelta() < length <= LONGEST:
        errors["minutes"] = [_("An activity lasts a day at most.")]
    now = timezone.now()
    if not now - LONGEST <= started_at <= now + FURTHEST:
        errors["started_at"] = [_("Plan it for the next %(days)d days.") % {"days": FURTHEST.days}]
    if errors or definition is None:
        raise invalid(errors)
    return ActivityInstance.objects.create(
        user=user,
        definition=definition,
        source=ActivitySource.PLANNED,
        date=started_at.astimezone(ZoneInfo(profile_of(user).time_zone)).date(),
        started_at=started_at,
        finished_at=started_at + length,
    )


@transaction.atomic
def complete_activity(*, user: User, activity_id: UUID, rpe: float | None = None) -> ActivityInstance:
    """A planned activity was done as planned; one that is told before its end has just ended.

    Doing it twice changes nothing. Raises ``InvalidLogError`` and ``Http404``.
    """
    row = activity_for(user, activity_id)
    if row.source != ActivitySource.PLANNED:
        return row
    length = row.finished_at - row.started_at
    row.finished_at = min(row.finished_at, timezone.now())
    row.started_at = row.finished_at - length
    row.rpe, row.source = rpe, ActivitySource.MANUAL
    row.date = row.started_at.astimezone(ZoneInfo(profile_of(user).time_zone)).date()
    row.save()
    return row


@transaction.atomic
def delete_activity(*, user: User, activity_id: UUID) -> None:
    """Raises ``Http404`` for another's."""
    activity_for(user, activity_id).delete()


@transaction.atomic
def load_definitions(*, path: Path) -> tuple[int, int]:
    """Bring the kinds of activity in step with a fixture; how many are new and how many changed."""
    body = json.loads(path.read_text(encoding="utf-8"))
    known = {row.slug: row for row in ActivityDefinition.objects.prefetch_related("fatigue")}
    created = changed = 0
    for entry in body["activities"]:
        wanted = {name: entry[name] for name in ("name", "activity", "met")}
        wanted |= {"source": entry.get("source", body["source"]), "is_active": True}
        row = known.pop(entry["slug"], None)
        if row is None:
            row = ActivityDefinition.objects.create(slug=entry["slug"], **wanted)
            _write_fatigue(row, entry["fatigue"])
            created += 1
        elif _differs(row, wanted, entry["fatigue"]):
            ActivityDefinition.objects.filter(pk=row.pk).update(**wanted)
            row.fatigue.all().delete()
            _write_fatigue(row, entry["fatigue"])
            changed += 1
    ActivityDefinition.objects.filter(pk__in=[row.pk for row in known.values()]).update(is_active=False)
    return created, changed


def _differs(row: ActivityDefinition, wanted: Mapping[str, Any], fatigue: Mapping[str, float]) -> bool:
    stored = {one.muscle: one.sets_per_hour for one in row.fatigue.all()}
    return stored != dict(fatigue) or any(getattr(row, name) != value for name, value in wanted.items())


def _write_fatigue(row: ActivityDefinition, fatigue: Mapping[str, float]) -> None:
    ActivityFatigue.objects.bulk_create(
        ActivityFatigue(definition=row, muscle=muscle, sets_per_hour=sets) for muscle, sets in fatigue.items()
    )


def _check(errors: Errors, activity: ActivityInput) -> None:
    now = timezone.now()
    if activity.finished_at > now + CLOCK_SKEW:
        errors["finished_at"] = [_("This time lies in the future.")]
    elif activity.finished_at <= activity.started_at:
        errors["finished_at"] = [_("It ends before it begins.")]
    elif activity.finished_at - activity.started_at > LONGEST:
        errors["finished_at"] = [_("An activity lasts a day at most.")]
    elif activity.started_at < now - OLDEST:
        errors["started_at"] = [_("This time is too far back.")]
    for name, value, (low, high) in (("rpe", activity.rpe, RPE), ("metres", activity.metres, METRES)):
        if value is not None and not low <= value <= high:
            errors[name] = [_("Must be between %(low)g and %(high)g.") % {"low": low, "high": high}]
    if activity.rpe is not None and activity.rpe * 2 % 1:
        errors["rpe"] = [_("RPE goes in halves.")]
