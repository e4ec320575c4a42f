"""Session load, monotony and strain after Foster (docs/algorithms/workload.md). No injury risk is told from them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

DAYS = 7
RAMP_WEEKS = 4
MONOTONOUS = 2.0  # above it the week knew no easy days (Foster 1998; grade C)
RPE = (1.0, 10.0)

Monotony = float | Literal["max"] | None


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days' loads in arbitrary units. ``strain`` is ``None`` where monotony is not a number."""

    load: float
    monotony: Monotony
    strain: float | None

    @property
    def monotonous(self) -> bool:
        return self.monotony == "max" or (isinstance(self.monotony, float) and self.monotony > MONOTONOUS)


def session_load(rpe: float, minutes: float) -> float:
    """Effort (1-10) times minutes, in arbitrary units (Foster 2001, J Strength Cond Res 15:109)."""
    return rpe * minutes


def activity_load(rpe: float | None, met: float, minutes: float) -> float:
    """The same for recreation; the activity's MET, held inside 1-10, stands in for an effort that was not told."""
    effort = rpe if rpe is not None else min(RPE[1], max(RPE[0], met))
    return session_load(effort, minutes)


def week(daily: Sequence[float]) -> Week:
    """Load, monotony and strain of seven days, days of rest included as zeros.

    Monotony is the mean over the sample standard deviation: ``"max"`` when every day was alike, ``None`` when nothing
    was done.
    """
    if len(daily) != DAYS:
        raise ValueError("A week has seven days.")
    total = float(sum(daily))
    if not total:
        return Week(load=0.0, monotony=None, strain=None)
    spread = statistics.stdev(daily)
    if not spread:
        return Week(load=total, monotony="max", strain=None)
    monotony = total / DAYS / spread
    return Week(load=total, monotony=monotony, strain=total * monotony)


def ramp(loads: Sequence[float]) -> float | None:
    """The last week's load as a share of the mean of the four before; ``None`` before there are four, or all empty."""
    if len(loads) <= RAMP_WEEKS:
        return None
    before = sum(loads[-RAMP_WEEKS - 1 : -1]) / RAMP_WEEKS
    return loads[-1] / before if before else None
