"""How often the forecast's band holds the truth: from the first day, and from the log of the first weeks.

A band needs thousands of lifters to be judged to a point or two, so these train one lift twice a week to the letter,
in blocks of three loading weeks and a deload; what the log estimates of it is all that the forecast sees.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from gainsly.lib.vocabulary import ExperienceLevel
from logging_app.metrics import e1rm
from programs.engine.forecast import forecast
from programs.engine.heuristics import default_heuristics
from programs.engine.types import StrengthFact
from tests.bench.grid import START
from tests.bench.lifters.person import Nature, Person
from tests.bench.lifters.season import PAST_DAYS, WEEKS, a_day, catalogue

SLUG = "barbell-back-squat"
AHEAD = (4, 8, 12)
LOG_WEEKS = 4
BLOCK = ((7, 3.0), (7, 2.0), (4, 1.0), (4, 3.0))  # repetitions and reserve; the last is the deload
DAYS = (0, 3)
LOADING = 0.75  # of the weeks


@dataclass(frozen=True, slots=True)
class Told:
    """One forecast beside the truth, kg. ``since`` is the week that it was made after."""

    weeks: int
    since: int
    kg: float
    low: float
    high: float
    true: float

    @property
    def held(self) -> bool:
        return self.low <= self.true <= self.high


def forecasts(nature: Nature, level: ExperienceLevel, rng: random.Random) -> list[Told]:
    """Twelve weeks of one lift: what was forecast on the first day and after four weeks."""
    person, movement = Person(nature, rng), catalogue().movements[SLUG]
    past = (START - dt.timedelta(days=one) for one in PAST_DAYS)
    log = [one for on in past if (one := a_day(person, movement, on, reps=6, rir=2.0)) is not None]
    facts, truths = {0: _known(log, START)}, {}
    for week in range(1, WEEKS + 1):
        monday = START + dt.timedelta(days=7 * (week - 1))
        (reps, rir), easy = BLOCK[(week - 1) % len(BLOCK)], week % len(BLOCK) == 0
        for day in DAYS:
            on = monday + dt.timedelta(days=day)
            done = a_day(person, movement, on, reps=reps, rir=rir)
            person.train(movement, 3, on, easy=easy)
            if done is not None and not easy:
                log.append(done)
        if week == LOG_WEEKS:
            facts[week] = _known(log, monday + dt.timedelta(days=6))
        truths[week] = person.shown(movement, monday + dt.timedelta(days=6))
    rate = default_heuristics().growth.weekly[level]
    return [
        _told(fact, rate, since, weeks, truths[since + weeks])
        for since, fact in facts.items()
        for weeks in AHEAD
        if fact is not None and since + weeks <= WEEKS and truths[since + weeks] is not None
    ]


def _known(log: list[e1rm.Exposure], on: dt.date) -> StrengthFact | None:
    found = e1rm.current_strength(log, on)
    return None if found is None else StrengthFact(found.e1rm, found.sd, found.on, found.exposures)


def _told(fact: StrengthFact, rate: float, since: int, weeks: int, true: float | None) -> Told:
    found = forecast(fact, rate, weeks, loading=LOADING)
    return Told(weeks, since, found.kg, found.low_kg, found.high_kg, true or 0.0)


@dataclass(frozen=True, slots=True)
class Coverage:
    told: int
    held: float  # share
    error: float  # mean of forecast / truth - 1
    width: float  # mean of the band's half width beside the forecast


def coverage(told: Iterable[Told]) -> dict[tuple[int, int], Coverage]:
    """By the week it was made after and the weeks ahead."""
    groups: defaultdict[tuple[int, int], list[Told]] = defaultdict(list)
    for one in told:
        groups[one.since, one.weeks].append(one)
    return {
        key: Coverage(
            len(ones),
            sum(one.held for one in ones) / len(ones),
            sum(one.kg / one.true - 1 for one in ones) / len(ones),
            sum((one.high - one.low) / 2 / one.kg for one in ones) / len(ones),
        )
        for key, ones in sorted(groups.items())
    }


def stopping(nature: Nature) -> Nature:
    """The same lifter, who gains nothing from the first day on."""
    return replace(nature, gain_until=START - dt.timedelta(days=1))
