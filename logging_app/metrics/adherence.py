"""Adherence: planned against done, and streaks counted in training weeks (docs/algorithms/adherence.md)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DAYS_PER_WEEK = 7
KEPT_WEEK = 0.75  # share of a week's sessions that keeps a streak: one miss in four is life (grade C)


@dataclass(frozen=True, slots=True)
class PlannedDay:
    on: dt.date
    done: bool


@dataclass(frozen=True, slots=True)
class Week:
    start: dt.date
    planned: int
    done: int

    @property
    def share(self) -> float | None:
        """Part of the plan that was done, 0-1; ``None`` in a week without a plan."""
        return self.done / self.planned if self.planned else None

    @property
    def kept(self) -> bool:
        return self.done > 0 if not self.planned else self.done >= KEPT_WEEK * self.planned


def week_of(day: dt.date, first_weekday: int = 0) -> dt.date:
    """The first day of the calendar week, where weeks begin on ``first_weekday`` (0 is Monday)."""
    return day - dt.timedelta(days=(day.weekday() - first_weekday) % DAYS_PER_WEEK)


def weeks(
    planned: Iterable[PlannedDay], extra: Iterable[dt.date], start: dt.date, end: dt.date, first_weekday: int = 0
) -> list[Week]:
    """Each week from ``start`` to ``end`` (both included), empty ones too.

    ``extra`` holds the days of workouts outside the plan; they keep a streak only in a week without a plan.
    """
    planned_days = [day for day in planned if start <= day.on <= end]
    total = Counter(week_of(day.on, first_weekday) for day in planned_days)
    done = Counter(week_of(day.on, first_weekday) for day in planned_days if day.done)
    unplanned = Counter(week_of(day, first_weekday) for day in extra if start <= day <= end)
    first, last = week_of(start, first_weekday), week_of(end, first_weekday)
    starts = [first + dt.timedelta(days=offset) for offset in range(0, (last - first).days + 1, DAYS_PER_WEEK)]
    return [Week(start=at, planned=total[at], done=done[at] if total[at] else unplanned[at]) for at in starts]


def share(history: Iterable[Week]) -> float | None:
    """Part of everything planned that was done, 0-1; ``None`` without a plan."""
    known = [week for week in history if week.planned]
    planned = sum(week.planned for week in known)
    return sum(week.done for week in known) / planned if planned else None


def streak(history: Sequence[Week]) -> int:
    """Weeks kept in a row up to the last one; a running week that is not kept yet does not break it."""
    kept = [week.kept for week in history]
    if kept and not kept[-1]:
        kept.pop()
    count = 0
    for one in reversed(kept):
        if not one:
            break
        count += 1
    return count
