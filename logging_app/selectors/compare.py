"""Two stretches of training side by side: strength, volume, adherence, load."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gainsly.lib.vocabulary import Muscle
from logging_app.metrics.records import NOISE_OF_TWO

from .stats import adherence, e1rm_series, weekly_volume
from .trends import load

LEAST = 3  # exposures of a lift in a stretch, before it is compared
ENDS = 3  # of them at either end that growth is measured by
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Growth:
    """A lift's mean e1RM at either end of a stretch, kg, from how many exposures."""

    first: float
    last: float
    exposures: int

    @property
    def share(self) -> float:
        return self.last / self.first - 1

    @property
    def moved(self) -> bool:
        """Whether it is more than what two days differ by."""
        return abs(self.share) > NOISE_OF_TWO


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch: means are per week of those that have begun; ``share`` is ``None`` when nothing was planned."""

    since: dt.date
    until: dt.date
    weeks: float
    workouts: int
    planned: int
    done: int
    share: float | None
    lifts: Mapping[str, Growth]
    muscles: Mapping[Muscle, float]
    tonnage_kg: float
    load: float
    monotony: float | None


def block(user: Any, since: dt.date, until: dt.date, today: dt.date, first_weekday: int = 0) -> Block:
    """What a stretch of days came to. Nine queries, whatever was logged."""
    until = max(since, min(until, today))
    weeks = ((until - since).days + 1) / 7
    volume = weekly_volume(user, since=since, until=until, first_weekday=first_weekday)
    kept = adherence(user, since=since, until=until, today=today, first_weekday=first_weekday)
    loads = load(user, since=since, until=until, first_weekday=first_weekday)
    sets: defaultdict[Muscle, float] = defaultdict(float)
    for week in volume:
        for one in week["muscles"]:
            sets[Muscle(one["muscle"])] += one["fractional_sets"]
    even = [week["monotony"] for week in loads["weeks"] if week["complete"] and isinstance(week["monotony"], float)]
    return Block(
        since=since,
        until=until,
        weeks=weeks,
        workouts=sum(week["workouts"] for week in volume),
        planned=kept["planned"],
        done=kept["done"],
        share=kept["share"],
        lifts=_growth(e1rm_series(user, since=since, until=until)),
        muscles={muscle: total / weeks for muscle, total in sets.items()},
        tonnage_kg=sum(week["tonnage_kg"] for week in volume) / weeks,
        load=sum(week["load"] for week in loads["weeks"]) / weeks,
        monotony=sum(even) / len(even) if even else None,
    )


def _growth(series: Sequence[Json]) -> dict[str, Growth]:
    """By slug; deload sessions left out."""
    values: defaultdict[str, list[float]] = defaultdict(list)
    for point in series:
        if not point["is_deload"]:
            values[point["movement"]].append(point["e1rm"])
    return {
        slug: Growth(_mean(found[:ENDS]), _mean(found[-ENDS:]), len(found))
        for slug, found in values.items()
        if len(found) >= LEAST
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
