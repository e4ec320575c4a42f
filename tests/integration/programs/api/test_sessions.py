import datetime as dt
import uuid

import pytest
import time_machine

from programs.models import Session
from tests.factories.accounts import UserFactory
from tests.factories.programs import MONDAY, make_program

from .test_programs import client_of

pytestmark = pytest.mark.django_db
BASE = "/api/v1/sessions"


@pytest.fixture
def alice():
    return UserFactory()


@pytest.fixture
def api(alice):
    return client_of(alice)


@pytest.fixture
def session(alice):
    return Session.objects.filter(microcycle__program=make_program(alice)).order_by("date").first()


def test_a_session_shows_its_sections(api, session, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        document = api.get(f"{BASE}/{session.id}").json()
    assert document["minutes"]["main"] == 30.0
    assert document["sections"]["main"][0]["movement"]["slug"] == "barbell-back-squat"


def test_notes_and_lock_can_be_edited_by_version(api, session):
    version = api.get(f"{BASE}/{session.id}")["ETag"]
    answer = api.patch(f"{BASE}/{session.id}", {"coach_notes": "Slowly.", "locked": True}, HTTP_IF_MATCH=version)
    assert (answer.json()["coach_notes"], answer.json()["locked"]) == ("Slowly.", True)
    assert api.patch(f"{BASE}/{session.id}", {"locked": False}, HTTP_IF_MATCH=version).status_code == 412


@pytest.mark.parametrize("body", [{"coach_notes": "x" * 201}, {"locked": "yes"}, {"date": "2026-12-01"}, []])
def test_bad_edits_change_nothing(api, session, body):
    assert api.patch(f"{BASE}/{session.id}", body).status_code == 400
    session.refresh_from_db()
    assert (session.locked, session.coach_notes) == (False, "Take your time.")


def test_lock_and_unlock(api, session):
    assert api.post(f"{BASE}/{session.id}/lock").json()["locked"] is True
    assert api.delete(f"{BASE}/{session.id}/lock").json()["locked"] is False


def test_skip_and_unskip(api, session):
    assert api.post(f"{BASE}/{session.id}/skip").json()["status"] == "skipped"
    assert api.delete(f"{BASE}/{session.id}/skip").json()["status"] == "planned"


def test_reschedule_answers_with_the_warning(api, session):
    with time_machine.travel(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC), tick=False):
        answer = api.post(f"{BASE}/{session.id}/reschedule", {"date": str(MONDAY + dt.timedelta(days=2))})
    assert answer.status_code == 200
    assert answer.json()["date"] == str(MONDAY + dt.timedelta(days=2))
    assert [warning["code"] for warning in answer.json()["warnings"]] == ["consecutive_pattern"]


def test_reschedule_refuses_a_taken_day(api, session):
    with time_machine.travel(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC), tick=False):
        answer = api.post(f"{BASE}/{session.id}/reschedule", {"date": str(MONDAY + dt.timedelta(days=1))})
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"date"}


def test_what_was_trained_is_history(api, session):
    Session.objects.filter(pk=session.pk).update(status="done")
    answer = api.post(f"{BASE}/{session.id}/skip")
    assert (answer.status_code, answer.json()["code"]) == (409, "session_finished")


def test_the_explanation_names_scores_losers_and_evidence(api, session, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        exercises = api.get(f"{BASE}/{session.id}/explanation").json()["exercises"]
    squat = exercises[1]
    assert squat["scores"] == {"pattern_alignment": 1.0}
    assert squat["runners_up"][0]["movement"]["slug"] == "bench-press"
    (evidence,) = squat["evidence"]
    assert evidence.pop("url") == "/programs/evidence/"
    assert evidence == {"claim": "Heavy lifting builds strength.", "grade": "A", "source": "A review"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", ""),
        ("patch", ""),
        ("get", "/explanation"),
        ("post", "/lock"),
        ("delete", "/lock"),
        ("post", "/skip"),
        ("delete", "/skip"),
        ("post", "/reschedule"),
    ],
)
def test_another_athletes_session_does_not_exist(session, method, path):
    stranger = client_of(UserFactory())
    assert getattr(stranger, method)(f"{BASE}/{session.id}{path}").status_code == 404
    assert getattr(stranger, method)(f"{BASE}/{uuid.uuid4()}{path}").status_code == 404
    session.refresh_from_db()
    assert (session.locked, session.status) == (False, "planned")
