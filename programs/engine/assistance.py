"""A block's assistance: rotated, and chosen for what the week still needs. See docs/algorithms/blocks.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gainsly.lib.vocabulary import MovementPattern, Muscle, Section, SessionType
from movements.catalogue.records import MovementRecord
from programs.engine.blocks import Chosen, Scene, Week
from programs.engine.explain import choice_for, in_week
from programs.engine.focus import LOWER_MUSCLES, MUSCLES_OF
from programs.engine.heuristics import Heuristics
from programs.engine.objective import (
    COVERAGE,
    TODAY,
    Model,
    Place,
    best,
    coverage,
    curve,
    effects_of,
    objective,
    parts_of,
    rank,
    valued_curve,
)
from programs.engine.prescription import Entry, Facts, Role
from programs.engine.scoring import DIGITS, DIMENSIONS, MUSCLES, Floats, Shelf, accessory_key, scores, totals
from programs.engine.selection import Board, Item, Slot, alignment_of, cover, fresh, place, steps, weights_at
from programs.engine.splits import Day
from programs.engine.swaps import search
from programs.engine.types import Choice
from programs.engine.volume import Bands

P = MovementPattern
WEEK_RULES = ("rotation", "weekly_balance")


@dataclass(frozen=True, slots=True)
class Assistance:
    """A block's assistance: its entries by day, the items by slot, and the model that chose them."""

    entries: dict[int, list[Entry]]
    items: dict[str, Item]
    model: Model
    chosen: tuple[int, ...]
    value: float  # of the block: the objective of the places, and the scores of what stood already


def add_accessories(frame: Chosen, scene: Scene, bands: Bands, before: Mapping[str, Item], block: int) -> Assistance:
    """The block's assistance: by turns over the days, then swapped while the week as a whole gains.

    ``before`` holds the last block's items by slot; some keep theirs, the others must change.
    """
    week, shelf, facts = scene.week, scene.shelf, scene.facts
    board = _board_for_block(frame, week, shelf, bands, facts)
    scene = replace(scene, board=board)
    board.avoid = frozenset(item.row for item in before.values())
    slots = _accessory_slots(week, frame, shelf)
    items = _kept_items(slots, before, block, scene)
    for slot in slots:
        row = scene.wishes.take(slot, shelf) if slot.key not in items else None
        if row is not None and row not in board.today[slot.day]:
            items[slot.key] = place(replace(slot, key=f"{slot.key}/{block + 1}"), row, shelf, board, facts.config)
            _stand(slot, items[slot.key], scene)
    still = [slot for slot in slots if slot.key not in items]
    standing = [one.item for day in frame.entries.values() for one in day if one.role is Role.MAIN]
    standing += items.values()
    model, chosen = assembled(still, scene, bands)
    chosen = search(model, chosen)
    names = {one.key: f"{one.key}/{block + 1}" for one in model.places}
    for index, one in enumerate(model.places):
        items[one.key] = explained(model, chosen, index, names[one.key], facts.config)
    value = objective(model, chosen) + sum(_without_coverage(item.choice) for item in standing)
    return Assistance(_merge(frame, slots, items, facts), items, model, tuple(chosen), value)


def _without_coverage(choice: Choice) -> float:
    return sum(choice.weights[name] * score for name, score in choice.scores.items() if name != DIMENSIONS[COVERAGE])


def _kept_items(slots: Sequence[Slot], before: Mapping[str, Item], block: int, scene: Scene) -> dict[str, Item]:
    """What stays from the block before, unless its session has it already."""
    kept = _kept_slots(slots, before, block, scene.facts)
    items: dict[str, Item] = {}
    for slot in slots:
        held = before.get(slot.key)
        if held is not None and slot.key in kept and held.row not in scene.board.today[slot.day]:
            scene.board.today[slot.day].add(held.row)
            scene.board.week.add(held.row)
            items[slot.key] = held
            _stand(slot, held, scene)
    return items


def _stand(slot: Slot, item: Item, scene: Scene) -> None:
    cover(scene.board, scene.shelf.shares[item.row], scene.facts.config.scoring.accessory_sets)
    _remember(slot, item, scene.week, scene.board)


def assembled(slots: Sequence[Slot], scene: Scene, bands: Bands) -> tuple[Model, list[int]]:
    """The model of the places still open, and a first row for each: the best beside those before it."""
    model = _model(scene, bands)
    chosen: list[int] = []
    for slot in slots:
        for open_place in _open_places(slot, scene):
            wider = _with_place(model, open_place, slot, scene)
            row = best(wider, rank(wider, [*chosen, None], len(chosen)))
            if row is not None:
                model, chosen = wider, [*chosen, row]
                break
    return model, chosen


