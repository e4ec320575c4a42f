"""Personal records of one movement, each judged against measurement noise (docs/algorithms/records.md)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from gainsly.lib.vocabulary import SetKind
from logging_app.metrics.facts import SetFact
from logging_app.metrics.volume import tonnage

NOISE_CV = 0.042  # test-retest variation of a 1RM (median CV 4.2 %, Grgic 2020 Sports Med Open 6:31; grade A)
NOISE_OF_TWO = NOISE_CV * math.sqrt(2)  # a record compares two days, and both vary

Kind = Literal["e1rm", "reps_at_weight", "volume"]


@dataclass(frozen=True, slots=True)
class Bests:
    """What earlier workouts had reached in one movement."""

    e1rm: float | None = None
    volume: float | None = None
    reps_at: Mapping[float, int] = field(default_factory=dict)  # most reps by weight in kg


@dataclass(frozen=True, slots=True)
class Record:
    """``previous`` is what earlier workouts had reached; ``None`` marks the first mark set, which breaks nothing."""

    set_key: str
    kind: Kind
    value: float
    previous: float | None

    @property
    def beyond_noise(self) -> bool:
        """Whether it says "new strength" rather than "best yet"."""
        return self.previous is not None and self.value > self.previous * (1 + NOISE_OF_TWO)


def of_movement(sets: Sequence[SetFact], before: Bests | None = None) -> list[Record]:
    """Every record in a movement's sets, which come in order of training, workout by workout.

    A set competes with earlier workouts and with the earlier sets of its own; so a first workout breaks no record,
    it only sets the marks. ``before`` holds what was reached before the first of these sets.
    """
    bests = before or Bests()
    found: list[Record] = []
    for _, grouped in groupby(sets, key=lambda fact: fact.workout):
        workout = [fact for fact in grouped if fact.kind is not SetKind.WARMUP]
        found += _e1rm(workout, bests) + _reps(workout, bests) + _volume(workout, bests)
        bests = after(workout, bests)
    return found


def after(sets: Iterable[SetFact], bests: Bests) -> Bests:
    """The bests once these sets are counted too."""
    done = [fact for fact in sets if fact.kind is not SetKind.WARMUP]
    reps_at = dict(bests.reps_at)
    for fact in done:
        if fact.weight_kg is not None and fact.reps:
            reps_at[fact.weight_kg] = max(reps_at.get(fact.weight_kg, 0), fact.reps)
    return Bests(
        e1rm=max([bests.e1rm or 0.0, *(fact.e1rm or 0.0 for fact in done)]) or None,
        volume=max(bests.volume or 0.0, tonnage(done)) or None,
        reps_at=reps_at,
    )


def _e1rm(workout: Sequence[SetFact], bests: Bests) -> list[Record]:
    found: list[Record] = []
    best = bests.e1rm or 0.0
    for fact in workout:
        if fact.e1rm is not None and fact.e1rm > best:
            best = fact.e1rm
            found.append(Record(fact.key, "e1rm", fact.e1rm, bests.e1rm))
    return found if bests.e1rm is not None else found[-1:]  # of a first workout only the best set is the mark


def _reps(workout: Sequence[SetFact], bests: Bests) -> list[Record]:
    """More repetitions than ever at this weight or above it, at a weight that was lifted in an earlier workout."""
    found: list[Record] = []
    seen: dict[float, int] = {}
    for fact in workout:
        if fact.weight_kg is None or not fact.reps:
            continue
        earlier = _most_reps(bests.reps_at, fact.weight_kg)
        known = fact.weight_kg in bests.reps_at
        if known and fact.reps > max(earlier, _most_reps(seen, fact.weight_kg)):
            found.append(Record(fact.key, "reps_at_weight", float(fact.reps), float(earlier)))
        seen[fact.weight_kg] = max(seen.get(fact.weight_kg, 0), fact.reps)
    return found


def _most_reps(reps_at: Mapping[float, int], weight_kg: float) -> int:
    return max((reps for weight, reps in reps_at.items() if weight >= weight_kg), default=0)


def _volume(workout: Sequence[SetFact], bests: Bests) -> list[Record]:
    """The most kilograms moved in one workout; it hangs on the workout's first set, which stays while more follow."""
    total = tonnage(workout)
    if not workout or total <= (bests.volume or 0.0):
        return []
    return [Record(workout[0].key, "volume", total, bests.volume)]
