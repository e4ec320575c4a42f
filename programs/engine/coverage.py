"""No major muscle left out of a week, or a refusal in words. See docs/algorithms/coverage.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from gainsly.lib.labels import label_of
from gainsly.lib.vocabulary import MAJOR_MUSCLES, MovementPattern, Muscle, Section
from programs.engine.blocks import Chosen, Scene, Week, least_sets, pick
from programs.engine.calendars import DAYS_PER_WEEK, Window
from programs.engine.constraints import FREE_PATTERNS, Infeasible
from programs.engine.focus import LOWER_MUSCLES, RANK
from programs.engine.periodization import Week as Phase
from programs.engine.prescription import Entry, Facts, Role
from programs.engine.scoring import COLUMN, MUSCLES, Floats, Shelf
from programs.engine.selection import Board, Slot
from programs.engine.slots import ACCESSORIES, MIDDLE_MAINS
from programs.engine.splits import LOWER, UPPER, Day
from programs.engine.types import Collision
from programs.engine.volume import LEAST_SETS, Bands

P = MovementPattern
MAJOR_NAMES = tuple(Muscle(one) for one in MAJOR_MUSCLES if one != "shoulders")
COVER = "/cover-"  # in the keys of what covers a muscle
NEARLY_NOTHING = 2.0  # weekly sets below which a muscle counts as left out
SPARED = 0.5  # of a set: what a count may lack
SECONDS_PER_SET, WHOLE_DOSE, LEAST_SHARE = 150, 42, 0.3  # what a week's minutes hold (decisions 11 and 15)
GIVERS = (Role.MAIN, Role.ACCESSORY)
BEFORE = (Section.WARMUP, Section.SKILL)


def cover_with_mains(chosen: Chosen, scene: Scene) -> None:
    """A lift for each major muscle that no main trains, in a week whose days all end with finishers.

    It goes to the day with fewest mains, under a pattern that no other day leads with, so that no pattern meets itself
    on the day after. Where days hold assistance, that covers what the mains leave out (:func:`add_missing`).
    """
    days = [day for day in scene.week.days if day.lifted]
    if not scene.facts.mix.lifted or any(scene.week.shapes[day.ordinal].accessories for day in days):
        return
    for muscle in MAJOR_NAMES:
        open_days = [day for day in days if len(_mains(chosen.entries[day.ordinal])) < MIDDLE_MAINS[1]]
        mains = [one for entries in chosen.entries.values() for one in _mains(entries)]
        if open_days and not any(muscle in one.item.movement.primary for one in mains):
            used = {one.item.movement.pattern for one in mains} & {*UPPER, *LOWER}
            free = {*UPPER, *LOWER, P.ISOLATION} - used
            day = min(open_days, key=lambda one: (not _suits(one, muscle), len(_mains(chosen.entries[one.ordinal]))))
            patterns = tuple(sorted(free, key=RANK.__getitem__))
            slot = Slot(
                f"main/{day.ordinal + 1}{COVER}{muscle}", day.ordinal, Section.MAIN, patterns, (muscle,), repeat=True,
                away=tuple(sorted(used)),
            )  # fmt: skip
            _add_main(chosen.entries[day.ordinal], slot, scene)


def _add_main(entries: list[Entry], slot: Slot, scene: Scene) -> None:
    """The lift in its place among the day's mains; one that the library calls assistance where it has no other."""
    shelf = scene.shelf
    rows = shelf.of_patterns(slot.patterns) & shelf.primary[:, COLUMN[slot.muscles[0]]]
    section = Section.MAIN if (rows & shelf.sections[Section.MAIN]).any() else Section.ACCESSORY
    if not (rows & shelf.sections[section]).any():
        return
    item = pick(replace(slot, section=section), scene)
    if item is None:
        return
    added = Entry(replace(item, section=Section.MAIN), Role.MAIN, least_sets(scene.facts), leads_pattern=True)
    last = max((at for at, one in enumerate(entries) if one.item.section in BEFORE), default=-1)
    before = [at for at, one in enumerate(entries) if one.role is Role.MAIN and _order(one) <= _order(added)]
    entries.insert(max([last, *before]) + 1, added)


def _order(entry: Entry) -> tuple[bool, int]:
    return not entry.item.movement.compound, RANK[entry.item.movement.pattern]


def _mains(entries: Sequence[Entry]) -> list[Entry]:
    return [one for one in entries if one.role is Role.MAIN]


def covers(entry: Entry) -> bool:
    """Whether an exercise stands for a muscle that the week would leave out without it."""
    return COVER in entry.item.choice.key


def _suits(day: Day, muscle: Muscle) -> bool:
    return bool(set(day.patterns) & set(LOWER if muscle in LOWER_MUSCLES else UPPER))


