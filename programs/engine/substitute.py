"""The load of a stand-in: converted through what the athlete can lift on each. See docs/algorithms/substitution.md."""

from __future__ import annotations

from dataclasses import dataclass

from movements.catalogue.records import MovementRecord
from programs.engine.loads import RATIO_CAUTION, carried_bodyweight, is_loadable, load_at, maximum_of, share_for
from programs.engine.types import Athlete, History

USUAL_REPS, USUAL_RESERVE = 8, 2  # what a load is given for where none is named: sets of 8 with 2 left


@dataclass(frozen=True, slots=True)
class Conversion:
    """A load for the stand-in in kg of its own iron (per hand), and how many of its kilograms one of the other's is."""

    load_kg: float
    ratio: float
    is_guess: bool  # from ratio priors, not from the athlete's own lifts


def convert_load(
    load_kg: float, source: MovementRecord, target: MovementRecord, athlete: Athlete, history: History
) -> Conversion | None:
    """The load of ``target`` that asks as much as ``load_kg`` does on ``source``; never the same number by default.

    None where no ratio is known, the target takes no weight, or its kit makes none so light.
    """
    found = ratio_between(source, target, history)
    if found is None or not is_loadable(target):
        return None
    ratio, is_guess = found
    total = (load_kg + carried_bodyweight(source, athlete)) * ratio * (RATIO_CAUTION if is_guess else 1.0)
    load = load_at(total, target, athlete)
    return None if load is None else Conversion(load, round(ratio, 4), is_guess)


def ratio_between(source: MovementRecord, target: MovementRecord, history: History) -> tuple[float, bool] | None:
    """e1RM of the target for one kilogram of the source's, and whether it is a guess.

    From the athlete's own lifts where both are known, else from the priors where both lean on one reference lift.
    """
    lifted = history.strength
    if source.slug in lifted and target.slug in lifted:
        return lifted[target.slug].e1rm_kg / lifted[source.slug].e1rm_kg, False
    if source.ratio and target.ratio and source.ratio.reference == target.ratio.reference:
        return target.ratio.value / source.ratio.value, True
    return None


def usual_load(movement: MovementRecord, athlete: Athlete, history: History) -> Conversion | None:
    """The load for a usual set of the movement, where its 1RM is known or can be guessed."""
    maximum = maximum_of(movement, history)
    if maximum is None or not is_loadable(movement):
        return None
    load = load_at(maximum.kg * share_for(USUAL_REPS + USUAL_RESERVE), movement, athlete)
    return None if load is None else Conversion(load, 1.0, maximum.is_guess)
