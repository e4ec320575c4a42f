"""Choosing the movements of a program: mains once, assistance per block. See docs/algorithms/blocks.md."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from gainsly.lib.vocabulary import (
    MAJOR_MUSCLES,
    SKILL_RANK,
    ExperienceLevel,
    MovementPattern,
    Muscle,
    Section,
    SessionType,
)
from programs.engine.focus import ordered
from programs.engine.prescription import Entry, Facts, Pace, Role
from programs.engine.recreation import Clash
from programs.engine.scoring import Floats, Shelf
from programs.engine.selection import Board, Item, Slot, fill, need_vector, place
from programs.engine.slots import LONG_MINUTES, Shape
from programs.engine.splits import LOWER, UPPER, Day, Kind
from programs.engine.wishes import Wishes

P = MovementPattern
TRAINED = SKILL_RANK[ExperienceLevel.INTERMEDIATE]
MINOR_NEED = 0.3
SEEN_NEED = 0.3  # what is left of a muscle's need for a stretch once one stretch reaches it
INTERVAL_MOVES = (5, 7)
INTERVAL_SECONDS_EACH = 420
HOLDS = (6, 12)
HOLD_SECONDS_EACH = 270
MOST_HOLD_SETS = 8
LONG_BOUT_SECONDS = 2400  # beyond it a cardio day takes two bouts
WHOLE_BODY = (SessionType.FULL_BODY, SessionType.CUSTOM, SessionType.SKILL)
FEW_MAINS = 3  # up to here a day repeats its own patterns with other lifts, one more in a long session
INTERVAL_CYCLE, MOST_SETS = 70, 12  # seconds of one interval with its rest
STEADY_FROM = 600  # a finisher this long is steady cardio, a shorter one intervals


@dataclass(frozen=True, slots=True)
class Week:
    """The frame of a microcycle: its days, their shapes, and the main patterns of each."""

    days: tuple[Day, ...]
    shapes: tuple[Shape, ...]
    patterns: tuple[tuple[MovementPattern, ...], ...]
    clashes: tuple[Clash, ...] = ()  # by day, what recreation beside it wants kept free
    adjacent: frozenset[tuple[int, int]] = frozenset()  # ordinals that fall on two calendar days in a row


@dataclass(frozen=True, slots=True)
class Scene:
    """What every choice looks at."""

    week: Week
    shelf: Shelf
    board: Board
    wishes: Wishes
    facts: Facts
    block: int = 0
    spare_sets: int = 0  # that fillers may add, so that a block does not start above the one before it


@dataclass(slots=True)
class Chosen:
    """Entries by day, and the board that knows what is taken."""

    entries: dict[int, list[Entry]]
    board: Board


def choose_frame(week: Week, shelf: Shelf, wishes: Wishes, facts: Facts) -> Chosen:
    """What stays the whole program: mains, power work, finishers, cardio, holds, warm-up and cool-down."""
    need = {Muscle(one): 1.0 for one in MAJOR_MUSCLES if one != "shoulders"}
    need |= {muscle: MINOR_NEED for muscle in Muscle if muscle not in need and muscle is not Muscle.FULL_BODY}
    need |= {Muscle.FRONT_DELTS: 0.6, Muscle.SIDE_DELTS: 0.6}
    budget = facts.config.cns.budget[facts.athlete.aggression]
    board = Board(need=need_vector(need), budget={day.ordinal: budget for day in week.days})
    chosen = Chosen({day.ordinal: [] for day in week.days}, board)
    scene = Scene(week, shelf, board, wishes, facts)
    for day in week.days:
        middle = _lifting_frame if day.lifted else _MIDDLES[day.kind]
        chosen.entries[day.ordinal] += middle(day, scene)
    for day in week.days:
        _wrap(day, chosen, scene)
    return chosen


def least_sets(facts: Facts) -> int:
    """What a main lift starts with before sets are shared out; newcomers start lower."""
    return 2 if facts.novice else facts.config.caps.main_sets[0]


def _entry(item: Item | None, role: Role, sets: int, seconds: int = 0, *, leads: bool = False) -> list[Entry]:
    return [Entry(item, role, sets, seconds, leads)] if item else []


def pick(slot: Slot, scene: Scene) -> Item | None:
    """The athlete's own wish where it suits the slot, else the best movement for it."""
    row = scene.wishes.take(slot, scene.shelf)
    if row is not None and row not in scene.board.today.get(slot.day, ()):
        return place(slot, row, scene.shelf, scene.board, scene.facts.config)
    return fill(slot, scene.shelf, scene.board, scene.facts.config)


def _lifting_frame(day: Day, scene: Scene) -> list[Entry]:
    shape = scene.week.shapes[day.ordinal]
    entries = _power_block(day, shape, scene)
    seen: set[MovementPattern] = set()
    turn = "ABCDEFGHIJKLMN".index(day.letter)
    away = led_beside(day.ordinal, scene)
    for number, pattern in enumerate(_main_patterns(day, shape, turn, scene), start=1):
        slot = Slot(
            f"main/{day.ordinal + 1}/{number}", day.ordinal, Section.MAIN, (pattern,), repeat=scene.facts.novice,
            any_section=True, away=away,
        )  # fmt: skip
        item = pick(slot, scene)
        entries += _entry(item, Role.MAIN, least_sets(scene.facts), leads=pattern not in seen)
        seen.add(pattern)
    # A single-joint lift that stands in as a main comes after the others.
    entries.sort(key=lambda one: one.role is Role.MAIN and not one.item.movement.compound)
    return entries + _finisher(day, shape, scene)


