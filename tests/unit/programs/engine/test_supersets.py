"""Assistance in pairs when time is short, and what else gives way then."""

import pytest

from gainsly.lib.vocabulary import Dose
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.supersets import are_antagonists, compete
from programs.engine.types import History
from tests.bench.grid import athlete_with, load_catalogue, request_for

CATALOGUE = load_catalogue()
CONFIG = default_heuristics()


def planned(minutes, dose="balanced", days=4, **changes):
    request = request_for({"hypertrophy": 10}, days=days, session_minutes=minutes, dose=Dose(dose), **changes)
    return generate_plan(athlete_with(), request, CATALOGUE, History(), CONFIG)


def pairs_of(draft):
    """Pairs by session, as lists of their exercises in training order."""
    found = []
    for session in draft.microcycles[0].sessions:
        groups = {}
        for one in session.exercises:
            if one.superset_group:
                groups.setdefault(one.superset_group, []).append(one)
        found += groups.values()
    return found


@pytest.mark.parametrize(
    ("first", "second", "clash", "opposed"),
    [
        ("dumbbell-curl", "bodyweight-triceps-extension", False, True),
        ("leg-extension", "lying-leg-curl", False, True),
        ("dumbbell-curl", "dumbbell-hammer-curl", True, False),
        ("barbell-bench-press", "bodyweight-triceps-extension", True, False),
        ("dumbbell-lateral-raise", "dumbbell-calf-raise", False, False),
    ],
)
def test_lifts_compete_or_oppose(first, second, clash, opposed):
    one, other = CATALOGUE.movements[first], CATALOGUE.movements[second]
    assert compete(one, other) == clash == compete(other, one)
    assert are_antagonists(one, other) == opposed == are_antagonists(other, one)


@pytest.mark.parametrize(("minutes", "dose", "expected"), [(60, "balanced", False), (45, "efficient", True)])
def test_pairs_come_with_little_time_or_the_efficient_dose(minutes, dose, expected):
    assert bool(pairs_of(planned(minutes, dose))) == expected


def test_pairs_are_two_neighbours_of_the_assistance_that_do_not_compete():
    found = pairs_of(planned(30, "efficient")) + pairs_of(planned(45, "efficient", days=5))
    assert found
    for pair in found:
        first, second = pair
        assert first.section == second.section == "accessory"
        assert second.order == first.order + 1
        assert not compete(CATALOGUE.movements[first.movement], CATALOGUE.movements[second.movement])


def test_a_short_week_says_what_its_dose_lacks_and_what_gave_way():
    (told,) = [one for one in planned(30, days=3).warnings if one.code == "dose_below_preferred"]
    assert "shorter rests" in told.message
    assert not [one for one in planned(90, "efficient").warnings if one.code == "dose_below_preferred"]


def test_rests_give_way_before_sets_do():
    usual, short = planned(90), planned(30)
    rests = [
        min(one.rest_seconds for s in draft.microcycles[0].sessions for one in s.exercises if one.section == "main")
        for draft in (usual, short)
    ]
    assert rests[1] < rests[0]
    least = min(one.sets for s in short.microcycles[0].sessions for one in s.exercises if one.section == "main")
    assert least >= 2
