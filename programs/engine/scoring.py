"""Seven scores for every movement at once. See docs/algorithms/scoring.md for the formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gainsly.lib.vocabulary import (
    SKILL_RANK,
    Discipline,
    Goal,
    MovementPattern,
    MovementRuleType,
    Muscle,
    Section,
)
from movements.catalogue.records import MovementRecord
from programs.engine.goals import GoalMix
from programs.engine.heuristics import Heuristics
from programs.engine.loads import is_loadable, load_at, maximum_of, share_for, step_share
from programs.engine.types import Athlete, History, Request

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

DIMENSIONS = (
    "pattern_alignment", "muscle_coverage", "discipline_preference", "compound_bonus", "specialization",
    "goal_alignment", "time_utilization",
)  # fmt: skip
MUSCLES: tuple[Muscle, ...] = tuple(Muscle)
COLUMN = {muscle: index for index, muscle in enumerate(MUSCLES)}
STEADY = frozenset({"steady", "zone2", "low_impact", "machine"})
DIGITS = 6  # scores are rounded before they are compared, so that every machine chooses alike
NEUTRAL = 3  # a discipline nobody has spoken about
SUGGESTED = 4  # a discipline that the goal suggests
LIKED = 5
FAVOURITE, WANTED, KNOWN, REFERENCE, RATED = 1.0, 0.9, 0.8, 0.8, 0.2  # nothing speaks for the others: 0
STAPLE, STAPLE_SHARE = "staple", 0.7  # what a coach names first closes so much of the gap to 1
USUAL_REPS, FAIR_STEP, LEAST_STEP_FIT = 12, 0.2, 0.4  # a next weight a fifth heavier can still be bridged
GEAR_COST, UNILATERAL_COST, LEAST_TIME = 0.12, 0.25, 0.2
STANDING = frozenset({"bench", "rack", "pull_up_bar"})  # nothing to fetch or to set up
ENOUGH_COVERAGE = 0.85  # shares of secondary muscles are too rough to tell the rest apart
SKILL_GAP_COST = (0.0, 0.0, 0.1, 0.25, 0.4)  # of goal alignment, by ranks below the athlete
UNLOADED_GAP_COST = (0.0, 0.2, 0.4, 0.6, 0.8)  # bodyweight work must be hard enough
FAST = {Goal.EXPLOSIVENESS: MovementPattern.OLYMPIC, Goal.SPEED: MovementPattern.PLYOMETRIC}


@dataclass(frozen=True, slots=True)
class Shelf:
    """The permitted movements as arrays, one row each, in order of slug."""

    movements: tuple[MovementRecord, ...]
    row: Mapping[str, int]
    shares: Floats  # rows x muscles: fractional sets per set
    primary: Bools  # rows x muscles
    reach: Floats  # rows x muscles: 1 for a primary muscle, a half for a secondary one, loaded or not
    patterns: NDArray[np.str_]
    compound: Floats
    discipline: Floats
    specialization: Floats
    goal: Floats
    assistance: Floats  # goal alignment of assistance, where the tool matters less
    time: Floats
    cns_cost: Floats
    ties: NDArray[np.int64]
    keys: NDArray[np.str_]  # see accessory_key
    unilateral: Bools
    steady: Bools  # everyday cardio, by its tags
    sections: Mapping[Section, Bools]
    weights: Floats
    extra: dict[str, Bools] = field(default_factory=dict)

    def of_patterns(self, patterns: Sequence[MovementPattern]) -> Bools:
        """Rows of any of these patterns (kept, for slots ask again and again)."""
        key = "|".join(patterns)
        if key not in self.extra:
            self.extra[key] = np.isin(self.patterns, [str(one) for one in patterns])
        return self.extra[key]


def shelve(
    permitted: Mapping[str, MovementRecord],
    *,
    athlete: Athlete,
    request: Request,
    mix: GoalMix,
    history: History,
    config: Heuristics,
    ties: Sequence[int],
) -> Shelf:
    """The arrays of a request; ``ties`` ranks movements that score alike."""
    movements = tuple(permitted[slug] for slug in sorted(permitted))
    shares = np.zeros((len(movements), len(MUSCLES)))
    primary = np.zeros((len(movements), len(MUSCLES)), dtype=bool)
    reach = np.zeros((len(movements), len(MUSCLES)))
    for index, movement in enumerate(movements):
        for muscle, share in movement.muscle_shares().items():
            shares[index, COLUMN[muscle]] = share
        for muscle in movement.secondary:
            reach[index, COLUMN[muscle]] = 0.5
        for muscle in movement.primary:
            primary[index, COLUMN[muscle]] = True
            reach[index, COLUMN[muscle]] = 1.0
    taste = _taste(athlete, request, mix, config)
    rank = SKILL_RANK[athlete.experience]
    wanted = {rule.movement for rule in athlete.rules if rule.type is not MovementRuleType.HARD_NO}
    return Shelf(
        movements=movements,
        row={movement.slug: index for index, movement in enumerate(movements)},
        shares=shares,
        primary=primary,
        reach=reach,
        patterns=np.array([str(movement.pattern) for movement in movements]),
        compound=np.array([1.0 if movement.compound else 0.0 for movement in movements]),
        discipline=np.array([_discipline(movement, taste) for movement in movements]),
        specialization=np.array([_special(one, athlete, request, history, wanted) for one in movements]),
        goal=_goal_fits(movements, mix, rank, config),
        assistance=_goal_fits(movements, mix, rank, config, assistance=True),
        time=np.array([_time_fit(movement) for movement in movements]),
        cns_cost=np.array([config.cns.cost[movement.cns] for movement in movements]),
        ties=np.array(ties, dtype=np.int64),
        keys=np.array([accessory_key(movement) for movement in movements]),
        steady=np.array([bool(STEADY & set(movement.tags)) for movement in movements], dtype=bool),
        unilateral=np.array([movement.unilateral for movement in movements], dtype=bool),
        sections={
            section: np.array([section in movement.sections for movement in movements], dtype=bool)
            for section in Section
        },
        weights=weights_of(mix, config),
    )


def accessory_key(movement: MovementRecord) -> str:
    """What must not come back within two sessions of a type: the pattern, for isolation the muscle."""
    if movement.pattern is not MovementPattern.ISOLATION:
        return str(movement.pattern)
    return "isolation:" + "+".join(sorted(movement.primary))


def weights_of(mix: GoalMix, config: Heuristics) -> Floats:
    """The seven weights; goals that pull apart weaken goal alignment, and the sum stays 1."""
    weights = np.array([config.scoring.weights[name] for name in DIMENSIONS])
    conflict = max(
        (pair.severity for pair in config.interference.pairs if all(mix.weight(goal) for goal in pair.goals)),
        default=0.0,
    )
    weights[DIMENSIONS.index("goal_alignment")] *= 1 - conflict / 2
    normal: Floats = np.round(weights / weights.sum(), DIGITS)
    return normal


def _taste(athlete: Athlete, request: Request, mix: GoalMix, config: Heuristics) -> dict[Discipline, int]:
    """Preference 1-5 per discipline: the request's, else the athlete's, else what the goals suggest."""
    taste = {config.scoring.goal_disciplines[goal]: SUGGESTED for goal in mix.weights}
    taste.update(athlete.disciplines)
    taste.update(request.disciplines)
    return taste


def _discipline(movement: MovementRecord, taste: Mapping[Discipline, int]) -> float:
    own = taste.get(movement.discipline, NEUTRAL)
    others = [taste.get(one, NEUTRAL) for one in movement.disciplines]
    best = max([own, *(one for one in others if one > NEUTRAL)], default=own)
    return (best - 1) / (LIKED - 1)


def _special(movement: MovementRecord, athlete: Athlete, request: Request, history: History, wanted: set[str]) -> float:
    """What speaks for just this movement: the athlete's own voice first, then what is known about it.

    A staple stands above the variations of it; a lift whose weights step too far for this athlete counts less.
    """
    if movement.slug in athlete.favorites:
        return FAVOURITE
    if movement.slug in wanted:
        return WANTED
    reasons = [
        (any(muscle in request.priority_muscles for muscle in movement.primary), KNOWN),
        (movement.slug in history.strength or movement.slug in history.previous_mains, KNOWN),
        (movement.ratio is not None and movement.ratio.reference == movement.slug, REFERENCE),
        (movement.ratio is not None, RATED),
    ]
    worth = max((worth for holds, worth in reasons if holds), default=0.0)
    if STAPLE in movement.tags:
        worth += (1 - worth) * STAPLE_SHARE
    return worth * step_fit(movement, athlete, history)


def step_fit(movement: MovementRecord, athlete: Athlete, history: History) -> float:
    """1 where the next weight is at most a fifth above the athlete's usual one, less the further it steps."""
    maximum = maximum_of(movement, history)
    load = load_at(maximum.kg * share_for(USUAL_REPS), movement, athlete) if maximum else None
    step = step_share(load, movement, athlete.kit) if load else 0.0
    return max(LEAST_STEP_FIT, min(1.0, FAIR_STEP / step)) if step else 1.0


