"""Choosing the movements of a program: mains once, assistance per block. See docs/algorithms/blocks.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from gainsly.lib.vocabulary import MAJOR_MUSCLES, MovementPattern, Muscle, Section, SessionType
from movements.catalogue.records import MovementRecord
from programs.engine.focus import LOWER_MUSCLES, MUSCLES_OF, ordered
from programs.engine.prescription import Entry, Facts, Role
from programs.engine.scoring import Shelf, accessory_key
from programs.engine.selection import Board, Item, Slot, cover, fill, need_vector, place
from programs.engine.slots import Shape
from programs.engine.splits import Day, Kind
from programs.engine.volume import Bands
from programs.engine.wishes import Wishes

P = MovementPattern
MINOR_NEED = 0.3
SEEN_NEED = 0.3  # what is left of a muscle's need for a stretch once one stretch reaches it
INTERVAL_MOVES = (5, 8)
INTERVAL_SECONDS_EACH = 420
HOLDS = (6, 12)
HOLD_SECONDS_EACH = 270
LONG_BOUT_SECONDS = 2400  # beyond it a cardio day takes two bouts
STEADY_FROM = 600  # a finisher this long is steady cardio, a shorter one intervals


@dataclass(frozen=True, slots=True)
class Week:
    """The frame of a microcycle: its days, their shapes, and the main patterns of each."""

    days: tuple[Day, ...]
    shapes: tuple[Shape, ...]
    patterns: tuple[tuple[MovementPattern, ...], ...]


@dataclass(slots=True)
class Chosen:
    """Entries by day, and the board that knows what is taken."""

    entries: dict[int, list[Entry]]
    board: Board
    used: dict[int, set[int]] = field(default_factory=dict)


def choose_frame(week: Week, shelf: Shelf, wishes: Wishes, facts: Facts) -> Chosen:
    """What stays the whole program: mains, power work, finishers, cardio, holds, warm-up and cool-down."""
    need = {Muscle(one): 1.0 for one in MAJOR_MUSCLES if one != "shoulders"}
    need |= {muscle: MINOR_NEED for muscle in Muscle if muscle not in need and muscle is not Muscle.FULL_BODY}
    need |= {Muscle.FRONT_DELTS: 0.6, Muscle.SIDE_DELTS: 0.6}
    budget = facts.config.cns.budget[facts.athlete.aggression]
    board = Board(need=need_vector(need), budget={day.ordinal: budget for day in week.days})
    chosen = Chosen({day.ordinal: [] for day in week.days}, board)
    for day in week.days:
        middle = _lifting_frame if day.lifted else _MIDDLES[day.kind]
        chosen.entries[day.ordinal] += middle(day, week, shelf, board, wishes, facts)
    for day in week.days:
        _wrap(day, week.shapes[day.ordinal], chosen, shelf, wishes, facts)
    return chosen


def least_sets(facts: Facts) -> int:
    """What a main lift starts with before sets are shared out; newcomers start lower."""
    return 2 if facts.novice else facts.config.caps.main_sets[0]


def _entry(item: Item | None, role: Role, sets: int, seconds: int = 0, *, leads: bool = False) -> list[Entry]:
    return [Entry(item, role, sets, seconds, leads)] if item else []


def _pick(slot: Slot, shelf: Shelf, board: Board, wishes: Wishes, facts: Facts) -> Item | None:
    row = wishes.take(slot, shelf)
    if row is not None and row not in board.today.get(slot.day, ()):
        return place(slot, row, shelf, board, facts.config)
    return fill(slot, shelf, board, facts.config)


def _lifting_frame(day: Day, week: Week, shelf: Shelf, board: Board, wishes: Wishes, facts: Facts) -> list[Entry]:
    shape = week.shapes[day.ordinal]
    entries = _power_block(day, shape, week, shelf, board, wishes, facts)
    seen: set[MovementPattern] = set()
    turn = "ABCDEFGHIJKLMN".index(day.letter)
    for number, pattern in enumerate(_main_patterns(day, week, shape, turn, facts), start=1):
        slot = Slot(
            f"main/{day.ordinal + 1}/{number}", day.ordinal, Section.MAIN, (pattern,), repeat=facts.novice,
            any_section=True,
        )  # fmt: skip
        item = _pick(slot, shelf, board, wishes, facts)
        entries += _entry(item, Role.MAIN, least_sets(facts), leads=pattern not in seen)
        seen.add(pattern)
    # A single-joint lift that stands in as a main comes after the others.
    entries.sort(key=lambda one: one.role is Role.MAIN and not one.item.movement.compound)
    return entries + _finisher(day, shape, shelf, board, wishes, facts)


def _main_patterns(day: Day, week: Week, shape: Shape, turn: int, facts: Facts) -> list[MovementPattern]:
    """The day's patterns in training order, repeated with other lifts while the session holds more mains."""
    own = list(ordered(week.patterns[day.ordinal], turn))
    most = shape.mains if not facts.mix.lifted else min(shape.mains, max(len(own), 3))
    if (
        day.session_type in (SessionType.FULL_BODY, SessionType.CUSTOM, SessionType.SKILL)
        and len(own) >= 2
        and facts.mix.lifted
    ):
        most = len(own)
    repeats = [own[index % len(own)] for index in range(most)] if own else []
    return sorted(repeats, key=own.index)


