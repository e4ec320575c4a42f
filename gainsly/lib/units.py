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


def is_pounds(pieces_kg: Iterable[float]) -> bool:
    """Whether iron that is kept in kilograms (to the hundredth) was cast in pounds.

    Such pieces weigh a whole number of pounds, or of quarters of five (1.25, 2.5), which no usual piece of a kilogram
    set comes near.
    """
    pounds = [kg_to_lb(piece) for piece in pieces_kg if piece > 0]
    return bool(pounds) and all(
        min(abs(one - round(one / grain) * grain) for grain in POUND_GRAINS) <= KEPT_LB for one in pounds
    )


POUND_GRAINS = (1.0, 1.25)
KEPT_LB = 0.0113  # what rounding to a hundredth of a kilogram may hide, in pounds; 2.5 kg is 0.0116 beside 5.5 lb


def in_pounds(kilograms: float) -> float:
    """The weight of pound iron that is kept in kilograms, to the quarter of a pound."""
    return round(kg_to_lb(kilograms) * 4) / 4


def barbell_loads(bar_kg: float, plates_kg: Iterable[float], *, heaviest_kg: float = 400.0) -> list[float]:
    """Every weight that a bar and pairs of these plate sizes can make (any number of pairs), ascending, kg.

    Pound iron is added up in pounds, so that rounding never makes two weights of one.
    """
    plates = [plate for plate in plates_kg if plate > 0]
    if not is_pounds((bar_kg, *plates)):
        return _made_of_pairs(bar_kg, plates, heaviest_kg)
    pounds = _made_of_pairs(in_pounds(bar_kg), map(in_pounds, plates), kg_to_lb(heaviest_kg))
    return [round(lb_to_kg(load), 2) for load in pounds]


def _made_of_pairs(bar: float, plates: Iterable[float], heaviest: float) -> list[float]:
    """The sums of a bar and pairs, in the unit of the iron, to the hundredth."""
    step_units = sorted({round(plate * 200) for plate in plates})  # pairs, in hundredths
    limit = round(heaviest * 100)
    reachable = {round(bar * 100)}
    frontier = list(reachable)
    while frontier:
        base = frontier.pop()
        for step in step_units:
            if base + step <= limit and base + step not in reachable:
                reachable.add(base + step)
                frontier.append(base + step)
    return [units / 100 for units in sorted(reachable)]


def plates_per_side(load: float, bar: float, plates: Iterable[float]) -> list[float] | None:
    """Plates for one side of the bar, heaviest first, the fewest that make the load; ``None`` where none do.

    All three in the unit that the iron was cast in. Any number of pairs of a size is assumed. Greedy fails for odd
    sets of sizes, so the fewest are searched for.
    """
    target = round((load - bar) * 50)  # one side, in hundredths
    sizes = sorted({round(plate * 100) for plate in plates if plate > 0}, reverse=True)
    if target < 0:
        return None
    unit = math.gcd(target, *sizes) or 1  # search in the coarsest steps that matter
    best: dict[int, list[int]] = {0: []}
    for side in range(unit, target + 1, unit):
        options = [[*best[side - size], size] for size in sizes if side - size in best]
        if options:
            best[side] = min(options, key=len)
    return [size / 100 for size in sorted(best[target], reverse=True)] if target in best else None
