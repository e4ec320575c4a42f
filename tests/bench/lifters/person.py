"""A simulated lifter: what a body can lift on a day, and what its owner says of it.

Strength grows with training, fatigue builds with sets and fades in days, days vary, and nobody counts repetitions
in reserve exactly. The engine sees none of this, only what was done. See docs/algorithms/lifters.md.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from gainsly.lib.strength import one_rep_max
from gainsly.lib.vocabulary import MovementPattern
from movements.catalogue.records import MovementRecord
from programs.engine.loads import share_for
from tests.bench.grid import START

REFERENCE_KG: Mapping[str, float] = {
    "barbell-back-squat": 120.0, "barbell-bench-press": 90.0, "barbell-deadlift": 150.0,
    "barbell-overhead-press": 55.0, "barbell-bent-over-row": 80.0, "pull-up": 105.0,
}  # fmt: skip
OTHERS_KG = 40.0  # a lift that no reference is known for
PERSONAL_CV = 0.10  # how far a lift's ratio to its reference is the athlete's own
FATIGUE_PER_SET = 0.0006  # of strength, lost for each set of the pattern; some 2 to 3 % before a deload
FATIGUE_DAYS = 10.0  # the time in which fatigue fades to a third (Banister's model has 7 to 15 days)
REPS_LOST_A_SET = 0.25  # the later sets of a lift
MOST_REPS = 40.0
SHOWN_REPS = 5.0  # to failure by the chart, well inside what the formula is good for
SETS_OF_FULL_GAIN = 3.0  # weekly sets of a pattern that give the whole gain of the week; a deload gives none
DETRAIN_AFTER_DAYS = 14  # strength holds for two weeks without training, then falls slowly (Mujika 2000)
DETRAIN_A_WEEK = 0.01


@dataclass(frozen=True, slots=True)
class Nature:
    """What a lifter is made of. ``gain`` is the share of strength won in a week that is trained in full."""

    gain: float
    day_cv: float = 0.03  # strength from day to day
    rir_sd: float = 0.7  # how wrong repetitions left are told (Zourdos 2021: within one, nearer close to failure)
    scale: float = 1.0  # strength beside the reference lifter
    endurance: float = 1.18  # repetitions at a load beside the plan's chart; people's mean is 1.31 (Nuzzo 2024)
    believed: float = 1.0  # what the log claims beside the truth when the plan is written
    gain_until: dt.date | None = None  # the day after which nothing is gained any more
    falls_from: dt.date | None = None  # a real drop in strength begins, by ``falls_by`` over three weeks
    falls_by: float = 0.0


@dataclass(slots=True)
class Person:
    """The state of a lifter. Every movement has a true 1RM in kg, its share of bodyweight included."""

    nature: Nature
    rng: random.Random
    bodyweight_kg: float = 80.0
    gained: dict[MovementPattern, float] = field(default_factory=dict)
    fatigue: dict[MovementPattern, tuple[dt.date, float]] = field(default_factory=dict)
    trained: dict[MovementPattern, dt.date] = field(default_factory=dict)
    sets: dict[tuple[MovementPattern, tuple[int, int]], int] = field(default_factory=dict)
    own: dict[str, float] = field(default_factory=dict)
    day: tuple[dt.date | None, float] = (None, 1.0)

    def strength(self, movement: MovementRecord, on: dt.date) -> float:
        """The rested 1RM in kg: the truth that estimates and forecasts are about."""
        won = self.gained.get(movement.pattern, 0.0) + self.nature.gain * min(0, (on - START).days) / 7
        return self._start(movement) * (1 + won) * self._lost(on) * self._detrained(movement.pattern, on)

    def today(self, movement: MovementRecord, on: dt.date) -> float:
        """What can be lifted once on this day, kg: less what training has left in the body, on a good or a bad day."""
        if self.day[0] != on:
            self.day = (on, self.rng.lognormvariate(0, self.nature.day_cv))
        return self.strength(movement, on) * (1 - self._tired(movement.pattern, on)) * self.day[1]

    def reps_to_failure(self, load_kg: float, movement: MovementRecord, on: dt.date, set_number: int) -> float:
        """How many repetitions a total load allows in the so-manieth set (from 0)."""
        share = load_kg / self.today(movement, on)
        fresh = reps_for(share)
        return max(0.0, fresh and 1 + (fresh - 1) * self.nature.endurance - REPS_LOST_A_SET * set_number)

    def shown(self, movement: MovementRecord, on: dt.date) -> float | None:
        """The e1RM that a rested day without luck would log, kg: a set to failure at 86 %."""
        load = self.strength(movement, on) * share_for(SHOWN_REPS)
        return one_rep_max(load, 1 + (SHOWN_REPS - 1) * self.nature.endurance)

    def feels(self, left: float) -> float:
        """Repetitions left as told: in halves, with the lifter's error, never below none."""
        told = left + self.rng.gauss(0, self.nature.rir_sd * min(1.0, 0.4 + 0.2 * max(0.0, left)))
        return max(0.0, round(2 * told) / 2)

    def train(self, movement: MovementRecord, sets: int, on: dt.date, *, easy: bool = False) -> None:
        """Take the sets in: fatigue now, and strength up to the week's gain."""
        pattern = movement.pattern
        tired = self._tired(pattern, on) + sets * FATIGUE_PER_SET
        self.fatigue[pattern] = (on, tired)
        self.trained[pattern] = on
        if easy or (self.nature.gain_until is not None and on > self.nature.gain_until):
            return
        week = (pattern, on.isocalendar()[:2])
        before = min(SETS_OF_FULL_GAIN, self.sets.get(week, 0))
        self.sets[week] = self.sets.get(week, 0) + sets
        new = min(SETS_OF_FULL_GAIN, self.sets[week]) - before
        self.gained[pattern] = self.gained.get(pattern, 0.0) + self.nature.gain * new / SETS_OF_FULL_GAIN

    def _start(self, movement: MovementRecord) -> float:
        if movement.slug not in self.own:
            known = REFERENCE_KG.get(movement.slug)
            if known is None:
                base, ratio = OTHERS_KG, 1.0
                if movement.ratio is not None and movement.ratio.reference in REFERENCE_KG:
                    base, ratio = REFERENCE_KG[movement.ratio.reference], movement.ratio.value
                known = base * ratio * self.rng.lognormvariate(0, PERSONAL_CV)
            self.own[movement.slug] = known * self.nature.scale
        return self.own[movement.slug]

    def _tired(self, pattern: MovementPattern, on: dt.date) -> float:
        since, level = self.fatigue.get(pattern, (on, 0.0))
        return level * math.exp(-(on - since).days / FATIGUE_DAYS)

    def _lost(self, on: dt.date) -> float:
        start = self.nature.falls_from
        if start is None or on < start:
            return 1.0
        return 1 - self.nature.falls_by * min(1.0, (on - start).days / 21)

    def _detrained(self, pattern: MovementPattern, on: dt.date) -> float:
        last = self.trained.get(pattern)
        idle = 0 if last is None else max(0, (on - last).days - DETRAIN_AFTER_DAYS)
        return (1 - DETRAIN_A_WEEK) ** (idle / 7)


def reps_for(share: float) -> float:
    """Repetitions to failure at a share of 1RM: the chart of the engine read backwards; 0 above the maximum."""
    if share > 1:
        return 0.0
    low, high = 1.0, MOST_REPS
    for _ in range(30):
        middle = (low + high) / 2
        if share_for(middle) > share:
            low = middle
        else:
            high = middle
    return low
