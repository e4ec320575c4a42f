"""From ten points over one to three goals to shares of time and one dose. See docs/algorithms/goals.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import ExperienceLevel, Goal
from programs.engine.heuristics import GoalDose, Heuristics, Span
from programs.engine.types import Athlete, Request

RESISTANCE = (Goal.STRENGTH, Goal.HYPERTROPHY, Goal.EXPLOSIVENESS, Goal.SPEED)
LOADABLE = (Goal.STRENGTH, Goal.HYPERTROPHY, Goal.FAT_LOSS, Goal.EXPLOSIVENESS, Goal.SPEED)
HEAVY_FROM = 4  # points of strength from which intensification weeks are truly heavy (quality C11)
SIZE_FROM = 4  # points of hypertrophy from which work stays at six repetitions and more (quality C11)
SIZE_REPS = 6
LIFTED_FROM = 2  # points of loadable goals from which the middle is lifted with their dose


@dataclass(frozen=True, slots=True)
class GoalMix:
    """What the goals ask for: shares of the middle minutes (sum 1), and the dose of lifting sets."""

    weights: Mapping[Goal, int]
    resistance: float
    conditioning: float
    mobility: float
    main_goal: Goal
    main_reps: Span
    heavy_reps: Span
    accessory_reps: Span
    rir: Span
    main_rest: Span
    accessory_rest: Span
    power: int  # points of explosiveness and speed together

    def weight(self, goal: Goal) -> int:
        return self.weights.get(goal, 0)

    @property
    def lifting_points(self) -> int:
        """Points of the goals that are reached by lifting."""
        return sum(self.weight(goal) for goal in LOADABLE if goal is not Goal.SPEED)

    @property
    def lifted(self) -> bool:
        """Whether lifting follows a strength-like dose (else it is endurance work with short rests)."""
        return self.main_goal is not Goal.ENDURANCE


def mix_of(request: Request, athlete: Athlete, config: Heuristics) -> GoalMix:
    """The goal mix of a request."""
    weights = {one.goal: one.weight for one in request.goals if one.weight > 0}
    resistance, conditioning, mobility = _shares(weights, config)
    main_goal = _main_goal(weights)
    lifting = {goal: weight for goal, weight in weights.items() if goal in LOADABLE} or {main_goal: 1}
    if main_goal not in lifting:
        lifting = {main_goal: 1}
    novice = athlete.experience is ExperienceLevel.BEGINNER
    doses = {goal: config.goals[goal] for goal in lifting}
    main = _blend({goal: _reps(dose, novice) for goal, dose in doses.items()}, lifting)
    rir = _blend({goal: dose.rir for goal, dose in doses.items()}, lifting)
    ease = config.aggression[athlete.aggression].rir
    lowest = max(rir[0] + ease, config.caps.novice_rir if novice else 0)
    return GoalMix(
        weights=weights,
        resistance=resistance,
        conditioning=conditioning,
        mobility=mobility,
        main_goal=main_goal,
        main_reps=_size_floor(main, weights),
        heavy_reps=_heavy(main, weights, novice, config),
        accessory_reps=_blend({goal: dose.accessory_reps for goal, dose in doses.items()}, lifting),
        rir=(lowest, max(rir[1], lowest + 1)),
        main_rest=config.goals[main_goal].main_rest,
        accessory_rest=config.goals[main_goal].accessory_rest,
        power=weights.get(Goal.EXPLOSIVENESS, 0) + weights.get(Goal.SPEED, 0),
    )


def _shares(weights: Mapping[Goal, int], config: Heuristics) -> tuple[float, float, float]:
    """Shares of lifting, conditioning with cardio, and mobility, after the caps."""
    total = sum(weights.values())
    half_fat = weights.get(Goal.FAT_LOSS, 0) / 2
    lifting = (sum(weights.get(goal, 0) for goal in RESISTANCE) + half_fat) / total
    cardio = (weights.get(Goal.ENDURANCE, 0) + half_fat) / total
    mobility = weights.get(Goal.MOBILITY, 0) / total
    if len(weights) == 1:
        return lifting, cardio, mobility
    mobility = min(mobility, config.distribution.mobility_max)
    cardio = min(cardio, config.distribution.cardio_max)
    if lifting > 0:
        lifting = 1 - cardio - mobility
    else:
        cardio = 1 - mobility
    return lifting, cardio, mobility


def _main_goal(weights: Mapping[Goal, int]) -> Goal:
    """The highest weighted loadable goal gives the mains their dose; ties go to the heavier one."""
    if sum(weights.get(goal, 0) for goal in LOADABLE) >= LIFTED_FROM:
        return max(LOADABLE, key=lambda goal: (weights.get(goal, 0), -LOADABLE.index(goal)))
    return Goal.ENDURANCE if weights.get(Goal.ENDURANCE, 0) else Goal.MOBILITY


def _reps(dose: GoalDose, novice: bool) -> Span:
    return dose.novice_reps if novice else dose.reps


def _blend(spans: Mapping[Goal, Span], weights: Mapping[Goal, int]) -> Span:
    total = sum(weights.values())
    low = sum(spans[goal][0] * weight for goal, weight in weights.items()) / total
    high = sum(spans[goal][1] * weight for goal, weight in weights.items()) / total
    return int(round_half_up(low)), int(round_half_up(high))


def _size_floor(reps: Span, weights: Mapping[Goal, int]) -> Span:
    if weights.get(Goal.HYPERTROPHY, 0) < SIZE_FROM:
        return reps
    low = max(SIZE_REPS, reps[0])
    return low, max(low + 2, reps[1])


def _heavy(reps: Span, weights: Mapping[Goal, int], novice: bool, config: Heuristics) -> Span:
    """Repetitions of mains in the last third of a block: the lower half of the range, heavier still for strength."""
    if weights.get(Goal.STRENGTH, 0) >= HEAVY_FROM:
        low, high = _reps(config.goals[Goal.STRENGTH], novice)
        return low, max(low + 1, (low + high) // 2)
    return reps[0], max(reps[0] + 1, (reps[0] + reps[1]) // 2)


def band_of(mix: GoalMix, config: Heuristics) -> dict[Goal, Span]:
    """The weekly fractional set bands of the goals that have weight."""
    return {goal: config.goals[goal].band for goal in mix.weights}
