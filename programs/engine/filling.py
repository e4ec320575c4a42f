"""Assistance that fills long sessions: small muscles that still take useful sets. See docs/algorithms/blocks.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace

import numpy as np

from gainsly.lib.vocabulary import MAJOR_MUSCLES, MovementPattern, Muscle, Section
from movements.catalogue.records import MovementRecord
from programs.engine.assistance import trains_core
from programs.engine.blocks import Scene, pick, without_strolls
from programs.engine.prescription import Entry, Role
from programs.engine.scoring import COLUMN, DIGITS, Floats
from programs.engine.selection import Board, Slot
from programs.engine.slots import ACCESSORIES
from programs.engine.splits import LOWER, UPPER, Day
from programs.engine.volume import LEAST_SETS, Bands

P = MovementPattern
TRUNK = (Muscle.CORE, Muscle.OBLIQUES)
MAJOR_NAMES = frozenset(Muscle(one) for one in MAJOR_MUSCLES if one != "shoulders")
SMALL_LOWER = (Muscle.CALVES, Muscle.ADDUCTORS, *TRUNK)
SMALL_UPPER = (Muscle.BICEPS, Muscle.TRICEPS, Muscle.REAR_DELTS, Muscle.SIDE_DELTS, Muscle.FOREARMS, *TRUNK)
NEARLY_FULL = 0.85  # of the upper end of its band
LEAST_TAIL = 180  # seconds; a shorter bout is not worth setting up
UNBANDED = 8.0  # weekly sets at which a muscle without a band is full
ENOUGH_MAINS = 2  # of a day that train a muscle: its assistance there may give way
FILLERS = (P.ISOLATION, P.CORE, P.ROTATION)


def add_fillers(entries: Sequence[Entry], day: Day, weekly: Floats, bands: Bands, scene: Scene) -> list[Entry]:
    """The day's entries with as much assistance as a session may hold, for the small muscles that have least.

    ``weekly`` holds the fractional sets that the week gives each muscle so far; it is counted on while filling.
    """
    result = list(entries)
    board = Board(need=np.maximum(0.0, bands.high - weekly), budget=dict(scene.board.budget))
    board.today[day.ordinal] = {one.item.row for one in entries}
    held = [one for one in entries if one.role is Role.ACCESSORY]
    room = min(
        ACCESSORIES[1] - len(held), scene.facts.config.caps.movements - len(entries), scene.spare_sets // LEAST_SETS
    )
    seen = {muscle for one in held for muscle in one.item.movement.primary}
    for number in range(1, room + 1):
        muscle = _least_filled(day, weekly, bands, seen)
        if muscle is None:
            break
        seen.add(muscle)
        key = f"accessory/{day.ordinal + 1}/fill-{number}/{scene.block + 1}"
        slot = Slot(key, day.ordinal, Section.ACCESSORY, FILLERS, (muscle,), isolation_first=True)
        item = pick(slot, replace(scene, board=board))
        if item is None or item.choice.relaxation_step:
            continue
        weekly += LEAST_SETS * scene.shelf.shares[item.row]
        result.insert(_place(result, item.movement), Entry(item, Role.ACCESSORY, LEAST_SETS))
    return result


def with_room_for_tail(entries: Sequence[Entry], most: int, elsewhere: Container[Muscle]) -> list[Entry]:
    """The day with at most three exercises of assistance; the core stays.

    The last for small muscles that other days train too (``elsewhere``) or that have no band gives way, then the last
    whose muscles two of the day's mains train anyway, in a pattern they have, then the last for a small muscle.
    ``most`` is how many movements a session may hold.
    """
    held = [one for one in entries if one.role is Role.ACCESSORY]
    if len(held) < ACCESSORIES[1] and (len(entries) < most or len(held) <= ACCESSORIES[0]):
        return list(entries)
    spare = [one for one in reversed(held) if not trains_core(one.item.movement)]
    mains = [one.item.movement for one in entries if one.role is Role.MAIN]
    led = Counter(muscle for one in mains for muscle in one.primary)
    patterns = {P.ISOLATION, *(one.pattern for one in mains)}
    small = [one for one in spare if not set(one.item.movement.primary) & MAJOR_NAMES]
    again = [one for one in small if all(muscle in elsewhere for muscle in _banded(one))]
    large = [one for one in spare if one not in small and one.item.movement.pattern in patterns]
    led_already = [one for one in large if all(led[muscle] >= ENOUGH_MAINS for muscle in one.item.movement.primary)]
    gone = [*again, *led_already, *small, *spare, *held[-1:]][0]
    return [one for one in entries if one is not gone]


def _banded(entry: Entry) -> set[Muscle]:
    return set(entry.item.movement.primary) & {*SMALL_LOWER, *SMALL_UPPER}


def with_tail(entries: Sequence[Entry], day: Day, seconds: int, scene: Scene) -> list[Entry]:
    """The day with a steady bout of ``seconds`` after its lifting; no walk for the trained where more can be done."""
    if any(one.role is Role.CARDIO for one in entries):
        return list(entries)
    section = Section.ACCESSORY if _assistance(entries) else Section.FINISHER
    key = f"tail/{day.ordinal + 1}/{scene.block + 1}"
    slot = Slot(key, day.ordinal, section, (P.CARDIO,), any_section=True, repeat=True, gentle=True)
    board = Board(need=scene.board.need, budget=dict(scene.board.budget))
    board.today[day.ordinal] = {one.item.row for one in entries}
    brisk = without_strolls(day, replace(scene, board=board))
    item = pick(slot, brisk)
    if item is None:
        return list(entries)
    bout = max(LEAST_TAIL, seconds - scene.facts.config.time.transition)
    cut = next((i for i, one in enumerate(entries) if one.item.section is Section.COOLDOWN), len(entries))
    return [*entries[:cut], Entry(item, Role.CARDIO, seconds=bout, tail=True), *entries[cut:]]


def _assistance(entries: Sequence[Entry]) -> int:
    return sum(one.role is Role.ACCESSORY for one in entries)


def _least_filled(day: Day, weekly: Floats, bands: Bands, seen: set[Muscle]) -> Muscle | None:
    """The small muscle of the day's half of the body that is furthest below the upper end of its band."""
    small = [*SMALL_UPPER * bool(set(day.patterns) & set(UPPER)), *SMALL_LOWER * bool(set(day.patterns) & set(LOWER))]
    filled = {one: float(weekly[COLUMN[one]]) / (float(bands.high[COLUMN[one]]) or UNBANDED) for one in small}
    open_ones = [one for one in filled if one not in seen and filled[one] < NEARLY_FULL]
    return min(open_ones, key=lambda one: round(filled[one], DIGITS), default=None)


def _place(entries: Sequence[Entry], movement: MovementRecord) -> int:
    """Before the core work that ends the assistance, or before the cool-down for core work itself."""
    cut = next((i for i, one in enumerate(entries) if one.item.section is Section.COOLDOWN), len(entries))
    if trains_core(movement):
        return cut
    return next(
        (i for i, one in enumerate(entries) if one.role is Role.ACCESSORY and trains_core(one.item.movement)), cut
    )
