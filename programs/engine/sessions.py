"""From blocks to dated sessions, each fitted to its minutes. See docs/algorithms/timing.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import Section, SessionType
from programs.engine.blocks import Week as Frame
from programs.engine.deload import deload_sets
from programs.engine.heuristics import Heuristics
from programs.engine.notes import coach_note, intent_of, title_of
from programs.engine.periodization import Week
from programs.engine.prescription import Entry, Facts, Role, prescribe, ramp_for, target_rpe
from programs.engine.programme import Blocks
from programs.engine.splits import Day
from programs.engine.timing import Piece, fit, section_seconds, total_seconds
from programs.engine.types import PlannedExercise, PlannedMicrocycle, PlannedSession

SECONDS = 60
CONDITIONING_SECONDS = 37 * SECONDS  # half an hour of work and the ways between
LONGER_RESTS, LONGEST_REST = 3, 300  # how often, and to what, an easy week lengthens its rests
LOADED = (Role.MAIN, Role.ACCESSORY, Role.POWER, Role.INTERVAL, Role.HOLD)


def write_microcycles(
    blocks: Blocks, frame: Frame, weeks: Sequence[Week], facts: Facts
) -> tuple[PlannedMicrocycle, ...]:
    """Every microcycle with its sessions on their dates."""
    return tuple(
        PlannedMicrocycle(
            sequence=week.window.sequence,
            start_date=week.window.start,
            length_days=week.window.length_days,
            is_deload=week.is_deload,
            phase=week.phase,
            sessions=tuple(
                _session(frame.days[at], date, blocks.entries[week.block][at], week, facts)
                for at, date in zip(week.window.ordinals, week.window.dates, strict=True)
            ),
        )
        for week in weeks
    )


def _session(day: Day, date: dt.date, entries: Sequence[Entry], week: Week, facts: Facts) -> PlannedSession:
    pieces = _fitted(entries, week, facts)
    seconds = section_seconds(pieces, facts.config)
    return PlannedSession(
        date=date,
        day_number=day.ordinal + 1,
        session_type=day.session_type,
        intent=intent_of(day, week, facts.mix),
        exercises=_exercises(entries, pieces, easy=week.is_deload or day.session_type is SessionType.RECOVERY),
        minutes={section: round(seconds[section] / SECONDS, 1) for section in Section},
        estimated_minutes=int(round_half_up(sum(seconds.values()) / SECONDS)),
        coach_notes=coach_note(day, week, facts),
        title=title_of(day),
    )


def _fitted(entries: Sequence[Entry], week: Week, facts: Facts) -> list[Piece]:
    """The week's prescriptions, stretched or shortened to the session's minutes (a deload is shorter)."""
    config, sets = facts.config, _week_sets(entries, week, facts)
    pieces = [prescribe(entry, week, count, facts) for entry, count in zip(entries, sets, strict=True)]
    target = facts.request.session_minutes * SECONDS
    slack = config.time.tolerance / 2
    low, high = target * (1 - slack), target * (1 + slack)
    if week.is_deload:
        low, high = _easy_minutes(entries, pieces, target, config)
    fit(pieces, low, high, config)
    if week.is_deload:
        _give_back(pieces, entries, low, config)
    for entry, piece in zip(entries, pieces, strict=True):
        if entry.leads_pattern:
            piece.ramp = ramp_for(piece, facts)
    return pieces


def _easy_minutes(
    entries: Sequence[Entry], pieces: Sequence[Piece], target: float, config: Heuristics
) -> tuple[float, float]:
    """Between which seconds an easy session lies; conditioning alone keeps half an hour of work where it has it."""
    low, high = target * config.deload.minimum_minutes, target * config.deload.cardio
    if any(_is_interval_day(entry) for entry in entries):
        around = total_seconds([one for one in pieces if one.section is not Section.MAIN], config)
        low = min(target * config.deload.conditioning_minutes, max(low, around + CONDITIONING_SECONDS))
        high = max(high, low)
    return low, high


def _week_sets(entries: Sequence[Entry], week: Week, facts: Facts) -> list[int]:
    """Sets of each exercise in this week: about half in a deload, fewer in the first week for tired muscles."""
    if week.is_deload:
        sets = [entry.sets for entry in entries]
        loaded = [index for index, entry in enumerate(entries) if _is_cut(entry)]
        kept = deload_sets([sets[index] for index in loaded], facts.config)
        for index, count in zip(loaded, kept, strict=True):
            sets[index] = count
        return sets
    return [_eased(entry, facts) if week.window.sequence == 1 else entry.sets for entry in entries]


def _eased(entry: Entry, facts: Facts) -> int:
    """In the first week, fewer sets for muscles that the athlete brings tired from what they did before."""
    start, tired = facts.config.start, facts.history.fatigue
    lifted = entry.role in (Role.MAIN, Role.ACCESSORY)
    if not lifted or not any(tired.get(one, 0.0) >= start.tired_from for one in entry.item.movement.primary):
        return entry.sets
    return min(entry.sets, max(1, int(entry.sets * start.tired_sets)))


def _is_cut(entry: Entry) -> bool:
    """Whether an easy week takes sets from an exercise."""
    return entry.role in LOADED


def _is_interval_day(entry: Entry) -> bool:
    """Conditioning alone, which keeps its half hour also in an easy week."""
    return entry.role is Role.INTERVAL and entry.item.section is Section.MAIN


def _give_back(pieces: Sequence[Piece], entries: Sequence[Entry], low: float, config: Heuristics) -> None:
    """A deload that would be too short keeps more: sets up to two thirds, then longer rests, then the sets it needs."""
    loaded = [(piece, entry) for piece, entry in zip(pieces, entries, strict=True) if _is_cut(entry)]
    usual = sum(entry.sets for _, entry in loaded)
    _return_sets(pieces, loaded, low, usual * config.deload.most_kept, config)
    for _ in range(LONGER_RESTS):
        for piece, _ in loaded:
            if total_seconds(pieces, config) < low:
                piece.rest = max(piece.rest, min(LONGEST_REST, piece.rest + config.deload.longer_rest))
    _return_sets(pieces, loaded, low, usual, config)


def _return_sets(
    pieces: Sequence[Piece], loaded: Sequence[tuple[Piece, Entry]], low: float, most: float, config: Heuristics
) -> None:
    """One set at a time to the exercise that lost most, while the session is short and the whole within ``most``."""
    while total_seconds(pieces, config) < low and sum(piece.sets for piece, _ in loaded) + 1 <= most:
        piece, _ = max(loaded, key=lambda one: one[1].sets - one[0].sets)
        piece.sets += 1


def _exercises(entries: Sequence[Entry], pieces: Sequence[Piece], *, easy: bool) -> tuple[PlannedExercise, ...]:
    """Exercises in training order, numbered within their sections."""
    numbers: dict[Section, int] = {}
    exercises = []
    for entry, piece in zip(entries, pieces, strict=True):
        section = piece.section
        numbers[section] = numbers.get(section, 0) + 1
        exercises.append(
            PlannedExercise(
                section=section,
                order=numbers[section],
                movement=piece.item.movement.slug,
                sets=piece.sets,
                rest_seconds=piece.rest,
                reps_min=piece.reps_min,
                reps_max=piece.reps_max,
                seconds=piece.seconds,
                metres=piece.metres,
                target_rpe=target_rpe(piece, entry.role, easy=easy),
                target_rir=piece.rir,
                target_percent_1rm=piece.percent,
                target_load_kg=piece.load_kg,
                load_is_guess=piece.is_guess,
                superset_group=piece.superset,
                tempo=piece.tempo,
                notes=piece.notes,
                ramp=piece.ramp,
                choice=piece.item.choice.key,
            )
        )
    return tuple(exercises)
