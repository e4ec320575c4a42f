"""The estimated one-repetition maximum of a set (docs/algorithms/strength.md)."""

from __future__ import annotations

from gainsly.lib import strength
from gainsly.lib.vocabulary import E1rmFormula, SetKind
from logging_app.metrics.facts import SetFact

# A warm-up is not meant to show strength; a drop set is done tired and shows less of it than there is.
WITHOUT_ESTIMATE = (SetKind.WARMUP, SetKind.DROP)


def of_set(fact: SetFact, formula: E1rmFormula = E1rmFormula.BLEND) -> strength.Estimate | None:
    """The 1RM with its band in kg: per hand for dumbbells, on the whole load for bodyweight movements.

    ``None`` for warm-ups and drop sets, below RPE 5, above the formula's repetitions, and where the load is unknown.
    """
    load = fact.load_kg
    if fact.kind in WITHOUT_ESTIMATE or load is None or not fact.reps:
        return None
    if fact.kind is SetKind.FAILURE:
        return strength.estimate(load, fact.reps, formula)
    reps = strength.effective_reps(fact.reps, rpe=fact.rpe, rir=fact.rir)
    return strength.estimate(load, reps, formula) if reps is not None else None
