"""The pattern strength index, PSI: how strong an athlete is in a pattern (docs/algorithms/pattern-strength.md)."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gainsly.lib.vocabulary import MovementPattern
from logging_app.metrics.records import NOISE_CV
from movements.catalogue.records import MovementRecord

CYCLES = 2  # microcycles that one index rests on (engine.md, Metrics)
WINDOW_DAYS = 14  # the same without a program
LEAST_EXPOSURES = 2
SIGNIFICANT = 0.05  # a smaller change is not told apart from noise (engine.md; grade C)
SURE = 2.0  # standard errors
PRIOR_DAYS = 8.0  # that the published noise counts as, beside the athlete's own scatter (false-alarms.md)
LEAST_OWN_DAYS = 8  # days beyond the first of each lift and window; fewer say nothing of an athlete's own scatter
STEADIEST = 0.025  # nobody's days are told to vary less: what fatigue takes inside a block is no fall (grade C)
FALLEN_PATTERNS = 2
ONE_DAY = dt.timedelta(days=1)

# The lift that a pattern's others are compared with: the reference of their ratio priors in the library.
REFERENCES: Mapping[MovementPattern, str] = {
    MovementPattern.SQUAT: "barbell-back-squat",
    MovementPattern.HINGE: "barbell-deadlift",
    MovementPattern.LUNGE: "barbell-reverse-lunge",
    MovementPattern.HORIZONTAL_PUSH: "barbell-bench-press",
    MovementPattern.VERTICAL_PUSH: "barbell-overhead-press",
    MovementPattern.HORIZONTAL_PULL: "barbell-bent-over-row",
    MovementPattern.VERTICAL_PULL: "pull-up",
    MovementPattern.OLYMPIC: "barbell-clean",
}


@dataclass(frozen=True, slots=True)
class Exposure:
    """The top set of one workout in one movement: its e1RM in kg, and the movement's ratio to the reference lift."""

    on: dt.date
    pattern: MovementPattern
    lift: str
    e1rm: float
    ratio: float

    @property
    def scaled(self) -> float:
        """What it says of the reference lift, kg."""
        return self.e1rm / self.ratio


@dataclass(frozen=True, slots=True)
class Cycle:
    start: dt.date
    is_deload: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Days from ``start`` to ``end``, both included."""

    start: dt.date
    end: dt.date

    def holds(self, day: dt.date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Index:
    """``value`` in kg of the reference lift with its standard error, ``None`` below two exposures ("not yet").

    ``trend`` is the change against the two microcycles before, as a share (0.05 is 5 %), of lifts done in both.
    """

    pattern: MovementPattern
    exposures: int
    value: float | None = None
    se: float | None = None
    trend: float | None = None
    trend_se: float | None = None
    own: float = 1.0  # how the athlete's days scatter beside the published figure

    @property
    def moved(self) -> bool:
        """Whether the change is worth a colour: large, and beyond twice its error (false-alarms.md)."""
        if self.trend is None or self.trend_se is None:
            return False
        return abs(self.trend) >= max(SIGNIFICANT, SURE * self.trend_se)

    @property
    def fallen(self) -> bool:
        """Whether it fell by more than twice its error, as this athlete's own days scatter (false-alarms.md)."""
        if self.trend is None or self.trend_se is None:
            return False
        return self.trend <= -SURE * self.own * self.trend_se


def ratio_of(record: MovementRecord) -> float | None:
    """The movement's ratio to its pattern's reference lift; ``None`` where the library knows none."""
    reference = REFERENCES.get(record.pattern)
    if reference is None:
        return None
    if record.slug == reference:
        return 1.0
    return record.ratio.value if record.ratio is not None and record.ratio.reference == reference else None


def windows(cycles: Iterable[Cycle], on: dt.date) -> tuple[Window, Window]:
    """The last two microcycles up to a day and the two before; deloads are stepped over; 14 days each without them."""
    starts = sorted(cycle.start for cycle in cycles if not cycle.is_deload and cycle.start <= on)
    begins = starts[-CYCLES] if len(starts) >= CYCLES else on - dt.timedelta(days=WINDOW_DAYS - 1)
    earlier = starts[-2 * CYCLES] if len(starts) >= 2 * CYCLES else begins - dt.timedelta(days=WINDOW_DAYS)
    return Window(begins, on), Window(earlier, begins - ONE_DAY)


def indices(exposures: Iterable[Exposure], now: Window, before: Window) -> list[Index]:
    """The index of every pattern that was trained in either window, in the order of the patterns."""
    by_pattern: defaultdict[MovementPattern, list[Exposure]] = defaultdict(list)
    for one in exposures:
        if now.holds(one.on) or before.holds(one.on):
            by_pattern[one.pattern].append(one)
    own = _day_cv(by_pattern.values(), now, before) / NOISE_CV
    return [_index(pattern, by_pattern[pattern], now, before, own) for pattern in REFERENCES if pattern in by_pattern]


def _day_cv(patterns: Iterable[Sequence[Exposure]], now: Window, before: Window) -> float:
    """How the athlete's days scatter, as a share: own scatter inside a window, drawn to the published figure."""
    own, free = 0.0, 0
    for exposures in patterns:
        for window in (now, before):
            for values in _by_lift(one for one in exposures if window.holds(one.on)).values():
                middle = sum(math.log(one) for one in values) / len(values)
                own += sum((math.log(one) - middle) ** 2 for one in values)
                free += len(values) - 1
    if free < LEAST_OWN_DAYS:
        return NOISE_CV
    return max(STEADIEST, math.sqrt((PRIOR_DAYS * NOISE_CV**2 + own) / (PRIOR_DAYS + free)))


def _index(pattern: MovementPattern, exposures: Sequence[Exposure], now: Window, before: Window, own: float) -> Index:
    recent = [one for one in exposures if now.holds(one.on)]
    if len(recent) < LEAST_EXPOSURES:
        return Index(pattern=pattern, exposures=len(recent))
    value = sum(one.scaled for one in recent) / len(recent)
    trend, trend_se = _trend(recent, [one for one in exposures if before.holds(one.on)])
    se = NOISE_CV * value / math.sqrt(len(recent))
    return Index(pattern=pattern, exposures=len(recent), value=value, se=se, trend=trend, trend_se=trend_se, own=own)


def _trend(recent: Iterable[Exposure], earlier: Iterable[Exposure]) -> tuple[float, float] | tuple[None, None]:
    """The change of the lifts that both windows hold: a ratio prior can be off, a lift against itself cannot.

    Logarithms make +10 % and -10 % undo each other; each lift weighs by what its counts can tell.
    """
    now, then = _by_lift(recent), _by_lift(earlier)
    shared = sorted(now.keys() & then.keys())
    if min(sum(len(side[lift]) for lift in shared) for side in (now, then)) < LEAST_EXPOSURES:
        return None, None
    weights = {lift: 1 / (1 / len(now[lift]) + 1 / len(then[lift])) for lift in shared}
    total = sum(weights.values())
    change = sum(weights[lift] * math.log(_mean(now[lift]) / _mean(then[lift])) for lift in shared) / total
    return math.exp(change) - 1, NOISE_CV / math.sqrt(total)


def early_deload(found: Iterable[Index]) -> bool:
    """Whether strength has fallen in at least two patterns by more than twice its error: rest before going on."""
    return sum(one.fallen for one in found) >= FALLEN_PATTERNS


def _by_lift(exposures: Iterable[Exposure]) -> dict[str, list[float]]:
    found: defaultdict[str, list[float]] = defaultdict(list)
    for one in exposures:
        found[one.lift].append(one.e1rm)
    return dict(found)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
