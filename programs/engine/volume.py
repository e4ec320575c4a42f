"""Sets for each exercise: weekly sets per muscle inside their bands. See docs/algorithms/set-shares.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gainsly.lib.vocabulary import MAJOR_MUSCLES, Dose, Goal, Muscle
from programs.engine.calendars import DAYS_PER_WEEK
from programs.engine.heuristics import Heuristics, Span
from programs.engine.prescription import Facts
from programs.engine.scoring import COLUMN, MUSCLES, Bools, Floats
from programs.engine.types import History, Request

MAJORS = frozenset({*MAJOR_MUSCLES, Muscle.FRONT_DELTS, Muscle.SIDE_DELTS, Muscle.REAR_DELTS})
MINOR_WORTH = 0.35
PRIORITY_WORTH = 1.5
BELOW, INSIDE, ABOVE_TARGET, OVER = 3.0, 1.2, 0.35, -2.0
PRIORITY_FLOOR = 10
BAND_GOALS = (Goal.STRENGTH, Goal.HYPERTROPHY, Goal.FAT_LOSS, Goal.EXPLOSIVENESS)  # whose lifting has a dose
LEAST_GAIN = 0.05
LEAST_SETS = 2
LEAD = (1.1, 1.25)  # how far one side of a pair may lead the other
PATIENCE = 0.25
FILLING = -0.2
FIRST_LIFT, LUNGE = 1.25, 0.8  # the first lift of a day gets its sets before the others, a lunge after them
NEVER = -100.0  # time alone is no reason to go above a band
HALF_SET, EPSILON = 0.5, 1e-9


@dataclass(frozen=True, slots=True)
class Bands:
    """Weekly fractional sets per muscle, scaled to the microcycle's length: low, target, high, and what it is worth."""

    low: Floats
    target: Floats
    high: Floats
    worth: Floats


@dataclass(slots=True)
class Share:
    """One exercise in the sharing-out of sets."""

    day: int
    row: Floats  # fractional sets per set, by muscle
    sets: int
    most: int
    set_seconds: float  # what one more set costs, its rest included
    press: int = 0  # 1 pushes, -1 pulls
    knee: int = 0  # 1 knee, -1 hip
    main: bool = False
    pattern: str = ""
    kept: bool = False  # covers a muscle that nothing else trains enough


LESSER_DOSE = {Dose.FULL: Dose.BALANCED, Dose.BALANCED: Dose.EFFICIENT, Dose.EFFICIENT: Dose.EFFICIENT}


def planned_dose(request: Request, history: History, config: Heuristics) -> Dose:
    """The dose asked for, or one smaller for an athlete who has lately missed many sessions."""
    return LESSER_DOSE[request.dose] if misses_many(history, config) else request.dose


def misses_many(history: History, config: Heuristics) -> bool:
    return history.adherence is not None and history.adherence < config.start.kept_from


def bands_for(facts: Facts) -> Bands:
    """Bands averaged by goal weight; the dose and the coach's push choose the target inside them."""
    mix, athlete, request, config = facts.mix, facts.athlete, facts.request, facts.config
    weeks = request.microcycle_days / DAYS_PER_WEEK
    low, high, worth = np.zeros(len(MUSCLES)), np.zeros(len(MUSCLES)), np.zeros(len(MUSCLES))
    for muscle, band in config.volume.items():
        weights = {goal: weight for goal, weight in mix.weights.items() if goal in BAND_GOALS} or mix.weights
        spans = {goal: _span(goal, band.for_level(athlete.experience), muscle, config) for goal in weights}
        total = sum(weights.values())
        column = COLUMN[muscle]
        low[column] = sum(spans[goal][0] * weight for goal, weight in weights.items()) / total
        high[column] = min(band.warn, sum(spans[goal][1] * weight for goal, weight in weights.items()) / total)
        worth[column] = 1.0 if muscle in MAJORS else MINOR_WORTH
        if muscle in request.priority_muscles:
            low[column] = min(high[column], max(low[column], PRIORITY_FLOOR))
            worth[column] = PRIORITY_WORTH
    low[worth > 0] = np.maximum(low[worth > 0], np.minimum(config.caps.floor_per_major, high[worth > 0]))
    push = config.aggression[athlete.aggression].volume
    target = np.clip((low + config.dose[planned_dose(request, facts.history, config)] * (high - low)) * push, low, high)
    return Bands(low * weeks, target * weeks, high * weeks, worth)


def floor_of(bands: Bands, config: Heuristics) -> Floats:
    """The floor dose of every muscle that counts in full: what no shortage of time takes away first."""
    floor: Floats = np.where(bands.worth >= 1, np.minimum(bands.low, config.caps.floor_per_major), 0.0)
    return floor


