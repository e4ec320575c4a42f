"""What makes a block's assistance good as a whole, and the search for it. See docs/algorithms/objective.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from programs.engine.heuristics import Heuristics
from programs.engine.scoring import DIGITS, DIMENSIONS, Floats, Shelf
from programs.engine.volume import Bands, floor_of

COVERAGE = DIMENSIONS.index("muscle_coverage")
START_SHARE = 0.1  # of the target: keeps the square root from growing without end at an empty muscle
UNIT_SETS = 2.0  # two empty muscles trained in full are a coverage of about 1
SHORT, OVER = 0.05, 0.15  # per weekly set below the floor dose, above the upper end of the band
AGAIN, ALIKE, TIRED = 0.5, 0.5, 0.1  # twice in a week; its pattern within two sessions; CNS above the budget
MOST_SETS = 120  # weekly sets of a muscle that the curves reach
PASSES = 8

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Place:
    """A slot of the model: its day, the rows that may fill it, and what each is worth without coverage."""

    key: str
    day: int
    rows: Rows
    table: Floats  # all rows of the shelf x seven scores; the coverage column is still empty
    weights: Floats
    worth: Floats  # weighted sum of the six other scores, by candidate
    step: int


@dataclass(frozen=True, slots=True)
class Model:
    """A block's choice: places, what already stands, and the curves that value the week."""

    shelf: Shelf
    places: tuple[Place, ...]
    base: Floats  # weekly sets per muscle that stand already
    sets: float  # that a chosen movement adds
    covered: Floats  # whole sets x muscles: the value of volume, in units of coverage
    valued: Floats  # the same by its weight, less what is short and what is over
    week: Floats  # how often each row already stands in the week
    taken: tuple[frozenset[int], ...]  # by place, rows that stand in its session already
    alike: NDArray[np.bool_]  # places whose assistance should differ in kind
    before: NDArray[np.bool_]  # places x keys: kinds that stand already within two sessions
    key_of: Rows  # the kind of each row
    budget: Floats  # by place, what its day has left for the nervous system
    cns: Floats  # by row


def curve(bands: Bands, sets: float) -> Floats:
    """Whole sets x muscles: worth x sqrt(T(v + T/10)) up to the upper end of the band, in units of coverage."""
    volume = np.minimum(np.arange(MOST_SETS + 1)[:, None], bands.high[None, :])
    start = START_SHARE * bands.target
    raw = bands.worth * (np.sqrt(bands.target * (volume + start)) - np.sqrt(bands.target * start))
    unit = sets * UNIT_SETS
    result: Floats = np.round(raw / unit, DIGITS)
    return result


def valued_curve(bands: Bands, covered: Floats, weight: float, config: Heuristics) -> Floats:
    """The curve by the weight of coverage, less sets below the floor dose and above the band."""
    volume = np.arange(MOST_SETS + 1)[:, None]
    short = SHORT * np.maximum(0.0, floor_of(bands, config)[None, :] - volume)
    over = OVER * bands.worth * np.maximum(0.0, volume - np.ceil(bands.high)[None, :])
    result: Floats = np.round(weight * covered - short - over, DIGITS)
    return result


def read(table: Floats, volume: Floats) -> Floats:
    """The curves at these volumes (rows x muscles or muscles), between whole sets in a straight line, summed."""
    capped = np.minimum(volume, MOST_SETS - 1e-9)
    whole = capped.astype(np.intp)
    columns = np.arange(table.shape[1])
    low = table[whole, columns]
    summed: Floats = (low + (capped - whole) * (table[whole + 1, columns] - low)).sum(axis=-1)
    return summed


def objective(model: Model, chosen: Sequence[int]) -> float:
    """The formula: weighted scores, volume up to the bands, less what a week should not do.

    ``chosen`` holds a row of the shelf for each place. No unit; about 0.5 to 1 for a place.
    """
    rows = np.array(chosen, dtype=np.intp)
    worth = sum(float(place.worth[place.rows == row][0]) for place, row in zip(model.places, chosen, strict=True))
    volume = model.base + model.sets * model.shelf.shares[rows].sum(axis=0)
    return round(worth + float(read(model.valued, volume)) - penalties(model, rows), DIGITS)


