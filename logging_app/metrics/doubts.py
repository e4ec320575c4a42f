"""Weights that look like a slip of the thumb, asked about before they are kept. See docs/algorithms/doubts.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gainsly.lib.units import KG_PER_LB, round_half_up

LEAST_KG = 15.0  # smaller differences happen
TENFOLD = (6.0, 16.0)  # times the usual: a decimal point was lost
TENTH = (0.06, 0.16)
POUNDS = (2.0, 2.45)  # pounds typed into a field of kilograms, within the growth of a block
KILOGRAMS = (0.41, 0.50)
HEAVY = 1.6


class Doubt(StrEnum):
    TENFOLD = "tenfold"
    TENTH = "tenth"
    POUNDS = "pounds"
    KILOGRAMS = "kilograms"
    HEAVY = "heavy"


@dataclass(frozen=True, slots=True)
class Doubted:
    """Why a weight is asked about, what is usual, and what was perhaps meant; kilograms."""

    doubt: Doubt
    usual_kg: float
    meant_kg: float | None


def doubted(weight_kg: float, usual_kg: Sequence[float], *, pounds: bool = False) -> Doubted | None:
    """Whether a working weight is far from the heaviest usual one; ``pounds`` is the athlete's unit.

    ``None`` without anything usual, and for differences that training explains.
    """
    usual = max(usual_kg, default=0.0)
    if usual <= 0 or weight_kg <= 0 or abs(weight_kg - usual) < LEAST_KG:
        return None
    ratio = weight_kg / usual
    doubt = next((one for one, (low, high) in _ranges(pounds).items() if low <= ratio <= high), None)
    if doubt is None:
        return Doubted(Doubt.HEAVY, usual, None) if ratio >= HEAVY else None
    return Doubted(doubt, usual, round_half_up(weight_kg * _MEANT[doubt], 2))


def _ranges(pounds: bool) -> dict[Doubt, tuple[float, float]]:
    unit = {Doubt.KILOGRAMS: KILOGRAMS} if pounds else {Doubt.POUNDS: POUNDS}
    return {Doubt.TENFOLD: TENFOLD, Doubt.TENTH: TENTH, **unit}


_MEANT = {Doubt.TENFOLD: 0.1, Doubt.TENTH: 10.0, Doubt.POUNDS: KG_PER_LB, Doubt.KILOGRAMS: 1 / KG_PER_LB}
