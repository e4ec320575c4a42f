"""Sets, repetitions, effort, loads and rests of one exercise in one week. See docs/algorithms/prescription.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from gainsly.lib.strength import MAX_EFFECTIVE_REPS
from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import MetricType, MovementPattern, Section
from movements.catalogue.records import MovementRecord
from programs.engine.constraints import spared_area
from programs.engine.goals import GoalMix
from programs.engine.heuristics import Heuristics, Span
from programs.engine.loads import is_loadable, load_at, maximum_of, share_for, step_share, weights_for
from programs.engine.periodization import Week
from programs.engine.progression import effort_of_main, growth, reserve, week_of_load
from programs.engine.selection import Item
from programs.engine.slots import normal_rest
from programs.engine.timing import Piece
from programs.engine.types import Athlete, History, RampSet, Request

PREP_REPS, PREP_SECONDS, RAISE_SECONDS, PREP_REST = (8, 10), 30, 180, 15
CARRY_METRES, CORE_SECONDS = 30, 30
INTERVAL_SECONDS, INTERVAL_FILL, INTERVAL_REPS, INTERVAL_REST = 40, (20, 45), (10, 14), (15, 60)
HOLD_REST: Span = (15, 60)
HOLD_STEP = 5  # seconds that a hold grows each week of a block
FLOW_REPS = (8, 12)
BRIEF_MINUTES, BRIEF_REPS, BRIEF_HOLD = 25, 6, 20  # very short sessions
LIFTED_REPS = 11  # from twelve on, with short rests, lifting counts as conditioning (decisions.md 2)
MAIN_WIDTH, MOST_WIDTH = 2, 6
WIDTH_PER_STEP = 0.025  # a repetition is worth about 2.5 % of the load (evidence: rep-range width)
BOUT_SECONDS, BOUT_FILL, BOUT_REST = 240, (180, 300), (120, 180)  # long intervals (Helgerud 2007)
CARDIO_FILL_LEAST = 120
INTERVAL_RPE = 8.0
POWER_RIR = 4.0
LIGHT_RIR = 1.0  # beside recreation a set ends a repetition earlier
HARD_RIR = 4.0  # with more left a set trains no muscle (evidence 3.1)
AGREED = 1.0  # repetitions within which load and reserve agree (engine.md, prescription)
GUESS_RIR = 1.0  # a lift never logged before starts easier
MAX_RPE = 10.0
HOLD_RPE = 4.0
EASIER = 2.0  # RPE less, on recovery days and in easy weeks
RAMP: tuple[tuple[float, int], ...] = ((0.40, 5), (0.60, 3), (0.75, 2), (0.85, 1))
RAMP_GAP = 0.04  # a ramp set stays this share of 1RM below the work set
LEAST_RAMP_KG = 40.0


class Pace(StrEnum):
    """How hard a cardio bout is."""

    STEADY = "steady"
    TEMPO = "tempo"
    INTERVALS = "intervals"


PACE_RPE = {Pace.STEADY: 5.0, Pace.TEMPO: 7.0, Pace.INTERVALS: 8.0}
PACE_NOTES = {
    Pace.STEADY: "Steady: you can still speak in short sentences.",
    Pace.TEMPO: "Tempo: comfortably hard, a few words at a time, and even from start to end.",
    Pace.INTERVALS: "Hard but even intervals: the last one as fast as the first. Move easily in between.",
}


class Role(StrEnum):
    """What an exercise is there for."""

    PREP = "prep"
    POWER = "power"
    MAIN = "main"
    ACCESSORY = "accessory"
    INTERVAL = "interval"
    CARDIO = "cardio"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Entry:
    """An exercise of a day for a whole block: its movement, its part, and the sets of a loading week."""

    item: Item
    role: Role
    sets: int = 1
    seconds: int = 0
    leads_pattern: bool = False
    superset: str | None = None
    pace: Pace = Pace.STEADY
    light: bool = False  # close to recreation: least sets, more in reserve
    tail: bool = False  # fills minutes that are left over: never longer than it was planned

    @property
    def lifted(self) -> bool:
        """Whether its sets count towards a muscle's dose."""
        return self.role in (Role.MAIN, Role.ACCESSORY)


@dataclass(frozen=True, slots=True)
class Facts:
    """What every prescription of a plan looks at."""

    athlete: Athlete
    request: Request
    mix: GoalMix
    history: History
    config: Heuristics
    novice: bool


def prescribe(entry: Entry, week: Week, sets: int, facts: Facts) -> Piece:
    """One exercise in one week, rests at their start value."""
    makers = {
        Role.PREP: _prep, Role.POWER: _power, Role.MAIN: _lift, Role.ACCESSORY: _lift, Role.INTERVAL: _interval,
        Role.CARDIO: _cardio, Role.HOLD: _hold,
    }  # fmt: skip
    piece = makers[entry.role](entry, week, facts)
    piece.sets = piece.sets if entry.role is Role.CARDIO else sets
    piece.superset = entry.superset
    return piece


