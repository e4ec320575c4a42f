"""The frame of a microcycle: its days, their shapes and main patterns. See docs/algorithms/focus.md."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from gainsly.lib.vocabulary import MovementPattern, Section
from movements.catalogue.records import MovementRecord
from programs.engine.blocks import Week
from programs.engine.calendars import DAYS_PER_WEEK, Window, lay_out, neighbours
from programs.engine.focus import assign
from programs.engine.prescription import Facts
from programs.engine.recreation import Settled, settle
from programs.engine.scoring import Shelf, shelve
from programs.engine.slots import Shape, shapes_of
from programs.engine.splits import UPPER, Day, week_of

P = MovementPattern
CORE_EVERY = 3  # lifting days


def shelf_of(movements: Mapping[str, MovementRecord], facts: Facts) -> Shelf:
    """The permitted movements as arrays; seed 0 breaks ties by slug, any other by its own order."""
    ties = list(range(len(movements)))
    if facts.request.seed:
        random.Random(facts.request.seed).shuffle(ties)  # noqa: S311 - a seeded order, not a secret
    return shelve(
        movements,
        athlete=facts.athlete,
        request=facts.request,
        mix=facts.mix,
        history=facts.history,
        config=facts.config,
        ties=ties,
    )


def frame_of(settled: Settled, shelf: Shelf, facts: Facts) -> Week:
    """Days, shapes and the main patterns of each, for the longest microcycle; shorter ones use its first days."""
    config, request, windows = facts.config, facts.request, settled.windows
    days = week_of(request, facts.athlete, facts.mix, most_days(windows), config, turn=settled.turn)
    shapes = shapes_of(days, request.session_minutes, facts.mix, facts.novice, config)
    trainable = frozenset(pattern for pattern in P if _has_mains(pattern, shelf))
    wanted = tuple(
        (day.patterns, min(shape.mains, len(day.patterns)) if day.lifted else 0)
        for day, shape in zip(days, shapes, strict=True)
    )
    per_week = config.caps.novice_main_uses_per_week if facts.novice else config.caps.main_uses_per_week
    limit = max(1, round(per_week * request.microcycle_days / DAYS_PER_WEEK))
    adjacent = neighbours(windows)
    avoid = tuple(frozenset(settled.clash(day.ordinal)) for day in days)
    patterns = assign(wanted, adjacent, trainable, limit, avoid if any(avoid) else ())
    return Week(days, shapes, _with_core(patterns, shapes, trainable, adjacent), settled.clashes, adjacent)


def settled_calendar(facts: Facts) -> Settled:
    """The training dates, moved away from recreation where that helps."""
    windows = lay_out(facts.request, facts.athlete)
    days = week_of(facts.request, facts.athlete, facts.mix, most_days(windows), facts.config)
    windows = tuple(_with_best_days(window, days) for window in windows)
    return settle(windows, days, facts.athlete, facts.config, fixed=facts.request.hybrid is not None)


def _with_best_days(window: Window, days: Sequence[Day]) -> Window:
    """A microcycle too short for all days holds those that together train most patterns, the earliest of equals."""
    count = len(window.offsets)
    if count >= len(days):
        return window
    chosen = min(
        combinations(range(len(days)), count),
        key=lambda some: (-len({one for at in some for one in days[at].patterns}), some),
    )
    return replace(window, chosen=chosen)


def most_days(windows: Sequence[Window]) -> int:
    """Sessions of the fullest microcycle."""
    return max(len(window.offsets) for window in windows)


def _has_mains(pattern: MovementPattern, shelf: Shelf) -> bool:
    """Whether something can lead this pattern; pushing and pulling are led by compound lifts alone."""
    rows = shelf.of_patterns((pattern,)) & (shelf.sections[Section.MAIN] | shelf.sections[Section.ACCESSORY])
    if pattern in UPPER:
        rows = rows & (shelf.compound > 0)
    return bool(rows.any())


def _with_core(
    patterns: tuple[tuple[MovementPattern, ...], ...],
    shapes: Sequence[Shape],
    trainable: frozenset[MovementPattern],
    adjacent: frozenset[tuple[int, int]],
) -> tuple[tuple[MovementPattern, ...], ...]:
    """Where no day has accessories, some lifting days end their mains with the core, never two days running."""
    if any(shape.accessories for shape in shapes) or P.CORE not in trainable:
        return patterns
    chosen: list[int] = []
    for index in [index for index, day in enumerate(patterns) if day][::CORE_EVERY]:
        near = {*patterns[index - 1], *patterns[(index + 1) % len(patterns)]}
        touches = any((index, other) in adjacent or (other, index) in adjacent for other in chosen)
        if not touches and P.CORE not in near:
            chosen.append(index)
    return tuple((*day, P.CORE) if index in chosen and P.CORE not in day else day for index, day in enumerate(patterns))
