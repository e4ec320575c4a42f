"""Block after block: assistance rotated, sets shared out. See docs/algorithms/blocks.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gainsly.lib.vocabulary import Dose, MovementPattern, Muscle
from movements.catalogue.records import MovementRecord
from programs.engine.assistance import add_accessories
from programs.engine.blocks import Scene, Week, choose_frame
from programs.engine.calendars import Window
from programs.engine.coverage import add_missing, cover_with_mains, covers, left_out, refuse_left_out
from programs.engine.filling import add_fillers, with_room_for_tail, with_tail
from programs.engine.periodization import Week as Phase
from programs.engine.prescription import Entry, Facts, Role, prescribe
from programs.engine.recreation import is_light
from programs.engine.scoring import Shelf
from programs.engine.selection import Item
from programs.engine.slots import Shape
from programs.engine.splits import MATTERS_FROM
from programs.engine.supersets import paired, unpaired, wants_pairs
from programs.engine.timing import PREP, Piece, piece_seconds
from programs.engine.types import Choice
from programs.engine.volume import (
    LEAST_SETS,
    MAJORS,
    Bands,
    Limits,
    Share,
    bands_for,
    misses_many,
    planned_dose,
    share_out,
)
from programs.engine.wishes import wishes_of

MANY = 99
COVER_ROUNDS = 2
GIVERS = (Role.MAIN, Role.ACCESSORY)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Entries per block and day with their sets, and every choice made."""

    entries: tuple[dict[int, list[Entry]], ...]
    choices: tuple[Choice, ...]
    unmet: tuple[str, ...]  # wanted movements that found no slot
    bands: Bands
    objective: float  # mean of the blocks' (docs/algorithms/objective.md)


def _first_week(weeks: Sequence[Phase], block: int) -> Phase:
    return next(week for week in weeks if week.block == block and not week.is_deload)


def short_days(entries: dict[int, list[Entry]], frame: Week, week: Phase, facts: Facts) -> dict[int, int]:
    """Lifting days that stay short with every dose at its upper end, and the seconds that they lack."""
    short = {}
    for day in frame.days:
        if not day.lifted:
            continue
        work = [one for one in entries[day.ordinal] if one.item.section not in PREP]
        longest = sum(_longest_seconds(prescribe(one, week, one.sets, facts), facts) for one in work)
        middle = frame.shapes[day.ordinal].middle_seconds
        if longest < middle * (1 - facts.config.time.tolerance):
            short[day.ordinal] = int(middle - longest)
    return short


def write_blocks(frame: Week, weeks: Sequence[Phase], shelf: Shelf, facts: Facts) -> Blocks:
    """The movements and sets of every block."""
    wishes = wishes_of(facts.athlete, facts.request.microcycle_days)
    chosen = choose_frame(frame, shelf, wishes, facts)
    if facts.mix.lifting_points >= MATTERS_FROM:
        cover_with_mains(chosen, Scene(frame, shelf, chosen.board, wishes, facts))
    bands = bands_for(facts)
    blocks: list[dict[int, list[Entry]]] = []
    before: dict[str, Item] = {}
    unmet: set[str] = set()
    values: list[float] = []
    for number in range(max(week.block for week in weeks) + 1):
        wanted = wishes.copy()
        scene = Scene(frame, shelf, chosen.board, wanted, facts, number)
        assistance = add_accessories(chosen, scene, bands, before, number)
        entries, before = assistance.entries, assistance.items
        values.append(assistance.value)
        earlier = blocks[-1] if blocks else None
        windows = tuple(week.window for week in weeks if week.block == number and not week.is_deload)
        sharing = Sharing(scene, _first_week(weeks, number), bands, earlier, windows)
        blocks.append(_ended(_filled(_covered(entries, sharing), sharing), sharing))
        if earlier is None:
            chosen.entries = _without_dropped(chosen.entries, blocks[0])
        unmet |= set(wanted.unmet)
    if facts.request.hybrid and facts.mix.lifting_points >= MATTERS_FROM:
        refuse_left_out(left_out(blocks, frame, weeks, shelf, facts), facts)
    return Blocks(tuple(blocks), _choices(blocks), tuple(sorted(unmet)), bands, sum(values) / len(values))