def led_beside(ordinal: int, scene: Scene) -> tuple[MovementPattern, ...]:
    """The patterns that lead the days beside this one, planned or standing in already."""
    pairs = [pair for pair in scene.week.adjacent if ordinal in pair]
    beside = {day for pair in pairs for day in pair} - {ordinal}
    planned = {one for day in beside for one in scene.week.patterns[day]}
    chosen = {scene.shelf.movements[row].pattern for day in beside for row in scene.board.today.get(day, ())}
    return tuple(sorted((planned | chosen) & {*LOWER, *UPPER}))


def _main_patterns(day: Day, shape: Shape, turn: int, scene: Scene) -> list[MovementPattern]:
    """The day's patterns in training order, repeated with other lifts while the session holds more mains."""
    own = list(ordered(scene.week.patterns[day.ordinal], turn))
    if not scene.facts.mix.lifted:
        most = shape.mains
    elif day.session_type in WHOLE_BODY and len(own) > 1:
        most = len(own)
    else:
        few = FEW_MAINS + (scene.facts.request.session_minutes >= LONG_MINUTES)
        most = min(shape.mains, max(len(own), few))
    repeats = [own[index % len(own)] for index in range(most)] if own else []
    return sorted(repeats, key=own.index)


def _power_block(day: Day, shape: Shape, scene: Scene) -> list[Entry]:
    """Fast work first: jumps never on two days in a row, one Olympic lift a day, none for newcomers."""
    entries: list[Entry] = []
    jumps = _may_jump(day, scene.week)
    kinds = [P.PLYOMETRIC, P.OLYMPIC] if jumps else [P.OLYMPIC]
    if scene.facts.novice:
        kinds = [P.PLYOMETRIC] * 2 if jumps else []
    for number, pattern in enumerate(kinds[: shape.skill], start=1):
        slot = Slot(
            f"skill/{day.ordinal + 1}/{number}", day.ordinal, Section.SKILL, (pattern,), any_section=True, repeat=True
        )
        if not _exists(slot, scene):
            continue
        entries += _entry(pick(slot, scene), Role.POWER, scene.facts.config.power.sets[0])
    return entries


def _exists(slot: Slot, scene: Scene) -> bool:
    rows = scene.shelf.of_patterns(slot.patterns).copy()
    rows[list(scene.board.today.get(slot.day, ()))] = False
    return bool(rows.any())


def _may_jump(day: Day, week: Week) -> bool:
    """Every other lifting day, so that jumps never meet on days in a row."""
    lifting = [one.ordinal for one in week.days if one.lifted]
    return lifting.index(day.ordinal) % 2 == 0 and (
        len(lifting) % 2 == 0 or day.ordinal != lifting[-1] or len(lifting) == 1
    )


def _finisher(day: Day, shape: Shape, scene: Scene) -> list[Entry]:
    seconds = shape.finisher_seconds
    if not seconds:
        return []
    legs = bool(set(scene.week.patterns[day.ordinal]) & set(LOWER))
    steady = seconds >= STEADY_FROM or legs  # hard work for the legs stays a day away from heavy leg lifts
    patterns = (P.CARDIO, P.CONDITIONING) if steady else (P.CONDITIONING, P.CARDIO)
    slot = Slot(
        f"finisher/{day.ordinal + 1}/1",
        day.ordinal,
        Section.FINISHER,
        patterns[:1],
        any_section=True,
        repeat=True,
        gentle=steady,
    )
    item = pick(slot, scene)
    if item is None:
        return []
    if item.movement.pattern is P.CARDIO:
        pace = Pace.STEADY if legs or scene.facts.novice else Pace.TEMPO
        return [replace(one, pace=pace) for one in _entry(item, Role.CARDIO, 1, seconds)]
    return _entry(item, Role.INTERVAL, max(2, min(MOST_SETS, round(seconds / INTERVAL_CYCLE))))


def _cardio_middle(day: Day, scene: Scene) -> list[Entry]:
    """One bout, two different ones when it is long, at the day's pace; intervals where no cardio can be done."""
    middle = scene.week.shapes[day.ordinal].middle_seconds
    paces = _paces(day, scene, 2 if middle > LONG_BOUT_SECONDS else 1)
    bouts = len(paces)
    chosen_from, scene = scene, without_strolls(day, scene)
    entries: list[Entry] = []
    for number, pace in enumerate(paces, start=1):
        slot = Slot(
            f"main/{day.ordinal + 1}/{number}",
            day.ordinal,
            Section.MAIN,
            (P.CARDIO,),
            any_section=True,
            repeat=True,
            gentle=True,
        )
        if _exists(slot, scene):
            seconds = int(middle / bouts) - scene.facts.config.time.transition
            entries += [replace(one, pace=pace) for one in _entry(pick(slot, scene), Role.CARDIO, 1, seconds)]
    chosen_from.board.today.setdefault(day.ordinal, set()).update(one.item.row for one in entries)
    return entries or _conditioning_middle(day, chosen_from)


