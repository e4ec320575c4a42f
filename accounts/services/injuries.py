"""What hurts: recorded, changed, healed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Injury, User
from accounts.selectors import local_today
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import InjuryArea, MovementPattern, values_of

SEVERITY = (1, 3)
NOTES_LENGTH = 300
LONGEST_AGO = dt.timedelta(days=365 * 80)
FIELDS = ("area", "severity", "since", "until", "patterns_to_avoid", "notes")


class InjuryInvalidError(DomainError):
    """One or more fields of an injury are not acceptable; ``errors`` says which."""


def errors_of(
    *,
    area: str,
    severity: int,
    since: dt.date,
    until: dt.date | None,
    patterns: Sequence[str],
    notes: str,
    today: dt.date,
) -> dict[str, list[str]]:
    """What is wrong with an injury, by field; empty when all is well."""
    low, high = SEVERITY
    checks = {
        "area": (area in values_of(InjuryArea), _("“%(value)s” is not one of the areas.") % {"value": area}),
        "severity": (low <= severity <= high, _("Severity is 1 (ease), 2 (swap) or 3 (avoid).")),
        "since": (today - LONGEST_AGO <= since <= today, _("An injury began today or earlier.")),
        "until": (until is None or until >= since, _("It cannot end before it began.")),
        "patterns_to_avoid": (
            set(patterns) <= set(values_of(MovementPattern)),
            _("One of the movement patterns is not known."),
        ),
        "notes": (len(notes) <= NOTES_LENGTH, _("Keep it to %(limit)s characters.") % {"limit": NOTES_LENGTH}),
    }
    return {field: [message] for field, (good, message) in checks.items() if not good}


@transaction.atomic
def add_injury(*, user: User, area: str, severity: int, **details: Any) -> Injury:
    """Record an injury (``since`` is today by default); raises ``InjuryInvalidError``."""
    injury = Injury(user=user, area=area, severity=severity, **{"since": local_today(user), **details})
    return _save(injury)


@transaction.atomic
def change_injury(*, injury: Injury, **fields: Any) -> Injury:
    """Set these of ``FIELDS``; raises ``InjuryInvalidError``."""
    for name, value in fields.items():
        setattr(injury, name, value)
    return _save(injury)


@transaction.atomic
def end_injury(*, injury: Injury) -> Injury:
    """It has healed: the last day was yesterday (today for one that began today), so that it limits nothing more."""
    yesterday = local_today(injury.user) - dt.timedelta(days=1)
    return change_injury(injury=injury, until=max(injury.since, yesterday))


@transaction.atomic
def remove_injury(*, injury: Injury) -> None:
    """Forget an injury altogether; one that has healed keeps its row with ``until``."""
    injury.delete()


def _save(injury: Injury) -> Injury:
    injury.patterns_to_avoid = sorted(set(injury.patterns_to_avoid))
    errors = errors_of(
        area=injury.area,
        severity=injury.severity,
        since=injury.since,
        until=injury.until,
        patterns=injury.patterns_to_avoid,
        notes=injury.notes,
        today=local_today(injury.user),
    )
    if errors:
        raise InjuryInvalidError(next(iter(errors.values()))[0], errors=errors)
    injury.save()
    return injury
