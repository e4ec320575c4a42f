"""Block after block: assistance rotated, sets shared out. See docs/algorithms/blocks.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gainsly.lib.vocabulary import MovementPattern, Muscle, Section
from movements.catalogue.records import MovementRecord
from programs.engine.assistance import add_accessories
from programs.engine.blocks import Scene, Week, choose_frame
from programs.engine.periodization import Week as Phase
from programs.engine.prescription import Entry, Facts, Role, prescribe
from programs.engine.recreation import is_light
from programs.engine.scoring import Shelf
from programs.engine.selection import Item
from programs.engine.timing import PREP, Piece, piece_seconds
from programs.engine.types import Choice
from programs.engine.volume import LEAST_SETS, Bands, Limits, Share, bands_for, misses_many, share_out
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
    """The movements and sets of every block; days that lifting cannot fill end with cardio instead of accessories."""
    blocks = _try_blocks(frame, weeks, shelf, facts)
    short = short_days(blocks.entries[0], frame, _first_week(weeks, 0), facts)
    return _try_blocks(with_cardio(frame, short), weeks, shelf, facts) if short else blocks


def _first_week(weeks: Sequence[Phase], block: int) -> Phase:
    return next(week for week in weeks if week.block == block and not week.is_deload)


def short_days(entries: dict[int, list[Entry]], frame: Week, week: Phase, facts: Facts) -> dict[int, int]:
    """Lifting days that stay short with every dose at its upper end, and the seconds of cardio that would fill them."""
    short = {}
    for day in frame.days:
        shape = frame.shapes[day.ordinal]
        if not day.lifted:
            continue
        pieces = [(one, prescribe(one, week, one.sets, facts)) for one in entries[day.ordinal]]
        work = [(one, piece) for one, piece in pieces if one.item.section not in PREP]
        longest = sum(_longest_seconds(piece, facts) for _, piece in work)
        if longest < shape.middle_seconds * (1 - facts.config.time.tolerance):
            kept = [piece for _, piece in work if piece.section not in (Section.ACCESSORY, Section.FINISHER)]
            usual = sum(piece_seconds(piece, facts.config) for piece in kept)
            short[day.ordinal] = int(shape.middle_seconds - usual)
    return short


def with_cardio(frame: Week, seconds: dict[int, int]) -> Week:
    """The frame with a finisher in place of the accessories on these days."""
    shapes = tuple(
        replace(shape, accessories=0, finisher_seconds=seconds[index]) if index in seconds else shape
        for index, shape in enumerate(frame.shapes)
    )
    return replace(frame, shapes=shapes)


def _try_blocks(frame: Week, weeks: Sequence[Phase], shelf: Shelf, facts: Facts) -> Blocks:
    wishes = wishes_of(facts.athlete, facts.request.microcycle_days)
    chosen = choose_frame(frame, shelf, wishes, facts)
    bands = bands_for(facts)
    blocks: list[dict[int, list[Entry]]] = []
    before: dict[str, Item] = {}
    unmet: set[str] = set()
    for number in range(max(week.block for week in weeks) + 1):
        wanted = wishes.copy()
        entries, before = add_accessories(
            chosen, Scene(frame, shelf, chosen.board, wanted, facts), bands, before, number
        )
        earlier = blocks[-1] if blocks else None
        blocks.append(
            _with_sets(
                entries, frame, _first_week(weeks, number), shelf=shelf, bands=bands, before=earlier, facts=facts
            )
        )
        unmet |= set(wanted.unmet)
    return Blocks(tuple(blocks), _choices(blocks), tuple(sorted(unmet)), bands)


def _choices(blocks: Sequence[dict[int, list[Entry]]]) -> tuple[Choice, ...]:
    found = {entry.item.choice.key: entry.item.choice for block in blocks for day in block.values() for entry in day}
    return tuple(found[key] for key in sorted(found))


def _with_sets(
    entries: dict[int, list[Entry]],
    frame: Week,
    week: Phase,
    *,
    shelf: Shelf,
    bands: Bands,
    before: dict[int, list[Entry]] | None,
    facts: Facts,
) -> dict[int, list[Entry]]:
    """The sets of a loading week: the least first, then one by one where they are worth most."""
    entries = {day: [_beside_recreation(one, frame, day, facts) for one in list_] for day, list_ in entries.items()}
    places = [(day, index) for day, list_ in entries.items() for index, one in enumerate(list_) if one.role in GIVERS]
    shares = [_share(day, entries[day][index], week, shelf, facts) for day, index in places]
    usual, longest = {}, {}
    for day, list_ in entries.items():
        middle = [one for one in list_ if one.item.section not in PREP]
        pieces = [prescribe(one, week, one.sets, facts) for one in middle]
        room = frame.shapes[day].middle_seconds
        usual[day] = room - sum(piece_seconds(piece, facts.config) for piece in pieces)
        longest[day] = room - sum(_longest_seconds(piece, facts) for piece in pieces)
    caps = facts.config.caps
    limits = Limits(
        seconds=usual,
        stretched={day: min(usual[day], longest[day]) for day in usual},
        sets={day: _given(list_) for day, list_ in before.items()} if before else {},
        per_muscle=caps.novice_sets_per_muscle if facts.novice else None,
        per_session=caps.novice_sets_per_session if facts.novice else None,
    )
    sets = share_out(shares, bands, limits, facts.config)
    result = {day: list(list_) for day, list_ in entries.items()}
    for (day, index), count in zip(places, sets, strict=True):
        result[day][index] = replace(result[day][index], sets=count)
    return result


def _beside_recreation(entry: Entry, frame: Week, day: int, facts: Facts) -> Entry:
    """A lift that clashes with the athlete's recreation stays light: its least sets, more in reserve."""
    clash = frame.clashes[day] if day < len(frame.clashes) else {}
    if entry.role not in GIVERS or not clash or not is_light(entry.item.movement, clash, facts.config):
        return entry
    return replace(entry, light=True, sets=LEAST_SETS)


