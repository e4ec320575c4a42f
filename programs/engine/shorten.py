"""A session made to fit fewer minutes, the least important first. See docs/algorithms/adapt.md."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from gainsly.lib.vocabulary import Section
from movements.catalogue.records import MovementRecord
from programs.engine.heuristics import Heuristics
from programs.engine.standing import Slot
from programs.engine.supersets import GROUPS, compete
from programs.engine.timing import work_seconds
from programs.engine.today import LEAST_LEFT, Draft, Kind, Made, minutes_of, working_sets
from programs.engine.types import PlannedExercise

LEAST_HEAVY_SETS, LEAST_REST, REST_STEP = 2, 30, 15
HEAVY_REST_SHARE, LEAST_HEAVY_REST = 2 / 3, 60  # what rests of mains may shrink to when all else is short already
MINUTES_ROUNDING = 0.5
SECONDS = 60
HEAVY = (Section.SKILL, Section.MAIN)
SMALL = (Section.ACCESSORY, Section.FINISHER)
RULE = "minutes"


def shorten(draft: Draft, minutes: int) -> None:
    """Bring the draft to ``minutes``: finishers, accessories from the last on, sets of mains down to two, rests of
    accessories, supersets, the cool-down, rests of mains. The warm-up stays, and so does the mains' load.

    Where 60 % of the sets would have to go first, the mains give sets before the small work that takes little time.
    """
    limit, told = minutes + MINUTES_ROUNDING, f"{minutes} minutes today."
    if draft.minutes() <= limit:
        return
    before, ways = (list(draft.slots), list(draft.steps)), []
    for rungs in LADDERS:
        draft.slots, draft.steps = list(before[0]), list(before[1])
        _climb(draft, limit, told, rungs)
        ways.append((draft.minutes(), draft.slots, draft.steps))
        if draft.minutes() <= limit:
            break
    else:
        _minutes, draft.slots, draft.steps = min(ways, key=lambda way: round(way[0], 6))
    if draft.minutes() > limit:
        draft.notes.append(
            f"The least that keeps this session whole takes about {draft.minutes():.0f} minutes; "
            "no more is cut, because 60 % is the most that one day may lose."
        )


def make_room(plan: Sequence[Slot], minutes: int, movements: Mapping[str, MovementRecord], config: Heuristics) -> Made:
    """A later session that takes something in: small work that is not locked gives way, nothing else does."""
    draft = Draft(movements, config, list(plan), LEAST_LEFT * working_sets(plan))
    _climb(draft, minutes + MINUTES_ROUNDING, "", (_drop_small, _shorten_rests, _pair))
    return Made(tuple(draft.steps), round(draft.minutes(), 1))


_Rung = Callable[[Draft, float, str], None]


def _climb(draft: Draft, limit: float, told: str, rungs: Sequence[_Rung]) -> None:
    for rung in rungs:
        if draft.minutes() <= limit:
            return
        rung(draft, limit, told)


def _drop_small(draft: Draft, limit: float, told: str) -> None:
    """Finishers, then accessories from the last one on: as many sets as it takes, all of them where it takes all."""
    for section in (Section.FINISHER, Section.ACCESSORY):
        for slot in reversed(draft.of(section)):
            now, room = draft.current(slot), draft.spare()
            left = now.planned.sets
            while left and room and _minutes_with(draft, {slot.id: left}) > limit:
                left, room = left - 1, room - 1
            _leave(draft, now, left, told)


def _leave(draft: Draft, slot: Slot, sets: int, told: str) -> None:
    if sets:
        draft.put(slot, replace(slot.planned, sets=sets), Kind.SETS, RULE, f"{told} Fewer sets of it.")
    else:
        draft.put(slot, None, Kind.DROP, RULE, f"{told} It goes before anything of the main lifts does.")


def _minutes_with(draft: Draft, sets: dict[str, int]) -> float:
    trial = [replace(one, planned=replace(one.planned, sets=sets.get(one.id, one.planned.sets))) for one in draft.slots]
    return minutes_of(trial, draft.config)


def _give_heavy_sets(draft: Draft, limit: float, told: str) -> None:
    left, room = {one.id: one.planned.sets for one in draft.of(*HEAVY)}, draft.spare()
    while room and _minutes_with(draft, left) > limit and _give_one(left):
        room -= 1
    _put_heavy_sets(draft, left, told)


def _give_one(left: dict[str, int]) -> bool:
    """One set less of the lift that has most, the last of those; False where all are at their least."""
    most = max(reversed(list(left)), key=left.__getitem__, default=None)
    if most is None or left[most] <= LEAST_HEAVY_SETS:
        return False
    left[most] -= 1
    return True


def _put_heavy_sets(draft: Draft, left: dict[str, int], told: str) -> None:
    for slot in draft.of(*HEAVY):
        after = replace(slot.planned, sets=left[slot.id])
        draft.put(slot, after, Kind.SETS, RULE, f"{told} Fewer sets at the same intensity.")


def short_rest(planned: PlannedExercise) -> int:
    """Seconds that rests of small work may shrink to."""
    return min(planned.rest_seconds, max(LEAST_REST, planned.rest_seconds // 2 // REST_STEP * REST_STEP))


def short_heavy_rest(planned: PlannedExercise) -> int:
    """Seconds that rests of a main lift may shrink to."""
    floor = int(planned.rest_seconds * HEAVY_REST_SHARE) // REST_STEP * REST_STEP
    return min(planned.rest_seconds, max(LEAST_HEAVY_REST, floor))


def _shorten_rests(draft: Draft, limit: float, told: str) -> None:
    _rest_less(draft, limit, SMALL, short_rest, f"{told} Shorter rests between its sets.")


def _shorten_heavy_rests(draft: Draft, limit: float, told: str) -> None:
    _rest_less(draft, limit, HEAVY, short_heavy_rest, f"{told} Shorter rests at the same weight.")


def _rest_less(
    draft: Draft, limit: float, sections: Sequence[Section], rest: Callable[[PlannedExercise], int], told: str
) -> None:
    for slot in reversed(draft.of(*sections)):
        if draft.minutes() <= limit:
            return
        draft.put(slot, replace(slot.planned, rest_seconds=rest(slot.planned)), Kind.REST, RULE, told)


def _pair(draft: Draft, limit: float, told: str) -> None:
    """Small work side by side becomes a superset where the two do not tire the same muscle."""
    taken = {slot.planned.superset_group for slot in draft.slots}
    groups = (one for one in GROUPS if one not in taken)
    waiting = [slot for slot in draft.of(*SMALL) if slot.planned.superset_group is None and slot.planned.sets > 1]
    while len(waiting) > 1 and draft.minutes() > limit:
        first = waiting.pop(0)
        second = waiting[0]
        side_by_side = draft.slots.index(second) - draft.slots.index(first) == 1
        if not side_by_side or compete(draft.record(first), draft.record(second)):
            continue
        group = next(groups, None)
        if group is None:
            return
        waiting.pop(0)
        words = f"{told} In turns with {{}}: one muscle rests while the other works."
        for slot, partner in ((first, second), (second, first)):
            after = replace(slot.planned, superset_group=group)
            draft.put(slot, after, Kind.PAIR, RULE, words.format(draft.record(partner).name))


def _skip_cooldown(draft: Draft, limit: float, told: str) -> None:
    for slot in reversed(draft.of(Section.COOLDOWN)):
        if draft.minutes() > limit:
            draft.put(slot, None, Kind.DROP, RULE, f"{told} The cool-down gives way to the training.")


def _fewest_minutes(draft: Draft, limit: float, told: str) -> None:
    """Where the cap on cuts holds the sets: mains give theirs one by one, and the quickest small work stays for them.

    The first that fits is taken, so that as many sets of mains stay as can; else the shortest of all.
    """
    left = {one.id: one.planned.sets for one in draft.of(*HEAVY)}
    best: tuple[float, dict[str, int]] | None = None
    while True:
        small = _quickest(draft, left)
        if small is not None:
            found = left | small
            minutes = _minutes_with(draft, found)
            if best is None or minutes < best[0]:
                best = (minutes, found)
            if minutes <= limit:
                break
        if not _give_one(left):
            break
    if best is None:
        return
    for slot in draft.of(*SMALL):
        _leave(draft, slot, best[1][slot.id], told)
    _put_heavy_sets(draft, best[1], told)


def _quickest(draft: Draft, heavy: dict[str, int]) -> dict[str, int] | None:
    """Sets of the small work that keep the least number of sets in the fewest seconds; None where they cannot."""
    small = draft.of(*SMALL)
    chosen = {*heavy, *(slot.id for slot in small)}
    held = working_sets([one for one in draft.slots if one.id not in chosen])
    need = max(0, math.ceil(draft.least - held - sum(heavy.values())))
    kept = (each for count in range(len(small) + 1) for each in combinations(small, count))
    options = [found for one in kept if (found := _filled(draft, one, need)) is not None]
    best = min(options, key=lambda one: round(one[0], 6), default=None)
    return None if best is None else {slot.id: best[1].get(slot.id, 0) for slot in small}


def _filled(draft: Draft, kept: Sequence[Slot], need: int) -> tuple[float, dict[str, int]] | None:
    """Seconds and sets where exactly these stay: one of each, then more of those whose sets take least time."""
    time, groups = draft.config.time, [slot.planned.superset_group for slot in kept]
    sets, seconds = {slot.id: 1 for slot in kept}, 0.0
    costs = []
    for slot in kept:
        paired = slot.planned.superset_group is not None and groups.count(slot.planned.superset_group) > 1
        work = work_seconds(slot.planned, draft.config)
        costs.append((work + slot.planned.rest_seconds * (time.superset_rest if paired else 1.0), slot))
        seconds += work + time.transition
    for cost, slot in sorted(costs, key=lambda one: one[0]):
        more = min(slot.planned.sets - 1, max(0, need - sum(sets.values())))
        sets[slot.id] += more
        seconds += more * cost
    return (seconds, sets) if sum(sets.values()) >= need else None


# The written order; then, where the cap on cuts leaves it too long, the ways that save more minutes by the set.
LADDERS: tuple[tuple[_Rung, ...], ...] = (
    (_drop_small, _give_heavy_sets, _shorten_rests, _pair, _skip_cooldown, _shorten_heavy_rests),
    (_shorten_rests, _skip_cooldown, _shorten_heavy_rests, _fewest_minutes, _pair),
    (_shorten_rests, _skip_cooldown, _shorten_heavy_rests, _pair, _fewest_minutes),
)