def _power_block(
    day: Day, shape: Shape, week: Week, shelf: Shelf, board: Board, wishes: Wishes, facts: Facts
) -> list[Entry]:
    """Fast work first: jumps never on two days in a row, one Olympic lift a day, none for newcomers."""
    entries: list[Entry] = []
    jumps = _may_jump(day, week)
    kinds = [P.PLYOMETRIC, P.OLYMPIC] if jumps else [P.OLYMPIC]
    if facts.novice:
        kinds = [one for one in kinds if one is P.PLYOMETRIC] * 2
    for number, pattern in enumerate(kinds[: shape.skill], start=1):
        slot = Slot(
            f"skill/{day.ordinal + 1}/{number}", day.ordinal, Section.SKILL, (pattern,), any_section=True, repeat=True
        )
        if not _exists(slot, shelf, board):
            continue
        entries += _entry(_pick(slot, shelf, board, wishes, facts), Role.POWER, facts.config.power.sets[0])
    return entries


def _exists(slot: Slot, shelf: Shelf, board: Board) -> bool:
    rows = shelf.of_patterns(slot.patterns).copy()
    rows[list(board.today.get(slot.day, ()))] = False
    return bool(rows.any())


def _may_jump(day: Day, week: Week) -> bool:
    """Every other lifting day, so that jumps never meet on days in a row."""
    lifting = [one.ordinal for one in week.days if one.lifted]
    return lifting.index(day.ordinal) % 2 == 0 and (
        len(lifting) % 2 == 0 or day.ordinal != lifting[-1] or len(lifting) == 1
    )


def _finisher(day: Day, shape: Shape, shelf: Shelf, board: Board, wishes: Wishes, facts: Facts) -> list[Entry]:
    seconds = shape.finisher_seconds
    if not seconds:
        return []
    patterns = (P.CARDIO, P.CONDITIONING) if seconds >= STEADY_FROM else (P.CONDITIONING, P.CARDIO)
    slot = Slot(
        f"finisher/{day.ordinal + 1}/1",
        day.ordinal,
        Section.FINISHER,
        patterns[:1],
        any_section=True,
        repeat=True,
        gentle=seconds >= STEADY_FROM,
    )
    item = _pick(slot, shelf, board, wishes, facts)
    if item is None:
        return []
    if item.movement.pattern is P.CARDIO:
        return _entry(item, Role.CARDIO, 1, seconds)
    return _entry(item, Role.INTERVAL, max(2, min(12, round(seconds / 70))))


def _cardio_middle(day: Day, week: Week, shelf: Shelf, board: Board, wishes: Wishes, facts: Facts) -> list[Entry]:
    """One steady bout, two different ones when it is long; intervals where no cardio can be done."""
    middle = week.shapes[day.ordinal].middle_seconds
    bouts = 2 if middle > LONG_BOUT_SECONDS else 1
    entries: list[Entry] = []
    for number in range(1, bouts + 1):
        slot = Slot(
            f"main/{day.ordinal + 1}/{number}",
            day.ordinal,
            Section.MAIN,
            (P.CARDIO,),
            any_section=True,
            repeat=True,
            gentle=True,
        )
        if _exists(slot, shelf, board):
            seconds = int(middle / bouts) - facts.config.time.transition
            entries += _entry(_pick(slot, shelf, board, wishes, facts), Role.CARDIO, 1, seconds)
    return entries or _conditioning_middle(day, week, shelf, board, wishes, facts)


def _conditioning_middle(day: Day, week: Week, shelf: Shelf, board: Board, wishes: Wishes, facts: Facts) -> list[Entry]:
    middle = week.shapes[day.ordinal].middle_seconds
    moves = max(INTERVAL_MOVES[0], min(INTERVAL_MOVES[1], round(middle / INTERVAL_SECONDS_EACH)))
    sets = max(1, min(12, int((middle / moves - facts.config.time.transition) / 70)))
    entries: list[Entry] = []
    for number in range(1, moves + 1):
        slot = Slot(f"main/{day.ordinal + 1}/{number}", day.ordinal, Section.MAIN, (P.CONDITIONING,), any_section=True)
        entries += _entry(_pick(slot, shelf, board, wishes, facts), Role.INTERVAL, sets)
    return entries