def _given(entries: Sequence[Entry]) -> int:
    return sum(one.sets for one in entries if one.role in GIVERS)


def _longest_seconds(piece: Piece, facts: Facts) -> float:
    """An exercise at its longest: rests, bouts and holds at the upper end."""
    seconds = max(piece.seconds or 0, piece.fill[1]) if piece.fill else piece.seconds
    return piece_seconds(replace(piece, rest=piece.rest_span[1], seconds=seconds), facts.config)


PUSHES = (MovementPattern.HORIZONTAL_PUSH, MovementPattern.VERTICAL_PUSH)
PULLS = (MovementPattern.HORIZONTAL_PULL, MovementPattern.VERTICAL_PULL)
KNEES = (MovementPattern.SQUAT, MovementPattern.LUNGE)


def _share(day: int, entry: Entry, week: Phase, shelf: Shelf, facts: Facts) -> Share:
    piece = prescribe(entry, week, 2, facts)
    one_more = piece_seconds(replace(piece, sets=3), facts.config) - piece_seconds(piece, facts.config)
    caps, movement = facts.config.caps, entry.item.movement
    most = caps.main_sets[1] if entry.role is Role.MAIN else caps.accessory_sets[1]
    most -= misses_many(facts.history, facts.config) and most > LEAST_SETS
    most = LEAST_SETS if entry.light else most
    return Share(
        day=day,
        row=shelf.shares[entry.item.row],
        sets=entry.sets,
        most=most,
        set_seconds=one_more,
        press=(movement.pattern in PUSHES) - (movement.pattern in PULLS),
        knee=(movement.pattern in KNEES) - _is_hip(movement),
    )


def _is_hip(movement: MovementRecord) -> bool:
    isolation = movement.pattern is MovementPattern.ISOLATION
    return movement.pattern is MovementPattern.HINGE or (isolation and Muscle.HAMSTRINGS in movement.primary)
