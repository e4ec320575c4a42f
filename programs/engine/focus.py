"""Which patterns lead which day: coverage, frequency and recovery decided at once. See docs/algorithms/focus.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from gainsly.lib.vocabulary import MovementPattern, Muscle

P = MovementPattern
BEAM = 32  # partial weeks kept at each day
FIRST, SECOND, THIRD = 10.0, 6.0, 1.0  # worth of a pattern's uses in the microcycle
BORROWED = (P.CORE, P.CARRY, P.ROTATION, P.ISOMETRIC, P.ISOLATION)  # lead only where the day's own patterns are out
BORROWED_COST = 8.0
OVER_COST = 30.0  # a use above the limit
TOUCH_COST = 1000.0  # the same pattern on two calendar days in a row: never while anything else is left
BALANCE = 2.0
PUSHES, PULLS = (P.HORIZONTAL_PUSH, P.VERTICAL_PUSH), (P.HORIZONTAL_PULL, P.VERTICAL_PULL)
KNEES, HIPS = (P.SQUAT, P.LUNGE), (P.HINGE,)
MINOR = {P.LUNGE: 0.7, P.VERTICAL_PUSH: 0.95, P.VERTICAL_PULL: 0.97}  # beside their bigger twins
# The order of lifts in a session: large before small, the most technical first.
ORDER = (
    P.OLYMPIC, P.SQUAT, P.HINGE, P.HORIZONTAL_PUSH, P.HORIZONTAL_PULL, P.VERTICAL_PUSH, P.VERTICAL_PULL, P.LUNGE,
    P.PLYOMETRIC, P.CARRY, P.CONDITIONING, P.ISOLATION, P.ISOMETRIC, P.ROTATION, P.CORE, P.CARDIO, P.MOBILITY,
)  # fmt: skip
RANK = {pattern: rank for rank, pattern in enumerate(ORDER)}

LOWER_MUSCLES = (Muscle.QUADRICEPS, Muscle.HAMSTRINGS, Muscle.GLUTES, Muscle.CALVES, Muscle.ADDUCTORS)
MUSCLES_OF: dict[MovementPattern, tuple[Muscle, ...]] = {
    P.SQUAT: (Muscle.QUADRICEPS, Muscle.GLUTES, Muscle.CALVES),
    P.LUNGE: (Muscle.QUADRICEPS, Muscle.GLUTES, Muscle.CALVES),
    P.HINGE: (Muscle.HAMSTRINGS, Muscle.GLUTES, Muscle.CALVES),
    P.HORIZONTAL_PUSH: (Muscle.CHEST, Muscle.TRICEPS, Muscle.SIDE_DELTS),
    P.VERTICAL_PUSH: (Muscle.FRONT_DELTS, Muscle.SIDE_DELTS, Muscle.TRICEPS),
    P.HORIZONTAL_PULL: (Muscle.LATS, Muscle.UPPER_BACK, Muscle.REAR_DELTS, Muscle.BICEPS),
    P.VERTICAL_PULL: (Muscle.LATS, Muscle.UPPER_BACK, Muscle.REAR_DELTS, Muscle.BICEPS),
}

Chosen = tuple[MovementPattern, ...]


@lru_cache(maxsize=256)
def assign(
    days: tuple[tuple[Chosen, int], ...],
    adjacent: frozenset[tuple[int, int]],
    trainable: frozenset[MovementPattern],
    limit: int,
) -> tuple[Chosen, ...]:
    """The main patterns of each day.

    ``days`` gives each day's patterns and how many distinct ones it wants (0 for days without lifting), ``adjacent``
    the ordinals that fall on calendar days in a row, ``limit`` the uses of a pattern per microcycle. A beam search:
    the score of a whole week is the sum of what each day adds, so partial weeks can be compared.
    """
    beam: list[tuple[float, tuple[Chosen, ...]]] = [(0.0, ())]
    for ordinal, (own, count) in enumerate(days):
        options = _options(own, count, trainable)
        grown = [
            (score + _gain(choice, week, own, adjacent, limit, ordinal), (*week, choice))
            for score, week in beam
            for choice in options
        ]
        beam = sorted(grown, key=lambda one: (-one[0], _names(one[1])))[:BEAM]
    return max(beam, key=lambda one: (one[0] + _closing(one[1], adjacent), _names(one[1])))[1]


def _names(week: Sequence[Chosen]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(RANK[pattern] for pattern in day) for day in week)


def _options(own: Chosen, count: int, trainable: frozenset[MovementPattern]) -> list[Chosen]:
    """Every set of patterns the day could lead with; borrowed ones stand in where too few of its own are trainable."""
    if not count:
        return [()]
    able = [pattern for pattern in own if pattern in trainable]
    borrowed = [pattern for pattern in BORROWED if pattern in trainable]
    pool = able + borrowed[:3]
    size = min(count, max(len(able), 2), len(pool))
    sizes = range(min(2, size), size + 1)
    choices = [tuple(sorted(one, key=RANK.__getitem__)) for n in sizes for one in combinations(pool, n)]
    return choices or [()]


def _gain(
    choice: Chosen,
    week: tuple[Chosen, ...],
    own: Chosen,
    adjacent: frozenset[tuple[int, int]],
    limit: int,
    ordinal: int,
) -> float:
    """What a day's patterns add to the week so far."""
    worth = 0.0
    for pattern in choice:
        used = sum(pattern in day for day in week)
        worth += (FIRST, SECOND, THIRD)[min(used, 2)] * MINOR.get(pattern, 1.0)
        worth -= OVER_COST if used >= limit else 0.0
        worth -= BORROWED_COST if pattern not in own else 0.0
    if week and (ordinal - 1, ordinal) in adjacent:
        worth -= TOUCH_COST * len(set(choice) & set(week[-1]))
    return worth - BALANCE * _imbalance((*week, choice)) + BALANCE * _imbalance(week) + _shape(choice)


