"""Known programs and grades over the API, with the published library."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from django.core.management import call_command
from rest_framework.test import APIClient

from movements.models import Movement, MovementRule
from programs.models import Program, SessionExercise
from tests.factories.accounts import UserFactory
from tests.factories.programs import MONDAY

BASE = "/api/v1/programs"
NOON = dt.datetime.combine(MONDAY, dt.time(12), tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    """The published library once for all tests of this module, and gone after it."""
    with django_db_blocker.unblock():
        call_command("load_movements", verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _library_and_monday(library, db):
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def alice():
    return UserFactory()


@pytest.fixture
def api(alice):
    client = APIClient()
    client.force_authenticate(alice)
    return client


def test_the_list_names_nine_programs(api):
    rows = api.get(f"{BASE}/templates").json()["results"]
    assert len(rows) == 9
    assert all(sum(goal["weight"] for goal in row["goals"]) == 10 for row in rows)


def test_looking_saves_nothing(api):
    answer = api.get(f"{BASE}/templates/phul")
    assert answer.status_code == 200
    assert answer.json()["preview"] is True
    assert len(answer.json()["microcycles"]) == 12
    assert not Program.objects.exists()


def test_an_unknown_template_does_not_exist(api):
    assert api.get(f"{BASE}/templates/nothing").status_code == 404
    assert api.post(f"{BASE}/templates/nothing/start", {}, format="json").status_code == 404


def test_starting_stores_the_whole_program_and_makes_it_active(api, alice):
    answer = api.post(
        f"{BASE}/templates/531-bbb/start",
        {"start_date": "2026-12-01", "available_weekdays": [1, 2, 4, 5], "name": "Big and boring"},
        format="json",
    )
    assert answer.status_code == 201, answer.json()
    document = answer.json()
    assert (document["name"], document["start_date"], len(document["microcycles"])) == (
        "Big and boring",
        "2026-12-01",
        8,
    )
    assert Program.objects.get().is_active
    days = {dt.date.fromisoformat(s["date"]).weekday() for week in document["microcycles"] for s in week["sessions"]}
    assert days == {1, 2, 4, 5}
    assert [week["is_deload"] for week in document["microcycles"]] == [False, False, False, True] * 2
    again = api.get(f"{BASE}/{document['id']}").json()
    assert again["microcycles"] == document["microcycles"]


@pytest.mark.parametrize("slug", ["starting-strength", "gzclp", "531-bbb", "nsuns-5", "phul", "reddit-ppl",
                                  "texas-method", "madcow-5x5", "sheiko-29"])  # fmt: skip
def test_each_can_be_started(api, slug):
    assert api.post(f"{BASE}/templates/{slug}/start", {}, format="json").status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"available_weekdays": [0, 2]}, "available_weekdays"),
        ({"start_date": "soon"}, "start_date"),
        ({"weeks": 4}, "weeks"),
    ],
)
def test_a_bad_start_is_refused_by_field_and_saves_nothing(api, body, field):
    answer = api.post(f"{BASE}/templates/phul/start", body, format="json")
    assert answer.status_code == 400
    assert field in answer.json()["errors"]
    assert not Program.objects.exists()


def test_what_a_rule_forbids_gets_a_stand_in_and_a_warning(api, alice):
    squat = Movement.objects.get(slug="barbell-back-squat")
    MovementRule.objects.create(user=alice, movement=squat, type="hard_no")
    document = api.post(f"{BASE}/templates/texas-method/start", {}, format="json").json()
    assert any(one["code"] == "stand_in" and "Barbell Back Squat" in one["message"] for one in document["warnings"])
    assert not SessionExercise.objects.filter(movement=squat).exists()


def test_an_exported_program_graded_gives_its_own_grade(api):
    created = api.post(
        BASE,
        {"goals": [{"goal": "strength", "weight": 10}], "duration_weeks": 8, "days_per_week": 3},
        format="json",
    ).json()
    plan = api.get(f"{BASE}/{created['id']}/export").json()
    grade = api.post(f"{BASE}/grade", plan, format="json")
    assert grade.status_code == 200, grade.json()
    of_plan = [{one["code"]: one for one in report["checks"]} for report in (grade.json(), created["quality"])]
    for checks in of_plan:  # a plan JSON does not carry the reasons for its choices
        del checks["C38"], checks["C38S"]
    assert of_plan[0] == of_plan[1]
    assert Program.objects.count() == 1


def by_hand(**changes):
    """The least that a plan written by hand needs."""
    exercise = {"order": 1, "movement": {"slug": "barbell-back-squat"}, "sets": 3, "reps_min": 5, "reps_max": 5,
                "rest_seconds": 180}  # fmt: skip
    weeks = [
        {
            "sequence": number + 1,
            "start_date": (MONDAY + dt.timedelta(weeks=number)).isoformat(),
            "length_days": 7,
            "is_deload": False,
            "phase": "accumulation",
            "sessions": [
                {"date": (MONDAY + dt.timedelta(weeks=number, days=day)).isoformat(), "day_number": day + 1,
                 "session_type": "full_body", "sections": {"main": [exercise]}}
                for day in (0, 2)
            ],
        }
        for number in range(8)
    ]  # fmt: skip
    head = {"goals": [{"goal": "strength", "weight": 10}], "duration_weeks": 8, "days_per_week": 2,
            "start_date": MONDAY.isoformat()}  # fmt: skip
    return {**head, "microcycles": weeks, **changes}


def test_a_plan_written_by_hand_is_graded_with_words_for_what_it_lacks(api):
    grade = api.post(f"{BASE}/grade", by_hand(), format="json").json()
    failed = {one["code"]: one for one in grade["checks"] if one["applies"] and not one["passed"]}
    assert grade["success"] is False
    assert grade["score"] == 0
    assert 0 < grade["figures"]["soft_score"] < 1
    assert "no warm-up" in failed["C04"]["witness"]
    assert not Program.objects.exists()


def test_a_plan_written_by_hand_can_be_brought_in_and_is_graded_then(api):
    answer = api.post(f"{BASE}/import", by_hand(), format="json")
    assert answer.status_code == 201, answer.json()
    assert {"C04", "C22"} <= {one["code"] for one in answer.json()["quality"]["checks"]}
    session = answer.json()["microcycles"][0]["sessions"][0]
    assert session["estimated_minutes"] == round(session["minutes"]["main"])


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ([], ""),
        ({}, "start_date"),
        (by_hand(duration_weeks=9), "document"),
        (by_hand(goals=[{"goal": "strength", "weight": 9}]), "goals"),
        (by_hand(microcycles=[]), "microcycles"),
    ],
)
def test_a_plan_that_cannot_be_read_is_refused_with_its_place(api, document, place):
    answer = api.post(f"{BASE}/grade", document, format="json")
    assert answer.status_code == 400
    if place:
        assert any(place in key for key in answer.json()["errors"]), answer.json()["errors"]


def test_a_movement_that_is_not_in_the_library_is_named(api):
    text = json.dumps(by_hand()).replace("barbell-back-squat", "flying-squat")
    answer = api.post(f"{BASE}/grade", json.loads(text), format="json")
    assert answer.status_code == 400
    assert "flying-squat" in answer.json()["detail"]