def _goal_fits(
    movements: Sequence[MovementRecord], mix: GoalMix, rank: int, config: Heuristics, *, assistance: bool = False
) -> Floats:
    """How well each movement's tool, pattern and skill level serve the goals, 0-1; like tools are judged once."""
    served: dict[tuple[object, ...], float] = {}
    for one in movements:
        kind = (*one.equipment, one.pattern)
        if kind not in served:
            served[kind] = _served(one, mix, config, assistance=assistance)
    return np.array([served[*one.equipment, one.pattern] * _at_level(one, rank) for one in movements])


def _served(movement: MovementRecord, mix: GoalMix, config: Heuristics, *, assistance: bool) -> float:
    """What a tool and a pattern do for the goals, 0-1."""
    points = (
        weight
        * _tool_fit(movement, _table_for(goal, assistance), config)
        * (config.scoring.power_bonus if _is_fast(movement, goal) else 1.0)
        for goal, weight in mix.weights.items()
    )
    return min(1.0, sum(points) / sum(mix.weights.values()))


def _at_level(movement: MovementRecord, rank: int) -> float:
    """The share of it that is left of a movement too easy for the athlete."""
    gap = max(0, rank - SKILL_RANK[movement.skill])
    costs = SKILL_GAP_COST if is_loadable(movement) else UNLOADED_GAP_COST
    return 1 - costs[gap]