def _model(scene: Scene, bands: Bands) -> Model:
    """The week as it stands, without open places."""
    shelf, board, config = scene.shelf, scene.board, scene.facts.config
    covered = curve(bands, config.scoring.accessory_sets)
    week = np.zeros(len(shelf.movements))
    week[sorted(board.week)] = 1
    kinds, key_of = np.unique(shelf.keys, return_inverse=True)
    return Model(
        shelf=shelf,
        effects=effects_of(shelf.shares),
        places=(),
        days=np.zeros(0, dtype=np.intp),
        base=board.volume.copy(),
        sets=config.scoring.accessory_sets,
        covered=covered,
        valued=valued_curve(bands, covered, float(shelf.weights[COVERAGE]), board.volume, config),
        week=week,
        taken=(),
        alike=np.zeros((0, 0)),
        before=np.zeros((0, len(kinds)), dtype=bool),
        kinds=kinds,
        key_of=key_of.astype(np.intp),
        budget=np.zeros(0),
        cns=shelf.cns_cost * config.cns.multiplier[Section.ACCESSORY],
    )


def _with_place(model: Model, added: Place, slot: Slot, scene: Scene) -> Model:
    """The model with one more place; alike are sessions of a type up to two apart."""
    near = _near(slot.day, scene.week)
    beside = np.isin(model.days, near) * np.where(model.days == slot.day, TODAY, 1.0)
    size = len(model.places)
    alike = np.zeros((size + 1, size + 1))
    alike[:size, :size] = model.alike
    alike[size, :size] = alike[:size, size] = beside
    held = np.isin(model.kinds, sorted(scene.board.recent.get(slot.day, set())))
    return replace(
        model,
        places=(*model.places, added),
        days=np.append(model.days, slot.day),
        taken=(*model.taken, frozenset(scene.board.today.get(slot.day, ()))),
        alike=alike,
        before=np.vstack([model.before, held[None, :]]),
        budget=np.append(model.budget, scene.board.budget.get(slot.day, np.inf)),
    )


def _open_places(slot: Slot, scene: Scene) -> Iterator[Place]:
    """The slot as a place of the model, at each relaxation step that has candidates."""
    shelf, config = scene.shelf, scene.facts.config
    for step, candidates, masks in steps(slot, shelf, scene.board):
        weights = weights_at(step, shelf, config)
        table = scores(shelf, alignment_of(slot, shelf, masks), np.zeros(len(MUSCLES)), assistance=True)
        rows = np.flatnonzero(fresh(candidates, shelf, scene.board))
        scale = float(shelf.weights[COVERAGE] / weights[COVERAGE])  # volume weighs the same in every place
        worth = totals(shelf, table[rows], scale * weights)
        yield Place(slot.key, slot.day, rows, table, weights, worth, step)


def explained(model: Model, chosen: Sequence[int], index: int, key: str, config: Heuristics) -> Item:
    """Why a movement stands in its place while all others stand: the scores as they are in the finished week.

    The runners-up are those of next most value to the week, also where their seven scores add up to more: what the
    week has against them is told in parts.
    """
    place_, shelf = model.places[index], model.shelf
    ranking, parts = rank(model, chosen, index), parts_of(model, chosen, index)
    table = place_.table.copy()
    table[ranking.rows, COVERAGE] = coverage(model, chosen, index)
    total = totals(shelf, table, place_.weights)
    row = chosen[index]
    order = np.lexsort((shelf.ties[ranking.rows], -ranking.value))
    order = order[np.isfinite(ranking.value[order]) & (ranking.rows[order] != row)]
    rows = np.array([row, *ranking.rows[order].tolist()], dtype=np.intp)
    choice = choice_for(
        key, shelf, table=table, total=total, weights=place_.weights, order=rows, step=place_.step, rules=WEEK_RULES,
        config=config,
    )  # fmt: skip
    at = {int(one): position for position, one in enumerate(ranking.rows.tolist())}
    mine = _week_of(parts, at[row])
    others = [_week_of(parts, at[shelf.row[one.movement]]) for one in choice.runners_up]
    beaten = tuple(in_week(one, choice, mine, week) for one, week in zip(choice.runners_up, others, strict=True))
    return Item(Section.ACCESSORY, shelf.movements[row], row, replace(choice, runners_up=beaten))


def _week_of(parts: Mapping[str, Floats], at: int) -> dict[str, float]:
    return {name: round(float(values[at]), DIGITS) for name, values in parts.items()}


def _board_for_block(frame: Chosen, week: Week, shelf: Shelf, bands: Bands, facts: Facts) -> Board:
    board = Board(need=bands.target * bands.worth, budget=dict(frame.board.budget))
    for day in week.days:
        rows = {entry.item.row for entry in frame.entries[day.ordinal]}
        board.today[day.ordinal] = set(rows)
        for entry in frame.entries[day.ordinal]:
            if entry.role is Role.MAIN:
                board.week.add(entry.item.row)
                cover(board, shelf.shares[entry.item.row], facts.config.scoring.main_sets)
    return board