def _without_dropped(entries: dict[int, list[Entry]], first: dict[int, list[Entry]]) -> dict[int, list[Entry]]:
    """The frame without the mains that the first block left out: mains stay the same to the program's end."""
    kept = {(day, one.item.row) for day, list_ in first.items() for one in list_ if one.role is Role.MAIN}
    return {
        day: [one for one in list_ if one.role is not Role.MAIN or (day, one.item.row) in kept]
        for day, list_ in entries.items()
    }


def _choices(blocks: Sequence[dict[int, list[Entry]]]) -> tuple[Choice, ...]:
    found = {entry.item.choice.key: entry.item.choice for block in blocks for day in block.values() for entry in day}
    return tuple(found[key] for key in sorted(found))


@dataclass(frozen=True, slots=True)
class Sharing:
    """What sets are shared out with: the scene, the block's first week, the bands, and the block before it."""

    scene: Scene
    week: Phase
    bands: Bands
    before: dict[int, list[Entry]] | None
    windows: tuple[Window, ...]  # of the block's loading weeks


def _covered(entries: dict[int, list[Entry]], sharing: Sharing) -> dict[int, list[Entry]]:
    """The block with its sets and no major muscle left out; what gave way to one may be the next to be covered."""
    given = _with_sets(entries, sharing)
    if sharing.scene.facts.mix.lifting_points < MATTERS_FROM:
        return given
    for _ in range(COVER_ROUNDS):
        wider = add_missing(given, sharing.windows, sharing.bands, sharing.scene)
        if wider == given:
            break
        given = _with_sets(wider, sharing)
    return given


def _filled(entries: dict[int, list[Entry]], sharing: Sharing) -> dict[int, list[Entry]]:
    """The block with more assistance on days that stay short with full doses."""
    scene, facts = sharing.scene, sharing.scene.facts
    short = short_days(entries, scene.week, sharing.week, facts)
    given_sets = (
        one.sets * scene.shelf.shares[one.item.row] for list_ in entries.values() for one in list_ if one.role in GIVERS
    )
    weekly = sum(given_sets, start=np.zeros(scene.shelf.shares.shape[1]))
    wider = {
        day: add_fillers(list_, scene.week.days[day], weekly, sharing.bands, replace(scene, spare_sets=spare))
        if day in short and any(one.role is Role.ACCESSORY for one in list_)
        else list_
        for day, list_ in entries.items()
        for spare in (_given(sharing.before[day]) - _given(list_) if sharing.before else MANY,)
    }
    return _with_sets(wider, sharing) if wider != entries else entries


def _ended(entries: dict[int, list[Entry]], sharing: Sharing) -> dict[int, list[Entry]]:
    """The block with a bout of cardio at the end of what stays short with full doses; the lifting stays."""
    scene = sharing.scene
    short = short_days(entries, scene.week, sharing.week, scene.facts)
    room = dict(entries)
    for day in short:
        others = (one for at, list_ in room.items() if at != day for one in list_ if one.role in GIVERS)
        elsewhere = {muscle for one in others for muscle in one.item.movement.primary}
        room[day] = with_room_for_tail(room[day], scene.facts.config.caps.movements, elsewhere)
    wanted = short_days({**entries, **{day: room[day] for day in short}}, scene.week, sharing.week, scene.facts)
    return {
        day: with_tail(room[day], scene.week.days[day], wanted[day], scene) if day in wanted else list_
        for day, list_ in entries.items()
    }


