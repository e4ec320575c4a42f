"""The athlete's lock: every write of the diary takes it, so that two devices never judge records at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import FloatField, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from accounts.models import Profile, Settings, User
from gainsly.lib.vocabulary import E1rmFormula
from logging_app.models import BiometricEntry, SetLog, WorkoutLog

from .sets import Athlete

BODYWEIGHT = "weight"  # the kind of BiometricEntry that is bodyweight


@dataclass(frozen=True, slots=True)
class LockedAthlete:
    """Where the athlete's day begins, and what decides how their sets are stored."""

    zone: ZoneInfo
    athlete: Athlete


@dataclass(frozen=True, slots=True)
class LockedWorkout:
    """A workout under its athlete's lock; ``last_order`` is the number of its last set, 0 without one."""

    row: WorkoutLog
    last_order: int
    zone: ZoneInfo
    athlete: Athlete


def lock_athlete(*, user: User) -> LockedAthlete:
    """Take the athlete's lock, in one query; rows that only refer to the athlete are not hindered."""
    row: Any = (
        User.objects.select_for_update(of=("self",), no_key=True)
        .select_related("profile", "settings")
        .annotate(bodyweight_kg=_bodyweight_of("pk"))
        .get(pk=user.pk)
    )
    return LockedAthlete(zone=_zone(row), athlete=_athlete(row, row.bodyweight_kg))


def lock_workout(*, user: User, workout_id: UUID) -> LockedWorkout:
    """The athlete's workout with their lock taken, in one query. Raises ``Http404`` for another's."""
    last = SetLog.objects.filter(workout=OuterRef("pk")).order_by().values("workout").annotate(last=Max("order"))
    row: Any = (
        WorkoutLog.objects.of(user)
        .filter(pk=workout_id)
        .select_for_update(of=("user",), no_key=True)
        .select_related("user__profile", "user__settings", "session__microcycle__program")
        .annotate(
            bodyweight_kg=_bodyweight_of("user"),
            last_order=Coalesce(Subquery(last.values("last")), 0),
        )
        .first()
    )
    if row is None:
        raise Http404
    athlete = _athlete(row.user, row.bodyweight_kg)
    return LockedWorkout(row=cast(WorkoutLog, row), last_order=row.last_order, zone=_zone(row.user), athlete=athlete)


def _bodyweight_of(path: str) -> Subquery:
    weights = BiometricEntry.objects.filter(user=OuterRef(path), kind=BODYWEIGHT).order_by("-taken_at", "-id")
    return Subquery(weights.values("value")[:1], output_field=FloatField())


def _zone(user: User) -> ZoneInfo:
    """Defaults stand in for a user who was made without profile or settings."""
    return ZoneInfo((user.profile if hasattr(user, "profile") else Profile()).time_zone)


def _athlete(user: User, bodyweight_kg: float | None) -> Athlete:
    chosen = user.settings if hasattr(user, "settings") else Settings()
    return Athlete(formula=E1rmFormula(chosen.e1rm_formula), bodyweight_kg=bodyweight_kg)
