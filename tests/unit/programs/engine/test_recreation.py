"""Recreation in the calendar: what clashes moves first, and what cannot move stays light."""

import datetime as dt

import pytest

from gainsly.lib.vocabulary import EnjoyableActivity, MovementPattern
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.recreation import Outing, clashes_beside, clashes_on
from programs.engine.types import History, HybridDay, HybridDefinition, Recreation
from tests.bench.grid import athlete_with, load_catalogue, request_for

CATALOGUE = load_catalogue()
CONFIG = default_heuristics()
P = MovementPattern
PULLS = {P.HORIZONTAL_PULL, P.VERTICAL_PULL}
LEGS = {P.SQUAT, P.HINGE, P.LUNGE}
PUSHES = {P.HORIZONTAL_PUSH, P.VERTICAL_PUSH}
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = 1, 2, 3, 4


def on(activity, *weekdays):
    return Recreation(EnjoyableActivity(activity), weekdays)


def planned(recreation, split="upper_lower", days=4, **changes):
    athlete = athlete_with(recreation=recreation, **changes.pop("athlete", {}))
    return generate_plan(
        athlete, request_for({"hypertrophy": 10}, split, days, **changes), CATALOGUE, History(), CONFIG
    )


def sets_on(draft, weekdays, patterns):
    first = draft.microcycles[0]
    return sum(
        one.sets
        for session in first.sessions
        if session.date.weekday() in weekdays
        for one in session.exercises
        if one.section == "main" and CATALOGUE.movements[one.movement].pattern in patterns
    )


@pytest.mark.parametrize(
    ("activity", "weekday", "expected"),
    [
        ("bouldering", TUESDAY, PULLS),
        ("bouldering", TUESDAY - 1, PULLS),
        ("bouldering", THURSDAY, PULLS),
        ("bouldering", FRIDAY, set()),
        ("running", TUESDAY, LEGS),
        ("running", WEDNESDAY, LEGS),
        ("running", TUESDAY - 1, set()),
        ("running", THURSDAY, set()),
        ("cycling", TUESDAY, LEGS),
        ("cycling", WEDNESDAY, set()),
        ("yoga", TUESDAY, set()),
        ("other", TUESDAY, set()),
    ],
)
def test_an_activity_on_tuesday_keeps_its_patterns_free_around_it(activity, weekday, expected):
    athlete = athlete_with(recreation=(on(activity, TUESDAY),))
    assert set(clashes_on(weekday, athlete, CONFIG)) == expected


@pytest.mark.parametrize(("split", "days"), [("ppl", 3), ("upper_lower", 4)])
def test_bouldering_on_tuesday_moves_the_pulls(split, days):
    draft = planned((on("bouldering", TUESDAY),), split, days)
    assert sets_on(draft, {0, TUESDAY, WEDNESDAY, THURSDAY}, PULLS) == 0
    assert sets_on(draft, {4, 5, 6}, PULLS) > 0
    assert "recreation_moved" in {one.code for one in draft.warnings}


def test_running_moves_the_legs():
    draft = planned((on("running", TUESDAY),))
    assert sets_on(draft, {TUESDAY, WEDNESDAY}, LEGS) == 0


def test_what_cannot_move_is_lightened_and_the_plan_says_why():
    only = (0, 1, 2, 3, 4, 5)
    kept = HybridDefinition(
        days=tuple(HybridDay(n, kind) for n, kind in enumerate(("lower", "upper", "lower", "upper"), start=1))
    )
    weekdays = {"available_weekdays": only[:4]}
    usual = planned((), "hybrid", 4, hybrid=kept, athlete=weekdays)
    beside = planned((on("bouldering", TUESDAY),), "hybrid", 4, hybrid=kept, athlete=weekdays)
    assert 0 < sets_on(beside, {WEDNESDAY, TUESDAY, THURSDAY}, PULLS) < sets_on(usual, {1, 2, 3}, PULLS)
    (*_, warning) = [one for one in beside.warnings if one.code == "recreation_conflict"]
    assert "Bouldering on Tuesday" in warning.message


def test_recreation_never_raises_what_it_tires_and_yoga_changes_nothing():
    usual = planned((), "full_body", 3)
    beside = planned((on("bouldering", TUESDAY),), "full_body", 3)
    tired = {TUESDAY, WEDNESDAY, THURSDAY}
    assert sets_on(beside, tired, PULLS) <= sets_on(usual, tired, PULLS)
    assert planned((on("yoga", TUESDAY),), "full_body", 3) == usual


def test_a_longer_microcycle_is_lightened_only_where_the_days_clash_as_a_rule():
    draft = planned((on("bouldering", TUESDAY),), microcycle_days=8)
    assert len(draft.microcycles) == 7
    assert not [one for one in draft.warnings if one.code == "recreation_moved"]


def test_a_lightened_set_is_still_one_that_counts():
    """A beginner's sets already leave three or four: beside sport they leave four at most, else they train nothing."""
    athlete = athlete_with(experience="beginner", recreation=(on("martial_arts", 0),), available_weekdays=(2, 3, 4))
    draft = generate_plan(
        athlete, request_for({"explosiveness": 10}, "ppl", 3, session_minutes=90), CATALOGUE, History(), CONFIG
    )
    lifted = [
        one.target_rir
        for week in draft.microcycles
        if not week.is_deload
        for session in week.sessions
        for one in session.exercises
        if one.section == "main" and one.target_rir is not None and CATALOGUE.movements[one.movement].pattern in PUSHES
    ]
    assert lifted
    assert max(lifted) <= 4


def test_recreation_beside_a_day_keeps_its_patterns_free():
    """Bouldering keeps pulls free a day before and two days after; the closest reason is told."""
    config, day = CONFIG, dt.date(2026, 11, 25)

    def patterns(days, **more):
        outing = Outing(EnjoyableActivity.BOULDERING, "Bouldering", day + dt.timedelta(days=days), **more)
        return clashes_beside(day, [outing], config)

    assert [set(patterns(days)) == PULLS for days in (-3, -2, -1, 0, 1, 2)] == [False, True, True, True, True, False]
    assert "yesterday: these muscles are still tired" in patterns(-1)[P.VERTICAL_PULL].words
    assert "tomorrow: these muscles stay fresh" in patterns(1)[P.VERTICAL_PULL].words
    assert patterns(-1, declared=True)[P.VERTICAL_PULL].expected


def test_what_has_a_date_counts_before_a_habit():
    config, day = CONFIG, dt.date(2026, 11, 25)
    habit = Outing(EnjoyableActivity.BOULDERING, "Bouldering", day, declared=True)
    done = Outing(EnjoyableActivity.BOULDERING, "Climbing gym", day - dt.timedelta(days=2))
    found = clashes_beside(day, [habit, done], config)[P.VERTICAL_PULL]
    assert not found.expected
    assert found.words.startswith("Climbing gym 2 days ago")