def _with_sets(entries: dict[int, list[Entry]], sharing: Sharing) -> dict[int, list[Entry]]:
    """The sets of a loading week: the least first, then one by one where they are worth most."""
    frame, week, shelf, facts = sharing.scene.week, sharing.week, sharing.scene.shelf, sharing.scene.facts
    entries = {day: [_beside_recreation(one, frame, day, facts) for one in list_] for day, list_ in entries.items()}
    entries = {day: _paired(list_, frame.shapes[day], week, facts) for day, list_ in entries.items()}
    places = [(day, index) for day, list_ in entries.items() for index, one in enumerate(list_) if one.role in GIVERS]
    fed = _fed(entries)
    shares = [
        replace(share, most=LEAST_SETS) if one.light and MAJORS & set(one.item.movement.primary) <= fed else share
        for day, index in places
        for one in (entries[day][index],)
        for share in (_share(day, one, week, shelf, facts),)
    ]
    usual, tight, tightest, longest = {}, {}, {}, {}
    for day, list_ in entries.items():
        middle = [one for one in list_ if one.item.section not in PREP]
        pieces = [prescribe(one, week, one.sets, facts) for one in middle]
        room = frame.shapes[day].middle_seconds
        usual[day] = room - sum(piece_seconds(piece, facts.config) for piece in pieces)
        tight[day] = room - sum(piece_seconds(replace(one, rest=one.rest_span[0]), facts.config) for one in pieces)
        tightest[day] = room - sum(
            piece_seconds(replace(one, rest=min(one.rest, one.rest_floor)), facts.config) for one in pieces
        )
        longest[day] = room - sum(_longest_seconds(piece, facts) for piece in pieces)
    caps = facts.config.caps
    limits = Limits(
        seconds=usual,
        tight=tight,
        tightest=tightest,
        stretched={day: min(usual[day], longest[day]) for day in usual},
        sets={day: _given(list_) for day, list_ in sharing.before.items()} if sharing.before else {},
        ends_at_target=planned_dose(facts.request, facts.history, facts.config) is Dose.EFFICIENT,
        keep_mains=sharing.before is not None,
        per_muscle=caps.novice_sets_per_muscle if facts.novice else None,
        per_session=caps.novice_sets_per_session if facts.novice else None,
    )
    sets = share_out(shares, sharing.bands, limits, facts.config)
    result = {day: list(list_) for day, list_ in entries.items()}
    for (day, index), count in zip(places, sets, strict=True):
        result[day][index] = replace(result[day][index], sets=count)
    return {day: _led(list_) for day, list_ in result.items()}


def _paired(entries: list[Entry], shape: Shape, week: Phase, facts: Facts) -> list[Entry]:
    """The day with its assistance in supersets where its least sets are too long even at the shortest usual rests."""
    alone = [replace(one, superset=None) for one in entries]
    work = [prescribe(one, week, one.sets, facts) for one in alone if one.item.section not in PREP]
    spare = shape.middle_seconds - sum(piece_seconds(replace(one, rest=one.rest_span[0]), facts.config) for one in work)
    return paired(alone) if facts.mix.lifted and wants_pairs(spare, facts) else alone


def _led(entries: Sequence[Entry]) -> list[Entry]:
    """Without the lifts that were left out; the first lift of each main pattern leads it."""
    kept = [one for one in entries if one.sets]
    mains = [one for one in kept if one.role is Role.MAIN]
    first = {one.item.movement.pattern: one for one in reversed(mains)}
    led = [
        replace(one, leads_pattern=first[one.item.movement.pattern] is one) if one.role is Role.MAIN else one
        for one in kept
    ]
    return unpaired(led)


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


def _fed(entries: Mapping[int, Sequence[Entry]]) -> set[Muscle]:
    """Muscles that more than light work trains; for the others light work may take more than its few sets."""
    heavy = (one for list_ in entries.values() for one in list_ if one.role in GIVERS and not one.light)
    return {muscle for one in heavy for muscle in one.item.movement.primary}


def _share(day: int, entry: Entry, week: Phase, shelf: Shelf, facts: Facts) -> Share:
    piece = prescribe(entry, week, 2, facts)
    one_more = piece_seconds(replace(piece, sets=3), facts.config) - piece_seconds(piece, facts.config)
    caps, movement = facts.config.caps, entry.item.movement
    most = caps.main_sets[1] if entry.role is Role.MAIN else caps.accessory_sets[1]
    most -= misses_many(facts.history, facts.config) and most > LEAST_SETS
    return Share(
        day=day,
        row=shelf.shares[entry.item.row],
        sets=entry.sets,
        most=most,
        set_seconds=one_more,
        main=entry.role is Role.MAIN,
        pattern=str(movement.pattern),
        kept=covers(entry),
        press=movement.compound * ((movement.pattern in PUSHES) - (movement.pattern in PULLS)),
        knee=(movement.pattern in KNEES) - _is_hip(movement),
    )


def _is_hip(movement: MovementRecord) -> bool:
    isolation = movement.pattern is MovementPattern.ISOLATION
    return movement.pattern is MovementPattern.HINGE or (isolation and Muscle.HAMSTRINGS in movement.primary)