def _mobility_middle(day: Day, week: Week, shelf: Shelf, board: Board, wishes: Wishes, facts: Facts) -> list[Entry]:
    """Six to twelve holds and flows, each reaching what the ones before have not."""
    middle = week.shapes[day.ordinal].middle_seconds
    holds = max(HOLDS[0], min(HOLDS[1], round(middle / HOLD_SECONDS_EACH)))
    sets = max(1, min(6, round((middle / holds - facts.config.time.transition) / 75)))
    keep = board.need.copy()
    entries: list[Entry] = []
    for number in range(1, holds + 1):
        slot = Slot(f"main/{day.ordinal + 1}/{number}", day.ordinal, Section.MAIN, (P.MOBILITY,), any_section=True)
        item = _pick(slot, shelf, board, wishes, facts)
        entries += _entry(item, Role.HOLD, sets)
        if item:
            board.need = np.where(shelf.reach[item.row] > 0, board.need * SEEN_NEED, board.need)
    board.need = keep
    return entries


_MIDDLES = {Kind.CARDIO: _cardio_middle, Kind.CONDITIONING: _conditioning_middle, Kind.MOBILITY: _mobility_middle}


def _wrap(day: Day, shape: Shape, chosen: Chosen, shelf: Shelf, wishes: Wishes, facts: Facts) -> None:
    """Warm-up and cool-down for what the day trains: raise first, then the muscles that work."""
    middle = chosen.entries[day.ordinal]
    trained = sum((shelf.reach[entry.item.row] for entry in middle), np.zeros(shelf.reach.shape[1]))
    keep, board = board_need(chosen.board, trained), chosen.board
    before = board.need
    for section, count in ((Section.WARMUP, shape.warmup), (Section.COOLDOWN, shape.cooldown)):
        board.need = keep.copy()
        items: list[Entry] = []
        for number in range(1, count + 1):
            raising = section is Section.WARMUP and number == 1
            patterns = (P.CARDIO,) if raising else (P.MOBILITY,)
            slot = Slot(
                f"{section}/{day.ordinal + 1}/{number}", day.ordinal, section, patterns, repeat=True, gentle=True
            )
            item = _pick(slot, shelf, board, wishes, facts)
            items += _entry(item, Role.PREP, 1)
            if item:
                board.need = np.where(shelf.reach[item.row] > 0, board.need * SEEN_NEED, board.need)
        middle = items + middle if section is Section.WARMUP else middle + items
    board.need = before
    chosen.entries[day.ordinal] = middle


def board_need(board: Board, trained: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    """What warm-up and cool-down should reach: what the day trains, else everything a little."""
    return trained if trained.any() else np.ones_like(board.need)


def add_accessories(
    frame: Chosen,
    week: Week,
    shelf: Shelf,
    bands: Bands,
    wishes: Wishes,
    before: Mapping[str, Item],
    block: int,
    facts: Facts,
) -> tuple[dict[int, list[Entry]], dict[str, Item]]:
    """The block's assistance: by turns over the days, each to what the week still needs most.

    ``before`` holds the last block's items by slot; some keep theirs, the others must change.
    """
    board = _board_for_block(frame, week, shelf, bands, facts)
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
        item = _pick(replace(slot, key=f"{slot.key}/{block + 1}"), shelf, board, wishes, facts)
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


def _trains_core(movement: MovementRecord) -> bool:
    return movement.pattern in (P.CORE, P.ROTATION) or bool({Muscle.CORE, Muscle.OBLIQUES} & set(movement.primary))


def _merge(frame: Chosen, slots: Sequence[Slot], items: Mapping[str, Item], facts: Facts) -> dict[int, list[Entry]]:
    """Accessories into their place between mains and cool-down, compound before isolation, the core last."""
    merged: dict[int, list[Entry]] = {}
    for day, entries in frame.entries.items():
        mine = [items[slot.key] for slot in slots if slot.day == day and slot.key in items]
        mine.sort(
            key=lambda item: (
                _trains_core(item.movement),
                not item.movement.compound,
                -item.choice.total,
            )
        )
        added = [Entry(item, Role.ACCESSORY, facts.config.caps.accessory_sets[0]) for item in mine]
        cut = next((i for i, one in enumerate(entries) if one.item.section is Section.COOLDOWN), len(entries))
        merged[day] = entries[:cut] + added + entries[cut:]
    return merged
