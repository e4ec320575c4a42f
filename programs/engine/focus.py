"""Which patterns lead which day: coverage, frequency and recovery decided at once. See docs/algorithms/focus.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from gainsly.lib.vocabulary import MovementPattern, Muscle

P = MovementPattern
BEAM = 24  # partial weeks kept at each day
FIRST, SECOND, THIRD = 10.0, 6.0, 1.0  # worth of a pattern's uses in the microcycle
BORROWED = (P.CORE, P.CARRY, P.ROTATION, P.ISOMETRIC, P.ISOLATION)  # lead only where the day's own patterns are out
BORROWED_COST = 8.0
OVER_COST = 30.0  # a use above the limit
TOUCH_COST = 1000.0  # the same pattern on two calendar days in a row: never while anything else is left
AVOIDED_COST = 7.0  # beside recreation: any free pattern of the day comes first, a borrowed one does not
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
LEAST_MAINS, MOST_BORROWED = 2, 3
DIGITS = 6
Floats = NDArray[np.float64]


def _columns(*patterns: MovementPattern) -> Floats:
    return np.array([1.0 if pattern in patterns else 0.0 for pattern in ORDER])


PUSH_COLUMNS, PULL_COLUMNS = _columns(*PUSHES), _columns(*PULLS)
KNEE_COLUMNS, HIP_COLUMNS, LEG_COLUMNS = _columns(*KNEES), _columns(*HIPS), _columns(*KNEES, *HIPS)
WORTH = np.array([MINOR.get(pattern, 1.0) for pattern in ORDER])

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


@dataclass(frozen=True, slots=True)
class _State:
    """A partial week: its score, the patterns of each day, and how often each pattern has been used."""

    score: float
    week: tuple[Chosen, ...]
    uses: Floats


@lru_cache(maxsize=256)
def assign(
    days: tuple[tuple[Chosen, int], ...],
    adjacent: frozenset[tuple[int, int]],
    trainable: frozenset[MovementPattern],
    limit: int,
    avoid: tuple[frozenset[MovementPattern], ...] = (),
) -> tuple[Chosen, ...]:
    """The main patterns of each day; ``avoid`` names by day what recreation beside it wants kept free.

    ``days`` gives each day's patterns and how many distinct ones it wants (0 for days without lifting), ``adjacent``
    the ordinals that fall on calendar days in a row, ``limit`` the uses of a pattern per microcycle. A beam search:
    the score of a whole week is the sum of what each day adds, so partial weeks can be compared.
    """
    beam = [_State(0.0, (), np.zeros(len(ORDER)))]
    for own, count in _affordable(days, trainable, limit):
        options = _options(own, count, trainable)
        table = np.array([[pattern in option for pattern in ORDER] for option in options], dtype=float)
        kept_free = avoid[len(beam[0].week)] if avoid else frozenset()
        gains = np.array([_gains(state, table, own, adjacent, limit) for state in beam]) - table @ _avoided(kept_free)
        best = np.argsort(-np.round(gains, DIGITS), axis=None, kind="stable")[:BEAM]
        beam = [
            _State(
                float(gains[at // len(options), at % len(options)]),
                (*beam[at // len(options)].week, options[at % len(options)]),
                beam[at // len(options)].uses + table[at % len(options)],
            )
            for at in best.tolist()
        ]
    return max(beam, key=lambda one: round(one.score, DIGITS)).week


def _affordable(
    days: tuple[tuple[Chosen, int], ...], trainable: frozenset[MovementPattern], limit: int
) -> list[tuple[Chosen, int]]:
    """Fewer mains on the fullest days where the microcycle's uses of all patterns would not go round."""
    counts = [count for _, count in days]
    most = limit * len({pattern for own, count in days if count for pattern in own} & trainable)
    while sum(counts) > most and max(counts) > LEAST_MAINS:
        counts[counts.index(max(counts))] -= 1
    return [(own, count) for (own, _), count in zip(days, counts, strict=True)]


def _options(own: Chosen, count: int, trainable: frozenset[MovementPattern]) -> list[Chosen]:
    """Every set of patterns the day could lead with; borrowed ones stand in where too few of its own are trainable."""
    if not count:
        return [()]
    able = [pattern for pattern in own if pattern in trainable]
    borrowed = [pattern for pattern in BORROWED if pattern in trainable and pattern not in able][:MOST_BORROWED]
    pool = able + borrowed
    size = min(count, max(len(able), LEAST_MAINS), len(pool))
    sizes = range(min(LEAST_MAINS, size), size + 1)
    choices = [tuple(sorted(one, key=RANK.__getitem__)) for n in sizes for one in combinations(pool, n)]
    return choices or [()]


def _gains(state: _State, table: Floats, own: Chosen, adjacent: frozenset[tuple[int, int]], limit: int) -> Floats:
    """The score of the week with each option as its next day (one option a row)."""
    ordinal = len(state.week)
    worth = np.choose(np.minimum(state.uses, 2).astype(int), [FIRST, SECOND, THIRD]) * WORTH
    worth = worth - np.where(state.uses >= limit, OVER_COST, 0.0)
    worth = worth - np.array([BORROWED_COST if pattern not in own else 0.0 for pattern in ORDER])
    near = {pattern for day in _neighbours(ordinal, adjacent, len(state.week)) for pattern in state.week[day]}
    worth = worth - np.array([TOUCH_COST if pattern in near else 0.0 for pattern in ORDER])
    shape = sum(np.minimum(1.0, table @ group) for group in (LEG_COLUMNS, PUSH_COLUMNS, PULL_COLUMNS))
    uneven = _imbalance(table + state.uses) - _imbalance(state.uses[None, :])
    gained: Floats = state.score + table @ worth - BALANCE * uneven + shape
    return gained


def _avoided(patterns: frozenset[MovementPattern]) -> Floats:
    return np.array([AVOIDED_COST if pattern in patterns else 0.0 for pattern in ORDER])


def _imbalance(uses: Floats) -> Floats:
    """How far pushes are from pulls and knees from hips, in uses; a surplus of pushes weighs a little more."""
    push = uses @ (PUSH_COLUMNS - PULL_COLUMNS)
    knee = uses @ (KNEE_COLUMNS - HIP_COLUMNS)
    uneven: Floats = np.maximum(0, np.abs(push) - 1) + np.maximum(0, np.abs(knee) - 1) + np.maximum(0, push) / 2
    return uneven


def _neighbours(ordinal: int, adjacent: frozenset[tuple[int, int]], known: int) -> set[int]:
    """Days already planned that stand on a calendar day beside this one, over the microcycle's end too."""
    pairs = {(first, second) for first, second in adjacent if ordinal in (first, second)}
    return {day for pair in pairs for day in pair if day != ordinal and day < known}


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
