"""How often the forecast's band holds the truth: from the first day, and from the log of the first weeks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from logging_app.metrics import e1rm
from programs.engine.forecast import forecast
from programs.engine.types import StrengthFact
from tests.bench.grid import START
from tests.bench.lifters.person import REFERENCE_KG
from tests.bench.lifters.season import WEEKS, Season

AHEAD = (4, 8, 12)
LOG_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Told:
    """One forecast beside the truth, kg."""

    weeks: int
    day_cv: float
    since: int  # the week of the program it was made in
    kg: float
    low: float
    high: float
    true: float

    @property
    def held(self) -> bool:
        return self.low <= self.true <= self.high


def forecasts(season: Season) -> list[Told]:
    """Every forecast of the lifts that are trained as mains, from the first day and after four weeks of log."""
    found = []
    mains = {one.movement for one in season.exposures if one.section == "main"}
    for slug in sorted(mains & season.days.keys()):
        if slug in REFERENCE_KG:
            found += [_told(season, slug, season.basis.history.strength[slug], 0, weeks) for weeks in AHEAD]
        known = _known(season, slug, START + dt.timedelta(days=7 * LOG_WEEKS - 1))
        if known is not None:
            found += [_told(season, slug, known, LOG_WEEKS, weeks) for weeks in AHEAD if LOG_WEEKS + weeks <= WEEKS]
    return [one for one in found if one is not None]


def _known(season: Season, slug: str, on: dt.date) -> StrengthFact | None:
    found = e1rm.current_strength([one for one in season.days[slug] if one.on <= on], on)
    return None if found is None else StrengthFact(found.e1rm, found.sd, found.on, found.exposures)


def _told(season: Season, slug: str, fact: StrengthFact, since: int, weeks: int) -> Told | None:
    end = START + dt.timedelta(days=7 * (since + weeks) - 1)
    true = season.truths.get(end, {}).get(slug)
    if true is None:
        return None
    rate = season.basis.config.growth.weekly[season.basis.athlete.experience]
    ahead = [one for one in season.plan.microcycles if since < one.sequence <= since + weeks]
    loading = sum(not one.is_deload for one in ahead) / len(ahead)
    found = forecast(fact, rate, weeks, loading=loading)
    return Told(weeks, season.person.nature.day_cv, since, found.kg, found.low_kg, found.high_kg, true)


def coverage(told: Iterable[Told]) -> dict[tuple[int, int, float], tuple[int, float, float]]:
    """By week it was made in, weeks ahead and day-to-day CV: how many, the share held, the mean error as a share."""
    groups: defaultdict[tuple[int, int, float], list[Told]] = defaultdict(list)
    for one in told:
        groups[one.since, one.weeks, one.day_cv].append(one)
    return {
        key: (
            len(ones),
            sum(one.held for one in ones) / len(ones),
            sum(one.kg / one.true - 1 for one in ones) / len(ones),
        )
        for key, ones in sorted(groups.items())
    }
