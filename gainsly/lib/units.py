"""Units at the edge: kilograms, metres and seconds inside, the athlete's own outside; loads that exist in iron."""

import math
from collections.abc import Iterable, Sequence

KG_PER_LB = 0.45359237  # exact, International Yard and Pound Agreement 1959
CM_PER_INCH = 2.54  # exact, the same


def kg_to_lb(kilograms: float) -> float:
    return kilograms / KG_PER_LB


def lb_to_kg(pounds: float) -> float:
    return pounds * KG_PER_LB


def round_half_up(value: float, digits: int = 0) -> float:
    """School rounding (0.5 goes up), the same on every platform."""
    scale = 10**digits
    return int(value * scale + 0.5 + 1e-9) / scale if value >= 0 else -round_half_up(-value, digits)


def floor_load(target_kg: float, loads_kg: Sequence[float]) -> float:
    """The heaviest loadable weight that is not above the target, or the lightest there is."""
    fitting = [load for load in loads_kg if load <= target_kg + 1e-9]
    return fitting[-1] if fitting else loads_kg[0]


def barbell_loads(bar_kg: float, plates_kg: Iterable[float], *, heaviest_kg: float = 400.0) -> list[float]:
    """Every weight that a bar and pairs of these plate sizes can make (any number of pairs), ascending."""
    step_units = sorted({round(plate * 200) for plate in plates_kg if plate > 0})  # pairs, in hundredths of a kg
    limit = round(heaviest_kg * 100)
    reachable = {round(bar_kg * 100)}
    frontier = list(reachable)
    while frontier:
        base = frontier.pop()
        for step in step_units:
            if base + step <= limit and base + step not in reachable:
                reachable.add(base + step)
                frontier.append(base + step)
    return [units / 100 for units in sorted(reachable)]


def plates_per_side(load_kg: float, bar_kg: float, plates_kg: Iterable[float]) -> list[float] | None:
    """Plates for one side of the bar, heaviest first, the fewest that make the load; ``None`` where none do.

    Any number of pairs of a size is assumed. Greedy fails for odd sets of sizes, so the fewest are searched for.
    """
    target = round((load_kg - bar_kg) * 50)  # one side, in hundredths of a kg
    sizes = sorted({round(plate * 100) for plate in plates_kg if plate > 0}, reverse=True)
    if target < 0:
        return None
    unit = math.gcd(target, *sizes) or 1  # search in the coarsest steps that matter
    best: dict[int, list[int]] = {0: []}
    for side in range(unit, target + 1, unit):
        options = [[*best[side - size], size] for size in sizes if side - size in best]
        if options:
            best[side] = min(options, key=len)
    return [size / 100 for size in sorted(best[target], reverse=True)] if target in best else None
