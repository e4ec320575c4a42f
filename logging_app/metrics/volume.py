"""Volume: hard sets, fractional sets per muscle, tonnage (docs/algorithms/volume.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import MovementPattern, Muscle, SetKind
from logging_app.metrics.facts import SetFact

HARD_SET_RESERVE = 4.0  # repetitions left at most (engine.md, Metrics; Robinson 2024 for the closeness; grade B)
HARD_SET_SHARE = 0.30  # of 1RM at least (Lopez 2021, MSSE 53:1206; grade A)
WITHOUT_HARD_SETS = (MovementPattern.CARDIO, MovementPattern.MOBILITY)  # their minutes count, not their sets


def is_hard(fact: SetFact, best_e1rm: float | None = None) -> bool:
    """Whether a set counts as a hard one: near enough to failure and heavy enough, no warm-up.

    ``best_e1rm`` is the athlete's 1RM in the movement; where it is unknown the set's own estimate stands in, and
    without either the load is taken on trust.
    """
    if fact.kind is SetKind.WARMUP or fact.lift.pattern in WITHOUT_HARD_SETS or fact.reserve > HARD_SET_RESERVE:
        return False
    if not (fact.reps or fact.seconds or fact.metres):
        return False
    reference = best_e1rm if best_e1rm is not None else fact.e1rm
    if not reference or fact.load_kg is None:
        return True
    return fact.load_kg >= HARD_SET_SHARE * reference


def fractional_sets(sets: Iterable[SetFact], best_e1rm: Mapping[str, float] | None = None) -> dict[Muscle, float]:
    """Hard sets per muscle, each set counted by its share (1 direct, 0.5 indirect; Pelland 2025).

    ``best_e1rm`` maps a lift's key to the athlete's 1RM in kg.
    """
    totals: dict[Muscle, float] = defaultdict(float)
    for fact in sets:
        if is_hard(fact, (best_e1rm or {}).get(fact.lift.key)):
            for muscle, share in fact.lift.shares.items():
                totals[muscle] += share
    return {muscle: total for muscle, total in totals.items() if total}


def tonnage(sets: Iterable[SetFact]) -> float:
    """Kilograms moved: whole load times repetitions, both dumbbells of a pair; warm-ups left out."""
    total = sum(
        (fact.load_kg or 0.0) * (fact.reps or 0) * fact.lift.implements
        for fact in sets
        if fact.kind is not SetKind.WARMUP
    )
    return round_half_up(total, 2)