def _span(goal: Goal, muscle_band: Span, muscle: Muscle, config: Heuristics) -> Span:
    """A goal's band for a muscle: hypertrophy has one per muscle, the other goals one for all."""
    if goal is Goal.HYPERTROPHY:
        return muscle_band
    band = config.goals[goal].band
    floor = int(config.caps.floor_per_major)
    if muscle not in MAJORS:
        return min(floor, muscle_band[0]), max(muscle_band[1], floor)
    return min(band[0], max(floor, muscle_band[0])), band[1]


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds the sharing-out: seconds per day, sets per day, and a newcomer's caps."""

    seconds: Mapping[int, float]  # beyond the least sets, at usual rests
    tight: Mapping[int, float]  # the same with rests at the lower end of their range
    tightest: Mapping[int, float]  # and with rests at their floor
    stretched: Mapping[int, float]  # beyond the least sets that longer rests could not fill
    sets: Mapping[int, int]  # a block does not start above the one before it
    ends_at_target: bool = False  # an efficient dose: long sessions do not fill up with more sets
    keep_mains: bool = False  # the mains of the first block stay to the program's end
    per_muscle: float | None = None  # a newcomer's sets a week
    per_session: int | None = None  # a newcomer's hard sets


def _leads(shares: Sequence[Share]) -> Floats:
    """How much a lift's sets count beside the others': the day's first main leads, lunges follow."""
    first = {share.day: index for index, share in reversed(list(enumerate(shares))) if share.main}
    return np.array(
        [
            FIRST_LIFT if first.get(share.day) == index else LUNGE if share.pattern == "lunge" else 1.0
            for index, share in enumerate(shares)
        ]
    )


