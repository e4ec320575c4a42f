"""Filling slots: hard rules first, then the best score for the week. See docs/algorithms/selection.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from gainsly.lib.vocabulary import MovementPattern, Muscle, Section
from movements.catalogue.records import MovementRecord
from programs.engine.explain import choice_for
from programs.engine.heuristics import Heuristics
from programs.engine.scoring import COLUMN, DIGITS, MUSCLES, Bools, Floats, Shelf, scores, totals
from programs.engine.types import Choice

P = MovementPattern
COMPATIBLE: dict[MovementPattern, tuple[MovementPattern, ...]] = {
    P.SQUAT: (P.LUNGE,), P.LUNGE: (P.SQUAT,), P.HINGE: (P.LUNGE,),
    P.HORIZONTAL_PUSH: (P.VERTICAL_PUSH,), P.VERTICAL_PUSH: (P.HORIZONTAL_PUSH,),
    P.HORIZONTAL_PULL: (P.VERTICAL_PULL,), P.VERTICAL_PULL: (P.HORIZONTAL_PULL,),
    P.CORE: (P.ROTATION, P.ISOMETRIC), P.ROTATION: (P.CORE,), P.ISOMETRIC: (P.CORE,), P.CARRY: (P.CORE,),
    P.CONDITIONING: (P.CARDIO, P.PLYOMETRIC), P.CARDIO: (P.CONDITIONING,), P.OLYMPIC: (P.PLYOMETRIC,),
    P.MOBILITY: (P.ISOMETRIC,),
}  # fmt: skip
LEGS = (Muscle.QUADRICEPS, Muscle.HAMSTRINGS, Muscle.GLUTES, Muscle.CALVES, Muscle.ADDUCTORS)
SYNERGISTS: dict[MovementPattern, tuple[Muscle, ...]] = {
    P.SQUAT: (Muscle.QUADRICEPS, Muscle.GLUTES), P.LUNGE: (Muscle.QUADRICEPS, Muscle.GLUTES),
    P.HINGE: (Muscle.HAMSTRINGS, Muscle.GLUTES, Muscle.LOWER_BACK),
    P.HORIZONTAL_PUSH: (Muscle.CHEST, Muscle.TRICEPS), P.VERTICAL_PUSH: (Muscle.FRONT_DELTS, Muscle.SIDE_DELTS),
    P.HORIZONTAL_PULL: (Muscle.LATS, Muscle.UPPER_BACK), P.VERTICAL_PULL: (Muscle.LATS, Muscle.BICEPS),
    P.CORE: (Muscle.CORE, Muscle.OBLIQUES), P.ROTATION: (Muscle.OBLIQUES, Muscle.CORE),
}  # fmt: skip
LAST_STEP = 6
OVERFED = 6.0  # sets above its target at which a muscle counts no further against a movement
FREE = (P.CARDIO, P.CONDITIONING, P.MOBILITY)
FAST = (P.OLYMPIC, P.PLYOMETRIC)
PREP = (Section.WARMUP, Section.COOLDOWN)
STEP_ALIGNMENT = (1.0, 0.6, 0.4, 0.4, 0.3, 0.2, 0.1)
ISOLATION_STEP, GENERIC_STEP, DISCIPLINE_STEP = 4, 5, 3


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a session to be filled: what it asks for, and by which key it is explained."""

    key: str
    day: int
    section: Section
    patterns: tuple[MovementPattern, ...]
    muscles: tuple[Muscle, ...] = ()  # primary muscles it is meant for; empty for any
    any_section: bool = False  # mobility and cardio days take such work wherever the library puts it
    repeat: bool = False  # a lift that comes back on another day of the week is welcome
    isolation_first: bool = False
    unilateral: bool = False
    gentle: bool = False  # steady work: nothing that taxes the nervous system
    away: tuple[MovementPattern, ...] = ()  # what no stand-in may be: the days beside this one lead with them


@dataclass(slots=True)
class Board:
    """What has been chosen so far in a block: by day, in the week, and what the week still needs."""

    need: Floats
    budget: dict[int, float]
    today: dict[int, set[int]] = field(default_factory=dict)
    week: set[int] = field(default_factory=set)
    avoid: frozenset[int] = frozenset()  # the block before had these in the slots that rotate
    recent: dict[int, set[str]] = field(default_factory=dict)  # accessory keys of the last days of a type
    volume: Floats = field(default_factory=lambda: np.zeros(len(MUSCLES)))  # weekly sets that stand by now


