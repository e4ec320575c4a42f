"""Strength arithmetic: four e1RM formulas, their mean, and the RPE chart as one function.

Weights are kilograms, repetitions are effective repetitions (done plus left in reserve). Sources: Epley 1985,
Brzycki 1993, Lombardi 1989, O'Conner 1989; limits after Reynolds 2006 (J Strength Cond Res 20:584); the chart is
Tuchscherer's RTS table with its original tail; the band is the spread between people in Nuzzo 2024 (Sports Med
54:303). See docs/algorithms/strength.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from gainsly.lib.vocabulary import E1rmFormula

MAX_EFFECTIVE_REPS = 12.0  # above it no single formula is given: linear ones diverge (Reynolds 2006)
MAX_EFFECTIVE_REPS_BLEND = 10.0  # the mean is validated up to ten (decisions.md 19)
MIN_RPE_FOR_E1RM = 5.0  # below it people cannot tell reps left (Helms 2016)
MAX_RPE = 10.0
EPLEY_REPS = 30.0
BRZYCKI_INTERCEPT = 37.0
BRZYCKI_SLOPE = 36.0
LOMBARDI_POWER = 0.10
OCONNER_PER_REP = 0.025
SLOPE_WINDOW = 0.05  # of 1RM to either side: the grid of Nuzzo's table

# Reps to failure -> share of 1RM (RTS chart, original tail; strictly falling).
RPE_CHART: tuple[tuple[float, float], ...] = (
    (1.0, 1.000), (1.5, 0.978), (2.0, 0.955), (2.5, 0.939), (3.0, 0.922), (3.5, 0.907), (4.0, 0.892), (4.5, 0.878),
    (5.0, 0.863), (5.5, 0.850), (6.0, 0.837), (6.5, 0.824), (7.0, 0.811), (7.5, 0.799), (8.0, 0.786), (8.5, 0.774),
    (9.0, 0.762), (9.5, 0.751), (10.0, 0.739), (10.5, 0.723), (11.0, 0.707), (11.5, 0.694), (12.0, 0.680),
)  # fmt: skip

# Share of 1RM -> mean repetitions to failure, all lifts (Nuzzo 2024, main model); one repetition at 100 %.
MEAN_REPS: tuple[tuple[float, float], ...] = (
    (0.60, 19.53), (0.65, 17.11), (0.70, 14.80), (0.75, 12.37), (0.80, 9.75), (0.85, 7.15), (0.90, 4.94), (1.00, 1.0),
)  # fmt: skip

# Share of 1RM -> standard deviation, in repetitions, between people at that load (the same model).
REPS_SPREAD: tuple[tuple[float, float], ...] = (
    (0.60, 4.37), (0.65, 3.80), (0.70, 3.31), (0.75, 2.88), (0.80, 2.51), (0.85, 2.19), (0.90, 1.90), (1.00, 0.0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimated one-repetition maximum with its band of one standard deviation, in kilograms."""

    value: float
    low: float
    high: float
    formula: E1rmFormula


def _epley(weight: float, reps: float) -> float:
    return weight * (1 + reps / EPLEY_REPS)


def _brzycki(weight: float, reps: float) -> float:
    return weight * BRZYCKI_SLOPE / (BRZYCKI_INTERCEPT - reps)


def _lombardi(weight: float, reps: float) -> float:
    return weight * float(reps**LOMBARDI_POWER)


def _oconner(weight: float, reps: float) -> float:
    return weight * (1 + OCONNER_PER_REP * reps)


def _blend(weight: float, reps: float) -> float:
    return (_brzycki(weight, reps) + _oconner(weight, reps)) / 2


_FORMULAS: dict[E1rmFormula, Callable[[float, float], float]] = {
    E1rmFormula.BLEND: _blend,
    E1rmFormula.EPLEY: _epley,
    E1rmFormula.BRZYCKI: _brzycki,
    E1rmFormula.LOMBARDI: _lombardi,
    E1rmFormula.OCONNER: _oconner,
}


def effective_reps(reps: float, *, rpe: float | None = None, rir: float | None = None) -> float | None:
    """Repetitions done plus repetitions left; ``None`` below RPE 5, where nobody can tell.

    RIR wins over RPE when both are given; with neither the set counts as taken to its end (decisions.md 19).
    """
    if rir is not None:
        return reps + rir if rir <= MAX_RPE - MIN_RPE_FOR_E1RM else None
    if rpe is None:
        return reps
    return reps + (MAX_RPE - rpe) if rpe >= MIN_RPE_FOR_E1RM else None


def one_rep_max(weight: float, reps: float, formula: E1rmFormula = E1rmFormula.BLEND) -> float | None:
    """Estimated 1RM in kg from a load and *effective* reps; one rep is the weight itself.

    ``None`` for no load, less than one rep, or more reps than the formula is good for.
    """
    limit = MAX_EFFECTIVE_REPS_BLEND if formula is E1rmFormula.BLEND else MAX_EFFECTIVE_REPS
    if weight <= 0 or reps < 1 or reps > limit:
        return None
    if reps == 1:
        return weight
    return _FORMULAS[formula](weight, reps)


def estimate(weight: float, reps: float, formula: E1rmFormula = E1rmFormula.BLEND) -> Estimate | None:
    """The 1RM in kg with its band: the 1RM if the load were one standard deviation of %1RM heavier or lighter.

    The spread is the one between people at that share of 1RM (Nuzzo 2024); a true single has none.
    """
    value = one_rep_max(weight, reps, formula)
    if value is None:
        return None
    share = weight / value
    spread = _share_spread(share)
    return Estimate(value=value, low=weight / min(1.0, share + spread), high=weight / (share - spread), formula=formula)


def _share_spread(share: float) -> float:
    """Standard deviation of %1RM (0-1) at a load: the spread in repetitions times what one repetition is worth there.

    2.51 repetitions at 80 % are about 4.8 %1RM.
    """
    lower, upper = max(MEAN_REPS[0][0], share - SLOPE_WINDOW), min(1.0, share + SLOPE_WINDOW)
    reps_between = _interpolate(MEAN_REPS, lower) - _interpolate(MEAN_REPS, upper)
    return _interpolate(REPS_SPREAD, share) * (upper - lower) / reps_between


def percent_at(reps_to_failure: float) -> float:
    """Share of 1RM (0-1) that can be lifted for so many repetitions to failure; clamped to 1-12."""
    return _interpolate(RPE_CHART, reps_to_failure)


def reps_at(percent: float) -> float:
    """Repetitions to failure at a share of 1RM: the inverse of :func:`percent_at`, clamped to 1-12."""
    return _interpolate(tuple((share, reps) for reps, share in reversed(RPE_CHART)), percent)


def _interpolate(table: tuple[tuple[float, float], ...], at: float) -> float:
    """Linear interpolation in a table sorted by its first column, clamped at both ends."""
    if at <= table[0][0]:
        return table[0][1]
    for (x0, y0), (x1, y1) in pairwise(table):
        if at <= x1:
            return y0 + (y1 - y0) * (at - x0) / (x1 - x0)
    return table[-1][1]
