"""What the athlete tells of a day, as the engine reads it and as the diary keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.selectors import local_today
from gainsly.lib.vocabulary import Muscle
from logging_app.metrics import readiness
from logging_app.selectors import signals_of
from logging_app.services.readiness import SorenessInput, record_recovery, record_soreness
from programs.engine.today import Signals

Json = dict[str, Any]
BASELINE = dt.timedelta(days=28)
SCORED = ("sleep_hours", "sleep_quality", "stress", "motivation", "mood", "fatigue", "readiness")


@dataclass(frozen=True, slots=True)
class Told:
    """What the athlete said of today; what was not said is absent. Scales of decisions.md 20."""

    soreness: Mapping[str, int] = field(default_factory=dict)  # muscle -> 0-10
    readiness: Mapping[str, float] = field(default_factory=dict)
    minutes: int | None = None
    equipment: Sequence[str] | None = None
    notes: str = ""

    def stored(self) -> Json:
        return {
            "soreness": dict(self.soreness),
            "readiness": {name: value for name, value in self.readiness.items() if value is not None},
            "minutes": self.minutes,
            "equipment": None if self.equipment is None else sorted(self.equipment),
            "notes": self.notes,
        }


def worst_part(inputs: Mapping[str, Any]) -> readiness.Part | None:
    """The lowest of the parts that the recovery score was made of; None without one."""
    found = _scored(inputs.get("readiness", {}), inputs.get("soreness", {}))
    return None if found is None else found.worst


def score_of(signals: Told) -> float | None:
    """0-100 of what was told, None where nothing was."""
    found = _scored(signals.readiness, signals.soreness)
    return None if found is None else found.score


def _scored(told: Mapping[str, Any], soreness: Mapping[str, int]) -> readiness.RecoveryScore | None:
    given = {name: value for name, value in told.items() if name in SCORED}
    return readiness.recovery_score(readiness.Signals(**given, soreness=max(soreness.values(), default=None)))


def signals_for(user: User, date: dt.date, signals: Told) -> Signals:
    """The engine's signals; the baseline is the 28 days before."""
    rows = list(signals_of(user).filter(date__lt=date, date__gte=date - BASELINE))
    earlier = [readiness.recovery_score(readiness.Signals(**{n: getattr(row, n) for n in SCORED})) for row in rows]
    # Soreness of single muscles has steps of its own; a score made of it alone would cut the same sets again.
    only_sore = not any(signals.readiness.get(name) is not None for name in SCORED)
    return Signals(
        soreness={Muscle(muscle): level for muscle, level in signals.soreness.items() if level},
        score=None if only_sore else score_of(signals),
        scores=tuple(one.score for one in earlier if one is not None),
        hrv=signals.readiness.get("hrv"),
        hrvs=tuple(row.hrv for row in rows if row.hrv is not None),
        minutes=signals.minutes,
        equipment=None if signals.equipment is None else frozenset(signals.equipment),
    )


def keep_check_in(*, user: User, date: dt.date, inputs: Json) -> None:
    """Today's check-in into the diary; of another day nothing is kept."""
    if date != local_today(user):
        return
    if inputs["readiness"]:
        record_recovery(user=user, date=date, source="manual", signals=inputs["readiness"])
    if inputs["soreness"]:
        now = timezone.now()
        record_soreness(
            user=user, reports=[SorenessInput(one, level, now) for one, level in inputs["soreness"].items()]
        )
