"""Kilograms: what iron a movement is loaded with, and which weights that iron makes. See docs/algorithms/loads.md."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gainsly.lib.strength import MAX_EFFECTIVE_REPS, percent_at
from gainsly.lib.units import barbell_loads, floor_load, in_pounds, is_pounds, lb_to_kg
from movements.catalogue.records import MovementRecord
from programs.engine.types import Athlete, History, Kit

BARS = frozenset({"barbell", "trap_bar", "safety_bar", "log", "ez_bar", "smith_machine"})
PLATE_LOADED = frozenset({"landmine"})
HANDS = frozenset({"dumbbell"})
BELLS = frozenset({"kettlebell"})
STACKS = frozenset({"cable", "machine", "leg_press", "leg_extension", "leg_curl", "hack_squat"})
LOADABLE = BARS | HANDS | BELLS | STACKS | PLATE_LOADED
BELL_STEP_KG = 4.0
HEAVIEST_KG = 400.0
HEAVIEST_HAND_KG = 60.0
TAIL_SLOPE = 0.0095  # share of 1RM per repetition beyond twelve (Nuzzo 2024: 70 % for 14.8, 60 % for 19.5)
TAIL_FLOOR = 0.30
RATIO_CAUTION = 0.95  # a load from a ratio between lifts starts a little lighter


@dataclass(frozen=True, slots=True)
class Maximum:
    """What is known of an athlete's 1RM on a movement, in kg of its own load (bodyweight share included)."""

    kg: float
    is_guess: bool


def is_loadable(movement: MovementRecord) -> bool:
    """Whether weight can be put on it, so that a share of 1RM means something."""
    return bool(LOADABLE & frozenset(movement.equipment))


def maximum_of(movement: MovementRecord, history: History) -> Maximum | None:
    """The 1RM from the log, else from the pattern's reference lift by its ratio; None when neither is known."""
    own = history.strength.get(movement.slug)
    if own is not None:
        return Maximum(own.e1rm_kg, is_guess=False)
    if movement.ratio is None or movement.ratio.reference not in history.strength:
        return None
    reference = history.strength[movement.ratio.reference].e1rm_kg
    return Maximum(reference * movement.ratio.value * RATIO_CAUTION, is_guess=True)


def share_for(reps_to_failure: float) -> float:
    """Share of 1RM for so many repetitions to failure: the chart up to twelve, then a straight line to 30 %."""
    if reps_to_failure <= MAX_EFFECTIVE_REPS:
        return percent_at(reps_to_failure)
    beyond = reps_to_failure - MAX_EFFECTIVE_REPS
    return max(TAIL_FLOOR, percent_at(MAX_EFFECTIVE_REPS) - TAIL_SLOPE * beyond)


@lru_cache(maxsize=64)
def _bar_weights(bar_kg: float, plates_kg: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(barbell_loads(bar_kg, plates_kg, heaviest_kg=HEAVIEST_KG))


@lru_cache(maxsize=64)
def _steps(step_kg: float, heaviest_kg: float) -> tuple[float, ...]:
    if is_pounds([step_kg]):
        step_lb = in_pounds(step_kg)
        return tuple(round(lb_to_kg(step_lb * count), 2) for count in range(1, int(heaviest_kg / step_kg) + 1))
    return tuple(round(step_kg * count, 2) for count in range(1, int(heaviest_kg / step_kg) + 1))


def weights_for(movement: MovementRecord, kit: Kit) -> tuple[float, ...]:
    """The weights this movement can have in this kit, ascending; empty for what takes no weight."""
    gear = frozenset(movement.equipment)
    if gear & BARS:
        return _bar_weights(kit.bar_kg, kit.plates_kg)
    if gear & HANDS:
        return kit.dumbbells_kg or _steps(kit.load_step_kg, HEAVIEST_HAND_KG)
    if gear & BELLS:
        return _steps(BELL_STEP_KG, HEAVIEST_HAND_KG)
    if gear & STACKS:
        usual = None if is_pounds([kit.load_step_kg]) else movement.load_step_kg  # stacks of a kilogram gym
        return _steps(usual or kit.load_step_kg, HEAVIEST_KG)
    if gear & PLATE_LOADED:
        return _steps(kit.load_step_kg, HEAVIEST_KG)
    return ()


def carried_bodyweight(movement: MovementRecord, athlete: Athlete) -> float:
    """Kilograms of the athlete's own body that the movement lifts."""
    return movement.bodyweight_share * (athlete.bodyweight_kg or 0.0)


def load_at(total_kg: float, movement: MovementRecord, athlete: Athlete) -> float | None:
    """The loadable weight at or below a total of kilograms; None where the body alone is as heavy."""
    weights = weights_for(movement, athlete.kit)
    if not weights or (movement.bodyweight_share and athlete.bodyweight_kg is None):
        return None
    outside = total_kg - carried_bodyweight(movement, athlete)
    return floor_load(outside, weights) if outside >= weights[0] else None


def step_share(load_kg: float, movement: MovementRecord, kit: Kit) -> float:
    """The next heavier weight as a share of this one (0 when there is none)."""
    heavier = [weight for weight in weights_for(movement, kit) if weight > load_kg]
    return (heavier[0] - load_kg) / load_kg if heavier and load_kg else 0.0
