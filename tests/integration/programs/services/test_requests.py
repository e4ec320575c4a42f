import datetime as dt
from dataclasses import replace

import pytest

from gainsly.lib.vocabulary import ExperienceLevel, ProgressionStyle, SplitTemplate
from programs.services.requests import InvalidRequestError, read_request
from tests.factories.programs import EQUIPMENT, MONDAY, NEWCOMER, body, order

BAD_FIELDS = [
    ({"goals": [{"goal": "strength", "weight": 9}]}, "goals"),
    ({"goals": [{"goal": "strength", "weight": 6}, {"goal": "hypertrophy", "weight": 5}]}, "goals"),
    ({"goals": [{"goal": "strength", "weight": 0}, {"goal": "hypertrophy", "weight": 10}]}, "goals"),
    ({"goals": [{"goal": "strength", "weight": 5}, {"goal": "strength", "weight": 5}]}, "goals"),
    ({"goals": [{"goal": "size", "weight": 10}]}, "goals"),
    ({"goals": [{"goal": "strength", "weight": 10.0}]}, "goals"),
    ({"goals": [{"goal": "strength", "weight": 10, "why": "x"}]}, "goals"),
    ({"goals": [{"goal": ["strength"], "weight": 10}]}, "goals"),
    ({"goals": []}, "goals"),
    ({"goals": "strength"}, "goals"),
    ({"goals": None}, "goals"),
    (
        {
            "goals": [
                {"goal": "strength", "weight": 3},
                {"goal": "speed", "weight": 3},
                {"goal": "mobility", "weight": 2},
                {"goal": "endurance", "weight": 2},
            ]
        },
        "goals",
    ),
    *[({"duration_weeks": weeks}, "duration_weeks") for weeks in (7, 9, 13, 0, -8, "8", 8.5, True, None)],
    *[({"days_per_week": days}, "days_per_week") for days in (0, 1, 8, -1, "4", None, [2])],
    ({"days_per_week": 4, "available_weekdays": [0, 1, 2]}, "days_per_week"),
    *[({"available_weekdays": days}, "available_weekdays") for days in ([], [7], [0, 0], ["0"], 3, [-1])],
    *[
        ({"start_date": date}, "start_date")
        for date in ("2026-02-30", "tomorrow", "23.11.2026", "2026-W48-1", "20261123", 20261123, "", "2020-01-01")
    ],
    ({"start_date": (MONDAY + dt.timedelta(days=366)).isoformat()}, "start_date"),
    ({"start_date": (MONDAY - dt.timedelta(days=366)).isoformat()}, "start_date"),
    *[({"session_minutes": minutes}, "session_minutes") for minutes in (19, 151, "60", 60.5, -60)],
    *[({"deload_every": every}, "deload_every") for every in (2, 9, "4")],
    ({"microcycle_days": 9}, "microcycle_days"),
    ({"microcycle_days": 10}, "microcycle_days"),  # eight weeks are 56 days
    ({"split_template": "bro"}, "split_template"),
    ({"progression_style": "magic"}, "progression_style"),
    ({"dose": "huge"}, "dose"),
    ({"seed": -1}, "seed"),
    ({"seed": 2**60}, "seed"),
    ({"seed": "7"}, "seed"),
    ({"equipment": ["barbel"]}, "equipment"),
    ({"equipment": ["barbell", "barbell"]}, "equipment"),
    ({"equipment": [["barbell"]]}, "equipment"),
    ({"priority_muscles": ["biceps", "shoulders"]}, "priority_muscles"),
    ({"disciplines": [{"discipline": "chess", "weight": 3}]}, "disciplines"),
    ({"disciplines": [{"discipline": "general", "weight": 6}]}, "disciplines"),
    ({"disciplines": {"general": 3}}, "disciplines"),
    ({"persona_tone": "kind"}, "persona_tone"),
    ({"persona_aggression": 6}, "persona_aggression"),
    ({"name": ""}, "name"),
    ({"name": "x" * 121}, "name"),
    ({"name": 7}, "name"),
    ({"name": "a\x00b"}, "name"),
    ({"weeks": 8}, "weeks"),
    ({"split_template": "ppl", "hybrid_definition": {"blocks": ["full_body", "full_body"]}}, "hybrid_definition"),
    ({"hybrid_definition": {"blocks": ["ppl"]}}, "hybrid_definition"),
    ({"hybrid_definition": {"blocks": ["upper_lower", *["rest"] * 6]}}, "hybrid_definition"),
    ({"hybrid_definition": {"blocks": ["swim"]}}, "hybrid_definition"),
    ({"hybrid_definition": {"blocks": [], "days": []}}, "hybrid_definition"),
    ({"hybrid_definition": {}}, "hybrid_definition"),
    ({"hybrid_definition": "ppl"}, "hybrid_definition"),
    ({"hybrid_definition": {"days": []}}, "hybrid_definition"),
    ({"hybrid_definition": {"days": [{"day": 1, "session_type": "upper"}]}}, "hybrid_definition"),
    ({"hybrid_definition": {"days": [{"day": 1, "session_type": "arms"}]}}, "hybrid_definition"),
    ({"hybrid_definition": {"days": [{"day": 1, "session_type": "upper", "focus": ["curl"]}]}}, "hybrid_definition"),
    ({"hybrid_definition": {"days": [{"day": 1, "session_type": "upper"}] * 2}}, "hybrid_definition"),
    ({"hybrid_definition": {"days": [{"day": day, "session_type": "upper"} for day in (1, 8)]}}, "hybrid_definition"),
]


