"""Long sessions are filled with doses, not with cardio; no major muscle is left out of an athlete's own week."""

import pytest

from gainsly.lib.vocabulary import SessionType
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.types import History, HybridDay, HybridDefinition
from tests.bench.grid import athlete_with, load_catalogue, request_for

CATALOGUE = load_catalogue()
CONFIG = default_heuristics()


def planned(goals, split="upper_lower", days=4, *, experience="intermediate", kit="full_gym", **changes):
    request = request_for(goals, split, days, **changes)
    return generate_plan(athlete_with(kit, experience), request, CATALOGUE, History(), CONFIG)


def share_of_cardio(draft):
    sessions = draft.microcycles[0].sessions
    middle = sum(session.minutes[one] for session in sessions for one in session.minutes if one not in PREP)
    return sum(session.minutes["finisher"] for session in sessions) / middle


PREP = ("warmup", "cooldown")


@pytest.mark.parametrize("goal", ["strength", "hypertrophy"])
@pytest.mark.parametrize("minutes", [45, 60, 75])
def test_lifting_days_of_four_are_not_filled_with_cardio(goal, minutes):
    assert share_of_cardio(planned({goal: 10}, session_minutes=minutes)) <= 0.2


def test_a_newcomers_leg_day_is_legs():
    draft = planned({"hypertrophy": 10}, experience="beginner", deload_every=6)
    legs = [one for one in draft.microcycles[0].sessions if one.session_type is SessionType.LOWER]
    for session in legs:
        assert session.minutes["finisher"] == 0
        assert session.estimated_minutes >= 40


def test_what_cannot_be_filled_is_shorter_and_the_plan_says_so():
    draft = planned({"hypertrophy": 10}, "full_body", 3, experience="beginner", session_minutes=90, deload_every=6)
    minutes = [session.estimated_minutes for session in draft.microcycles[0].sessions]
    assert min(minutes) >= 0.7 * 90
    assert (min(minutes) < 0.95 * 90) == bool([one for one in draft.warnings if one.code == "shorter_than_asked"])


@pytest.mark.parametrize("goal", ["strength", "hypertrophy", "explosiveness"])
@pytest.mark.parametrize("minutes", [45, 60, 75, 90])
@pytest.mark.parametrize("kit", ["full_gym", "dumbbells"])
def test_sessions_take_the_minutes_asked_for(goal, minutes, kit):
    draft = planned({goal: 10}, kit=kit, session_minutes=minutes)
    loading = [one for week in draft.microcycles if not week.is_deload for one in week.sessions]
    within = [abs(one.estimated_minutes - minutes) <= 0.05 * minutes + 0.5 for one in loading]
    assert sum(within) >= 0.95 * len(within)


def test_a_bout_fills_what_is_left_and_the_lifting_stays():
    draft = planned({"hypertrophy": 10}, "full_body", 3, experience="beginner", session_minutes=90, deload_every=6)
    for session in draft.microcycles[0].sessions:
        bouts = [one for one in session.exercises if (one.choice or "").startswith("tail/")]
        assistance = [one for one in session.exercises if one.section == "accessory" and one not in bouts]
        assert len(bouts) == 1
        assert len(assistance) >= 2
        assert session.exercises.index(bouts[0]) > max(session.exercises.index(one) for one in assistance)
    assert draft.weekly_minutes["conditioning"] > 0


def test_a_bout_never_costs_the_week_its_only_work_for_the_calves():
    draft = planned({"hypertrophy": 10}, experience="advanced", session_minutes=90)
    work = [one for session in draft.microcycles[0].sessions for one in session.exercises if one.section == "accessory"]
    assert any((one.choice or "").startswith("tail/") for one in work)
    assert any("calves" in CATALOGUE.movements[one.movement].primary for one in work)


def test_an_own_week_without_pressing_still_trains_the_chest():
    days = tuple(HybridDay(n, kind) for n, kind in enumerate((SessionType.LEGS, SessionType.PULL), start=1))
    draft = planned({"hypertrophy": 10}, "hybrid", 2, session_minutes=60, hybrid=HybridDefinition(days=days))
    for week in draft.microcycles:
        trained = {
            muscle
            for session in week.sessions
            for one in session.exercises
            for muscle in CATALOGUE.movements[one.movement].primary
            if one.section in ("main", "accessory")
        }
        assert "chest" in trained


@pytest.mark.parametrize(("level", "strolls"), [("beginner", True), ("intermediate", False), ("advanced", False)])
def test_the_trained_take_no_walks_on_their_cardio_days(level, strolls):
    draft = planned({"endurance": 6, "strength": 4}, days=5, experience=level, deload_every=6)
    days = [one for one in draft.microcycles[0].sessions if one.session_type is SessionType.CARDIO]
    bouts = [CATALOGUE.movements[one.movement] for day in days for one in day.exercises if one.section == "main"]
    assert bouts
    if not strolls:
        assert all(one.cns != "very_low" for one in bouts)


def test_every_second_cardio_day_of_the_trained_is_harder_and_none_in_a_deload():
    draft = planned({"endurance": 8, "strength": 2}, days=6, experience="advanced")
    for week in draft.microcycles:
        efforts = {
            one.target_rpe
            for session in week.sessions
            if session.session_type is SessionType.CARDIO
            for one in session.exercises
            if one.section == "main"
        }
        assert (max(efforts) <= 5) == week.is_deload


def test_endurance_does_not_end_a_session_with_power_work():
    draft = planned({"explosiveness": 6, "endurance": 3, "strength": 1}, days=4)
    for session in draft.microcycles[0].sessions:
        sections = {one.section for one in session.exercises}
        assert not {"skill", "finisher"} <= sections
