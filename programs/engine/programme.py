"""Block after block: assistance rotated, sets shared out. See docs/algorithms/blocks.md and volume.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gainsly.lib.vocabulary import Section
from programs.engine.blocks import Chosen, Week, add_accessories, choose_frame
from programs.engine.calendars import DAYS_PER_WEEK
from programs.engine.periodization import Week as Phase
from programs.engine.prescription import Entry, Facts, Role, prescribe
from programs.engine.scoring import Shelf
from programs.engine.selection import Item
from programs.engine.timing import piece_seconds
from programs.engine.types import Choice
from programs.engine.volume import Bands, Share, bands_for, share_out
from programs.engine.wishes import wishes_of

GIVERS = (Role.MAIN, Role.ACCESSORY)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Entries per block and day with their sets, and every choice made."""

    entries: tuple[dict[int, list[Entry]], ...]
    choices: tuple[Choice, ...]
    unmet: tuple[str, ...]  # wanted movements that found no slot
    bands: Bands


def write_blocks(frame: Week, weeks: Sequence[Phase], shelf: Shelf, facts: Facts) -> Blocks:
    """The movements and sets of every block."""
    wishes = wishes_of(facts.athlete, facts.request.microcycle_days)
    chosen = choose_frame(frame, shelf, wishes, facts)
    bands = bands_for(
        facts.mix, facts.athlete, facts.request, facts.request.microcycle_days / DAYS_PER_WEEK, facts.config
    )
    blocks: list[dict[int, list[Entry]]] = []
    before: dict[str, Item] = {}
    unmet: set[str] = set()
    for number in range(max(week.block for week in weeks) + 1):
        wanted = wishes.copy()
        entries, before = add_accessories(chosen, frame, shelf, bands, wanted, before, number, facts)
        first = next(week for week in weeks if week.block == number and not week.is_deload)
        blocks.append(_with_sets(entries, frame, first, shelf, bands, facts))
        unmet |= set(wanted.unmet)
    return Blocks(tuple(blocks), _choices(blocks), tuple(sorted(unmet)), bands)


def _choices(blocks: Sequence[dict[int, list[Entry]]]) -> tuple[Choice, ...]:
    found = {entry.item.choice.key: entry.item.choice for block in blocks for day in block.values() for entry in day}
    return tuple(found[key] for key in sorted(found))


def _with_sets(
    entries: dict[int, list[Entry]], frame: Week, week: Phase, shelf: Shelf, bands: Bands, facts: Facts
) -> dict[int, list[Entry]]:
    """The sets of a loading week: the least first, then one by one where they are worth most."""
    places = [(day, index) for day, list_ in entries.items() for index, one in enumerate(list_) if one.role in GIVERS]
    shares, cost = [], dict.fromkeys(entries, 0.0)
    for day, index in places:
        entry = entries[day][index]
        shares.append(_share(day, entry, week, shelf, facts))
    for day, list_ in entries.items():
        cost[day] = sum(
            piece_seconds(prescribe(one, week, one.sets, facts), facts.config)
            for one in list_
            if one.item.section not in (Section.WARMUP, Section.COOLDOWN)
        )
    room = {day.ordinal: frame.shapes[day.ordinal].middle_seconds - cost[day.ordinal] for day in frame.days}
    caps = (
        (int(facts.config.caps.novice_sets_per_muscle), facts.config.caps.novice_sets_per_session)
        if facts.novice
        else None
    )
    sets = share_out(shares, bands, room, caps, facts.config)
    result = {day: list(list_) for day, list_ in entries.items()}
    for (day, index), count in zip(places, sets, strict=True):
        result[day][index] = replace(result[day][index], sets=count)
    return result


def _share(day: int, entry: Entry, week: Phase, shelf: Shelf, facts: Facts) -> Share:
    piece = prescribe(entry, week, 2, facts)
    one_more = piece_seconds(replace(piece, sets=3), facts.config) - piece_seconds(piece, facts.config)
    caps = facts.config.caps
    most = caps.main_sets[1] if entry.role is Role.MAIN else caps.accessory_sets[1]
    return Share(day, shelf.shares[entry.item.row], entry.sets, most, one_more)


__all__ = ["Blocks", "Chosen", "write_blocks"]