def penalties(model: Model, rows: Rows) -> float:
    """Repeats in the week, kinds that come back within two sessions, and CNS load above a day's budget."""
    counts = np.bincount(rows, minlength=len(model.week)) + model.week
    standing = np.maximum(0, model.week - 1).sum()
    again = float(np.maximum(0, counts - 1).sum() - standing)
    keys = model.key_of[rows]
    pairs = np.triu(model.alike & (keys[:, None] == keys[None, :]), 1).sum()
    held = model.before[np.arange(len(rows)), keys].sum()
    days = np.array([place.day for place in model.places])
    tired = sum(
        max(0.0, float(model.cns[rows[days == day]].sum()) - max(0.0, float(model.budget[days == day][0])))
        for day in sorted(set(days.tolist()))
    )
    return AGAIN * again + ALIKE * float(pairs + held) + TIRED * tired


@dataclass(frozen=True, slots=True)
class Ranking:
    """A place's candidates with the others standing: coverage, total of the seven scores, and value for the week."""

    rows: Rows
    coverage: Floats
    value: Floats


def rank(model: Model, chosen: Sequence[int | None], index: int) -> Ranking:
    """What each candidate of a place adds to the objective beside what stands elsewhere."""
    place = model.places[index]
    others = [row for number, row in enumerate(chosen) if number != index and row is not None]
    shares = model.shelf.shares
    volume = model.base + model.sets * shares[others].sum(axis=0)
    added = volume + model.sets * shares[place.rows]
    coverage = np.clip(read(model.covered, added) - read(model.covered, volume), 0.0, 1.0)
    value = place.worth + read(model.valued, added) - read(model.valued, volume)
    value = value - _against(model, chosen, index)
    value = np.where(np.isin(place.rows, _standing(model, chosen, index)), -np.inf, value)
    return Ranking(place.rows, np.round(coverage, DIGITS), np.round(value, DIGITS))


def _standing(model: Model, chosen: Sequence[int | None], index: int) -> list[int]:
    day = model.places[index].day
    same = [
        row
        for number, row in enumerate(chosen)
        if number != index and row is not None and model.places[number].day == day
    ]
    return sorted({*same, *model.taken[index]})


def _against(model: Model, chosen: Sequence[int | None], index: int) -> Floats:
    """What the week has against each candidate of a place."""
    place = model.places[index]
    seen = model.week.copy()
    kinds = model.before[index].astype(float)
    load = 0.0
    for number, row in enumerate(chosen):
        if row is None or number == index:
            continue
        seen[row] += 1
        kinds[model.key_of[row]] += model.alike[index, number]
        load += float(model.cns[row]) * (model.places[number].day == place.day)
    budget = max(0.0, float(model.budget[index]))
    tired = np.maximum(0.0, load + model.cns[place.rows] - budget) - max(0.0, load - budget)
    result: Floats = AGAIN * (seen[place.rows] > 0) + ALIKE * kinds[model.key_of[place.rows]] + TIRED * tired
    return result


def best(model: Model, ranking: Ranking) -> int | None:
    """The row of the highest value; ties go by the seeded order. None when nothing may stand here."""
    if not len(ranking.rows) or not np.isfinite(ranking.value.max()):
        return None
    top = ranking.rows[ranking.value == ranking.value.max()]
    return int(top[np.argmin(model.shelf.ties[top])])


def search(model: Model, first: Sequence[int]) -> list[int]:
    """Every place takes its best beside the others, in turn, until nothing changes: bounded, and alike everywhere."""
    chosen = list(first)
    for _ in range(PASSES):
        changed = False
        for index in range(len(chosen)):
            ranking = rank(model, chosen, index)
            row = best(model, ranking)
            if row is None or row == chosen[index]:
                continue
            gain = ranking.value[ranking.rows == row][0] - ranking.value[ranking.rows == chosen[index]][0]
            if gain > 0:
                chosen[index], changed = row, True
        if not changed:
            break
    return chosen