@pytest.mark.parametrize(("changes", "field"), BAD_FIELDS)
def test_a_fault_is_named_at_its_field_and_only_there(changes, field):
    with pytest.raises(InvalidRequestError) as caught:
        read_request(body(**changes), standing=NEWCOMER)
    assert set(caught.value.errors) == {field}
    assert all(message for message in caught.value.errors[field])


def test_all_faults_are_told_at_once():
    with pytest.raises(InvalidRequestError) as caught:
        read_request({"duration_weeks": 9, "days_per_week": 8, "wishes": 1}, standing=NEWCOMER)
    assert set(caught.value.errors) == {"goals", "duration_weeks", "days_per_week", "wishes"}


@pytest.mark.parametrize("wrong", [None, [], "strength", 7])
def test_a_body_that_is_no_object_is_refused(wrong):
    with pytest.raises(InvalidRequestError):
        read_request(wrong, standing=NEWCOMER)


def test_three_keys_are_enough_and_the_rest_comes_from_the_profile():
    read = order()
    request = read.request
    assert (request.start_date, request.session_minutes, request.microcycle_days) == (MONDAY, 60, 7)
    assert (request.seed, request.dose, request.deload_every) == (0, "balanced", 6)
    assert (read.weekdays, read.equipment) == ((0, 1, 2, 3, 4, 5, 6), EQUIPMENT)
    assert read.name == "Strength, 8 weeks"


@pytest.mark.parametrize(
    ("days", "split"),
    [
        (2, SplitTemplate.FULL_BODY),
        (3, SplitTemplate.FULL_BODY),
        (4, SplitTemplate.UPPER_LOWER),
        (5, SplitTemplate.HYBRID),
        (6, SplitTemplate.PPL),
        (7, SplitTemplate.HYBRID),
    ],
)
def test_the_days_choose_the_split(days, split):
    assert order(days_per_week=days).request.split is split


@pytest.mark.parametrize(
    ("experience", "style", "deload"),
    [
        (ExperienceLevel.BEGINNER, ProgressionStyle.SINGLE, 6),
        (ExperienceLevel.INTERMEDIATE, ProgressionStyle.DOUBLE, 4),
        (ExperienceLevel.ADVANCED, ProgressionStyle.WAVE, 4),
        (ExperienceLevel.EXPERT, ProgressionStyle.WAVE, 4),
    ],
)
def test_experience_chooses_progression_and_deloads(experience, style, deload):
    read = read_request(body(), standing=replace(NEWCOMER, experience=experience))
    assert (read.request.progression, read.request.deload_every) == (style, deload)


def test_a_hybrid_definition_alone_makes_the_split_hybrid():
    blocks = order(days_per_week=4, hybrid_definition={"blocks": ["ppl", "rest", "cardio"]}).request
    assert blocks.split is SplitTemplate.HYBRID
    assert blocks.hybrid.blocks == ("ppl", "rest", "cardio")
    days = [{"day": 3, "session_type": "cardio"}, {"day": 1, "session_type": "upper", "focus": ["squat"]}]
    read = order(hybrid_definition={"days": days}).request.hybrid.days
    assert [day.session_type for day in read] == ["upper", "cardio"]


@pytest.mark.parametrize("count", [2, 4])
def test_a_longer_microcycle_takes_the_days_of_a_week_or_of_all_of_it(count):
    days = [{"day": day, "session_type": "upper"} for day in range(1, 2 * count, 2)]
    request = order(microcycle_days=14, hybrid_definition={"days": days}).request
    assert len(request.hybrid.days) == count


@pytest.mark.parametrize("offset", [-365, 0, 365])
def test_a_start_within_a_year_is_taken(offset):
    day = MONDAY + dt.timedelta(days=offset)
    assert read_request(body(start_date=day.isoformat()), standing=NEWCOMER).request.start_date == day


def test_no_equipment_means_the_floor():
    assert order(equipment=[]).equipment == ()
