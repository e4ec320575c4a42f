"""What the log says on the first day changes the plan: tired muscles, missed sessions."""

import pytest

from gainsly.lib.vocabulary import Dose, Muscle
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.types import History
from programs.engine.volume import planned_dose
from tests.bench.grid import athlete_with, load_catalogue, request_for

CATALOGUE = load_catalogue()
CONFIG = default_heuristics()


def planned(history):
    return generate_plan(athlete_with(), request_for({"hypertrophy": 10}), CATALOGUE, history, CONFIG)


def week_sets(draft, number, muscle=None):
    return sum(
        one.sets
        for session in draft.microcycles[number - 1].sessions
        for one in session.exercises
        if one.section in ("main", "accessory")
        and (muscle is None or muscle in CATALOGUE.movements[one.movement].primary)
    )


def test_a_tired_muscle_starts_with_fewer_sets_and_only_in_the_first_week():
    usual, tired = planned(History()), planned(History(fatigue={Muscle.QUADRICEPS: 0.8, Muscle.CHEST: 0.3}))
    assert week_sets(tired, 1, Muscle.QUADRICEPS) < week_sets(usual, 1, Muscle.QUADRICEPS)
    assert week_sets(tired, 1, Muscle.CHEST) == week_sets(usual, 1, Muscle.CHEST)
    assert week_sets(tired, 2) == week_sets(usual, 2)
    assert "tired_start" in {one.code for one in tired.warnings}


@pytest.mark.parametrize(
    ("adherence", "asked", "planned_for"),
    [(None, "full", "full"), (0.9, "full", "full"), (0.7, "full", "full"), (0.69, "full", "balanced"),
     (0.4, "balanced", "efficient"), (0.4, "efficient", "efficient")],
)  # fmt: skip
def test_many_missed_sessions_lower_the_dose_by_one_step(adherence, asked, planned_for):
    request = request_for({"hypertrophy": 10}, dose=Dose(asked))
    assert planned_dose(request, History(adherence=adherence), CONFIG) == planned_for


def test_who_misses_many_sessions_gets_fewer_sets_and_is_told():
    usual, eased = planned(History(adherence=0.95)), planned(History(adherence=0.5))
    assert week_sets(eased, 1) < week_sets(usual, 1)
    assert [one.code for one in eased.warnings if one.code == "dose_eased"]
    assert not [one.code for one in usual.warnings if one.code == "dose_eased"]