def _table_for(goal: Goal, assistance: bool) -> str:
    if not assistance and goal in (Goal.STRENGTH, Goal.EXPLOSIVENESS, Goal.SPEED):
        return "strength"
    return "pace" if goal in (Goal.ENDURANCE, Goal.FAT_LOSS, Goal.MOBILITY) else "size"


def _is_fast(movement: MovementRecord, goal: Goal) -> bool:
    return FAST.get(goal) is movement.pattern


def _tool_fit(movement: MovementRecord, table: str, config: Heuristics) -> float:
    fits = config.scoring.implements[table]
    known = [fits[gear] for gear in movement.equipment if gear in fits]
    return max(known) if known else fits["none"]


def _time_fit(movement: MovementRecord) -> float:
    """Little gear to set up and both sides at once save minutes."""
    cost = GEAR_COST * len(set(movement.equipment) - STANDING) + (UNILATERAL_COST if movement.unilateral else 0.0)
    return max(LEAST_TIME, 1 - cost)


def scores(shelf: Shelf, alignment: Floats, need: Floats, *, assistance: bool = False, prep: bool = False) -> Floats:
    """Rows x seven dimensions for one slot: how the pattern fits it, and how much of the week's need it covers.

    Assistance earns no compound bonus, for the mains are compound already; warm-up and cool-down count the muscles
    they reach, not the sets they give.
    """
    covered = (shelf.reach if prep else shelf.shares) @ need
    most = covered.max() if covered.size else 0.0
    coverage = np.minimum(1.0, covered / (ENOUGH_COVERAGE * most)) if most > 0 else np.zeros(len(shelf.movements))
    compound = np.zeros(len(shelf.movements)) if assistance or prep else shelf.compound
    goal = shelf.assistance if assistance else shelf.goal
    return np.column_stack([alignment, coverage, shelf.discipline, compound, shelf.specialization, goal, shelf.time])


def totals(shelf: Shelf, table: Floats, weights: Floats) -> Floats:
    """The weighted sum of the seven scores, rounded."""
    rounded: Floats = np.round(np.round(table, DIGITS) @ weights, DIGITS)
    return rounded