def add_missing(
    entries: dict[int, list[Entry]], windows: Sequence[Window], bands: Bands, scene: Scene
) -> dict[int, list[Entry]]:
    """The week with assistance for major muscles that its leanest microcycle hardly trains, such as an own week's.

    Each goes to the day with least assistance that every microcycle holds and takes the place of the last that only
    fills; finisher days stay as they are.
    """
    result = {day: list(list_) for day, list_ in entries.items()}
    always = set.intersection(*(set(window.ordinals) for window in windows))
    weekly = leanest(result, windows, scene.shelf)
    missing = [one for one in MAJOR_NAMES if bands.worth[COLUMN[one]] >= 1 and weekly[COLUMN[one]] < NEARLY_NOTHING]
    for muscle in missing:
        room = [day for day in sorted(always) if _assistance(result[day])]
        if not room:
            break
        day = min(room, key=lambda one: (not _suits(scene.week.days[one], muscle), _assistance(result[one]), one))
        board = Board(need=np.maximum(0.0, bands.high - weekly), budget=dict(scene.board.budget))
        board.today[day] = {one.item.row for one in result[day]}
        key = f"accessory/{day + 1}{COVER}{muscle}/{scene.block + 1}"
        slot = Slot(key, day, Section.ACCESSORY, (*UPPER, *LOWER, P.ISOLATION), (muscle,))
        item = pick(slot, replace(scene, board=board))
        if item is not None and muscle in item.movement.primary:
            place = next(i for i, one in enumerate(result[day]) if one.role is Role.ACCESSORY)
            result[day].insert(place, Entry(item, Role.ACCESSORY, LEAST_SETS))
            _make_room(result[day], max(ACCESSORIES[0], scene.week.shapes[day].accessories))
    return result


def _make_room(entries: list[Entry], most: int) -> None:
    """Where there is more assistance than the session holds, the last leaves that covers nothing and no major."""
    filling = [one for one in entries if one.role is Role.ACCESSORY and not covers(one)]
    if _assistance(entries) > most and filling:
        minor = [one for one in filling if not set(one.item.movement.primary) & set(MAJOR_NAMES)]
        entries.remove((minor or filling)[-1])


def _assistance(entries: Sequence[Entry]) -> int:
    return sum(one.role is Role.ACCESSORY for one in entries)


def leanest(entries: Mapping[int, Sequence[Entry]], windows: Iterable[Window], shelf: Shelf) -> Floats:
    """Fractional sets per muscle and seven days, in the microcycle that gives each muscle least."""
    by_day = {
        day: sum((one.sets * shelf.shares[one.item.row] for one in list_ if one.role in GIVERS), np.zeros(len(MUSCLES)))
        for day, list_ in entries.items()
    }
    sums = [
        sum((by_day[at] for at in window.ordinals), np.zeros(len(MUSCLES))) * DAYS_PER_WEEK / window.length_days
        for window in windows
    ]
    least: Floats = np.min(sums, axis=0)
    return least


def left_out(
    blocks: Sequence[dict[int, list[Entry]]], frame: Week, weeks: Sequence[Phase], shelf: Shelf, facts: Facts
) -> list[Muscle]:
    """Major muscles that something could train, but that some loading week trains with hardly a set.

    What counts as hardly shrinks with what the week's minutes hold.
    """
    work = (shelf.sections[Section.MAIN] | shelf.sections[Section.ACCESSORY]) & ~shelf.of_patterns(FREE_PATTERNS)
    able = {muscle for muscle in MAJOR_NAMES if (shelf.shares[work, COLUMN[muscle]] >= 1).any()}
    found: set[Muscle] = set()
    for week in weeks:
        if week.is_deload:
            continue
        given = leanest(blocks[week.block], [week.window], shelf)
        seconds = sum(frame.shapes[at].middle_seconds for at in week.window.ordinals)
        share = max(facts.mix.lifting_points / 10, LEAST_SHARE)
        held = min(1.0, seconds * DAYS_PER_WEEK / week.window.length_days * share / SECONDS_PER_SET / WHOLE_DOSE)
        floor = NEARLY_NOTHING * held - SPARED
        found |= {one for one in MAJOR_NAMES if one in able and given[COLUMN[one]] < floor}
    return [one for one in MAJOR_NAMES if one in found]


def refuse_left_out(muscles: Sequence[Muscle], facts: Facts) -> None:
    """An own week that leaves major muscles out collides with goals that are lifted for. Raises Infeasible."""
    if not muscles:
        return
    names = [label_of(one).lower() for one in muscles]
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    message = (
        f"The days of your own week leave no room for {listed}, but {facts.mix.lifting_points} of your ten points go "
        "to goals that train the whole body. Make one of its days full body, give your sessions more minutes, or move "
        "points to endurance or mobility."
    )
    rules = ("hybrid_definition", *(f"goal:{goal}" for goal in facts.mix.weights))
    raise Infeasible(message, [Collision(rules, message)])
