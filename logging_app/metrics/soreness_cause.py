"""What a sore muscle is probably sore from (docs/algorithms/soreness-cause.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

ONSET_HOURS, RISEN_HOURS = 12.0, 24.0  # heuristics: soreness_delay; grade C
PEAK_HOURS, LATEST_PEAK_HOURS = 48.0, 72.0
GONE_HOURS = 96.0  # recovered by then (evidence 2.7)
LATE_WEIGHT = 0.5  # at the latest peak
ENOUGH_SETS = 4.0  # fractional hard sets that make soreness unsurprising; grade C
LIKELY, POSSIBLE = 0.6, 0.3
SECONDS_PER_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Work:
    """What a workout or an activity asked of the sore muscle, in fractional hard sets, and when it ended."""

    key: str
    at: dt.datetime
    sets: float


@dataclass(frozen=True, slots=True)
class Cause:
    key: str
    hours: float  # from the work to the report
    confidence: float  # 0-1

    @property
    def word(self) -> str:
        """``likely``, ``possible`` or ``unclear``."""
        return "likely" if self.confidence >= LIKELY else "possible" if self.confidence >= POSSIBLE else "unclear"


def weight_at(hours: float) -> float:
    """How well a delay fits delayed soreness, 0-1: from 12 hours on, full from 24 to 48, gone by 96."""
    if hours <= ONSET_HOURS or hours >= GONE_HOURS:
        return 0.0
    if hours < RISEN_HOURS:
        return (hours - ONSET_HOURS) / (RISEN_HOURS - ONSET_HOURS)
    if hours <= PEAK_HOURS:
        return 1.0
    if hours <= LATEST_PEAK_HOURS:
        return 1.0 - (1.0 - LATE_WEIGHT) * (hours - PEAK_HOURS) / (LATEST_PEAK_HOURS - PEAK_HOURS)
    return LATE_WEIGHT * (GONE_HOURS - hours) / (GONE_HOURS - LATEST_PEAK_HOURS)


def cause(told_at: dt.datetime, work: Iterable[Work]) -> Cause | None:
    """The work that fits best, or ``None`` when nothing of the days before does.

    Confidence is its share of everything that fits, less where it was little work: one light session in the window is
    no proof.
    """
    fits = [(one, weight_at(_hours(one.at, told_at)) * one.sets) for one in work]
    total = sum(fit for _, fit in fits)
    if total <= 0:
        return None
    best, fit = max(fits, key=lambda pair: (pair[1], pair[0].at, pair[0].key))
    confidence = fit / total * min(1.0, fit / ENOUGH_SETS)
    return Cause(key=best.key, hours=_hours(best.at, told_at), confidence=confidence)


def _hours(start: dt.datetime, end: dt.datetime) -> float:
    return (end - start).total_seconds() / SECONDS_PER_HOUR
