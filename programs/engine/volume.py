"""How many sets each exercise gets: weekly sets per muscle inside their bands, minutes kept. See docs/algorithms/volume.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gainsly.lib.vocabulary import MAJOR_MUSCLES, Goal, Muscle
from programs.engine.goals import GoalMix
from programs.engine.heuristics import Heuristics, Span
from programs.engine.scoring import COLUMN, MUSCLES, Floats
from programs.engine.types import Athlete, Request

MAJORS = frozenset({*MAJOR_MUSCLES, Muscle.FRONT_DELTS, Muscle.SIDE_DELTS, Muscle.REAR_DELTS})
MINOR_WORTH = 0.35
PRIORITY_WORTH = 1.5
HIP_EXTRA = 0.9
BELOW, INSIDE, ABOVE_TARGET, OVER = 3.0, 1.2, 0.35, -2.0
PRIORITY_FLOOR = 10
BAND_GOALS = (Goal.STRENGTH, Goal.HYPERTROPHY, Goal.FAT_LOSS, Goal.EXPLOSIVENESS, Goal.SPEED, Goal.ENDURANCE)
LEAST_GAIN = 0.05


@dataclass(frozen=True, slots=True)
class Bands:
    """Weekly fractional sets per muscle, scaled to the microcycle's length: low, target, high, and what it is worth."""

    low: Floats
    target: Floats
    high: Floats
    worth: Floats


@dataclass(slots=True)
class Share:
    """One exercise in the sharing-out of sets."""

    day: int
    row: Floats  # fractional sets per set, by muscle
    sets: int
    most: int
    set_seconds: float  # what one more set costs, its rest included


def bands_for(mix: GoalMix, athlete: Athlete, request: Request, weeks: float, config: Heuristics) -> Bands:
    """Bands averaged by goal weight; the dose and the coach's push choose the target inside them."""
    low, high, worth = np.zeros(len(MUSCLES)), np.zeros(len(MUSCLES)), np.zeros(len(MUSCLES))
    for muscle, band in config.volume.items():
        spans = {goal: _span(goal, band.for_level(athlete.experience), muscle, config) for goal in mix.weights}
        total = sum(mix.weights.values())
        column = COLUMN[muscle]
        low[column] = sum(spans[goal][0] * weight for goal, weight in mix.weights.items()) / total
        high[column] = min(band.warn, sum(spans[goal][1] * weight for goal, weight in mix.weights.items()) / total)
        worth[column] = 1.0 if muscle in MAJORS else MINOR_WORTH
        if muscle in request.priority_muscles:
            low[column] = min(high[column], max(low[column], PRIORITY_FLOOR))
            worth[column] = PRIORITY_WORTH
    low[worth > 0] = np.maximum(low[worth > 0], np.minimum(config.caps.floor_per_major, high[worth > 0]))
    push = config.aggression[athlete.aggression].volume
    target = np.clip((low + config.dose[request.dose] * (high - low)) * push, low, high)
    return Bands(low * weeks, target * weeks, high * weeks, worth)


def _span(goal: Goal, muscle_band: Span, muscle: Muscle, config: Heuristics) -> Span:
    """A goal's band for a muscle: hypertrophy has one per muscle, the other goals one for all."""
    if goal is Goal.HYPERTROPHY:
        return muscle_band
    band = config.goals[goal].band
    floor = int(config.caps.floor_per_major)
    if muscle not in MAJORS:
        return min(floor, muscle_band[0]), max(muscle_band[1], floor)
    return min(band[0], max(floor, muscle_band[0])), max(band[1], muscle_band[1] if goal is Goal.STRENGTH else band[1])


def share_out(
    shares: Sequence[Share], bands: Bands, room: Mapping[int, float], athlete_caps: Span | None, config: Heuristics
) -> list[int]:
    """Sets per exercise. Greedy: the set that is worth most goes first, while its day has seconds left.

    ``room`` is the seconds each day has beyond the least sets; ``athlete_caps`` are a newcomer's limits (sets a
    muscle and week, hard sets a session).
    """
    matrix = np.array([share.row for share in shares]) if shares else np.zeros((0, len(MUSCLES)))
    sets = np.array([share.sets for share in shares], dtype=float)
    days = np.array([share.day for share in shares])
    left = dict(room)
    while True:
        gains = _gains(matrix, sets, days, bands, config)
        best = -1
        for index in np.argsort(-gains, kind="stable"):
            share = shares[int(index)]
            if gains[index] <= LEAST_GAIN:
                break
            if (
                sets[index] < share.most
                and left[share.day] >= share.set_seconds
                and _allowed(int(index), matrix, sets, days, athlete_caps)
            ):
                best = int(index)
                break
        if best < 0:
            return [int(one) for one in sets]
        sets[best] += 1
        left[shares[best].day] -= shares[best].set_seconds


def _gains(matrix: Floats, sets: Floats, days: np.ndarray, bands: Bands, config: Heuristics) -> Floats:  # type: ignore[type-arg]
    """What one more set of each exercise is worth now."""
    volume = sets @ matrix
    slope = np.where(
        volume < bands.low - 1e-9,
        BELOW,
        np.where(volume < bands.target, INSIDE, np.where(volume + 0.5 < bands.high, ABOVE_TARGET, OVER)),
    )
    gains = matrix @ (slope * bands.worth)
    for day in set(days.tolist()):
        mine = days == day
        full = sets[mine] @ matrix[mine] + 1 > config.caps.sets_per_muscle_session
        gains[mine] -= np.where((matrix[mine] * full[None, :]).max(axis=1) > 0, 100.0, 0.0)
    return np.round(gains / np.maximum(1.0, np.sqrt(np.maximum(1.0, sets))), 6)


def _allowed(index: int, matrix: Floats, sets: Floats, days: np.ndarray, caps: Span | None) -> bool:  # type: ignore[type-arg]
    if caps is None:
        return True
    per_muscle, per_session = caps
    after = sets @ matrix + matrix[index]
    trained = matrix[index] > 0
    return bool(after[trained].max(initial=0) <= per_muscle and sets[days == days[index]].sum() < per_session)
