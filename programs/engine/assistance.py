"""A block's assistance: rotated, and chosen for what the week still needs. See docs/algorithms/blocks.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gainsly.lib.vocabulary import MovementPattern, Muscle, Section, SessionType
from movements.catalogue.records import MovementRecord
from programs.engine.blocks import Chosen, Scene, Week, pick
from programs.engine.focus import LOWER_MUSCLES, MUSCLES_OF
from programs.engine.prescription import Entry, Facts, Role
from programs.engine.scoring import Shelf, accessory_key
from programs.engine.selection import Board, Item, Slot, cover
from programs.engine.splits import Day
from programs.engine.volume import Bands

P = MovementPattern


def add_accessories(
    frame: Chosen, scene: Scene, bands: Bands, before: Mapping[str, Item], block: int
) -> tuple[dict[int, list[Entry]], dict[str, Item]]:
    """The block's assistance: by turns over the days, each to what the week still needs most.

    ``before`` holds the last block's items by slot; some keep theirs, the others must change.
    """
    week, shelf, facts = scene.week, scene.shelf, scene.facts
    board = _board_for_block(frame, week, shelf, bands, facts)
    scene = replace(scene, board=board)
    board.avoid = frozenset(item.row for item in before.values())
    slots = _accessory_slots(week, frame, shelf)
    kept = _kept_slots(slots, before, block, facts)
    items: dict[str, Item] = {}
    for slot in slots:
        held = before.get(slot.key)
        if held is not None and slot.key in kept and held.row not in board.today[slot.day]:
            board.today[slot.day].add(held.row)
            board.week.add(held.row)
            items[slot.key] = held
            cover(board, shelf.shares[held.row], facts.config.scoring.accessory_sets)
            _remember(slot, held, week, board)
    for slot in slots:
        if slot.key in items:
            continue
        item = pick(replace(slot, key=f"{slot.key}/{block + 1}"), scene)
        if item is None:
            continue
        items[slot.key] = item
        cover(board, shelf.shares[item.row], facts.config.scoring.accessory_sets)
        _remember(slot, item, week, board)
    return _merge(frame, slots, items, facts), items


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
    mine = week.days[slot.day]
    alike = [day.ordinal for day in week.days if day.session_type is mine.session_type]
    here = alike.index(slot.day)
    for other in alike[max(0, here - 2) : here + 3]:
        board.recent.setdefault(other, set()).add(accessory_key(item.movement))


def trains_core(movement: MovementRecord) -> bool:
    return movement.pattern in (P.CORE, P.ROTATION, P.ISOMETRIC) or bool({Muscle.CORE, Muscle.OBLIQUES} & set(movement.primary))


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
