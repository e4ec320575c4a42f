"""The useful band of weekly hard sets per muscle, for one athlete (docs/algorithms/landmarks.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gainsly.lib.vocabulary import ExperienceLevel, Muscle
from programs.engine.heuristics import Heuristics

TOLERANCE = 0.5  # half a set is not worth a word

Place = Literal["below", "inside", "above", "over"]


@dataclass(frozen=True, slots=True)
class Landmark:
    """Fractional hard sets a week: the band's ends, and where too much begins."""

    low: float
    high: float
    warn: float

    def place(self, sets: float) -> Place:
        """Where a week's sets stand."""
        if sets < self.low - TOLERANCE:
            return "below"
        if sets <= self.high + TOLERANCE:
            return "inside"
        return "above" if sets <= self.warn else "over"


def landmarks(
    experience: ExperienceLevel, config: Heuristics, planned: Mapping[str, tuple[float, float]] | None = None
) -> dict[Muscle, Landmark]:
    """The published band of the athlete's level per muscle; the bands that a running program aims at go before it."""
    known = planned or {}
    found: dict[Muscle, Landmark] = {}
    for muscle, band in config.volume.items():
        low, high = known.get(muscle) or band.for_level(experience)
        found[Muscle(muscle)] = Landmark(low=float(low), high=float(high), warn=float(max(high, band.warn)))
    return found
