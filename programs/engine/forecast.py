"""Where a lift will probably stand, with an honest band. See docs/algorithms/replanning.md."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from programs.engine.types import StrengthFact

Z_90 = 1.645  # nine in ten
RATE_SPREAD = 1.0  # between people, the weekly gain varies by as much as its mean (Hubal 2005; Ahtiainen 2016)
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
    """``e1RM x (1 + rate x share)^(weeks x loading)``; its variance is that of today and of the rate.

    ``weekly_rate`` is what the athlete's experience gains in a loading week, ``loading`` the part of the weeks that
    are no deload, ``share_done`` the part of the sessions that is really trained (0-1 both).
    """
    rate = weekly_rate * max(0.0, min(1.0, share_done))
    trained = weeks * max(0.0, min(1.0, loading))
    point = now.e1rm_kg * (1 + rate) ** trained
    spread = sqrt(now.sd_kg**2 + (now.e1rm_kg * weekly_rate * RATE_SPREAD * trained) ** 2)
    return Forecast(
        weeks,
        round(point, DIGITS),
        round(max(0.0, point - Z_90 * spread), DIGITS),
        round(point + Z_90 * spread, DIGITS),
    )