def _kept_slots(slots: Sequence[Slot], before: Mapping[str, Item], block: int, facts: Facts) -> set[str]:
    """Which slots keep their movement: all but the share that rotates, another part of them each block."""
    held = [slot.key for slot in slots if slot.key in before]
    change = round(len(held) * facts.config.block.rotation)
    stride = [key for offset in range(3) for key in held[(offset + block) % 3 :: 3]]
    return set(held) - set(stride[:change])


def _accessory_slots(week: Week, frame: Chosen, shelf: Shelf) -> list[Slot]:
    """One slot for each place, by turns over the days: missing patterns first, the core, then what muscles need."""
    slots: list[Slot] = []
    missing = _missing_patterns(week, shelf)
    rounds = max((shape.accessories for shape in week.shapes), default=0)
    cored = [day.ordinal for day in week.days if week.shapes[day.ordinal].accessories][::2]
    for number in range(1, rounds + 1):
        for day in week.days:
            count = week.shapes[day.ordinal].accessories
            if number > count:
                continue
            key = f"accessory/{day.ordinal + 1}/{number}"
            reserved = number == count and day.ordinal in cored
            pattern = next((one for one in missing if not reserved and _fits(one, day)), None)
            if pattern is not None:
                missing.remove(pattern)
                slots.append(Slot(key, day.ordinal, Section.ACCESSORY, (pattern,)))
            elif reserved:
                slots.append(Slot(key, day.ordinal, Section.ACCESSORY, (P.CORE, P.ROTATION)))
            else:
                slots.append(_open_slot(key, day, week))
    return slots


def _open_slot(key: str, day: Day, week: Week) -> Slot:
    """Any assistance for the muscles of the day's type; isolation first, for the mains are compound already."""
    patterns = (P.ISOLATION, *(one for one in week.patterns[day.ordinal] if one in MUSCLES_OF))
    if day.session_type in (SessionType.UPPER, SessionType.LOWER, SessionType.LEGS, SessionType.FULL_BODY):
        patterns = (P.ISOLATION, *day.patterns)
    muscles = tuple(dict.fromkeys(muscle for one in day.patterns for muscle in MUSCLES_OF.get(one, ())))
    return Slot(key, day.ordinal, Section.ACCESSORY, patterns, muscles, isolation_first=True)


def _missing_patterns(week: Week, shelf: Shelf) -> list[MovementPattern]:
    """Required patterns that no main of the week trains (core has its own slots)."""
    used = {pattern for patterns in week.patterns for pattern in patterns}
    required = [P.SQUAT, P.HINGE, P.HORIZONTAL_PULL, P.HORIZONTAL_PUSH, P.VERTICAL_PULL, P.VERTICAL_PUSH, P.LUNGE]
    return [
        one
        for one in required
        if one not in used and (shelf.of_patterns((one,)) & shelf.sections[Section.ACCESSORY]).any()
    ]


def _fits(pattern: MovementPattern, day: Day) -> bool:
    lower = set(MUSCLES_OF[pattern]) <= set(LOWER_MUSCLES)
    if pattern is P.LUNGE and {P.SQUAT, P.HINGE} & set(day.patterns):
        return True
    types = {SessionType.UPPER: not lower, SessionType.LOWER: lower, SessionType.LEGS: lower}
    return types.get(day.session_type, pattern in day.patterns)


def _remember(slot: Slot, item: Item, week: Week, board: Board) -> None:
    """The next two sessions of the type do not take the same accessory pattern again."""
    for other in _near(slot.day, week):
        board.recent.setdefault(other, set()).add(accessory_key(item.movement))


def _near(ordinal: int, week: Week) -> list[int]:
    """The session's own day, and those of its type up to two sessions away."""
    alike = [day.ordinal for day in week.days if day.session_type is week.days[ordinal].session_type]
    here = alike.index(ordinal)
    return alike[max(0, here - 2) : here + 3]


def trains_core(movement: MovementRecord) -> bool:
    return movement.pattern in (P.CORE, P.ROTATION, P.ISOMETRIC) or bool(
        {Muscle.CORE, Muscle.OBLIQUES} & set(movement.primary)
    )


def _merge(frame: Chosen, slots: Sequence[Slot], items: Mapping[str, Item], facts: Facts) -> dict[int, list[Entry]]:
    """Accessories into their place between mains and cool-down, compound before isolation, the core last."""
    merged: dict[int, list[Entry]] = {}
    for day, entries in frame.entries.items():
        mine = [items[slot.key] for slot in slots if slot.day == day and slot.key in items]
        mine.sort(
            key=lambda item: (
                trains_core(item.movement),
                not item.movement.compound,
                -item.choice.total,
            )
        )
        added = [Entry(item, Role.ACCESSORY, facts.config.caps.accessory_sets[0]) for item in mine]
        cut = next((i for i, one in enumerate(entries) if one.item.section is Section.COOLDOWN), len(entries))
        merged[day] = entries[:cut] + added + entries[cut:]
    return merged
