"""The plain facts that every metric reads: one set as it was done, with what its movement is like.

The shares of its muscles are those of docs/algorithms/volume.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gainsly.lib.strength import MAX_RPE
from gainsly.lib.vocabulary import MovementPattern, Muscle, SetKind
from movements.catalogue.records import MovementRecord


@dataclass(frozen=True, slots=True)
class Lift:
    """What a metric needs to know of a movement. ``shares`` are fractional-set credits (1 direct, 0.5 indirect)."""

    key: str  # slug or id: names the movement, nothing is read into it
    pattern: MovementPattern
    implements: int = 1  # two for a pair of dumbbells: loads are per hand, tonnage counts both
    bodyweight_share: float = 0.0  # part of bodyweight that is lifted, 0-1
    shares: Mapping[Muscle, float] = field(default_factory=dict)


def lift_of(key: str, record: MovementRecord) -> Lift:
    """A catalogue record as a lift."""
    return Lift(
        key=key,
        pattern=record.pattern,
        implements=record.implements,
        bodyweight_share=record.bodyweight_share,
        shares=record.muscle_shares(),
    )


@dataclass(frozen=True, slots=True)
class SetFact:
    """One set as done; kilograms, seconds, metres. ``bodyweight_kg`` as known when it was done."""

    key: str
    lift: Lift
    workout: str
    at: dt.datetime
    kind: SetKind = SetKind.WORKING
    weight_kg: float | None = None
    reps: int | None = None
    rpe: float | None = None
    rir: float | None = None
    seconds: int | None = None
    metres: float | None = None
    bodyweight_kg: float | None = None
    e1rm: float | None = None  # as estimated for this set, kg

    @property
    def reserve(self) -> float:
        """Repetitions left: as told, from RPE, or none when neither was told (decisions.md 19)."""
        if self.kind is SetKind.FAILURE:
            return 0.0
        if self.rir is not None:
            return self.rir
        return MAX_RPE - self.rpe if self.rpe is not None else 0.0

    @property
    def to_failure(self) -> bool:
        """Whether the athlete said that nothing was left; silence is not failure."""
        return self.kind is SetKind.FAILURE or self.rir == 0 or self.rpe == MAX_RPE

    @property
    def load_kg(self) -> float | None:
        """The whole load of one implement: what is on it plus the share of bodyweight; ``None`` where unknown."""
        if not self.lift.bodyweight_share:
            return self.weight_kg
        if self.bodyweight_kg is None:
            return None
        return (self.weight_kg or 0.0) + self.lift.bodyweight_share * self.bodyweight_kg


def fact_of(row: Any, lift: Lift) -> SetFact:
    """A stored set as a fact: anything with the columns of a set log, be it a model or a bare row."""
    return SetFact(
        key=str(row.id),
        lift=lift,
        workout=str(row.workout_id),
        at=row.performed_at,
        kind=SetKind(row.kind),
        weight_kg=row.weight_kg,
        reps=row.reps,
        rpe=row.rpe,
        rir=row.rir,
        seconds=row.seconds,
        metres=row.metres,
        bodyweight_kg=row.bodyweight_kg,
        e1rm=row.e1rm,
    )
