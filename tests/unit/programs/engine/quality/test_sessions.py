"""The six session criteria: a good plan keeps them, and each planted fault turns off its own."""

from __future__ import annotations

import dataclasses

import pytest

from gainsly.lib.vocabulary import Section, SessionType
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.quality import GradedProgram, GradedSession, assess, graded
from programs.engine.types import History, SessionFigures
from tests.bench.grid import athlete_with, load_catalogue, request_for

CATALOGUE = load_catalogue()
ATHLETE = athlete_with()
REQUEST = request_for({"strength": 5, "hypertrophy": 5}, "upper_lower", 4)
DRAFT = generate_plan(ATHLETE, REQUEST, CATALOGUE, History(), default_heuristics())
GOOD = graded(DRAFT.microcycles, REQUEST, CATALOGUE.movements, DRAFT.warnings)
PUSHES = ("horizontal_push", "vertical_push")


def first(program: GradedProgram) -> SessionFigures:
    return assess(program, ATHLETE, CATALOGUE.movements.values()).sessions[0]


def with_first(change) -> GradedProgram:
    week = GOOD.weeks[0]
    sessions = (change(week.sessions[0]), *week.sessions[1:])
    return dataclasses.replace(GOOD, weeks=(dataclasses.replace(week, sessions=sessions), *GOOD.weeks[1:]))


def only(session: GradedSession, keep) -> GradedSession:
    return dataclasses.replace(session, exercises=tuple(one for one in session.exercises if keep(one)))


def test_a_good_plan_names_every_session_once_and_each_succeeds():
    report = assess(GOOD, ATHLETE, CATALOGUE.movements.values())
    assert len({(one.sequence, one.day_number) for one in report.sessions}) == len(GOOD.sessions)
    assert report.figures["session_success_rate"] == sum(one.success for one in report.sessions) / len(GOOD.sessions)
    assert first(GOOD).success


FAULTS = {
    "structure": lambda one: only(one, lambda x: x.section != Section.COOLDOWN),
    "movements": lambda one: only(one, lambda x: x.section in (Section.MAIN, Section.COOLDOWN)),
    "time": lambda one: dataclasses.replace(
        one, exercises=tuple(dataclasses.replace(x, rest_seconds=600) for x in one.exercises)
    ),
    "patterns": lambda one: only(one, lambda x: x.movement.pattern not in PUSHES),
    "limits": lambda one: dataclasses.replace(
        one, exercises=tuple(dataclasses.replace(x, load_kg=101.3) for x in one.exercises)
    ),
}


@pytest.mark.parametrize("criterion", FAULTS)
def test_a_planted_fault_turns_off_its_criterion_in_that_session_alone(criterion):
    assert GOOD.weeks[0].sessions[0].type is SessionType.UPPER
    rows = assess(with_first(FAULTS[criterion]), ATHLETE, CATALOGUE.movements.values()).sessions
    assert not getattr(rows[0], criterion)
    assert not rows[0].success
    assert all(getattr(row, criterion) for row in rows if row.sequence == 2)


def test_a_muscle_that_the_week_misses_is_missed_by_each_of_its_sessions():
    week = GOOD.weeks[0]
    sessions = tuple(only(one, lambda x: "chest" not in x.movement.muscle_shares()) for one in week.sessions)
    program = dataclasses.replace(GOOD, weeks=(dataclasses.replace(week, sessions=sessions), *GOOD.weeks[1:]))
    rows = assess(program, ATHLETE, CATALOGUE.movements.values()).sessions
    assert not any(row.muscles for row in rows if row.sequence == 1)
    assert all(row.muscles for row in rows if row.sequence == 2)