def _imbalance(week: Sequence[Chosen]) -> float:
    """How far pushes are from pulls and knees from hips, in uses."""
    flat = [pattern for day in week for pattern in day]
    push = sum(pattern in PUSHES for pattern in flat) - sum(pattern in PULLS for pattern in flat)
    knee = sum(pattern in KNEES for pattern in flat) - sum(pattern in HIPS for pattern in flat)
    return max(0, abs(push) - 1) + max(0, abs(knee) - 1) + max(0, push) * 0.5


def _shape(choice: Chosen) -> float:
    """A day that mixes legs, a push and a pull spreads its fatigue."""
    groups = (KNEES + HIPS, PUSHES, PULLS)
    return sum(1.0 for group in groups if any(pattern in group for pattern in choice))


def _closing(week: tuple[Chosen, ...], adjacent: frozenset[tuple[int, int]]) -> float:
    """The last day of a microcycle meets the first of the next."""
    touching = [(first, second) for first, second in adjacent if first >= second and first < len(week)]
    return -TOUCH_COST * sum(len(set(week[first]) & set(week[second])) for first, second in touching)


def ordered(patterns: Sequence[MovementPattern], turn: int) -> tuple[MovementPattern, ...]:
    """Training order of a day's patterns; the second day of a type leads with the second of each size."""
    big = sorted((one for one in patterns if one in (P.SQUAT, P.HINGE)), key=RANK.__getitem__, reverse=turn % 2 == 1)
    upper = sorted((one for one in patterns if one in PUSHES + PULLS), key=RANK.__getitem__)
    if turn % 2 == 1:
        upper = [one for one in upper if one in (P.VERTICAL_PUSH, P.VERTICAL_PULL)] + [
            one for one in upper if one not in (P.VERTICAL_PUSH, P.VERTICAL_PULL)
        ]
    rest = sorted((one for one in patterns if one not in (*big, *upper)), key=RANK.__getitem__)
    return (*big, *upper, *rest)


def counts(week: Sequence[Chosen]) -> Mapping[MovementPattern, int]:
    """Uses of each pattern in the microcycle."""
    return {pattern: sum(pattern in day for day in week) for pattern in ORDER}