def _piece(entry: Entry, span: Span, floor: int) -> Piece:
    return Piece(item=entry.item, sets=entry.sets, rest=normal_rest(span), rest_span=span, rest_floor=floor)


def _prep(entry: Entry, week: Week, facts: Facts) -> Piece:
    movement = entry.item.movement
    piece = _piece(entry, (PREP_REST, PREP_REST), PREP_REST)
    piece.rest = PREP_REST
    if movement.metric is MetricType.REPS:
        piece.reps_min, piece.reps_max = PREP_REPS
    elif movement.metric is MetricType.DISTANCE and movement.pattern is not MovementPattern.CARDIO:
        piece.metres = CARRY_METRES
    else:
        piece.seconds = RAISE_SECONDS if movement.pattern is MovementPattern.CARDIO else PREP_SECONDS
    piece.rir = None
    return piece


def _power(entry: Entry, week: Week, facts: Facts) -> Piece:
    """Few, fast repetitions, far from fatigue."""
    dose, movement = facts.config.power, entry.item.movement
    piece = _piece(entry, dose.rest, facts.config.time.rest_floor["main"])
    piece.least_sets = 2
    jumps = movement.pattern is MovementPattern.PLYOMETRIC
    piece.reps_min = piece.reps_max = dose.jump_reps if jumps else dose.reps
    piece.rir = POWER_RIR
    if movement.metric is not MetricType.REPS:
        _measure(piece, movement)
    elif not jumps and is_loadable(movement):
        piece.percent = dose.percent
        _load(piece, movement, dose.percent, week, facts)
    piece.notes = "Every repetition fast; stop the set when one is slower."
    return piece


def _lift(entry: Entry, week: Week, facts: Facts) -> Piece:
    """A main lift or assistance: repetitions and reserve first, the share of 1RM follows from them."""
    movement, mix, config = entry.item.movement, facts.mix, facts.config
    main = entry.role is Role.MAIN
    piece = _piece(
        entry,
        mix.main_rest if main else mix.accessory_rest,
        config.time.rest_floor["main" if main and mix.lifted else "accessory"],
    )
    if movement.metric is not MetricType.REPS:
        piece.rir = None
        _measure(piece, movement)
        return piece
    style = facts.request.progression
    effort = effort_of_main(style, week, mix, config) if main else None
    span = _accessory_span(movement, mix)
    piece.reps_min = effort.reps if effort else span[0]
    piece.reps_max = piece.reps_min + MAIN_WIDTH if effort else span[1]
    piece.rir = effort.rir if effort else _accessory_rir(week, facts)
    spared = spared_area(movement, facts.athlete, week.window.start)
    if spared is not None:
        words = spared.replace("_", " ")
        piece.notes = f"Spare your {words}: shorten the range where you feel it; a repetition more stays in hand."
    if entry.light or spared is not None:  # lighter, and still a set that counts: at most four repetitions are left
        piece.rir = max(piece.rir, min(piece.rir + LIGHT_RIR, HARD_RIR))
    piece.tempo = effort.tempo if effort else None
    _weigh(piece, movement, week, facts, week_of_load(style, week) if main else week)
    return piece


def _accessory_span(movement: MovementRecord, mix: GoalMix) -> Span:
    """Compound assistance takes the lower half of the range, isolation the upper."""
    low, high = mix.accessory_reps
    middle = (low + high) // 2
    if movement.compound:
        return low, max(low + MAIN_WIDTH, middle + 1)
    most = LIFTED_REPS if mix.lifted else high
    return min(middle, high - MAIN_WIDTH, most), high


def _accessory_rir(week: Week, facts: Facts) -> float:
    rir = reserve(week, facts.mix.rir)
    return rir + facts.config.deload.rir_add if week.is_deload else rir


def _measure(piece: Piece, movement: MovementRecord) -> None:
    """Time and distance instead of repetitions."""
    piece.reps_min = piece.reps_max = None
    if movement.metric is MetricType.DISTANCE:
        piece.metres = CARRY_METRES
    else:
        piece.seconds = CORE_SECONDS


def _weigh(piece: Piece, movement: MovementRecord, week: Week, facts: Facts, lifted: Week) -> None:
    """The share of 1RM for repetitions and reserve, and the kilograms where a 1RM is known.

    ``lifted`` is the week whose load is lifted: this one, or an earlier one that had more in reserve.
    """
    if not is_loadable(movement) or piece.reps_min is None or piece.rir is None:
        return
    maximum = maximum_of(movement, facts.history)
    held = reserve(lifted, facts.mix.rir) - reserve(week, facts.mix.rir)
    piece.rir += max(0.0, held - AGREED)
    held = min(held, AGREED)
    if maximum is not None and maximum.is_guess and week.block == 0 and week.step == 0:
        piece.rir += GUESS_RIR
    to_failure = piece.reps_min + piece.rir + held
    share = share_for(to_failure)
    if to_failure <= MAX_EFFECTIVE_REPS:
        piece.percent = round(share, 3)
    _load(piece, movement, share, lifted, facts)
    if piece.load_kg:
        width = ceil(step_share(piece.load_kg, movement, facts.athlete.kit) / WIDTH_PER_STEP - 1e-9)
        piece.reps_max = max(piece.reps_max or 0, piece.reps_min + min(MOST_WIDTH, width))


