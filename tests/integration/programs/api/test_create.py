"""POST /programs and /programs/preview with the real engine and the published library."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.management import call_command

from accounts.services.profile import update_profile
from movements.models import Gym, GymEquipment, Movement, MovementRule
from programs.models import Program, ProgramEquipment, SessionExercise
from tests.factories.accounts import UserFactory
from tests.factories.programs import MONDAY, body

from ..services.test_requests import BAD_FIELDS
from .test_programs import client_of, without_ids

BASE = "/api/v1/programs"
SENT_FIELDS = [case for case in BAD_FIELDS if "\x00" not in str(case[0].get("name"))]  # the parser refuses that one
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
    return client_of(alice)


def sessions_of(program):
    return [session for week in program["microcycles"] for session in week["sessions"]]


class TestCreate:
    def test_three_keys_give_a_whole_active_program(self, api):
        answer = api.post(BASE, body(days_per_week=3))
        program = answer.json()
        assert answer.status_code == 201, program
        assert (program["start_date"], program["split_template"]) == (str(MONDAY), "full_body")
        assert (program["generation_status"], program["is_active"]) == ("ready", True)
        assert program["quality"]["checks"]
        assert [len(week["sessions"]) for week in program["microcycles"]] == [3] * 8
        assert all(
            session["sections"]["warmup"] and session["sections"]["cooldown"] for session in sessions_of(program)
        )

    def test_the_answer_is_what_is_stored(self, api):
        program = api.post(BASE, body()).json()
        assert api.get(f"{BASE}/{program['id']}").json() == program

    def test_the_second_program_waits_its_turn(self, api):
        assert [api.post(BASE, body()).json()["is_active"] for _ in range(2)] == [True, False]

    def test_two_alike_athletes_get_the_same_plan(self, api):
        one = api.post(BASE, body(seed=7)).json()
        two = client_of(UserFactory()).post(BASE, body(seed=7)).json()
        assert without_ids(one) == without_ids(two)

    def test_the_kit_of_the_body_is_kept_and_respected(self, api):
        kit = ["bench", "dumbbell"]
        program = api.post(BASE, body(equipment=kit, days_per_week=3)).json()
        assert program["equipment"] == kit
        needed = {
            frozenset(exercise["movement"]["equipment"])
            for session in sessions_of(program)
            for section in session["sections"].values()
            for exercise in section
            if exercise["movement"]["equipment"]
        }
        assert needed
        stored = set(ProgramEquipment.objects.values_list("equipment_id", flat=True))
        assert stored == set(kit)

    def test_the_profile_says_which_days_and_how_long(self, api, alice):
        update_profile(user=alice, available_weekdays=[0, 2, 5], session_minutes=45)
        refused = api.post(BASE, body(days_per_week=4))
        assert (refused.status_code, set(refused.json()["errors"])) == (400, {"days_per_week"})
        program = api.post(BASE, body(days_per_week=3)).json()
        assert program["session_minutes"] == 45
        dates = {dt.date.fromisoformat(session["date"]).weekday() for session in sessions_of(program)}
        assert dates == {0, 2, 5}
        assert api.post(BASE, body(days_per_week=4, available_weekdays=[0, 1, 2, 3])).status_code == 201

    def test_the_default_gym_says_with_what(self, api, alice):
        gym = Gym.objects.create(user=alice, name="Home", is_default=True)
        GymEquipment.objects.create(gym=gym, equipment_id="dumbbell")
        program = api.post(BASE, body()).json()
        assert program["equipment"] == ["dumbbell"]
        assert Program.objects.get().gym == gym

    def test_a_movement_that_is_never_wanted_never_comes(self, api, alice):
        before = slugs_of(api.post(BASE, body()).json())
        banned = sorted(before)[0]
        MovementRule.objects.create(user=alice, movement=Movement.objects.get(slug=banned), type="hard_no")
        assert banned not in slugs_of(api.post(BASE, body()).json())

    @pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
    def test_today_is_the_athletes_own(self, api, alice, zone):
        update_profile(user=alice, time_zone=zone)
        with time_machine.travel(dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC), tick=False):
            start = api.post(BASE, body()).json()["start_date"]
        assert start == {"Pacific/Auckland": "2026-11-23", "America/Los_Angeles": "2026-11-22"}[zone]

    def test_a_goal_that_pulls_against_another_is_warned_of(self, api):
        goals = [{"goal": "endurance", "weight": 5}, {"goal": "explosiveness", "weight": 5}]
        warnings = api.post(BASE, body(goals=goals, days_per_week=4)).json()["warnings"]
        assert "goal_interference" in {warning["code"] for warning in warnings}

    def test_queries_do_not_grow_with_weeks_and_days(
        self, api, django_assert_max_num_queries, django_assert_num_queries
    ):
        api.post(BASE, body())
        with django_assert_max_num_queries(33) as short:
            api.post(BASE, body(duration_weeks=8, days_per_week=2))
        with django_assert_num_queries(len(short)):
            api.post(BASE, body(duration_weeks=12, days_per_week=6))

    def test_own_limits_that_leave_no_plan_are_named_and_nothing_is_stored(self, api, alice):
        squat = Movement.objects.get(slug="barbell-back-squat")
        MovementRule.objects.create(user=alice, movement=squat, type="hard_yes")
        answer = api.post(BASE, body(equipment=[]))
        assert (answer.status_code, answer.json()["code"]) == (422, "infeasible")
        collisions = answer.json()["collisions"]
        assert [one["rules"] for one in collisions] == [["hard_yes:barbell-back-squat", "equipment"]]
        assert collisions[0]["message"]
        assert not Program.objects.exists()


class TestBadInput:
    @pytest.mark.parametrize("path", ["", "/preview"])
    @pytest.mark.parametrize(("changes", "field"), SENT_FIELDS)
    def test_every_fault_is_a_field_error_and_nothing_is_stored(self, api, path, changes, field):
        answer = api.post(f"{BASE}{path}", body(**{**changes, **_text(changes)}))
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert set(answer.json()["errors"]) == {field}
        assert not Program.objects.exists()

    def test_unreadable_json_is_a_problem(self, api):
        answer = api.post(BASE, "{", content_type="application/json")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


class TestIdempotency:
    def test_the_same_key_and_body_is_one_program(self, api):
        one = api.post(BASE, body(), HTTP_IDEMPOTENCY_KEY="k1")
        two = api.post(BASE, body(), HTTP_IDEMPOTENCY_KEY="k1")
        assert (one.status_code, two.status_code) == (201, 201)
        assert one.json() == two.json()
        assert Program.objects.count() == 1

    def test_the_same_key_with_another_body_conflicts(self, api):
        api.post(BASE, body(), HTTP_IDEMPOTENCY_KEY="k1")
        assert api.post(BASE, body(seed=1), HTTP_IDEMPOTENCY_KEY="k1").status_code == 409
        assert Program.objects.count() == 1


class TestPreview:
    def test_shows_the_same_plan_and_stores_nothing(self, api):
        preview = api.post(f"{BASE}/preview", body(seed=3))
        assert preview.status_code == 200
        assert not Program.objects.exists()
        assert not SessionExercise.objects.exists()
        document = preview.json()
        assert document.pop("preview") is True
        assert "id" not in document
        assert "id" not in document["microcycles"][0]["sessions"][0]
        created = without_ids(api.post(BASE, body(seed=3)).json())
        assert without_ids(document) == {**created, "is_active": False}


def test_import_of_an_export_of_a_real_plan_is_equal(api):
    program = api.post(BASE, body(duration_weeks=12, days_per_week=6)).json()
    plan = api.get(f"{BASE}/{program['id']}/export").json()
    imported = api.post(f"{BASE}/import", plan)
    assert imported.status_code == 201, imported.json()["errors"]
    again = api.get(f"{BASE}/{imported.json()['id']}/export").json()
    assert without_ids(again) == without_ids(plan)


def slugs_of(program):
    return {
        exercise["movement"]["slug"]
        for session in sessions_of(program)
        for section in session["sections"].values()
        for exercise in section
    }


def _text(changes):
    """Test values as JSON can carry them."""
    return json.loads(json.dumps(changes, default=str))