class _Ledger:
    """The sets given so far, as arrays over exercises."""

    def __init__(self, shares: Sequence[Share], bands: Bands, limits: Limits, config: Heuristics) -> None:
        self.shares, self.bands, self.limits = shares, bands, limits
        self.matrix = np.array([share.row for share in shares])
        self.sets = np.array([share.sets for share in shares], dtype=float)
        self.days = np.array([share.day for share in shares])
        self.sides = [np.array([share.press for share in shares]), np.array([share.knee for share in shares])]
        self.lead = _leads(shares)
        self.spent = dict.fromkeys(limits.seconds, 0.0)
        self.session_cap = config.caps.sets_per_muscle_session
        self.end = np.maximum(bands.low, bands.target) if limits.ends_at_target else bands.high
        self.warn = np.array([config.volume[one].warn if one in config.volume else np.inf for one in MUSCLES])

    def give(self, slope: Floats, room: Mapping[int, float], least: float) -> bool:
        """Give one set where the slope of worth per muscle makes it most useful; False when nowhere is left."""
        worth = self.matrix @ slope
        worth = np.where(worth > 0, worth * self._patience(), worth)
        worth = np.where(worth > 0, worth * self.lead, worth)
        gains = np.round(worth / np.sqrt(np.maximum(1.0, self.sets)), 6)
        for index in np.argsort(-gains, kind="stable").tolist():
            if gains[index] <= least:
                return False
            share, step = self.shares[index], self._step(index)
            if self.spent[share.day] + step * share.set_seconds <= room[share.day] and self._fits(index, step):
                self.sets[index] += step
                self.spent[share.day] += step * share.set_seconds
                return True
        return False

    def _step(self, index: int) -> int:
        """One set; what was left out comes back with its least sets, for one alone is not worth setting up."""
        return 1 if self.sets[index] else min(LEAST_SETS, self.shares[index].most)

    def take_back(self) -> bool:
        """Take a third set from the lift that feeds what is over its band most; False when nothing is over."""
        over = np.maximum(0.0, self.sets @ self.matrix - self.bands.high) * (self.bands.worth >= 1)
        feeds = np.where(self.sets > LEAST_SETS, (self.matrix @ (over > 0)) / self.lead, 0.0)
        if not feeds.size or feeds.max() <= 0:
            return False
        index = len(feeds) - 1 - int(np.argmax(feeds[::-1]))  # the last of equals: the first lift keeps its sets
        self.sets[index] -= 1
        self.spent[self.shares[index].day] -= self.shares[index].set_seconds
        return True

    def drop(self, *, mains: bool) -> bool:
        """Leave out the lift that feeds what is over its band most, where its session and the week can spare it."""
        over = np.maximum(0.0, self.sets @ self.matrix - self.bands.high - HALF_SET) * (self.bands.worth >= 1)
        kind = np.array([share.main is mains for share in self.shares], dtype=bool)
        feeds = np.where(kind & (self.sets > 0), (self.matrix @ over) / self.lead, 0.0)
        for index in np.argsort(-np.round(feeds, 6), kind="stable").tolist()[: len(feeds)]:
            if feeds[index] <= 0:
                return False
            if self._can_spare(index):
                self.spent[self.shares[index].day] -= self.shares[index].set_seconds * self.sets[index]
                self.sets[index] = 0
                return True
        return False

    def _can_spare(self, index: int) -> bool:
        """Two of its kind stay in the session, its pattern in the week, its muscles in their bands on their days."""
        share, left = self.shares[index], self.sets.copy()
        left[index] = 0
        alike = sum(1 for one, sets in zip(self.shares, left, strict=True) if sets and self._is_beside(one, share))
        again = any(one.pattern == share.pattern and sets for one, sets in zip(self.shares, left, strict=True))
        mine = (self.matrix[index] > 0) & (self.bands.worth >= 1)
        enough = ((left @ self.matrix)[mine] >= self.bands.low[mine]).all()
        return bool(
            not share.kept
            and alike >= LEAST_SETS
            and again
            and enough
            and self._days(left, mine) >= self._days(self.sets, mine)
        )

    @staticmethod
    def _is_beside(one: Share, other: Share) -> bool:
        return one.day == other.day and one.main == other.main

    def _days(self, sets: Floats, muscles: Bools) -> int:
        """The fewest days on which one of these muscles has a whole set, counted up to two."""
        by_day = np.array([sets[self.days == day] @ self.matrix[self.days == day] for day in sorted(set(self.days))])
        return min(2, int((by_day[:, muscles] >= 1).sum(axis=0).min(initial=2)))

    def _patience(self) -> Floats:
        """Pushes beside pulls, knees beside hips: the leading side's gains count a quarter until the other is near."""
        factor = np.ones(len(self.sets))
        for side, most in zip(self.sides, LEAD, strict=True):
            first, second = self.sets[side > 0].sum(), self.sets[side < 0].sum()
            leading = 1 if first > second * most else -1 if second > first * most else 0
            if leading and first > 0 and second > 0:
                factor[side == leading] *= PATIENCE
        return factor

    def _fits(self, index: int, step: int) -> bool:
        """Whether ``step`` more sets keep every cap of its exercise, session and week."""
        share, limits = self.shares[index], self.limits
        today = self.days == share.day
        trained = self.matrix[index] > 0
        session = self.sets[today] @ self.matrix[today] + step * self.matrix[index]
        week = self.sets @ self.matrix + step * self.matrix[index]
        total = self.sets[today].sum() + step
        most = min(limits.sets.get(share.day, np.inf), limits.per_session or np.inf)
        return bool(
            self.sets[index] < share.most
            and total <= most
            and session[trained].max(initial=0) <= self.session_cap
            and (week[trained] <= np.minimum(self._most(trained), limits.per_muscle or np.inf)[trained]).all()
        )

    def _most(self, trained: Bools) -> Floats:
        """Weekly sets that no further set may pass: the bands; the warning lines for what is still below its band."""
        bands = self.bands
        short = (self.sets @ self.matrix < bands.low - EPSILON) & (bands.worth >= 1)
        majors = (bands.worth >= 1) & ~(short & trained).any()
        most: Floats = np.where(majors, np.minimum(self.end + HALF_SET, self.warn), self.warn)
        return most

    def slope(self, *, filling: bool) -> Floats:
        """Worth of one more fractional set by muscle; while only time is filled, being over a band costs little."""
        volume, bands = self.sets @ self.matrix, self.bands
        above = np.where(volume + HALF_SET <= self.end, ABOVE_TARGET, OVER)
        slope = np.where(volume < bands.low - EPSILON, BELOW, np.where(volume < bands.target, INSIDE, above))
        worth: Floats = slope * bands.worth
        open_ended = (bands.worth < 1) | (volume + HALF_SET <= self.end)
        return np.where(open_ended, np.maximum(worth, FILLING), NEVER) if filling else worth

    def wanting(self, least: Floats) -> Floats:
        """Worth of one more set only for muscles below ``least``."""
        lacks = self.sets @ self.matrix < least - EPSILON
        usual = self.slope(filling=False)
        slope: Floats = np.where(lacks, usual, np.minimum(usual, 0.0))
        return slope


def share_out(shares: Sequence[Share], bands: Bands, limits: Limits, config: Heuristics) -> list[int]:
    """Sets per exercise. What is over its band from the start gives back first. Then the set that is
    worth most goes first, while its day has seconds left.

    Then days that even the longest rests would not fill take further sets, up to the lines at which the plan would
    warn.
    """
    if not shares:
        return []
    ledger = _Ledger(shares, bands, limits, config)
    while ledger.drop(mains=False) or ledger.take_back() or (not limits.keep_mains and ledger.drop(mains=True)):
        pass
    while ledger.give(ledger.slope(filling=False), limits.seconds, LEAST_GAIN):
        pass
    while ledger.give(ledger.wanting(bands.target), limits.tight, LEAST_GAIN):
        pass
    while ledger.give(ledger.wanting(floor_of(bands, config)), limits.tightest, LEAST_GAIN):
        pass
    while ledger.give(ledger.slope(filling=True), limits.stretched, NEVER / 2):
        pass
    return [int(one) for one in ledger.sets]
