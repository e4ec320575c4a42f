"""Lifts that have stopped moving, and what to try (docs/algorithms/plateaus.md)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from logging_app.metrics.e1rm import Exposure

WINDOW_DAYS = 84
LEAST_EXPOSURES = 8
LEAST_DAYS = 42
SINCE_BEST = 6  # exposures without a new best
SURE = 2.0  # standard errors of the slope
GROWING = 0.0035  # a week; a lift that may well grow faster is left alone (grade C, docs/algorithms/false-alarms.md)
LEAST_SPREAD = 0.01  # of e1RM from day to day: nobody is steadier, however well a few points lie on a line
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
    """``weekly`` is the growth of e1RM a week as a share, with its standard error; ``since`` the day of the best."""

    exposures: int
    days: int
    weekly: float
    weekly_se: float
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
    """The lift's standstill, or ``None``: too few days to tell, or perhaps still moving. Deload days are not handed in.

    The burden of proof lies with the standstill: only growth that is slow by twice its standard error counts.
    """
    known = sorted((one for one in exposures if 0 <= (on - one.on).days <= WINDOW_DAYS), key=lambda one: one.on)
    if len(known) < LEAST_EXPOSURES or (known[-1].on - known[0].on).days < LEAST_DAYS:
        return None
    best = max(range(len(known)), key=lambda at: (known[at].e1rm, at))
    weekly, se = _growth(known)
    if len(known) - 1 - best < SINCE_BEST or weekly + SURE * se >= GROWING or weekly > se:
        return None
    return Plateau(
        exposures=len(known),
        days=(known[-1].on - known[0].on).days,
        weekly=weekly,
        weekly_se=se,
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


def _growth(known: Sequence[Exposure]) -> tuple[float, float]:
    """Least squares on the logarithm of e1RM: share a week with its standard error, from how the days scatter."""
    weeks = [(one.on - known[0].on).days / DAYS_PER_WEEK for one in known]
    logs = [math.log(one.e1rm) for one in known]
    middle, level = sum(weeks) / len(weeks), sum(logs) / len(logs)
    width = sum((week - middle) ** 2 for week in weeks)
    slope = sum((week - middle) * (log - level) for week, log in zip(weeks, logs, strict=True)) / width
    left = sum((log - level - slope * (week - middle)) ** 2 for week, log in zip(weeks, logs, strict=True))
    return slope, math.sqrt(max(left / (len(known) - 2), LEAST_SPREAD**2) / width)
