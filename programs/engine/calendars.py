"""When to train: microcycles, and training days spread over each. See docs/algorithms/calendars.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from gainsly.lib.units import round_half_up
from programs.engine.constraints import Infeasible
from programs.engine.types import Athlete, Collision, Request

DAYS_PER_WEEK = 7


@dataclass(frozen=True, slots=True)
class Window:
    """One microcycle on the calendar; ``offsets`` are its training days, counted from its first day."""

    sequence: int
    start: dt.date
    length_days: int
    offsets: tuple[int, ...]
    chosen: tuple[int, ...] = ()  # which days of the split, where the microcycle is too short for all

    @property
    def ordinals(self) -> tuple[int, ...]:
        return self.chosen or tuple(range(len(self.offsets)))

    @property
    def dates(self) -> tuple[dt.date, ...]:
        return tuple(self.start + dt.timedelta(days=offset) for offset in self.offsets)


def lay_out(request: Request, athlete: Athlete) -> tuple[Window, ...]:
    """Every microcycle with its training dates; the last may be shorter. Raises Infeasible with too few weekdays."""
    weekdays = frozenset(athlete.available_weekdays)
    if request.days_per_week > len(weekdays):
        message = (
            f"You ask for {request.days_per_week} training days a week, but only {len(weekdays)} weekdays are free. "
            "Free more weekdays or train on fewer."
        )
        raise Infeasible(message, [Collision(("days_per_week", "available_weekdays"), message)])
    total = request.duration_weeks * DAYS_PER_WEEK
    windows = []
    for sequence, first in enumerate(range(0, total, request.microcycle_days), start=1):
        start = request.start_date + dt.timedelta(days=first)
        length = min(request.microcycle_days, total - first)
        open_days = tuple(day for day in range(length) if (start + dt.timedelta(days=day)).weekday() in weekdays)
        count = int(round_half_up(request.days_per_week * length / DAYS_PER_WEEK))
        windows.append(Window(sequence, start, length, spread(length, open_days, max(1, min(count, len(open_days))))))
    return tuple(windows)


@lru_cache(maxsize=512)
def spread(length: int, open_days: tuple[int, ...], count: int) -> tuple[int, ...]:
    """``count`` of the open days, the first among them, with gaps as even as can be.

    Least is best: squared gaps around the cycle, then the longest run of days in a row, then the earliest days.
    """
    if not open_days:
        return ()
    first, rest = open_days[0], open_days[1:]
    return min(
        ((first, *chosen) for chosen in combinations(rest, count - 1)),
        key=lambda days: (gap_cost(days, length), _longest_run(days, length), days),
    )


def gap_cost(days: Sequence[int], length: int) -> int:
    """Squared gaps around the cycle, in days: the evener the days lie, the less."""
    return sum(gap * gap for gap in _gaps(days, length))


def _gaps(days: Sequence[int], length: int) -> list[int]:
    return [later - day for day, later in pairwise((*days, days[0] + length))]


def _longest_run(days: Sequence[int], length: int) -> int:
    longest = run = 1
    for gap in _gaps(days, length) * 2:
        run = run + 1 if gap == 1 else 1
        longest = max(longest, run)
    return min(longest, len(days))


def neighbours(windows: Sequence[Window]) -> frozenset[tuple[int, int]]:
    """Pairs of day ordinals (from 0) that ever fall on two calendar days in a row."""
    days = [(date, ordinal) for window in windows for ordinal, date in zip(window.ordinals, window.dates, strict=True)]
    return frozenset(
        (ordinal, later) for (date, ordinal), (next_date, later) in pairwise(days) if (next_date - date).days == 1
    )
