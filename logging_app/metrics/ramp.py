"""Warm-up sets up to a working weight that is not the plan's own. See docs/algorithms/ramp.md."""

from __future__ import annotations

from collections.abc import Sequence

STEPS = ((0.40, 5), (0.60, 4), (0.75, 2), (0.90, 1))  # share of the working weight, repetitions
LEAST_KG = 40.0  # lighter work needs no ramp


def ramp_to(load_kg: float, loads: Sequence[float]) -> list[tuple[float, int]]:
    """``[(kg, repetitions)]``, each weight loadable, rising and below the working weight; empty for light work."""
    if load_kg < LEAST_KG or not loads:
        return []
    found: list[tuple[float, int]] = []
    for share, reps in STEPS:
        weight = max((one for one in loads if one <= load_kg * share), default=loads[0])
        if weight < load_kg and (not found or weight > found[-1][0]):
            found.append((weight, reps))
    return found
