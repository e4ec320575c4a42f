import copy
import csv
import datetime as dt
import io
import json
import uuid

import pytest
import time_machine
from rest_framework.test import APIClient

from programs.engine.scoring import DIMENSIONS
from programs.models import Program, Session, SessionExercise
from tests.factories.accounts import UserFactory
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db
BASE = "/api/v1/programs"


def client_of(user) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.fixture
def alice():
    return UserFactory()


@pytest.fixture
def api(alice):
    return client_of(alice)


@pytest.fixture
def program(alice):
    return make_program(alice)


class TestRead:
    def test_a_program_shows_everything_inside(self, api, program):
        document = api.get(f"{BASE}/{program.id}").json()
        assert document["schema"] == "gainsly.program/1"
        assert document["goals"] == [{"goal": "strength", "weight": 10}]
        assert [week["sequence"] for week in document["microcycles"]] == list(range(1, 9))
        session = document["microcycles"][0]["sessions"][0]
        assert list(session["sections"]) == ["warmup", "skill", "main", "accessory", "finisher", "cooldown"]
        squat = session["sections"]["main"][0]
        assert squat["movement"]["slug"] == "barbell-back-squat"
        assert squat["movement"]["equipment"] == ["barbell", "rack"]
        assert (squat["target_load_kg"], squat["ramp"]) == (97.5, [{"percent_1rm": 0.4, "reps": 5, "load_kg": 50.0}])

    @pytest.mark.parametrize(
        ("day", "first", "second"),
        [(0, "planned", "planned"), (1, "active", "planned"), (8, "complete", "active"), (57, "complete", "complete")],
    )
    def test_the_status_of_a_week_is_that_of_today(self, api, program, day, first, second):
        noon = dt.datetime.combine(MONDAY + dt.timedelta(days=day - 1), dt.time(12), tzinfo=dt.UTC)
        with time_machine.travel(noon, tick=False):
            weeks = api.get(f"{BASE}/{program.id}").json()["microcycles"]
        assert (weeks[0]["status"], weeks[1]["status"]) == (first, second)

    def test_the_number_of_queries_does_not_depend_on_the_length(
        self, api, alice, django_assert_max_num_queries, django_assert_num_queries
    ):
        short = make_program(alice, weeks=8, days=2)
        long = make_program(alice, weeks=12, days=6)
        api.get(f"{BASE}/{short.id}")
        with django_assert_max_num_queries(8) as first:
            api.get(f"{BASE}/{short.id}")
        with django_assert_num_queries(len(first)):
            api.get(f"{BASE}/{long.id}")

    def test_the_list_counts_what_was_trained(self, api, alice, program, django_assert_num_queries):
        Session.objects.filter(microcycle__program=program, microcycle__sequence=1).update(status="done")
        make_program(alice, start_date=MONDAY + dt.timedelta(weeks=8))
        with django_assert_num_queries(1):
            rows = api.get(BASE).json()["results"]
        assert [row["progress"] for row in rows] == [0.0, 0.125]
        assert set(rows[0]) == {
            "id", "name", "start_date", "duration_weeks", "days_per_week", "goals", "is_active", "progress",
        }  # fmt: skip

    def test_the_list_can_be_narrowed_and_paged(self, api, alice, program):
        for week in (8, 16):
            make_program(alice, start_date=MONDAY + dt.timedelta(weeks=week))
        assert [row["id"] for row in api.get(f"{BASE}?is_active=true").json()["results"]] == [str(program.id)]
        assert len(api.get(f"{BASE}?goal=strength").json()["results"]) == 3
        assert api.get(f"{BASE}?goal=speed").json()["results"] == []
        assert api.get(f"{BASE}?goal=size").status_code == 400
        first = api.get(f"{BASE}?limit=2").json()
        assert len(first["results"]) == 2
        assert len(api.get(first["next"]).json()["results"]) == 1

    def test_generation_is_ready_from_the_start(self, api, program):
        status = api.get(f"{BASE}/{program.id}/generation-status").json()
        assert (status["status"], status["progress"]) == ("ready", 1.0)
        week = status["microcycles"][0]
        assert week["refinement"] == {"status": "none", "reason": ""}
        assert {session["status"] for session in week["sessions"]} == {"ready"}


