"""No major muscle left out, or a refusal in words (docs/algorithms/coverage.md)."""

import pytest

from gainsly.lib.vocabulary import EnjoyableActivity, InjuryArea, Section, SessionType, SplitTemplate
from programs.engine.constraints import Infeasible
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.types import History, HybridDay, HybridDefinition, InjuryFact, Recreation
from tests.bench.grid import athlete_with, load_catalogue, request_for
from tests.bench.quality import report_of

CATALOGUE = load_catalogue()
CONFIG = default_heuristics()
UPPER, LOWER, CARDIO, WHOLE = SessionType.UPPER, SessionType.LOWER, SessionType.CARDIO, SessionType.FULL_BODY


def own_week(goals, *types, kit="full_gym", **changes):
    hybrid = HybridDefinition(days=tuple(HybridDay(day, one) for day, one in enumerate(types, start=1)))
    request = request_for(goals, SplitTemplate.HYBRID, len(types), hybrid=hybrid, **changes)
    return judged(athlete_with(kit, "advanced"), request)


def judged(athlete, request):
    draft = generate_plan(athlete, request, CATALOGUE, History(), CONFIG)
    report = report_of(draft, athlete, request, CATALOGUE)
    return draft, {one.code for one in report.checks if one.applies and one.kind == "hard" and not one.passed}


def trained(draft):
    weeks = [week for week in draft.microcycles if not week.is_deload]
    return [
        {muscle for session in week.sessions for one in session.exercises if one.section in MIDDLE
         for muscle in CATALOGUE.movements[one.movement].primary}
        for week in weeks
    ]  # fmt: skip


MIDDLE = (Section.MAIN, Section.ACCESSORY)


def test_an_own_week_of_cardio_alone_collides_with_a_goal_that_is_lifted_for():
    with pytest.raises(Infeasible) as refusal:
        own_week({"hypertrophy": 9, "explosiveness": 1}, CARDIO, CARDIO)
    assert refusal.value.collisions[0].rules == ("hybrid_definition", "goal:hypertrophy", "goal:explosiveness")
    assert "quadriceps" in str(refusal.value)
    assert "10 of your ten points" in str(refusal.value)
    assert "full body" in str(refusal.value)


def test_the_same_week_is_planned_for_endurance():
    draft, failures = own_week({"endurance": 10}, CARDIO, CARDIO)
    assert not failures
    assert {session.session_type for week in draft.microcycles for session in week.sessions} == {CARDIO}


def test_an_own_week_without_a_leg_day_names_what_it_leaves_out():
    with pytest.raises(Infeasible, match="leave no room for hamstrings,"):
        own_week({"fat_loss": 7, "endurance": 3}, CARDIO, UPPER, kit="bodyweight", session_minutes=75)


def test_a_full_body_day_mends_it():
    _, failures = own_week({"fat_loss": 7, "endurance": 3}, CARDIO, WHOLE, kit="bodyweight", session_minutes=75)
    assert not failures


def test_leg_days_alone_take_assistance_for_the_upper_body_and_keep_their_minutes():
    draft, failures = own_week({"strength": 1, "fat_loss": 9}, LOWER, LOWER, kit="hotel", session_minutes=20)
    assert not failures
    assert all({"chest", "lats"} <= muscles for muscles in trained(draft))


def test_a_single_full_body_day_has_a_hinge():
    athlete = athlete_with("home_barbell", "advanced")
    goals = {"fat_loss": 5, "speed": 1, "endurance": 4}
    draft, failures = judged(athlete, request_for(goals, "full_body", 2, session_minutes=40))
    assert not failures
    assert all("hamstrings" in muscles for muscles in trained(draft))


def test_a_sore_elbow_leaves_the_chest_its_fly_where_no_day_holds_assistance():
    athlete = athlete_with("kettlebell", "expert", injuries=(InjuryFact(InjuryArea.ELBOW, 3),))
    draft, failures = judged(athlete, request_for({"fat_loss": 10}, "upper_lower", 3, session_minutes=120))
    assert not failures
    assert all("chest" in muscles for muscles in trained(draft))
    mains = [[one.movement for one in session.exercises if one.section == Section.MAIN]
             for session in draft.microcycles[0].sessions]  # fmt: skip
    later = [[one.movement for one in session.exercises if one.section == Section.MAIN]
             for session in draft.microcycles[2].sessions]  # fmt: skip
    assert mains == later
    assert all(2 <= len(day) <= 5 for day in mains)


def test_a_stand_in_is_never_what_the_day_before_leads_with():
    """With a badly injured hip the third leg day borrows: a row there would follow the rows of the day before."""
    athlete = athlete_with("machines", injuries=(InjuryFact(InjuryArea.HIP, 3),))
    _, broken = judged(athlete, request_for({"explosiveness": 10}, days=6, weeks=12, session_minutes=90))
    assert not broken


def test_a_muscle_that_only_light_work_trains_gets_more_than_its_few_sets():
    """Football beside the one squat day of ten days: the squat stays easy and still reaches the floor."""
    athlete = athlete_with(
        "bands", "beginner", aggression=5, available_weekdays=(1, 3, 4, 5),
        recreation=(Recreation(EnjoyableActivity.FOOTBALL, (1,)),), injuries=(InjuryFact(InjuryArea.LOWER_BACK, 1),),
    )  # fmt: skip
    goals = {"fat_loss": 8, "strength": 2}
    _, broken = judged(athlete, request_for(goals, "full_body", 3, 10, session_minutes=90, microcycle_days=10, seed=24))
    assert not broken
