"""How a clock runs each type of circuit: docs/algorithms/circuits.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from gainsly.lib.vocabulary import CircuitType
from movements.catalogue.records import CircuitRecord

MINUTE = 60
TABATA = (8, 20, 10)  # rounds, seconds of work, seconds of rest: Tabata 1996
EMOM_MINUTES = 10
ALL_EACH_MINUTE = "all_each_minute"  # tag of an EMOM whose exercises are all done within every minute


class Kind(StrEnum):
    """``work`` and ``rest`` end by the clock, ``open`` ends when the athlete says so."""

    WORK = "work"
    REST = "rest"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Interval:
    """One stretch of the clock. ``station`` is an index into the circuit's exercises, None for all of them."""

    kind: Kind
    seconds: int | None  # None exactly when open
    round: int
    station: int | None = None


@dataclass(frozen=True, slots=True)
class TimerPlan:
    """Intervals in order; ``cap_seconds`` ends an open plan; ``counts_rounds`` where rounds are tapped within it."""

    intervals: tuple[Interval, ...]
    cap_seconds: int | None = None
    counts_rounds: bool = False

    @property
    def total_seconds(self) -> int | None:
        """Exact length; None where the athlete's speed decides it."""
        if any(interval.seconds is None for interval in self.intervals):
            return None
        return sum(interval.seconds or 0 for interval in self.intervals)

    @property
    def starts(self) -> tuple[int | None, ...]:
        """Second at which each interval begins; None from the first that follows an open one."""
        starts: list[int | None] = []
        at: int | None = 0
        for interval in self.intervals:
            starts.append(at)
            at = None if at is None or interval.seconds is None else at + interval.seconds
        return tuple(starts)


def timer_plan(circuit: CircuitRecord) -> TimerPlan:
    """The clock of a circuit. Every type has one, also where a field is missing (see the page)."""
    return _PLANS[circuit.type](circuit)


def _amrap(circuit: CircuitRecord) -> TimerPlan:
    seconds = circuit.time_cap_seconds or circuit.estimated_minutes * MINUTE
    return TimerPlan((Interval(Kind.WORK, seconds, 1),), counts_rounds=True)


def _emom(circuit: CircuitRecord) -> TimerPlan:
    rounds = circuit.rounds or (circuit.time_cap_seconds or EMOM_MINUTES * MINUTE) // MINUTE
    work, rest = _minute(circuit)
    together = ALL_EACH_MINUTE in circuit.tags
    return TimerPlan(tuple(_turns(circuit, rounds, work, rest, together=together)))


def _minute(circuit: CircuitRecord) -> tuple[int, int]:
    """Work and rest of one turn: a minute, or the longer cycle that the circuit names."""
    rest = circuit.rest_seconds or 0
    work = circuit.work_seconds or (MINUTE - rest if rest < MINUTE else MINUTE)
    return work, max(MINUTE, work + rest) - work


def _tabata(circuit: CircuitRecord) -> TimerPlan:
    rounds, work, rest = TABATA
    rest = rest if circuit.rest_seconds is None else circuit.rest_seconds
    return TimerPlan(tuple(_turns(circuit, circuit.rounds or rounds, circuit.work_seconds or work, rest)))


def _turns(circuit: CircuitRecord, rounds: int, work: int, rest: int, *, together: bool = False) -> Iterator[Interval]:
    """Rounds of work and rest in which the exercises take turns."""
    stations = len(circuit.exercises)
    for number in range(rounds):
        station = None if together or not stations else number % stations
        yield Interval(Kind.WORK, work, number + 1, station)
        if rest:
            yield Interval(Kind.REST, rest, number + 1, station)


def _rounds(circuit: CircuitRecord) -> TimerPlan:
    """Rounds that end when they are done; the rest between them, where there is one, runs by the clock."""
    rounds = circuit.rounds or 1
    intervals: list[Interval] = []
    for number in range(1, rounds + 1):
        intervals.append(Interval(Kind.OPEN, None, number))
        if circuit.rest_seconds and number < rounds:
            intervals.append(Interval(Kind.REST, circuit.rest_seconds, number))
    return TimerPlan(tuple(intervals), cap_seconds=circuit.time_cap_seconds)


def _ladder(circuit: CircuitRecord) -> TimerPlan:
    """A ladder without a top is climbed until its time is up."""
    return _rounds(circuit) if circuit.rounds or not circuit.time_cap_seconds else _amrap(circuit)


def _chipper(circuit: CircuitRecord) -> TimerPlan:
    """Every entry of the list ends when it is done."""
    intervals = [
        Interval(Kind.OPEN, None, number, station)
        for number in range(1, (circuit.rounds or 1) + 1)
        for station in range(len(circuit.exercises))
    ]
    return TimerPlan(tuple(intervals), cap_seconds=circuit.time_cap_seconds)


def _station(circuit: CircuitRecord) -> TimerPlan:
    """Each station by its own seconds, else the circuit's; one without either ends when it is done."""
    intervals: list[Interval] = []
    for number in range(1, (circuit.rounds or 1) + 1):
        for station, exercise in enumerate(circuit.exercises):
            seconds = circuit.work_seconds or exercise.seconds
            intervals.append(Interval(Kind.WORK if seconds else Kind.OPEN, seconds, number, station))
            if circuit.rest_seconds:
                intervals.append(Interval(Kind.REST, circuit.rest_seconds, number, station))
    return TimerPlan(tuple(intervals), cap_seconds=circuit.time_cap_seconds)


_PLANS: dict[CircuitType, Callable[[CircuitRecord], TimerPlan]] = {
    CircuitType.AMRAP: _amrap,
    CircuitType.EMOM: _emom,
    CircuitType.TABATA: _tabata,
    CircuitType.ROUNDS_FOR_TIME: _rounds,
    CircuitType.LADDER: _ladder,
    CircuitType.CHIPPER: _chipper,
    CircuitType.STATION: _station,
}