class TestChange:
    def test_rename_with_and_without_the_version(self, api, program):
        version = api.get(f"{BASE}/{program.id}")["ETag"]
        renamed = api.patch(f"{BASE}/{program.id}", {"name": "Mine"}, HTTP_IF_MATCH=version)
        assert (renamed.status_code, renamed.json()["name"]) == (200, "Mine")
        stale = api.patch(f"{BASE}/{program.id}", {"name": "Late"}, HTTP_IF_MATCH=version)
        assert (stale.status_code, stale.json()["code"]) == (412, "stale")
        assert Program.objects.get().name == "Mine"

    @pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x" * 121}, {"name": 7}, {"weeks": 9}, []])
    def test_a_bad_name_changes_nothing(self, api, program, body):
        assert api.patch(f"{BASE}/{program.id}", body).status_code == 400
        assert Program.objects.get().name == program.name

    def test_activating_one_puts_the_other_aside(self, api, alice, program):
        other = make_program(alice, start_date=MONDAY + dt.timedelta(weeks=8))
        assert not other.is_active
        assert api.post(f"{BASE}/{other.id}/activate").json()["is_active"] is True
        assert [row.pk for row in Program.objects.filter(is_active=True)] == [other.pk]

    def test_delete_takes_the_plan_away(self, api, program):
        assert api.delete(f"{BASE}/{program.id}").status_code == 204
        assert api.get(f"{BASE}/{program.id}").status_code == 404
        assert not SessionExercise.objects.exists()

    def test_a_copy_is_the_same_plan_untrained(self, api, program):
        Session.objects.update(status="done")
        answer = api.post(f"{BASE}/{program.id}/duplicate", {"start_date": str(MONDAY + dt.timedelta(weeks=1))})
        copied = answer.json()
        assert (answer.status_code, copied["is_active"]) == (201, False)
        assert copied["microcycles"][0]["sessions"][0]["date"] == str(MONDAY + dt.timedelta(weeks=1))
        assert {one["status"] for week in copied["microcycles"] for one in week["sessions"]} == {"planned"}
        explained = api.get(f"/api/v1/sessions/{copied['microcycles'][0]['sessions'][0]['id']}/explanation").json()
        assert explained["exercises"][1]["total"] == 0.3
        assert Program.objects.count() == 2

    def test_a_copy_needs_the_same_weekday(self, api, program):
        answer = api.post(f"{BASE}/{program.id}/duplicate", {"start_date": str(MONDAY + dt.timedelta(days=1))})
        assert answer.status_code == 400
        assert set(answer.json()["errors"]) == {"start_date"}

    def test_a_copy_costs_the_same_number_of_queries_at_any_length(
        self, api, alice, django_assert_max_num_queries, django_assert_num_queries
    ):
        short, long = make_program(alice), make_program(alice, weeks=12, days=6)
        api.get(BASE)
        with django_assert_max_num_queries(18) as first:
            api.post(f"{BASE}/{short.id}/duplicate", {})
        with django_assert_num_queries(len(first)):
            api.post(f"{BASE}/{long.id}/duplicate", {})