@dataclass(frozen=True, slots=True)
class Item:
    """A movement in a section of a day, for a whole block."""

    section: Section
    movement: MovementRecord
    row: int
    choice: Choice


def fill(slot: Slot, shelf: Shelf, board: Board, config: Heuristics) -> Item | None:
    """The best movement for a slot at the first relaxation step that has one; None when nothing at all is left."""
    for step, candidates, masks in steps(slot, shelf, board):
        narrow = _narrow(slot, shelf, board, candidates, config)
        return _best(slot, shelf, board, step=step, candidates=narrow, wider=candidates, masks=masks, config=config)
    return None


def steps(slot: Slot, shelf: Shelf, board: Board) -> Iterator[tuple[int, Bools, list[Bools]]]:
    """The relaxation steps that have candidates: number, candidates that may stand there, and all seven masks."""
    masks = _relaxed(slot, shelf)
    free = _free_rows(slot, shelf, board)
    for step, mask in enumerate(masks):
        if (mask & free).any():
            yield step, mask & free, masks


def fresh(candidates: Bools, shelf: Shelf, board: Board) -> Bools:
    """Candidates that the block before did not have in its rotating slots and that train something; else all."""
    old = np.ones(len(shelf.movements), dtype=bool)
    old[list(board.avoid)] = False
    for wish in (old, shelf.shares.any(axis=1)):
        if (candidates & wish).any():
            candidates = candidates & wish
    return candidates


def place(slot: Slot, row: int, shelf: Shelf, board: Board, config: Heuristics) -> Item:
    """The movement that the athlete's own rule puts here."""
    mask = np.zeros(len(shelf.movements), dtype=bool)
    mask[row] = True
    return _best(
        slot,
        shelf,
        board,
        step=0,
        candidates=mask,
        wider=mask,
        masks=_relaxed(slot, shelf),
        config=config,
        rules=("wished",),
    )


def _section_rows(slot: Slot, shelf: Shelf) -> Bools:
    rows = shelf.sections[slot.section]
    if slot.any_section and not (rows & shelf.of_patterns(slot.patterns)).any():
        return _worked(shelf) if slot.patterns[0] not in FREE else np.ones(len(shelf.movements), dtype=bool)
    return rows


def _relaxed(slot: Slot, shelf: Shelf) -> list[Bools]:
    """Seven masks (none and six steps of relaxation), each a superset of the one before; hard rules hold in all."""
    section = _section_rows(slot, shelf)
    exact = section & shelf.of_patterns(slot.patterns)
    if slot.muscles:
        columns = [COLUMN[muscle] for muscle in slot.muscles]
        exact = exact & shelf.primary[:, columns].any(axis=1)
    wider = tuple(dict.fromkeys(near for one in slot.patterns for near in COMPATIBLE.get(one, ())))
    compatible = exact | (section & shelf.of_patterns(wider))
    lifted = _lifted(slot, shelf, section)
    muscles = slot.muscles or tuple(muscle for one in slot.patterns for muscle in SYNERGISTS.get(one, ()))
    columns = [COLUMN[muscle] for muscle in muscles]
    synergist = compatible | (section & lifted & shelf.primary[:, columns].any(axis=1))
    isolation = synergist | (lifted & (shelf.shares[:, columns] > 0).any(axis=1) & _worked(shelf))
    generic = isolation | (section & lifted)
    emergency = generic | (lifted & _worked(shelf))
    allowed = exact | ~shelf.of_patterns(slot.away)
    return [mask & allowed for mask in (exact, compatible, synergist, synergist, isolation, generic, emergency)]


def _lifted(slot: Slot, shelf: Shelf, section: Bools) -> Bools:
    """What may stand in where a slot is relaxed: lifts for lifts, the section's own for all else."""
    if slot.patterns[0] in FREE or slot.section not in (Section.MAIN, Section.ACCESSORY):
        return section
    return ~shelf.of_patterns(FREE + FAST)


def _worked(shelf: Shelf) -> Bools:
    return shelf.sections[Section.MAIN] | shelf.sections[Section.ACCESSORY]


def _free_rows(slot: Slot, shelf: Shelf, board: Board) -> Bools:
    """No movement twice in a session; at most one Olympic lift and two jumps a day stand outside this slot's own."""
    free = np.ones(len(shelf.movements), dtype=bool)
    free[list(board.today.get(slot.day, ()))] = False
    if slot.section is not Section.SKILL and not set(slot.patterns) & set(FAST):
        free &= ~shelf.of_patterns(FAST)
    return free


