"""What is known of an athlete, read-only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from gainsly.core.http import owned_or_404
from gainsly.core.models import OwnedQuerySet
from gainsly.lib.vocabulary import Discipline, ExperienceLevel, InjuryArea, MovementPattern, PersonaTone, Units
from gainsly.lib.vocabulary import EnjoyableActivity as ActivityType

from .models import DisciplineProfile, EnjoyableActivity, Injury, Profile, RefreshSession, Settings, User


@dataclass(frozen=True, slots=True)
class ActiveInjury:
    area: InjuryArea
    severity: int  # 1 ease the load, 2 swap what loads it heavily, 3 avoid its patterns
    patterns_to_avoid: tuple[MovementPattern, ...]
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class RecreationFact:
    type: ActivityType
    name: str  # what the athlete calls it; never empty
    weekdays: tuple[int, ...]  # empty: any day
    recommend_every_days: int


@dataclass(frozen=True, slots=True)
class AthleteFacts:
    """What the planning apps need of an athlete on one date, without a model in sight."""

    experience: ExperienceLevel
    available_weekdays: tuple[int, ...]  # 0 Monday
    first_weekday: int
    session_minutes: int
    mix_disciplines: bool
    cardio_own_day: bool
    disciplines: Mapping[Discipline, int]  # preference 1-5
    injuries: tuple[ActiveInjury, ...]
    recreation: tuple[RecreationFact, ...]
    tone: PersonaTone
    aggression: int
    units: Units
    time_zone: str


def person(pk: UUID | str) -> User | None:
    """The person with profile and settings, which nearly every request asks for; one query."""
    return User.objects.select_related("profile", "settings").filter(pk=pk).first()


def profile_of(user: User) -> Profile:
    """The athlete's profile; an unsaved one with the defaults for a user made outside the two doors."""
    return user.profile if hasattr(user, "profile") else Profile(user=user)


def settings_of(user: User) -> Settings:
    """The athlete's settings; unsaved defaults where there are none yet."""
    return user.settings if hasattr(user, "settings") else Settings(user=user)


def disciplines_of(user: User) -> list[dict[str, object]]:
    """``[{"discipline", "preference", "level"}]``, the most liked first."""
    rows = DisciplineProfile.objects.filter(profile__user=user).order_by("-preference", "discipline")
    return [{"discipline": row.discipline, "preference": row.preference, "level": row.level} for row in rows]


def local_today(user: User) -> dt.date:
    """The date where the athlete is: a training day is a local calendar date."""
    return timezone.now().astimezone(ZoneInfo(profile_of(user).time_zone)).date()


def injuries_of(user: User) -> QuerySet[Injury]:
    return Injury.objects.of(user)


def injury_for(user: User, pk: UUID | str) -> Injury:
    """This athlete's injury, or ``Http404``."""
    injury: Injury = owned_or_404(Injury.objects.all(), user, pk)
    return injury


def injuries_on(user: User, on: dt.date) -> QuerySet[Injury]:
    """Injuries that have begun and not ended on that date (both ends count)."""
    return Injury.objects.of(user).filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)


def activities_of(user: User) -> QuerySet[EnjoyableActivity]:
    return EnjoyableActivity.objects.of(user)


def activity_for(user: User, pk: UUID | str) -> EnjoyableActivity:
    """This athlete's enjoyable activity, or ``Http404``."""
    activity: EnjoyableActivity = owned_or_404(EnjoyableActivity.objects.all(), user, pk)
    return activity


def sessions_of(user: User) -> OwnedQuerySet:
    """The devices that are signed in over the API now."""
    return RefreshSession.objects.of(user).filter(revoked_at__isnull=True, expires_at__gt=timezone.now())


def session_for(user: User, pk: UUID | str) -> RefreshSession:
    """One of this athlete's signed-in devices, or ``Http404``."""
    session: RefreshSession = owned_or_404(sessions_of(user), user, pk)
    return session


def athlete_facts(user: User, on: dt.date) -> AthleteFacts:
    """The athlete as the engine sees them on that date. Three queries, whatever there is, for a `person`."""
    profile, chosen = profile_of(user), settings_of(user)
    liked = DisciplineProfile.objects.filter(profile__user=user).order_by("discipline")
    return AthleteFacts(
        experience=ExperienceLevel(profile.experience_level),
        available_weekdays=tuple(sorted(profile.available_weekdays)),
        first_weekday=profile.first_weekday,
        session_minutes=profile.session_minutes,
        mix_disciplines=profile.mix_disciplines,
        cardio_own_day=profile.cardio_own_day,
        disciplines={Discipline(row.discipline): row.preference for row in liked},
        injuries=tuple(_active_injury(row) for row in injuries_on(user, on).order_by("area", "since", "id")),
        recreation=tuple(_recreation(row) for row in activities_of(user).filter(enabled=True)),
        tone=PersonaTone(chosen.persona_tone),
        aggression=chosen.persona_aggression,
        units=Units(chosen.units),
        time_zone=profile.time_zone,
    )


def _active_injury(row: Injury) -> ActiveInjury:
    return ActiveInjury(
        area=InjuryArea(row.area),
        severity=row.severity,
        patterns_to_avoid=tuple(MovementPattern(pattern) for pattern in sorted(row.patterns_to_avoid)),
        since=row.since,
        until=row.until,
    )


def _recreation(row: EnjoyableActivity) -> RecreationFact:
    return RecreationFact(
        type=ActivityType(row.type),
        name=row.custom_name or row.get_type_display(),
        weekdays=tuple(sorted(row.weekdays)),
        recommend_every_days=row.recommend_every_days,
    )
