"""What an athlete tells of their body: soreness, the daily check-in, measures."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import local_today
from gainsly.core.http import owned_or_404
from gainsly.lib.units import CM_PER_INCH, KG_PER_LB
from gainsly.lib.vocabulary import Muscle, RecoverySource, values_of
from logging_app.models import BiometricEntry, RecoverySignal, SorenessLog

from .inputs import CLOCK_SKEW, Errors, invalid

SORENESS = (0, 10)
MAX_REPORTS = 50
OLDEST = dt.timedelta(days=365 * 60)

# field -> least and most; scales of decisions.md 20
SIGNAL_LIMITS: Mapping[str, tuple[float, float]] = {
    "sleep_hours": (0, 24),
    "sleep_quality": (1, 10),
    "sleep_score": (0, 100),
    "fatigue": (1, 10),
    "stress": (1, 10),
    "mood": (1, 10),
    "motivation": (1, 10),
    "hrv": (1, 400),
    "resting_hr": (20, 200),
    "readiness": (0, 100),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """How a kind of measure is kept: its unit, what is possible, and other units with their factor."""

    unit: str
    low: float
    high: float
    others: Mapping[str, float]


_LENGTH = {"in": CM_PER_INCH}
MEASURES: Mapping[str, Measure] = {
    "weight": Measure("kg", 20, 400, {"lb": KG_PER_LB}),
    "body_fat": Measure("%", 2, 75, {}),
    "resting_hr": Measure("bpm", 20, 200, {}),
    "hrv": Measure("ms", 1, 400, {}),
    "vo2max": Measure("ml/kg/min", 10, 100, {}),
    "waist": Measure("cm", 30, 250, _LENGTH),
    "hips": Measure("cm", 30, 250, _LENGTH),
    "chest": Measure("cm", 30, 250, _LENGTH),
    "neck": Measure("cm", 15, 100, _LENGTH),
    "arm": Measure("cm", 10, 100, _LENGTH),
    "thigh": Measure("cm", 20, 150, _LENGTH),
    "calf": Measure("cm", 10, 100, _LENGTH),
}


@dataclass(frozen=True, slots=True)
class SorenessInput:
    muscle: str
    level: int  # 0 none - 10 worst
    at: dt.datetime | None = None


@transaction.atomic
def record_soreness(*, user: User, reports: Sequence[SorenessInput]) -> list[SorenessLog]:
    """Store soreness per muscle; now, where a report names no time. Raises ``InvalidLogError``."""
    now = timezone.now()
    errors: Errors = {}
    if not 0 < len(reports) <= MAX_REPORTS:
        errors["muscle"] = [_("Tell one to %(limit)s muscles at once.") % {"limit": MAX_REPORTS}]
    for position, report in enumerate(reports):
        path = f"{position}." if len(reports) > 1 else ""
        if report.muscle not in values_of(Muscle):
            errors[f"{path}muscle"] = [_("There is no such muscle.")]
        if not SORENESS[0] <= report.level <= SORENESS[1]:
            errors[f"{path}level"] = [_("Soreness goes from 0 (none) to 10 (worst).")]
        if report.at is not None:
            _check_moment(errors, f"{path}at", report.at, now)
    if errors:
        raise invalid(errors)
    rows = [SorenessLog(user=user, muscle=one.muscle, level=one.level, at=one.at or now) for one in reports]
    return SorenessLog.objects.bulk_create(rows)


@transaction.atomic
def record_recovery(*, user: User, date: dt.date, source: str, signals: Mapping[str, float | None]) -> RecoverySignal:
    """Store a day's signals of one source; a second telling of the day replaces what it names, no more.

    Raises ``InvalidLogError``.
    """
    errors: Errors = {}
    if source not in values_of(RecoverySource):
        errors["source"] = [_("There is no such source.")]
    if date > local_today(user):
        errors["date"] = [_("This day lies ahead.")]
    if not any(value is not None for value in signals.values()):
        errors["non_field_errors"] = [_("Tell at least one signal.")]
    for name, value in signals.items():
        low, high = SIGNAL_LIMITS[name]
        if value is not None and not low <= value <= high:
            errors[name] = [_("Must be between %(low)g and %(high)g.") % {"low": low, "high": high}]
    if errors:
        raise invalid(errors)
    row, _created = RecoverySignal.objects.update_or_create(user=user, source=source, date=date, defaults=dict(signals))
    return row


@transaction.atomic
def record_biometric(
    *, user: User, kind: str, value: float, unit: str = "", taken_at: dt.datetime | None = None
) -> BiometricEntry:
    """Store a measure in its own unit, converted from pounds or inches where told so. Raises ``InvalidLogError``."""
    now = timezone.now()
    errors: Errors = {}
    measure = MEASURES.get(kind)
    if measure is None:
        raise invalid({"kind": [_("Known measures are: %(kinds)s.") % {"kinds": ", ".join(MEASURES)}]})
    factor = 1.0 if unit in ("", measure.unit) else measure.others.get(unit)
    if factor is None:
        units = ", ".join([measure.unit, *measure.others])
        raise invalid({"unit": [_("This measure is kept in %(units)s.") % {"units": units}]})
    kept = value * factor
    if not math.isfinite(kept) or not measure.low <= kept <= measure.high:
        errors["value"] = [
            _("Must be between %(low)g and %(high)g %(unit)s.")
            % {"low": measure.low, "high": measure.high, "unit": measure.unit}
        ]
    if taken_at is not None:
        _check_moment(errors, "taken_at", taken_at, now)
    if errors:
        raise invalid(errors)
    return BiometricEntry.objects.create(
        user=user, kind=kind, value=round(kept, 2), unit=measure.unit, taken_at=taken_at or now
    )


def _check_moment(errors: dict[str, Any], name: str, moment: dt.datetime, now: dt.datetime) -> None:
    if moment > now + CLOCK_SKEW:
        errors[name] = [_("This time lies in the future.")]
    elif moment < now - OLDEST:
        errors[name] = [_("This time is too far back.")]


@transaction.atomic
def delete_biometric(*, user: User, entry_id: UUID) -> None:
    """Raises ``Http404`` for another's."""
    owned_or_404(BiometricEntry.objects.all(), user, entry_id).delete()
