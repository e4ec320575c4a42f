"""The plan JSON (schema ``gainsly.program/1``), rendered from rows that are already there: no query in here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from gainsly.lib.vocabulary import MicrocycleStatus, Section
from programs.models import Microcycle, Program, Session, SessionExercise

from .trees import Json, MicrocycleTree, ProgramTree, SessionTree

SCHEMA = "gainsly.program/1"
PLAIN_PROGRAM_FIELDS = (
    "name",
    "duration_weeks",
    "days_per_week",
    "microcycle_days",
    "split_template",
    "progression_style",
    "session_minutes",
    "deload_every",
    "dose",
    "priority_muscles",
    "hybrid_definition",
    "persona_tone",
    "persona_aggression",
    "warnings",
    "generation_status",
    "seed",
    "config_version",
    "quality",
)
PLAIN_EXERCISE_FIELDS = (
    "order",
    "superset_group",
    "ramp",
    "sets",
    "reps_min",
    "reps_max",
    "seconds",
    "metres",
    "target_rpe",
    "target_rir",
    "target_percent_1rm",
    "target_load_kg",
    "load_is_guess",
    "tempo",
    "rest_seconds",
    "notes",
    "locked",
)


def program_json(tree: ProgramTree, *, today: dt.date) -> Json:
    """The program as the API returns it, microcycle statuses as of ``today``."""
    return {
        "id": str(tree.row.id),
        "schema": SCHEMA,
        **program_head(tree.row),
        "equipment": tree.equipment,
        "is_active": tree.row.is_active,
        "microcycles": [microcycle_json(microcycle, tree, today=today) for microcycle in tree.microcycles],
    }


def program_head(program: Program) -> Json:
    """What a program says of itself, without its contents."""
    return {
        **{name: getattr(program, name) for name in PLAIN_PROGRAM_FIELDS},
        "start_date": program.start_date.isoformat(),
        "goals": goals_json(program),
        "available_weekdays": program.weekdays,
        "disciplines": [
            {"discipline": discipline, "weight": weight} for discipline, weight in sorted(program.disciplines.items())
        ],
    }


def goals_json(program: Program) -> list[Json]:
    return [{"goal": goal, "weight": weight} for goal, weight in program.goals]


def microcycle_json(tree: MicrocycleTree, program: ProgramTree, *, today: dt.date) -> Json:
    row = tree.row
    return {
        "id": str(row.id),
        "sequence": row.sequence,
        "start_date": row.start_date.isoformat(),
        "length_days": row.length_days,
        "is_deload": row.is_deload,
        "phase": row.phase,
        "status": microcycle_status(row, today=today),
        "sessions": [session_json(session, program.movements, program.circuits) for session in tree.sessions],
    }


def microcycle_status(microcycle: Microcycle, *, today: dt.date) -> str:
    """Follows from the dates; only a cancelled one stays what it is."""
    if microcycle.status == MicrocycleStatus.CANCELLED:
        return MicrocycleStatus.CANCELLED.value
    if today < microcycle.start_date:
        return MicrocycleStatus.PLANNED.value
    end = microcycle.start_date + dt.timedelta(days=microcycle.length_days)
    return (MicrocycleStatus.ACTIVE if today < end else MicrocycleStatus.COMPLETE).value


def session_json(tree: SessionTree, movements: Mapping[UUID, Json], circuits: Mapping[UUID, Json]) -> Json:
    row = tree.row
    sections: dict[str, list[Json]] = {section.value: [] for section in Section}
    for exercise in tree.exercises:
        sections[exercise.section].append(exercise_json(exercise, movements))
    return {
        "id": str(row.id),
        "date": row.date.isoformat(),
        "day_number": row.day_number,
        "title": row.title,
        "session_type": row.session_type,
        "intent_tags": row.intent_tags,
        "source": row.source,
        "status": row.status,
        "locked": row.locked,
        "estimated_minutes": row.estimated_minutes,
        "minutes": minutes_json(row),
        "coach_notes": row.coach_notes,
        "main_circuit": circuits.get(row.main_circuit_id) if row.main_circuit_id else None,
        "finisher_circuit": circuits.get(row.finisher_circuit_id) if row.finisher_circuit_id else None,
        "sections": sections,
    }


def minutes_json(session: Session) -> dict[str, Any]:
    return {section.value: getattr(session, f"minutes_{section.value}") for section in Section}


def exercise_json(exercise: SessionExercise, movements: Mapping[UUID, Json]) -> Json:
    return {
        "id": str(exercise.id),
        "movement": movements[exercise.movement_id],
        **{name: getattr(exercise, name) for name in PLAIN_EXERCISE_FIELDS},
    }


def plan_json(tree: ProgramTree, *, today: dt.date) -> Json:
    """The plan to carry away: what was planned, not what became of it (activity and session statuses stay)."""
    document = program_json(tree, today=today)
    del document["is_active"]
    for microcycle in document["microcycles"]:
        for session in microcycle["sessions"]:
            del session["status"]
    return document


def without_ids(document: Json) -> Json:
    """A preview's document: rows that were never written have no id; movements keep theirs."""
    bare = {key: value for key, value in document.items() if key != "id"}
    bare["microcycles"] = [
        {
            **_without_id(microcycle),
            "sessions": [
                {
                    **_without_id(session),
                    "sections": {
                        section: [_without_id(exercise) for exercise in exercises]
                        for section, exercises in session["sections"].items()
                    },
                }
                for session in microcycle["sessions"]
            ],
        }
        for microcycle in document["microcycles"]
    ]
    return bare


def _without_id(part: Json) -> Json:
    return {key: value for key, value in part.items() if key != "id"}
