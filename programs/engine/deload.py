"""Deload weeks: half the sets at nearly the same load. See docs/algorithms/deload.md."""

from __future__ import annotations

from collections.abc import Sequence

from gainsly.lib.units import round_half_up
from programs.engine.heuristics import Heuristics


def deload_sets(sets: Sequence[int], config: Heuristics) -> list[int]:
    """Sets of a session's exercises in a deload: together about half, each at least one.

    Rounding each by itself would cut three sets to two, a third only; so the whole is shared out by largest
    remainders, first exercises first.
    """
    total = sum(sets)
    keep = max(len(sets), int(round_half_up(total * (1 - config.deload.volume))))
    exact = [count * (1 - config.deload.volume) for count in sets]
    result = [max(1, int(one)) for one in exact]
    order = sorted(range(len(sets)), key=lambda index: (int(exact[index]) - exact[index], index))
    for index in order:
        if sum(result) >= keep:
            break
        if result[index] < sets[index]:
            result[index] += 1
    return result
