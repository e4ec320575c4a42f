"""The estimated one-repetition maximum of a set (docs/algorithms/strength.md)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from gainsly.lib import strength
from gainsly.lib.vocabulary import E1rmFormula, SetKind
from logging_app.metrics.adherence import DAYS_PER_WEEK
from logging_app.metrics.facts import SetFact
from logging_app.metrics.records import NOISE_CV

# A warm-up is not meant to show strength; a drop set is done tired and shows less of it than there is.
WITHOUT_ESTIMATE = (SetKind.WARMUP, SetKind.DROP)
WINDOW_DAYS = 90  # older days say little of today (grade C)
HALF_LIFE_DAYS = 28.0  # a day four weeks ago counts half (grade C)
RECENT_EXPOSURES = 4
TELLING_WIDTHS = 2.0
LUCK = {1: 0.0, 2: 0.56, 3: 0.85, 4: 1.03}  # by how many standard deviations the best of so many days is above them
CHANGE_ENDS = 3  # days at either end that a change is measured by
PRIOR_DAYS = 2.0  # days that the published noise counts as, beside the athlete's own (docs/algorithms/lifters.md)


def of_set(fact: SetFact, formula: E1rmFormula = E1rmFormula.BLEND) -> strength.Estimate | None:
    """The 1RM with its band in kg: per hand for dumbbells, on the whole load for bodyweight movements.

    ``None`` for warm-ups and drop sets, below RPE 5, above the formula's repetitions, and where the load is unknown.
    """
    load = fact.load_kg
    if fact.kind in WITHOUT_ESTIMATE or load is None or not fact.reps:
        return None
    if fact.kind is SetKind.FAILURE:
        return strength.estimate(load, fact.reps, formula)
    reps = strength.effective_reps(fact.reps, rpe=fact.rpe, rir=fact.rir)
    return strength.estimate(load, reps, formula) if reps is not None else None


@dataclass(frozen=True, slots=True)
class Exposure:
    """The best estimate of one day in one movement, kg, with the standard deviation of its band."""

    on: dt.date
    e1rm: float
    sd: float


@dataclass(frozen=True, slots=True)
class Strength:
    """What an athlete can lift once, kg, with its standard deviation and how many days it rests on."""

    e1rm: float
    sd: float
    on: dt.date
    exposures: int


def current_strength(exposures: Sequence[Exposure], on: dt.date) -> Strength | None:
    """Today's 1RM from the days of the last 90: those as good as the best of the last four, newer and surer ones more.

    Light days say little about strength: what lies more than two noise widths below that best, less its luck, is left
    out. ``sd`` is how well the mean of these days is known.
    """
    known = sorted(
        (one for one in exposures if 0 <= (on - one.on).days <= WINDOW_DAYS), key=lambda one: (one.on, one.e1rm)
    )
    if not known:
        return None
    last = known[-RECENT_EXPOSURES:]
    best = max(one.e1rm for one in last) * (1 - LUCK[len(last)] * NOISE_CV)
    telling = [one for one in known if abs(one.e1rm - best) <= TELLING_WIDTHS * NOISE_CV * best]
    spread = [max(one.sd, NOISE_CV * one.e1rm) for one in telling]
    weights = [0.5 ** ((on - one.on).days / HALF_LIFE_DAYS) / sd**2 for one, sd in zip(telling, spread, strict=True)]
    value = sum(one.e1rm * weight for one, weight in zip(telling, weights, strict=True)) / sum(weights)
    shares = [weight / sum(weights) for weight in weights]
    sd = value * _day_cv([one.e1rm for one in telling]) * math.sqrt(sum(share**2 for share in shares))
    return Strength(e1rm=value, sd=sd, on=telling[-1].on, exposures=len(known))


@dataclass(frozen=True, slots=True)
class Change:
    """From the first days of a span to its last: kg, weeks between, and whether that is more than noise."""

    kilograms: float
    weeks: int
    moved: bool


def change_over(exposures: Sequence[Exposure]) -> Change | None:
    """The mean of the last three days against that of the first three, of fewer where they would overlap.

    ``exposures`` oldest first; None for fewer than two. What one day varies by (``NOISE_CV``) is no change.
    """
    ends = min(CHANGE_ENDS, len(exposures) // 2)
    if not ends:
        return None
    first = sum(one.e1rm for one in exposures[:ends]) / ends
    last = sum(one.e1rm for one in exposures[-ends:]) / ends
    weeks = round((exposures[-1].on - exposures[0].on).days / DAYS_PER_WEEK)
    return Change(kilograms=last - first, weeks=weeks, moved=abs(last / first - 1) > NOISE_CV)


def _day_cv(estimates: Sequence[float]) -> float:
    """How an athlete's days scatter, as a share: their own scatter, drawn to the published figure while days are few.

    What the formula errs by in one person stays the same from day to day, so that it is no part of this.
    """
    logs = [math.log(one) for one in estimates]
    middle = sum(logs) / len(logs)
    own = sum((one - middle) ** 2 for one in logs)
    return math.sqrt((PRIOR_DAYS * NOISE_CV**2 + own) / (PRIOR_DAYS + len(logs) - 1))
