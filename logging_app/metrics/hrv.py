"""Heart rate variability against the athlete's own baseline (docs/algorithms/hrv.md)."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

WEEK_DAYS = 7
BASELINE_DAYS = 60
LEAST_NIGHTS = 3  # of the week (Plews 2014, Int J Sports Physiol Perform 9:783; grade B)
LEAST_BASELINE = 14  # grade C
SMALLEST_CHANGE = 0.5  # standard deviations (Plews 2012; grade C)
LOW_DAYS = 2

Status = Literal["insufficient", "normal", "low", "high"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The week's mean against the band of the nights before it. Milliseconds but for ``z``; ``None`` where unknown."""

    status: Status
    nights: int  # of the last seven
    baseline_nights: int
    mean_ms: float | None = None
    low_ms: float | None = None
    high_ms: float | None = None
    z: float | None = None


def reading(rmssd: Mapping[dt.date, float], on: dt.date) -> Reading:
    """The seven nights up to a day against the sixty before them, on logarithms of RMSSD in milliseconds."""
    week = _between(rmssd, on - dt.timedelta(days=WEEK_DAYS - 1), on)
    first = on - dt.timedelta(days=WEEK_DAYS + BASELINE_DAYS - 1)
    baseline = _between(rmssd, first, on - dt.timedelta(days=WEEK_DAYS))
    if len(week) < LEAST_NIGHTS or len(baseline) < LEAST_BASELINE:
        return Reading("insufficient", len(week), len(baseline))
    return judge(week, statistics.fmean(baseline), statistics.stdev(baseline), baseline_nights=len(baseline))


def judge(week: Sequence[float], mean: float, sd: float, *, baseline_nights: int) -> Reading:
    """A week of lnRMSSD against a baseline's mean and standard deviation."""
    now = statistics.fmean(week)
    low, high = mean - SMALLEST_CHANGE * sd, mean + SMALLEST_CHANGE * sd
    status: Status = "low" if now < low else "high" if now > high else "normal"
    return Reading(
        status=status,
        nights=len(week),
        baseline_nights=baseline_nights,
        mean_ms=math.exp(now),
        low_ms=math.exp(low),
        high_ms=math.exp(high),
        z=(now - mean) / sd if sd else None,
    )


def ease_off(rmssd: Mapping[dt.date, float], on: dt.date) -> bool:
    """Whether the week's mean has been low for two days running: one low day says nothing."""
    days = [on - dt.timedelta(days=back) for back in range(LOW_DAYS)]
    return all(reading(rmssd, day).status == "low" for day in days)


def _between(rmssd: Mapping[dt.date, float], first: dt.date, last: dt.date) -> list[float]:
    return [math.log(value) for day, value in sorted(rmssd.items()) if first <= day <= last]
