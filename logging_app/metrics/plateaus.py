"""Lifts that have stopped moving, and what to try (docs/algorithms/plateaus.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from logging_app.metrics.e1rm import Exposure

WINDOW_DAYS = 56
LEAST_EXPOSURES = 8
LEAST_DAYS = 42
SINCE_BEST = 6  # exposures without a new best
DAYS_PER_WEEK = 7
KEPT_SHARE = 0.75
EASY_RESERVE = 3.0
FEW_EXPOSURES_A_WEEK = 1.5


class Try(StrEnum):
    """What to change first; in the order in which it should be tried."""

    TRAIN_AS_PLANNED = "train_as_planned"
    DELOAD = "deload"
    CLOSER_TO_FAILURE = "closer_to_failure"
    MORE_SETS = "more_sets"
    MORE_OFTEN = "more_often"
    OTHER_REPS = "other_reps"


@dataclass(frozen=True, slots=True)
class Plateau:
    """``weekly`` is the slope of e1RM a week as a share of its mean; ``since`` the day of the best."""

    exposures: int
    days: int
    weekly: float
    best: float
    since: dt.date


@dataclass(frozen=True, slots=True)
class Habits:
    """How the lift was trained lately; ``None`` where it is not known."""

    adherence: float | None = None  # 0-1
    reserve: float | None = None  # mean repetitions left
    sets_below_band: bool = False
    falling_patterns: bool = False
    exposures_a_week: float | None = None


def plateau(exposures: Sequence[Exposure], on: dt.date) -> Plateau | None:
    """The lift's standstill, or ``None``: too few days to tell, or still moving. Deload days are not handed in."""
    known = sorted((one for one in exposures if 0 <= (on - one.on).days <= WINDOW_DAYS), key=lambda one: one.on)
    if len(known) < LEAST_EXPOSURES or (known[-1].on - known[0].on).days < LEAST_DAYS:
        return None
    best = max(range(len(known)), key=lambda at: (known[at].e1rm, at))
    slope = _slope(known)
    if len(known) - 1 - best < SINCE_BEST or slope > 0:
        return None
    mean = sum(one.e1rm for one in known) / len(known)
    return Plateau(
        exposures=len(known),
        days=(known[-1].on - known[0].on).days,
        weekly=slope * DAYS_PER_WEEK / mean,
        best=known[best].e1rm,
        since=known[best].on,
    )


def what_to_try(habits: Habits) -> tuple[Try, ...]:
    """Ordered suggestions: first what explains the standstill, and another rep range when nothing does."""
    found = [
        (Try.TRAIN_AS_PLANNED, habits.adherence is not None and habits.adherence < KEPT_SHARE),
        (Try.DELOAD, habits.falling_patterns),
        (Try.CLOSER_TO_FAILURE, habits.reserve is not None and habits.reserve > EASY_RESERVE),
        (Try.MORE_SETS, habits.sets_below_band),
        (Try.MORE_OFTEN, habits.exposures_a_week is not None and habits.exposures_a_week < FEW_EXPOSURES_A_WEEK),
    ]
    return tuple(one for one, applies in found if applies) or (Try.OTHER_REPS,)


def _slope(known: Sequence[Exposure]) -> float:
    """Least squares, kg a day; the days differ, as the first and the last lie weeks apart."""
    days = [float((one.on - known[0].on).days) for one in known]
    mean_day, mean = sum(days) / len(days), sum(one.e1rm for one in known) / len(known)
    spread = sum((day - mean_day) ** 2 for day in days)
    return sum((day - mean_day) * (one.e1rm - mean) for day, one in zip(days, known, strict=True)) / spread
