"""What the athlete does for fun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import EnjoyableActivity, User
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import EnjoyableActivity as ActivityType
from gainsly.lib.vocabulary import values_of

from .profile import weekdays_error

CADENCE_DAYS = (1, 365)
NAME_LENGTH = 60
FIELDS = ("type", "custom_name", "weekdays", "recommend_every_days", "enabled")


class ActivityInvalidError(DomainError):
    """One or more fields of an activity are not acceptable; ``errors`` says which."""


def errors_of(
    *, type: str, custom_name: str, weekdays: Sequence[int], recommend_every_days: int
) -> dict[str, list[str]]:
    """What is wrong with an activity, by field; empty when all is well."""
    low, high = CADENCE_DAYS
    errors = {
        "type": None
        if type in values_of(ActivityType)
        else _("“%(value)s” is not one of the activities.") % {"value": type},
        "custom_name": _name_error(type, custom_name),
        "weekdays": weekdays_error(weekdays, may_be_empty=True),
        "recommend_every_days": None
        if low <= recommend_every_days <= high
        else _("Choose a number from %(low)s to %(high)s.") % {"low": low, "high": high},
    }
    return {field: [message] for field, message in errors.items() if message}


def _name_error(type: str, custom_name: str) -> str | None:
    if type == ActivityType.OTHER and not custom_name.strip():
        return _("Say what it is called.")
    if len(custom_name) > NAME_LENGTH:
        return _("Keep it to %(limit)s characters.") % {"limit": NAME_LENGTH}
    return None


@transaction.atomic
def add_activity(*, user: User, type: str, **details: Any) -> EnjoyableActivity:
    """Record an activity; raises ``ActivityInvalidError``, also for one that is already there."""
    return _save(EnjoyableActivity(user=user, type=type, **details))


@transaction.atomic
def change_activity(*, activity: EnjoyableActivity, **fields: Any) -> EnjoyableActivity:
    """Set these of ``FIELDS``; raises ``ActivityInvalidError``."""
    for name, value in fields.items():
        setattr(activity, name, value)
    return _save(activity)


@transaction.atomic
def remove_activity(*, activity: EnjoyableActivity) -> None:
    """Forget an activity."""
    activity.delete()


def _save(activity: EnjoyableActivity) -> EnjoyableActivity:
    errors = errors_of(
        type=activity.type,
        custom_name=activity.custom_name,
        weekdays=activity.weekdays,
        recommend_every_days=activity.recommend_every_days,
    )
    User.objects.select_for_update().get(pk=activity.user_id)  # two at once: the second sees the first
    twin = EnjoyableActivity.objects.of(activity.user).filter(type=activity.type, custom_name=activity.custom_name)
    if not errors and twin.exclude(pk=activity.pk).exists():
        errors = {"type": [_("This activity is already on your list.")]}
    if errors:
        raise ActivityInvalidError(next(iter(errors.values()))[0], errors=errors)
    activity.weekdays = sorted(activity.weekdays)
    activity.save()
    return activity
