"""The time model, and how a session is made to fit its minutes. See docs/algorithms/timing.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import Section
from programs.engine.heuristics import Heuristics, Span
from programs.engine.selection import Item
from programs.engine.types import PlannedExercise, RampSet

METRES_PER_SECOND = 1.0  # a loaded carry
HALVINGS = 12
FILL_STEP = 5
PREP = (Section.WARMUP, Section.COOLDOWN)


@dataclass(slots=True)
class Piece:
    """An exercise of one session while its minutes are being fitted."""

    item: Item
    sets: int
    rest: int
    rest_span: Span
    rest_floor: int
    reps_min: int | None = None
    reps_max: int | None = None
    seconds: int | None = None
    metres: int | None = None
    rir: float | None = None
    percent: float | None = None
    load_kg: float | None = None
    is_guess: bool = False
    tempo: str | None = None
    notes: str = ""
    rpe: float | None = None  # effort of what has no repetitions in reserve
    ramp: tuple[RampSet, ...] = ()
    superset: str | None = None
    fill: Span | None = None  # seconds may stretch between these bounds
    least_sets: int = 1

    @property
    def section(self) -> Section:
        return self.item.section


def work_seconds(piece: Piece | PlannedExercise, config: Heuristics) -> int:
    """Seconds of one set: by its time, its distance, or the middle of its repetition range."""
    if piece.seconds is not None:
        return piece.seconds
    if piece.metres is not None:
        return int(piece.metres / METRES_PER_SECOND)
    reps = int(round_half_up(((piece.reps_min or 1) + (piece.reps_max or piece.reps_min or 1)) / 2))
    table = config.time.set_seconds
    return next((seconds for most, seconds in table if reps <= most), table[-1][1])


def piece_seconds(piece: Piece, config: Heuristics) -> float:
    """``sets x work + (sets - 1) x rest + transition``; supersets halve the rest."""
    rest = piece.rest * (config.time.superset_rest if piece.superset else 1.0)
    return piece.sets * work_seconds(piece, config) + (piece.sets - 1) * rest + config.time.transition


def section_seconds(pieces: Iterable[Piece], config: Heuristics) -> dict[Section, float]:
    """Seconds per section; warm-up and cool-down are five minutes and one for each movement."""
    seconds = dict.fromkeys(Section, 0.0)
    for piece in pieces:
        if piece.section in PREP:
            seconds[piece.section] += config.time.per_movement
        else:
            seconds[piece.section] += piece_seconds(piece, config)
    for section in PREP:
        seconds[section] += config.time.section_base if seconds[section] else 0
    return seconds


def total_seconds(pieces: Iterable[Piece], config: Heuristics) -> float:
    """Seconds of a whole session."""
    work = [piece for piece in pieces if piece.section not in PREP]
    prep = [piece.section for piece in pieces if piece.section in PREP]
    around = config.time.per_movement * len(prep) + config.time.section_base * len(set(prep))
    return around + sum(piece_seconds(piece, config) for piece in work)


def fit(pieces: Sequence[Piece], low: float, high: float, config: Heuristics) -> None:
    """Bring the session between two totals of seconds, changing as little as it takes, in the written order.

    Short: stretch cardio and holds, lengthen rests, add assistance sets. Long: shorten the same, then rests below
    their range, then drop sets of the finisher and accessories, sets of mains last.
    """
    work = [piece for piece in pieces if piece.section not in PREP]
    aim = (low + high) / 2
    if low <= total_seconds(pieces, config) <= high and not any(piece.fill for piece in work):
        return
    _stretch(work, aim - total_seconds(pieces, config), config)
    if not low <= total_seconds(pieces, config) <= high:
        _move_rests(work, pieces, aim, config, below=False)
    if total_seconds(pieces, config) > high:
        _move_rests(work, pieces, aim, config, below=True)
    _drop_sets(work, pieces, high, config)
    if total_seconds(pieces, config) < low:
        _move_rests(work, pieces, aim, config, below=False)


def _stretch(work: Sequence[Piece], missing: float, config: Heuristics) -> None:
    """Lengthen or shorten what is measured in seconds, all alike."""
    flexible = [piece for piece in work if piece.fill and piece.seconds is not None]
    sets = sum(piece.sets for piece in flexible)
    for piece in flexible:
        low, high = piece.fill or (0, 0)
        wanted = (piece.seconds or 0) + missing / sets
        piece.seconds = int(max(low, min(high, round_half_up(wanted / FILL_STEP) * FILL_STEP)))


def _move_rests(work: Sequence[Piece], pieces: Sequence[Piece], aim: float, config: Heuristics, *, below: bool) -> None:
    """One position in every rest range at once, found by halving; ``below`` uses the floors instead of the ranges."""
    low, high = 0.0, 1.0
    fixed = total_seconds(pieces, config) - _rest_seconds(work, config)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        _set_rests(work, middle, config, below=below)
        if fixed + _rest_seconds(work, config) < aim:
            low = middle
        else:
            high = middle
    _set_rests(work, low, config, below=below)
    _fine_tune(work, pieces, aim, config)


def _rest_seconds(work: Sequence[Piece], config: Heuristics) -> float:
    """What rests between sets take of a session."""
    halved = config.time.superset_rest
    return sum((piece.sets - 1) * piece.rest * (halved if piece.superset else 1.0) for piece in work)


def _set_rests(work: Sequence[Piece], position: float, config: Heuristics, *, below: bool) -> None:
    step = config.time.rest_step
    for piece in work:
        low, high = (min(piece.rest_floor, piece.rest_span[0]), piece.rest_span[0]) if below else piece.rest_span
        rest = int((low + position * (high - low)) / step) * step
        piece.rest = min(high, max(low, rest))


def _fine_tune(work: Sequence[Piece], pieces: Sequence[Piece], aim: float, config: Heuristics) -> None:
    """Lengthen single rests by one step, from the last exercise on, while the session is short of its aim."""
    step = config.time.rest_step
    missing = aim - total_seconds(pieces, config)
    for piece in reversed(work):
        cost = (piece.sets - 1) * step * (config.time.superset_rest if piece.superset else 1.0)
        if 0 < cost <= missing and piece.rest + step <= piece.rest_span[1]:
            piece.rest += step
            missing -= cost


def _drop_sets(work: Sequence[Piece], pieces: Sequence[Piece], high: float, config: Heuristics) -> None:
    """Finisher and accessories give sets down to two first, then mains; only then does anything fall to one."""
    order = [
        ((Section.FINISHER, Section.ACCESSORY), 2), ((Section.MAIN,), 2), ((Section.FINISHER, Section.ACCESSORY), 1),
        ((Section.SKILL,), 1), ((Section.MAIN,), 1),
    ]  # fmt: skip
    for sections, least in order:
        while total_seconds(pieces, config) > high:
            givers = [one for one in work if one.section in sections and one.sets > max(least, one.least_sets)]
            if not givers:
                break
            max(givers, key=lambda piece: piece.sets).sets -= 1
