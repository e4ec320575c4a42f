"""Recreation beside training: days moved away from it, work beside it lightened. See docs/algorithms/recreation.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from gainsly.lib.vocabulary import EnjoyableActivity, MovementPattern, label_of
from movements.catalogue.records import MovementRecord
from programs.engine.calendars import DAYS_PER_WEEK, Window, gap_cost
from programs.engine.heuristics import Heuristics
from programs.engine.splits import Day
from programs.engine.types import Athlete, Warning

HOURS_PER_DAY = 24
CONFLICT_COST = 10.0  # a day whose patterns all conflict
ALIKE_COST = 6.0  # two days in a row that share a pattern
UNEVEN_COST = 0.5  # per unit of squared gaps above the most even week
TURN_COST = 0.1  # the split begins with another of its days
CORE_WORK = (MovementPattern.CORE, MovementPattern.ROTATION, MovementPattern.ISOMETRIC)
LIGHT_SETS = 2  # what still clashes keeps so many
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Clash = Mapping[MovementPattern, tuple[EnjoyableActivity, int]]  # by which activity, and on which weekday


@dataclass(frozen=True, slots=True)
class Settled:
    """Where the training days lie, with which day the split begins, and what still clashes by day ordinal."""

    windows: tuple[Window, ...]
    turn: int = 0
    clashes: tuple[Clash, ...] = ()
    moved: bool = False

    def clash(self, ordinal: int) -> Clash:
        return self.clashes[ordinal] if ordinal < len(self.clashes) else {}


def clashes_on(
    weekday: int, athlete: Athlete, config: Heuristics
) -> dict[MovementPattern, tuple[EnjoyableActivity, int]]:
    """The patterns that declared recreation wants kept free on a weekday (0 is Monday).

    A buffer of 24 hours reaches the day beside the activity, 48 hours two days; a shorter one the same day alone.
    """
    found: dict[MovementPattern, tuple[EnjoyableActivity, int]] = {}
    for one in athlete.recreation:
        buffer = config.activity_buffer.get(one.activity)
        if buffer is None:
            continue
        for at in one.weekdays:
            since, until = (weekday - at) % DAYS_PER_WEEK, (at - weekday) % DAYS_PER_WEEK
            if buffer.after and since <= buffer.after // HOURS_PER_DAY:
                found |= {pattern: (one.activity, at) for pattern in buffer.patterns_after if pattern not in found}
            if buffer.before and until <= buffer.before // HOURS_PER_DAY:
                found |= {pattern: (one.activity, at) for pattern in buffer.patterns_before if pattern not in found}
    return found


@dataclass(frozen=True, slots=True)
class Outing:
    """Recreation on a date: logged, planned, or declared for that weekday."""

    activity: EnjoyableActivity
    name: str
    date: dt.date
    declared: bool = False  # it comes back every week, so the plan was written around it


@dataclass(frozen=True, slots=True)
class Beside:
    """Recreation in the window around a session, as it bears on one pattern."""

    words: str
    expected: bool = False


def clashes_beside(date: dt.date, outings: Sequence[Outing], config: Heuristics) -> dict[MovementPattern, Beside]:
    """The patterns that recreation close to ``date`` wants kept free, each with the closest reason.

    Buffers reach as far as in ``clashes_on``; what has a date of its own counts before what is only declared.
    """
    found: dict[MovementPattern, Beside] = {}
    for one in sorted(outings, key=lambda each: (each.declared, abs((each.date - date).days), each.date, each.name)):
        buffer = config.activity_buffer.get(one.activity)
        if buffer is None:
            continue
        since = (date - one.date).days
        if buffer.after and 0 <= since <= buffer.after // HOURS_PER_DAY:
            words = f"{one.name} {_day_words(-since)}: these muscles are still tired."
            found |= {each: Beside(words, one.declared) for each in buffer.patterns_after if each not in found}
        if buffer.before and 0 <= -since <= buffer.before // HOURS_PER_DAY:
            words = f"{one.name} {_day_words(-since)}: these muscles stay fresh for it."
            found |= {each: Beside(words, one.declared) for each in buffer.patterns_before if each not in found}
    return found


def _day_words(days: int) -> str:
    known = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return known.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def settle(
    windows: tuple[Window, ...], days: Sequence[Day], athlete: Athlete, config: Heuristics, *, fixed: bool
) -> Settled:
    """The calendar in which training clashes least with recreation, as even as it can then be.

    Only weeks of seven days can be moved, for in others a training day has no weekday of its own; ``fixed`` keeps
    the athlete's own order of days.
    """
    if not athlete.recreation:
        return Settled(windows)
    weekly = all(window.length_days == DAYS_PER_WEEK for window in windows)
    if not weekly:
        return Settled(windows, 0, _shared_clashes(windows, athlete, config))
    first = windows[0]
    by_offset = [
        clashes_on((first.start + dt.timedelta(days=at)).weekday(), athlete, config) for at in range(DAYS_PER_WEEK)
    ]
    open_days = [at for at in range(DAYS_PER_WEEK) if _weekday(first, at) in athlete.available_weekdays]
    usual = (first.offsets, 0)
    options = [
        (offsets, turn)
        for offsets in combinations(open_days, len(first.offsets))
        for turn in range(1 if fixed else len(days))
    ]
    best = min(
        options, key=lambda one: (round(_cost(one[0], one[1], days, by_offset, first.offsets), 6), one != usual, one)
    )
    offsets, turn = best
    moved = tuple(replace(window, offsets=offsets) for window in windows)
    return Settled(moved, turn, tuple(by_offset[at] for at in offsets), moved=best != usual)


def _weekday(window: Window, offset: int) -> int:
    return (window.start + dt.timedelta(days=offset)).weekday()


def _cost(
    offsets: tuple[int, ...], turn: int, days: Sequence[Day], by_offset: Sequence[Clash], usual: tuple[int, ...]
) -> float:
    """What a calendar costs: clashes first, then days in a row that share patterns, then uneven gaps."""
    turned = [days[(index + turn) % len(days)] for index in range(len(offsets))]
    clash = sum(_clash_share(day, by_offset[at]) for day, at in zip(turned, offsets, strict=True))
    alike = sum(
        bool(set(turned[index].patterns) & set(turned[(index + 1) % len(turned)].patterns))
        for index, at in enumerate(offsets)
        if (offsets[(index + 1) % len(offsets)] - at) % DAYS_PER_WEEK == 1
    )
    uneven = gap_cost(offsets, DAYS_PER_WEEK) - gap_cost(usual, DAYS_PER_WEEK)
    return CONFLICT_COST * clash + ALIKE_COST * alike + UNEVEN_COST * uneven + TURN_COST * bool(turn)


def _clash_share(day: Day, clash: Clash) -> float:
    return sum(pattern in clash for pattern in day.patterns) / len(day.patterns) if day.patterns else 0.0


def _shared_clashes(windows: Sequence[Window], athlete: Athlete, config: Heuristics) -> tuple[Clash, ...]:
    """By day ordinal, what clashes in at least half of the microcycles, for their weekdays differ."""
    result: list[Clash] = []
    for ordinal in range(max(len(window.offsets) for window in windows)):
        rows = [
            clashes_on(date.weekday(), athlete, config)
            for window in windows
            for at, date in zip(window.ordinals, window.dates, strict=True)
            if at == ordinal
        ]
        seen = {pattern: by for row in rows for pattern, by in row.items()}
        result.append({p: by for p, by in seen.items() if 2 * sum(p in row for row in rows) >= len(rows)})
    return tuple(result)


def is_light(movement: MovementRecord, clash: Clash, config: Heuristics) -> bool:
    """Whether a lift of a clashing day is kept to its least sets: its pattern clashes, or it isolates what is tired."""
    if movement.pattern in clash:
        return True
    tired = {muscle for activity, _ in clash.values() for muscle in config.activity_buffer[activity].muscles}
    isolates = movement.pattern is MovementPattern.ISOLATION
    return isolates and bool(tired & set(movement.primary))


def recreation_advice(
    settled: Settled, lightened: Mapping[int, Sequence[MovementPattern]], names: Mapping[int, str]
) -> list[Warning]:
    """What recreation changed: days that moved, and work that is kept light because it could not move."""
    advice = []
    if settled.moved:
        advice.append(
            Warning(
                "recreation_moved", "Training days were placed around your recreation, so that tired muscles rest.", 0.1
            )
        )
    for ordinal, patterns in sorted(lightened.items()):
        activity, weekday = settled.clash(ordinal)[patterns[0]]
        words = ", ".join(dict.fromkeys(one.replace("_", " ") for one in patterns))
        message = (
            f"{label_of(activity)} on {WEEKDAYS[weekday]} is close to {names[ordinal]}: "
            f"its {words} work stays at few, easier sets."
        )
        advice.append(Warning("recreation_conflict", message, 0.3))
    return advice
