"""The search for a block's assistance: swaps, then kicks that the others answer. See docs/algorithms/swaps.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from programs.engine.objective import AGAIN, ALIKE, TIRED, Model, Ranking, Rows, best, gains, rank
from programs.engine.scoring import DIGITS, Bools, Floats

ROUNDS = 8  # of swaps over all places, at most
KICK_ROUNDS = 6
KICKS, WEEKS = 2, 60  # other kinds that each place is made to try at least; weeks side by side in a small block


def search(model: Model, first: Sequence[int]) -> list[int]:
    """The rows of the places, from these on: swaps until none gains, then the kick that ends best, and again.

    Bounded, without chance, and alike everywhere; the objective never falls.
    """
    chosen, rankings = _settled(model, list(first))
    desks = [_desk(model, index) for index in range(len(chosen))]
    for _ in range(KICK_ROUNDS):
        kicked = _kicked(model, desks, chosen, rankings)
        if kicked is None:
            break
        chosen, rankings = _settled(model, kicked)
    return chosen


def _settled(model: Model, chosen: list[int]) -> tuple[list[int], list[Ranking]]:
    """Every place takes its best beside the others, in turn, until all have stayed as they are."""
    rankings: dict[int, Ranking] = {}
    settled, index = 0, 0
    for _ in range(ROUNDS * len(chosen)):
        ranking = rankings[index] = rank(model, chosen, index)
        row, settled = best(model, ranking), settled + 1
        if row is not None and _value(ranking, row) > _value(ranking, chosen[index]):
            chosen[index], settled = row, 1
        if settled >= len(chosen):
            break
        index = (index + 1) % len(chosen)
    return chosen, [rankings[index] for index in range(len(chosen))]


def _value(ranking: Ranking, row: int) -> float:
    return float(ranking.value[np.searchsorted(ranking.rows, row)])


@dataclass(frozen=True, slots=True)
class Desk:
    """A place made ready for many weeks at once; candidates stand in order of their ties."""

    rows: Rows
    worth: Floats  # by candidate; -inf where its session has it already
    effects: Rows  # the distinct ones among the candidates
    effect: Rows  # by candidate, its position among these
    at: Rows  # by row of the shelf, its position among the candidates (their number: none)
    mates: Rows  # other places of its session
    near: Rows  # places whose assistance should differ in kind
    nearness: Floats  # how much


def _desk(model: Model, index: int) -> Desk:
    place = model.places[index]
    order = np.argsort(model.shelf.ties[place.rows], kind="stable")
    rows = place.rows[order]
    at = np.full(len(model.week), len(rows), dtype=np.intp)
    at[rows] = np.arange(len(rows))
    worth = np.where(np.isin(rows, sorted(model.taken[index])), -np.inf, place.worth[order])
    mates = np.flatnonzero(model.days == place.day)
    effects, effect = np.unique(model.effects.of[rows], return_inverse=True)
    near = np.flatnonzero(model.alike[index])
    return Desk(rows, worth, effects, effect.astype(np.intp), at, mates[mates != index], near, model.alike[index, near])


@dataclass(slots=True)
class Weeks:
    """Many choices of a block side by side."""

    rows: NDArray[np.intp]  # weeks x places
    held: Rows  # by week, the place that may not change
    volume: Floats  # weeks x muscles: weekly sets
    counts: Floats  # weeks x rows: how often each stands
    gain: Floats  # by week, what it is worth beside the one it came from


def _kicked(
    model: Model, desks: Sequence[Desk], chosen: Sequence[int], rankings: Sequence[Ranking]
) -> list[int] | None:
    """The best of the weeks that come about where one place takes another kind and all others answer once."""
    most = max(KICKS, WEEKS // len(chosen)) if chosen else 0
    kicks = [
        (index, row, _value(ranking, row) - _value(ranking, chosen[index]))
        for index, ranking in enumerate(rankings)
        for row in _other_kinds(model, ranking, chosen[index])[:most]
    ]
    if not kicks:
        return None
    weeks = _weeks(model, chosen, kicks)
    for index, desk in enumerate(desks):
        _answer(model, weeks, index, desk)
    winner = int(np.argmax(np.round(weeks.gain, DIGITS)))
    return weeks.rows[winner].tolist() if round(float(weeks.gain[winner]), DIGITS) > 0 else None


def _other_kinds(model: Model, ranking: Ranking, standing: int) -> list[int]:
    """The rows worth most beside the others, one of each kind, without the kind that stands."""
    order = np.lexsort((model.shelf.ties[ranking.rows], -ranking.value))
    order = order[np.isfinite(ranking.value[order])]
    kinds, first = np.unique(model.key_of[ranking.rows[order]], return_index=True)
    first = np.sort(first[kinds != model.key_of[standing]])
    rows: list[int] = ranking.rows[order[first]].tolist()
    return rows


def _weeks(model: Model, chosen: Sequence[int], kicks: Sequence[tuple[int, int, float]]) -> Weeks:
    """A week for each kick (place, row, what it is worth by itself)."""
    rows = np.tile(np.array(chosen, dtype=np.intp), (len(kicks), 1))
    held = np.array([place for place, _, _ in kicks], dtype=np.intp)
    numbers = np.arange(len(kicks))
    rows[numbers, held] = [row for _, row, _ in kicks]
    counts = np.tile(model.week, (len(kicks), 1))
    np.add.at(counts, (numbers[:, None], rows), 1.0)
    volume = model.base + model.sets * model.shelf.shares[rows].sum(axis=1)
    return Weeks(rows, held, volume, counts, np.array([gain for _, _, gain in kicks]))


def _answer(model: Model, weeks: Weeks, index: int, desk: Desk) -> None:
    """The place takes its best in every week that does not hold it."""
    now, numbers = weeks.rows[:, index].copy(), np.arange(len(weeks.rows))
    shares = model.sets * model.shelf.shares
    weeks.volume -= shares[now]
    weeks.counts[numbers, now] -= 1
    gained = gains(model, model.valued, weeks.volume, desk.effects)[:, desk.effect]
    value = gained + desk.worth - _against(model, weeks, index, desk)
    value = np.round(np.column_stack([value, np.full(len(now), -np.inf)]), DIGITS)
    value[numbers[:, None], desk.at[weeks.rows[:, desk.mates]]] = -np.inf
    top = np.argmax(value, axis=1)
    more = value[numbers, top] - value[numbers, desk.at[now]]
    moves: Bools = (more > 0) & (weeks.held != index)
    chosen = np.where(moves, desk.rows[np.minimum(top, len(desk.rows) - 1)], now)
    weeks.gain += np.where(moves, more, 0.0)
    weeks.rows[:, index] = chosen
    weeks.volume += shares[chosen]
    weeks.counts[numbers, chosen] += 1


def _against(model: Model, weeks: Weeks, index: int, desk: Desk) -> Floats:
    """What each week has against each candidate: repeats, its kind too near, CNS load above the budget."""
    kinds = np.tile(model.before[index].astype(float), (len(weeks.rows), 1))
    np.add.at(kinds, (np.arange(len(weeks.rows))[:, None], model.key_of[weeks.rows[:, desk.near]]), desk.nearness)
    load = model.cns[weeks.rows[:, desk.mates]].sum(axis=1)[:, None]
    budget = max(0.0, float(model.budget[index]))
    tired = np.maximum(0.0, load + model.cns[desk.rows] - budget) - np.maximum(0.0, load - budget)
    again = weeks.counts[:, desk.rows] > 0
    result: Floats = AGAIN * again + ALIKE * kinds[:, model.key_of[desk.rows]] + TIRED * tired
    return result