def _narrow(slot: Slot, shelf: Shelf, board: Board, candidates: Bools, config: Heuristics) -> Bools:
    """Wishes, given up one by one: not seen this week, not in the block before, within the day's CNS budget."""
    wishes = []
    multiplier = config.cns.multiplier[slot.section]
    wishes.append(shelf.cns_cost * multiplier <= board.budget.get(slot.day, np.inf))
    if board.avoid and slot.section is Section.ACCESSORY:
        old = np.ones(len(shelf.movements), dtype=bool)
        old[list(board.avoid)] = False
        wishes.append(old)
    if not slot.repeat and board.week:
        seen = np.ones(len(shelf.movements), dtype=bool)
        seen[list(board.week)] = False
        wishes.append(seen)
    if slot.section is Section.ACCESSORY:
        wishes.append(shelf.shares @ board.need > 0)
        wishes.append(_unseen_keys(slot, shelf, board))
    if slot.unilateral:
        wishes.append(shelf.unilateral)
    if slot.gentle:
        wishes.append(shelf.cns_cost <= config.cns.cost["low"])
        wishes.append(shelf.steady if P.CARDIO in slot.patterns else shelf.reach @ board.need > 0)
    for wish in wishes:
        if (candidates & wish).any():
            candidates = candidates & wish
    return candidates


def _unseen_keys(slot: Slot, shelf: Shelf, board: Board) -> Bools:
    recent = board.recent.get(slot.day, set())
    return np.isin(shelf.keys, sorted(recent), invert=True)


def alignment_of(slot: Slot, shelf: Shelf, masks: Sequence[Bools]) -> Floats:
    """How well each movement fits what the slot asks for: 1 exactly, less the further the slot was relaxed."""
    alignment = np.zeros(len(shelf.movements))
    for step in range(LAST_STEP, -1, -1):
        alignment[masks[step]] = STEP_ALIGNMENT[step]
    if slot.isolation_first:
        compound = shelf.compound.astype(bool) & (alignment == 1.0)
        alignment[compound] = 0.5
    return alignment


def _best(
    slot: Slot,
    shelf: Shelf,
    board: Board,
    *,
    step: int,
    candidates: Bools,
    wider: Bools,
    masks: Sequence[Bools],
    config: Heuristics,
    rules: tuple[str, ...] = (),
) -> Item:
    """The highest total among the candidates; ties go by the seeded order, then by slug.

    The runners-up are the other candidates, and after them what the wishes left aside and scores no higher.
    """
    weights = weights_at(step, shelf, config)
    table = scores(
        shelf,
        alignment_of(slot, shelf, masks),
        board.need,
        assistance=slot.section is Section.ACCESSORY,
        prep=slot.section in PREP or slot.patterns == (P.MOBILITY,),
    )
    total = totals(shelf, table, weights)
    rows = np.flatnonzero(candidates)
    order = rows[np.lexsort((shelf.ties[rows], -total[rows]))]
    row = int(order[0])
    aside = np.flatnonzero(wider & ~candidates & (total <= total[row]))
    order = np.concatenate([order, aside[np.lexsort((shelf.ties[aside], -total[aside]))]])
    _note(slot, row, shelf, board, config)
    choice = choice_for(
        slot.key, shelf, table=table, total=total, weights=weights, order=order, step=step, rules=rules, config=config
    )
    return Item(slot.section, shelf.movements[row], row, choice)


def weights_at(step: int, shelf: Shelf, config: Heuristics) -> Floats:
    """The seven weights at a relaxation step: taste yields before training does, and the sum stays 1."""
    weights = shelf.weights.copy()
    if step >= DISCIPLINE_STEP:
        weights[2] *= config.scoring.relaxed_discipline
        weights = np.round(weights / weights.sum(), DIGITS)
    return weights


def _note(slot: Slot, row: int, shelf: Shelf, board: Board, config: Heuristics) -> None:
    board.today.setdefault(slot.day, set()).add(row)
    board.week.add(row)
    cost = float(shelf.cns_cost[row]) * config.cns.multiplier[slot.section]
    board.budget[slot.day] = board.budget.get(slot.day, 0.0) - cost


def cover(board: Board, shares: Floats, sets: float) -> None:
    """Take what a chosen movement is expected to train off the week's need."""
    board.need = np.maximum(-OVERFED, board.need - shares * sets)
    board.volume = board.volume + shares * sets


def need_vector(wanted: dict[Muscle, float]) -> Floats:
    """Muscle -> need as an array in the shelf's order of muscles."""
    return np.array([wanted.get(muscle, 0.0) for muscle in MUSCLES])
