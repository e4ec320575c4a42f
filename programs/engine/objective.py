"""What makes a block's assistance good as a whole. See docs/algorithms/objective.md."""

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
TODAY = 2.0  # times as much where the two are of one session
MOST_SETS = 120  # weekly sets of a muscle that the curves reach

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
class Effects:
    """The distinct rows of a library's shares, and the levels of which they are made."""

    levels: Floats
    hot: Floats  # effects x (muscles x levels), 0 or 1
    of: Rows  # by row of the shelf, its effect


def effects_of(shares: Floats) -> Effects:
    """So that what every row gains is one small product of a matrix and a vector."""
    distinct, of = np.unique(shares, axis=0, return_inverse=True)
    levels, index = np.unique(distinct, return_inverse=True)
    hot = np.zeros((*distinct.shape, len(levels)))
    np.put_along_axis(hot, index.reshape(*distinct.shape, 1), 1.0, axis=2)
    return Effects(levels, hot.reshape(len(distinct), -1), of.reshape(-1).astype(np.intp))


@dataclass(frozen=True, slots=True)
class Model:
    """A block's choice: places, what already stands, and the curves that value the week."""

    shelf: Shelf
    effects: Effects
    places: tuple[Place, ...]
    days: Rows  # by place
    base: Floats  # weekly sets per muscle that stand already
    sets: float  # that a chosen movement adds
    covered: Floats  # whole sets x muscles: the value of volume, in units of coverage
    valued: Floats  # the same by its weight, less what is short and what is over
    week: Floats  # how often each row already stands in the week
    taken: tuple[frozenset[int], ...]  # by place, rows that stand in its session already
    alike: Floats  # places x places: how much their assistance should differ in kind
    before: NDArray[np.bool_]  # places x keys: kinds that stand already within two sessions
    kinds: NDArray[np.str_]
    key_of: Rows  # the kind of each row, as an index of kinds
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


def valued_curve(bands: Bands, covered: Floats, weight: float, base: Floats, config: Heuristics) -> Floats:
    """The curve by the weight of coverage, less sets below the floor dose and above the band.

    What stands already (``base``) above a band is not charged: assistance cannot help it.
    """
    volume = np.arange(MOST_SETS + 1)[:, None]
    short = SHORT * np.maximum(0.0, floor_of(bands, config)[None, :] - volume)
    over = OVER * bands.worth * np.maximum(0.0, volume - np.ceil(np.maximum(bands.high, base))[None, :])
    result: Floats = np.round(weight * covered - short - over, DIGITS)
    return result


def read_each(table: Floats, volume: Floats) -> Floats:
    """The curves at these volumes (rows x muscles), between whole sets in a straight line."""
    capped = np.minimum(volume, MOST_SETS - 1e-9)
    whole = capped.astype(np.intp)
    columns = np.arange(table.shape[1])
    low = table[whole, columns]
    values: Floats = low + (capped - whole) * (table[whole + 1, columns] - low)
    return values


def read(table: Floats, volume: Floats) -> Floats:
    """The curves at these volumes (rows x muscles or muscles), summed."""
    summed: Floats = read_each(table, volume).sum(axis=-1)
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
    pairs = np.triu(model.alike * (keys[:, None] == keys[None, :]), 1).sum()
    held = model.before[np.arange(len(rows)), keys].sum()
    days = model.days
    tired = sum(
        max(0.0, float(model.cns[rows[days == day]].sum()) - max(0.0, float(model.budget[days == day][0])))
        for day in sorted(set(days.tolist()))
    )
    return AGAIN * again + ALIKE * float(pairs + held) + TIRED * tired


def gains(model: Model, table: Floats, volume: Floats, effects: Rows | None = None) -> Floats:
    """What each effect (or each of some) adds to a table of curves beside a weekly volume, or each of many volumes."""
    hot = model.effects.hot if effects is None else model.effects.hot[effects]
    steps = model.sets * model.effects.levels[:, None]
    reached = read_each(table, volume[..., None, :] + steps) - read_each(table, volume[..., None, :])
    flat = np.swapaxes(reached, -1, -2).reshape(*volume.shape[:-1], -1)
    added: Floats = np.einsum("...k,rk->...r", flat, hot)  # not a BLAS product: alike on every machine
    return added


@dataclass(frozen=True, slots=True)
class Ranking:
    """A place's candidates with the others standing, and what each is worth to the week (-inf: may not stand)."""

    rows: Rows
    value: Floats


def rank(model: Model, chosen: Sequence[int | None], index: int) -> Ranking:
    """What each candidate of a place adds to the objective beside what stands elsewhere."""
    place = model.places[index]
    value = sum(parts_of(model, chosen, index).values(), np.zeros(len(place.rows)))
    mates = [row for row, day in zip(chosen, model.days, strict=True) if row is not None and day == place.day]
    barred = np.zeros(len(model.week), dtype=bool)
    barred[mates] = barred[list(model.taken[index])] = True
    own = chosen[index]
    barred[own if own is not None else []] = False
    value[barred[place.rows]] = -np.inf
    return Ranking(place.rows, np.round(value, DIGITS))


def parts_of(model: Model, chosen: Sequence[int | None], index: int) -> dict[str, Floats]:
    """What makes up the value of each candidate of a place beside what stands elsewhere; the sum is its value.

    ``scores`` are the six scores by their weights, ``volume`` the week's sets; the others are what the week has
    against it, zero or below.
    """
    place = model.places[index]
    numbers = np.array([number for number, row in enumerate(chosen) if number != index and row is not None], np.intp)
    others = np.array([chosen[number] for number in numbers], dtype=np.intp)
    mates = others[model.days[numbers] == place.day]
    again = model.week + np.bincount(others, minlength=len(model.week)) > 0
    near = np.bincount(model.key_of[others], weights=model.alike[index, numbers], minlength=model.before.shape[1])
    load, budget = float(model.cns[mates].sum()), max(0.0, float(model.budget[index]))
    tired = np.maximum(0.0, load + model.cns[place.rows] - budget) - max(0.0, load - budget)
    return {
        "scores": place.worth,
        "volume": gains(model, model.valued, volume_of(model, others))[model.effects.of[place.rows]],
        "repeats": -AGAIN * again[place.rows],
        "kinds": -ALIKE * (model.before[index] + near)[model.key_of[place.rows]],
        "cns": -TIRED * tired,
    }


def coverage(model: Model, chosen: Sequence[int], index: int) -> Floats:
    """What each candidate of a place would cover beside what stands elsewhere, 0-1."""
    others = np.array([row for number, row in enumerate(chosen) if number != index], dtype=np.intp)
    added = gains(model, model.covered, volume_of(model, others))[model.effects.of[model.places[index].rows]]
    result: Floats = np.minimum(1.0, np.maximum(0.0, added)).round(DIGITS)
    return result


def volume_of(model: Model, rows: Rows) -> Floats:
    """Weekly sets per muscle with these rows."""
    volume: Floats = model.base + model.sets * model.shelf.shares[rows].sum(axis=0)
    return volume


def best(model: Model, ranking: Ranking) -> int | None:
    """The row of the highest value; ties go by the seeded order. None when nothing may stand here."""
    if not len(ranking.rows) or not np.isfinite(ranking.value.max()):
        return None
    top = ranking.rows[ranking.value == ranking.value.max()]
    return int(top[np.argmin(model.shelf.ties[top])])
