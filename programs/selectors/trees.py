"""A program with everything inside, as plain rows: read in a fixed number of queries, or just written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from movements.models import Circuit
from movements.selectors import ListedMovement, movements_by_id
from programs.models import Microcycle, Program, ProgramEquipment, Session, SessionExercise

Json = dict[str, Any]


@dataclass(slots=True)
class SessionTree:
    row: Session
    exercises: list[SessionExercise] = field(default_factory=list)


@dataclass(slots=True)
class MicrocycleTree:
    row: Microcycle
    sessions: list[SessionTree] = field(default_factory=list)


@dataclass(slots=True)
class ProgramTree:
    """``movements`` and ``circuits`` are ready JSON by id, shared by all exercises that show them."""

    row: Program
    equipment: list[str]
    microcycles: list[MicrocycleTree]
    movements: Mapping[UUID, Json]
    circuits: Mapping[UUID, Json] = field(default_factory=dict)

    def sessions(self) -> list[SessionTree]:
        return [session for microcycle in self.microcycles for session in microcycle.sessions]


def program_tree(program: Program) -> ProgramTree:
    """The whole program in five queries, and two more where a session holds a circuit."""
    microcycles = list(Microcycle.objects.filter(program=program))
    sessions = list(Session.objects.filter(microcycle__program=program))
    exercises = list(SessionExercise.objects.filter(session__microcycle__program=program).order_by("position"))
    trees = session_trees(sessions, exercises)
    grouped: defaultdict[UUID, list[SessionTree]] = defaultdict(list)
    for tree in trees:
        grouped[tree.row.microcycle_id].append(tree)
    return ProgramTree(
        row=program,
        equipment=equipment_of(program),
        microcycles=[MicrocycleTree(row, grouped[row.id]) for row in microcycles],
        movements=movements_json({exercise.movement_id for exercise in exercises}),
        circuits=circuits_json(_circuit_ids(sessions)),
    )


def session_tree(session: Session) -> tuple[SessionTree, Mapping[UUID, Json], Mapping[UUID, Json]]:
    """One session with the movements and circuits that it shows."""
    exercises = list(session.exercises.order_by("position"))
    movements = movements_json({exercise.movement_id for exercise in exercises})
    return SessionTree(session, exercises), movements, circuits_json(_circuit_ids([session]))


def session_trees(sessions: Iterable[Session], exercises: Iterable[SessionExercise]) -> list[SessionTree]:
    grouped: defaultdict[UUID, list[SessionExercise]] = defaultdict(list)
    for exercise in exercises:
        grouped[exercise.session_id].append(exercise)
    return [SessionTree(session, grouped[session.id]) for session in sessions]


def equipment_of(program: Program) -> list[str]:
    rows = ProgramEquipment.objects.filter(program=program).order_by("equipment_id")
    return list(rows.values_list("equipment_id", flat=True))


def movements_json(ids: Collection[UUID]) -> dict[UUID, Json]:
    """The movement of an exercise as the API shows it, by id; the library comes from memory."""
    return {pk: movement_json(listed) for pk, listed in movements_by_id(ids).items()}


def movement_json(listed: ListedMovement) -> Json:
    record = listed.record
    return {
        "id": str(listed.id),
        "slug": record.slug,
        "name": record.name,
        "pattern": record.pattern.value,
        "primary_muscles": [muscle.value for muscle in record.primary],
        "secondary_muscles": [muscle.value for muscle in record.secondary],
        "equipment": list(record.equipment),
        "unilateral": record.unilateral,
        "compound": record.compound,
        "skill_level": record.skill.value,
        "cns_load": record.cns.value,
        "metric_type": record.metric.value,
    }


def circuits_json(ids: Collection[UUID]) -> dict[UUID, Json]:
    if not ids:
        return {}
    circuits = list(Circuit.objects.filter(id__in=ids).prefetch_related("exercises"))
    movements = movements_json({row.movement_id for circuit in circuits for row in circuit.exercises.all()})
    return {circuit.id: _circuit_json(circuit, movements) for circuit in circuits}


def _circuit_json(circuit: Circuit, movements: Mapping[UUID, Json]) -> Json:
    return {
        "id": str(circuit.id),
        "slug": circuit.slug,
        "name": circuit.name,
        "type": circuit.type,
        "rounds": circuit.rounds,
        "time_cap_seconds": circuit.time_cap_seconds,
        "work_seconds": circuit.work_seconds,
        "rest_seconds": circuit.rest_seconds,
        "exercises": [
            {
                "movement": movements[row.movement_id],
                "reps": row.reps,
                "seconds": row.seconds,
                "metres": row.metres,
                "calories": row.calories,
                "load_kg": None if row.load_kg is None else float(row.load_kg),
            }
            for row in circuit.exercises.all()
        ],
    }


def _circuit_ids(sessions: Iterable[Session]) -> set[UUID]:
    return {
        circuit
        for session in sessions
        for circuit in (session.main_circuit_id, session.finisher_circuit_id)
        if circuit is not None
    }