def without_strolls(day: Day, scene: Scene) -> Scene:
    """For the trained, the scene without walks and the like on this day, where something harder can be done."""
    shelf, level = scene.shelf, SKILL_RANK[scene.facts.athlete.experience]
    cardio = shelf.of_patterns((P.CARDIO,))
    strolls = cardio & (shelf.cns_cost < scene.facts.config.cns.cost["low"])
    if level < TRAINED or not (cardio & ~strolls & shelf.steady).any():
        return scene
    taken = scene.board.today.get(day.ordinal, set()) | set(np.flatnonzero(strolls).tolist())
    board = replace(scene.board, today={**scene.board.today, day.ordinal: taken})
    return replace(scene, board=board)


def _paces(day: Day, scene: Scene, bouts: int) -> tuple[Pace, ...]:
    """Newcomers stay steady; the trained take tempo, and from advanced on intervals, on every second cardio day.

    A long day of the trained ends its first, steady half with a tempo half.
    """
    days = [one.ordinal for one in scene.week.days if one.kind is Kind.CARDIO]
    turn = days.index(day.ordinal)
    level = SKILL_RANK[scene.facts.athlete.experience]
    if level < TRAINED:
        return (Pace.STEADY,) * bouts
    if turn % 2 == 1:
        return (Pace.INTERVALS if level > TRAINED else Pace.TEMPO,)
    return (Pace.STEADY, Pace.TEMPO)[:bouts]


def _conditioning_middle(day: Day, scene: Scene) -> list[Entry]:
    middle = scene.week.shapes[day.ordinal].middle_seconds
    moves = max(INTERVAL_MOVES[0], min(INTERVAL_MOVES[1], round(middle / INTERVAL_SECONDS_EACH)))
    sets = max(1, min(12, int((middle / moves - scene.facts.config.time.transition) / 70)))
    entries: list[Entry] = []
    for number in range(1, moves + 1):
        slot = Slot(f"main/{day.ordinal + 1}/{number}", day.ordinal, Section.MAIN, (P.CONDITIONING,), any_section=True)
        entries += _entry(pick(slot, scene), Role.INTERVAL, sets)
    return entries


def _mobility_middle(day: Day, scene: Scene) -> list[Entry]:
    """Six to twelve holds and flows, each reaching what the ones before have not."""
    middle = scene.week.shapes[day.ordinal].middle_seconds
    holds = max(HOLDS[0], min(HOLDS[1], round(middle / HOLD_SECONDS_EACH)))
    sets = max(1, min(MOST_HOLD_SETS, round((middle / holds - scene.facts.config.time.transition) / 75)))
    keep = scene.board.need.copy()
    entries: list[Entry] = []
    for number in range(1, holds + 1):
        slot = Slot(f"main/{day.ordinal + 1}/{number}", day.ordinal, Section.MAIN, (P.MOBILITY,), any_section=True)
        item = pick(slot, scene)
        entries += _entry(item, Role.HOLD, sets)
        if item:
            scene.board.need = np.where(scene.shelf.reach[item.row] > 0, scene.board.need * SEEN_NEED, scene.board.need)
    scene.board.need = keep
    return entries


_MIDDLES = {Kind.CARDIO: _cardio_middle, Kind.CONDITIONING: _conditioning_middle, Kind.MOBILITY: _mobility_middle}


def _wrap(day: Day, chosen: Chosen, scene: Scene) -> None:
    """Warm-up and cool-down for what the day trains: raise first, then the muscles that work."""
    middle = chosen.entries[day.ordinal]
    trained = sum((scene.shelf.reach[entry.item.row] for entry in middle), np.zeros(scene.shelf.reach.shape[1]))
    keep, before, shape = _reached(trained), scene.board.need, scene.week.shapes[day.ordinal]
    for section, count in ((Section.WARMUP, shape.warmup), (Section.COOLDOWN, shape.cooldown)):
        scene.board.need = keep.copy()
        items: list[Entry] = []
        for number in range(1, count + 1):
            raising = section is Section.WARMUP and number == 1
            patterns = (P.CARDIO,) if raising else (P.MOBILITY,)
            slot = Slot(
                f"{section}/{day.ordinal + 1}/{number}", day.ordinal, section, patterns, repeat=True, gentle=True
            )
            item = pick(slot, scene)
            items += _entry(item, Role.PREP, 1)
            if item:
                scene.board.need = np.where(
                    scene.shelf.reach[item.row] > 0, scene.board.need * SEEN_NEED, scene.board.need
                )
        middle = items + middle if section is Section.WARMUP else middle + items
    scene.board.need = before
    chosen.entries[day.ordinal] = middle


def _reached(trained: Floats) -> Floats:
    """What warm-up and cool-down should reach: what the day trains, else everything a little."""
    return trained if trained.any() else np.ones_like(trained)
