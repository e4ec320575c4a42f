"""Where a lift will probably stand, with an honest band. See docs/algorithms/replanning.md."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from programs.engine.types import StrengthFact

Z_90 = 1.645  # nine in ten
RATE_SPREAD = 1.0  # between people, the weekly gain varies by as much as its mean (Hubal 2005; Ahtiainen 2016)
FORMULA_CV = 0.01  # what an e1RM says differently at six and at ten repetitions of one person (grade C, lifters.md)
LAG_WEEKS = 2.0  # an estimate is the mean of days that lie about so far back (half-life of 28 days; grade C)
DIGITS = 1


@dataclass(frozen=True, slots=True)
class Forecast:
    """An e1RM in kg after ``weeks``, and the band that should hold the truth nine times in ten."""

    weeks: int
    kg: float
    low_kg: float
    high_kg: float


def forecast(
    now: StrengthFact, weekly_rate: float, weeks: int, share_done: float = 1.0, loading: float = 1.0
) -> Forecast:
    """``e1RM x (1 + rate x share)^(lag + weeks x loading)``; its variance is the sum of three doubts.

    ``weekly_rate`` is what the athlete's experience gains in a loading week, ``loading`` the part of the weeks that
    are no deload, ``share_done`` the part of the sessions that is really trained (0-1 both). The doubts are how well
    the days told today's strength, what the formula errs by, and how much people's gains differ.
    """
    rate = weekly_rate * max(0.0, min(1.0, share_done))
    trained = min(LAG_WEEKS, weeks) + weeks * max(0.0, min(1.0, loading))
    point = now.e1rm_kg * (1 + rate) ** trained
    doubts = (FORMULA_CV, weekly_rate * RATE_SPREAD * trained)
    spread = sqrt(now.sd_kg**2 + sum((now.e1rm_kg * one) ** 2 for one in doubts))
    return Forecast(
        weeks,
        round(point, DIGITS),
        round(max(0.0, point - Z_90 * spread), DIGITS),
        round(point + Z_90 * spread, DIGITS),
    )
