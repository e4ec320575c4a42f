"""What the pages save in one go, all or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from accounts.models import EnjoyableActivity, Profile, Settings, User
from accounts.selectors import activities_of
from gainsly.lib.vocabulary import EnjoyableActivity as ActivityType

from . import activities as activity_service
from .profile import update_profile, update_settings


@transaction.atomic
def save_person(*, user: User, units: str, **profile_fields: Any) -> Profile:
    """Who the athlete is, with the units in which they think. Raises ``ProfileInvalidError``."""
    update_settings(user=user, units=units)
    return update_profile(user=user, **profile_fields)


@transaction.atomic
def save_preferences(
    *,
    user: User,
    disciplines: Mapping[str, int],
    persona_tone: str,
    persona_aggression: int,
    activities: Collection[str],
) -> Settings:
    """How much each discipline is liked (1-5), the coach's manner, and what the athlete does for fun.

    Raises ``ProfileInvalidError``; nothing is saved then.
    """
    rows = [{"discipline": name, "preference": preference} for name, preference in disciplines.items()]
    update_profile(user=user, disciplines=rows)
    _keep_activities(user, set(activities))
    return update_settings(user=user, persona_tone=persona_tone, persona_aggression=persona_aggression)


def _keep_activities(user: User, wanted: set[str]) -> None:
    """Add what is new, switch the rest on or off; an activity of one's own naming is left alone."""
    known: dict[str, EnjoyableActivity] = {}
    for row in activities_of(user).exclude(type=ActivityType.OTHER).filter(custom_name=""):
        known[row.type] = row
        if row.enabled != (row.type in wanted):
            activity_service.change_activity(activity=row, enabled=row.type in wanted)
    for kind in sorted(wanted - known.keys()):
        activity_service.add_activity(user=user, type=kind)
