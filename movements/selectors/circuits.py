"""Circuits for people: a circuit with its stations, and the clock that runs it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from gainsly.lib.vocabulary import CircuitType, StressBucket
from movements.catalogue.circuit_timing import Interval, Kind, TimerPlan, timer_plan
from movements.catalogue.records import CircuitExerciseRecord, CircuitRecord
from movements.models import Circuit, CircuitExercise

from .library import ListedMovement, movements_by_id
from .pages import doable_ids

_NUMBERS = ("reps", "seconds", "metres", "calories", "notes")


@dataclass(frozen=True, slots=True)
class Station:
    """One exercise of a circuit with its movement."""

    row: CircuitExercise
    movement: ListedMovement


@dataclass(frozen=True, slots=True)
class Turn:
    """A line of the plan: what is done, from which second (None after an open one), how long, and the rest after."""

    round: int
    station: Station | None  # None: all of them
    start: int | None
    work: int | None
    rest: int | None


@dataclass(frozen=True, slots=True)
class CircuitPage:
    """Everything that a circuit's page shows."""

    circuit: Circuit
    stations: tuple[Station, ...]
    plan: TimerPlan
    turns: tuple[Turn, ...]


def circuit_page(circuit: Circuit) -> CircuitPage:
    """The page of a circuit that comes from ``circuit_by``. One query more, none where the library is held."""
    rows = list(circuit.exercises.all())
    movements = movements_by_id({row.movement_id for row in rows})
    stations = tuple(Station(row, movements[row.movement_id]) for row in rows)
    plan = timer_plan(circuit_record(circuit, stations))
    return CircuitPage(circuit, stations, plan, _turns(plan, stations))


def timer_json(page: CircuitPage) -> dict[str, Any]:
    """What static/js/circuit-timer.js runs: [kind, seconds or null, round, station or null] for each interval."""
    intervals = [[one.kind, one.seconds, one.round, one.station] for one in page.plan.intervals]
    return {
        "intervals": json.dumps(intervals),
        "names": json.dumps([station.movement.record.name for station in page.stations]),
        "rounds": max(one.round for one in page.plan.intervals),
    }


def circuit_record(circuit: Circuit, stations: tuple[Station, ...]) -> CircuitRecord:
    """The circuit as plain facts; its children are prefetched."""
    return CircuitRecord(
        slug=circuit.slug,
        name=circuit.name,
        type=CircuitType(circuit.type),
        estimated_minutes=circuit.estimated_minutes,
        exercises=tuple(_exercise(station) for station in stations),
        rounds=circuit.rounds,
        time_cap_seconds=circuit.time_cap_seconds,
        work_seconds=circuit.work_seconds,
        rest_seconds=circuit.rest_seconds,
        difficulty=circuit.difficulty,
        stress={StressBucket(row.bucket): row.level for row in circuit.stress.all()},
        tags=tuple(sorted(tag.slug for tag in circuit.tags.all())),
        scaling=circuit.scaling,
        description=circuit.description,
    )


def _exercise(station: Station) -> CircuitExerciseRecord:
    row = station.row
    return CircuitExerciseRecord(
        movement=station.movement.record.slug,
        load_kg=None if row.load_kg is None else float(row.load_kg),
        load_kg_female=None if row.load_kg_female is None else float(row.load_kg_female),
        **{name: getattr(row, name) for name in _NUMBERS},
    )


def _turns(plan: TimerPlan, stations: tuple[Station, ...]) -> tuple[Turn, ...]:
    following: list[Interval | None] = [*plan.intervals[1:], None]
    return tuple(
        Turn(
            round=interval.round,
            station=None if interval.station is None else stations[interval.station],
            start=start,
            work=interval.seconds,
            rest=after.seconds if after and after.kind is Kind.REST else None,
        )
        for interval, start, after in zip(plan.intervals, plan.starts, following, strict=True)
        if interval.kind is not Kind.REST
    )


def doable_circuits(user: Any, rows: QuerySet[Circuit]) -> QuerySet[Circuit]:
    """Those of which the athlete's kit allows every movement."""
    beyond = CircuitExercise.objects.exclude(movement_id__in=doable_ids(user))
    return rows.exclude(pk__in=beyond.values("circuit"))