class TestExport:
    def test_an_import_of_an_export_exports_the_same_again(self, api, program):
        plan = api.get(f"{BASE}/{program.id}/export").json()
        answer = client_of(UserFactory()).post(f"{BASE}/import", plan)
        assert answer.status_code == 201, answer.json()["errors"]
        again = client_of(Program.objects.get(pk=answer.json()["id"]).user).get(f"{BASE}/{answer.json()['id']}/export")
        assert without_ids(again.json()) == without_ids(plan)
        assert answer.json()["is_active"] is False

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda plan: plan.update(schema="gainsly.program/2"),
            lambda plan: plan.pop("microcycles"),
            lambda plan: plan.update(microcycles=[]),
            lambda plan: plan.update(extra=1),
            lambda plan: plan.update(duration_weeks=9),
            lambda plan: plan.update(goals=[{"goal": "strength", "weight": 9}]),
            lambda plan: plan["microcycles"].pop(),
            lambda plan: plan["microcycles"][0].update(sequence=2),
            lambda plan: plan["microcycles"][0].update(phase="peak"),
            lambda plan: plan["microcycles"][0]["sessions"][0].update(date="2030-01-01"),
            lambda plan: plan["microcycles"][0]["sessions"][0].update(
                date=plan["microcycles"][0]["sessions"][1]["date"]
            ),
            lambda plan: plan["microcycles"][0]["sessions"][0].update(coach_notes="x" * 201),
            lambda plan: main_of(plan).update(sets=0),
            lambda plan: main_of(plan).update(reps_min=8, reps_max=4),
            lambda plan: main_of(plan).update(reps_min=None, reps_max=None),
            lambda plan: main_of(plan).update(target_rpe=11),
            lambda plan: main_of(plan).update(target_load_kg=-5),
            lambda plan: main_of(plan).update(rest_seconds="soon"),
            lambda plan: main_of(plan).update(movement={"slug": "no-such-lift"}),
            lambda plan: main_of(plan).pop("movement"),
        ],
    )
    def test_a_spoilt_plan_is_refused_and_nothing_is_stored(self, api, program, spoil):
        plan = api.get(f"{BASE}/{program.id}/export").json()
        spoil(plan)
        answer = api.post(f"{BASE}/import", plan)
        assert answer.status_code == 400, answer.json()
        assert answer.json()["errors"]
        assert Program.objects.count() == 1

    @pytest.mark.parametrize("plan", [[], "plan", {}, {"schema": "gainsly.program/1"}])
    def test_what_is_no_plan_is_refused(self, api, plan):
        assert api.post(f"{BASE}/import", plan).status_code == 400

    def test_the_calendar_has_an_all_day_event_per_session_in_folded_escaped_lines(self, api, alice):
        program = make_program(alice, name="Größe; Kraft, " + "ä" * 60)
        answer = api.get(f"{BASE}/{program.id}/export?format=ics")
        assert answer["Content-Type"].startswith("text/calendar")
        raw = answer.content
        assert raw.count(b"BEGIN:VEVENT") == 16
        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
        text = raw.decode().replace("\r\n ", "")
        assert "Größe\\; Kraft\\, " in text
        assert "DTSTART;VALUE=DATE:20261123" in text
        assert "4 x Barbell Back Squat" in text

    def test_the_spreadsheet_never_carries_a_formula(self, api, alice, program):
        SessionExercise.objects.filter(section="main").update(notes="=HYPERLINK(A1)")
        answer = api.get(f"{BASE}/{program.id}/export?format=csv")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
        assert len(rows) == 16 * 4
        assert {row["notes"] for row in rows} == {"", "'=HYPERLINK(A1)"}

    def test_an_unknown_format_is_refused(self, api, program):
        assert api.get(f"{BASE}/{program.id}/export?format=pdf").status_code == 404


class TestStranger:
    PATHS = (
        ("get", ""), ("patch", ""), ("delete", ""), ("get", "/generation-status"), ("post", "/activate"),
        ("post", "/duplicate"), ("get", "/export"), ("get", "/export?format=ics"),
    )  # fmt: skip

    @pytest.mark.parametrize(("method", "path"), PATHS)
    def test_another_athletes_program_does_not_exist(self, program, method, path):
        stranger = client_of(UserFactory())
        theirs = getattr(stranger, method)(f"{BASE}/{program.id}{path}", {"bad": "body"} if method != "get" else None)
        missing = getattr(stranger, method)(f"{BASE}/{uuid.uuid4()}{path}")
        assert theirs.status_code == missing.status_code == 404
        if "ics" not in path:
            assert theirs["Content-Type"].startswith("application/problem+json")

    def test_nobody_reads_without_signing_in(self, program):
        assert APIClient().get(BASE).status_code == 401
        assert APIClient().get(f"{BASE}/{program.id}").status_code == 401


def main_of(plan):
    return plan["microcycles"][0]["sessions"][0]["sections"]["main"][0]


def without_ids(part):
    """The document without the ids of its own rows (a movement's id is the library's)."""
    if isinstance(part, list):
        return [without_ids(one) for one in part]
    if isinstance(part, dict):
        return {key: without_ids(value) for key, value in copy.copy(part).items() if key != "id"}
    return json.loads(json.dumps(part))


def test_a_program_explains_itself(api, alice, django_assert_max_num_queries):
    program = make_program(alice)
    with django_assert_max_num_queries(4):
        told = api.get(f"/api/v1/programs/{program.pk}/explanation").json()
    assert told["choices"] == sum(told["chosen_by"].values()) == sum(told["relaxation_steps"].values()) > 0
    assert set(told["scores"]) == set(told["weights"]) == set(DIMENSIONS)
    assert {one["path"] for one in told["evidence"]} >= {"goals.strength.reps", "goals.strength.band", "deload.volume"}
    reps = next(one for one in told["evidence"] if one["path"] == "goals.strength.reps")
    assert (reps["value"], reps["grade"]) == ([3, 6], "A")
    assert reps["url"].endswith("#goals.strength.reps")
    assert client_of(UserFactory()).get(f"/api/v1/programs/{program.pk}/explanation").status_code == 404