def _load(piece: Piece, movement: MovementRecord, share: float, week: Week, facts: Facts) -> None:
    maximum = maximum_of(movement, facts.history)
    if maximum is None:
        return
    planned = maximum.kg * growth(week, facts.config.growth.weekly[facts.athlete.experience])
    piece.load_kg = load_at(planned * share, movement, facts.athlete)
    piece.is_guess = maximum.is_guess and piece.load_kg is not None


def ramp_for(piece: Piece, facts: Facts) -> tuple[RampSet, ...]:
    """Warm-up sets up to the work weight; none for light or unloaded work."""
    if piece.percent is None or (piece.load_kg is not None and piece.load_kg < LEAST_RAMP_KG):
        return ()
    weights = weights_for(piece.item.movement, facts.athlete.kit)
    ramp = []
    for share, reps in RAMP:
        if share > piece.percent - RAMP_GAP:
            break
        load = None
        if piece.load_kg is not None:
            target = piece.load_kg * share / piece.percent
            load = max((weight for weight in weights if weight <= target), default=weights[0])
        ramp.append(RampSet(share, reps, load))
    return tuple(ramp)


def _interval(entry: Entry, week: Week, facts: Facts) -> Piece:
    movement = entry.item.movement
    piece = _piece(entry, INTERVAL_REST, INTERVAL_REST[0])
    piece.rest = 30
    if movement.metric is MetricType.REPS:
        low = INTERVAL_REPS[0] + min(week.step, INTERVAL_REPS[1] - INTERVAL_REPS[0])
        piece.reps_min, piece.reps_max = low, low + 2
    else:
        piece.seconds, piece.fill = INTERVAL_SECONDS, INTERVAL_FILL
    return piece


def _cardio(entry: Entry, week: Week, facts: Facts) -> Piece:
    low, high = facts.config.time.cardio_minutes
    piece = _piece(entry, (0, 0), 0)
    piece.rest = 0
    pace = Pace.STEADY if week.is_deload else entry.pace
    piece.rpe, piece.notes = PACE_RPE[pace], PACE_NOTES[pace]
    if pace is Pace.INTERVALS:
        piece.sets = max(2, int(round_half_up(entry.seconds / (BOUT_SECONDS + BOUT_REST[0]))))
        piece.seconds, piece.fill = BOUT_SECONDS, BOUT_FILL
        piece.rest, piece.rest_span, piece.rest_floor = BOUT_REST[0], BOUT_REST, BOUT_REST[0]
        return piece
    ease = facts.config.deload.cardio if week.is_deload else 1.0
    piece.seconds = int(round_half_up(entry.seconds * ease))
    piece.fill = (min(low * 60, entry.seconds), max(high * 60, entry.seconds))
    if entry.item.section is Section.FINISHER:
        piece.fill = (min(CARDIO_FILL_LEAST, entry.seconds), high * 60)
    if entry.tail:
        piece.fill = (min(CARDIO_FILL_LEAST, entry.seconds), entry.seconds)
    return piece


def _hold(entry: Entry, week: Week, facts: Facts) -> Piece:
    piece = _piece(entry, HOLD_REST, HOLD_REST[0])
    if entry.item.movement.metric is MetricType.REPS:
        low = FLOW_REPS[0] + min(week.step, FLOW_REPS[1] - FLOW_REPS[0])
        if facts.request.session_minutes <= BRIEF_MINUTES:
            low = BRIEF_REPS
        piece.reps_min, piece.reps_max = low, low + (0 if low == BRIEF_REPS else 2)
    else:
        low, high = facts.config.time.hold_seconds
        piece.seconds = min(high, low + HOLD_STEP * (week.step + 1))
        if facts.request.session_minutes <= BRIEF_MINUTES:
            piece.seconds, piece.fill = low, (BRIEF_HOLD, low)
    return piece


def target_rpe(piece: Piece, role: Role, *, easy: bool) -> float | None:
    """The effort to show: from the reserve where there is one, else by what the exercise is for."""
    if piece.rir is not None:
        return MAX_RPE - piece.rir
    fixed: Mapping[Role, float | None] = {
        Role.CARDIO: piece.rpe, Role.INTERVAL: INTERVAL_RPE,
        Role.HOLD: HOLD_RPE, Role.PREP: None,
    }  # fmt: skip
    effort = fixed.get(role)
    return effort - EASIER if effort is not None and easy else effort
