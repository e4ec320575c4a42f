"""A day adapted over the API: the plan changes only on the athlete's word, once, and can be put back."""

import datetime as dt
import json

import pytest
import time_machine
from asgiref.sync import async_to_sync
from rest_framework.test import APIClient

from coaching.models import Adaptation
from coaching.services import adaptation
from logging_app.models import RecoverySignal, SorenessLog, WorkoutLog
from programs.models import Session
from programs.services.stored_rows import snapshot
from tests.factories.logging_app import SQUAT
from tests.factories.programs import MONDAY, make_program
from tests.integration.programs.services.test_replanning import add_movement

pytestmark = pytest.mark.django_db
TIRED = {"soreness": {"quadriceps": 5}, "readiness": {"sleep_hours": 4, "stress": 9}}


@pytest.fixture(autouse=True)
def monday(settings):
    settings.LLM_PROVIDER = "builtin"
    with time_machine.travel(dt.datetime.combine(MONDAY, dt.time(12), dt.UTC), tick=False):
        yield


@pytest.fixture
def session():
    program = make_program()
    return Session.objects.select_related("microcycle__program__user").get(microcycle__program=program, date=MONDAY)


@pytest.fixture
def client(session):
    client = APIClient()
    client.force_authenticate(session.microcycle.program.user)
    return client


def post(client, what, body=None, day=MONDAY, **headers):
    return client.post(f"/api/v1/days/{day}/{what}", body or {}, format="json", **headers)


def test_no_signals_change_nothing(client):
    answer = post(client, "adapt")
    assert answer.status_code == 200, answer.content
    assert answer.json()["changes"] == []
    assert answer.json()["recovery_score"] is None


def test_a_preview_saves_nothing_and_accepting_it_twice_is_once(client, session):
    before = snapshot(session)
    proposal = post(client, "adapt", TIRED).json()
    assert {"kind", "exercise_id", "reason", "rule", "before", "after"} <= set(proposal["changes"][0])
    assert snapshot(session) == before
    for _again in range(2):
        assert post(client, "accept", {"adaptation_id": proposal["id"]}).status_code == 200
    after = snapshot(session)
    assert sum(one["sets"] for one in after) < sum(one["sets"] for one in before)
    assert RecoverySignal.objects.get().sleep_hours == 4
    assert SorenessLog.objects.count() == 1
    again = post(client, "adapt", TIRED).json()
    post(client, "accept", {"adaptation_id": again["id"]})
    assert snapshot(session) == after


def test_some_changes_are_accepted_and_undone_again(client, session):
    before = snapshot(session)
    user = session.microcycle.program.user
    proposal = post(client, "adapt", TIRED).json()
    one = proposal["changes"][0]
    post(client, "accept", {"adaptation_id": proposal["id"], "change_ids": [one["id"]]})
    changed = [old["id"] for old, new in zip(before, snapshot(session), strict=True) if old != new]
    assert changed == [one["exercise_id"]]
    adaptation.undo(user=user, date=MONDAY, adaptation_id=proposal["id"])
    assert snapshot(session) == before


def test_what_took_anothers_place_today_says_why_with_its_scores(client, session):
    """Recomputing from the explanation gives the same stand-in, and taking the day back gives the plan's own reason."""
    for slug in ("goblet-squat", "dumbbell-front-squat"):
        add_movement(slug, like=SQUAT)
    planned = session.exercises.get(movement__slug=SQUAT)
    proposal = post(client, "adapt", {"equipment": ["dumbbell"]}).json()
    post(client, "accept", {"adaptation_id": proposal["id"]})
    change = next(one for one in proposal["changes"] if one["kind"] == "swap")
    exercises = client.get(f"/api/v1/sessions/{session.pk}/explanation").json()["exercises"]
    told = next(one for one in exercises if one["id"] == str(planned.pk))
    assert told["movement"] == change["after"]["movement"] != SQUAT
    assert (told["chosen_by"], told["reason"]) == ("stand_in", change["reason"])
    assert told["total"] == pytest.approx(
        sum(told["weights"][name] * one for name, one in told["scores"].items()), abs=1e-4
    )
    assert [one["total"] <= told["total"] for one in told["runners_up"]] == [True]
    adaptation.undo(user=session.microcycle.program.user, date=MONDAY, adaptation_id=proposal["id"])
    assert session.exercises.get(pk=planned.pk).choice_id == planned.choice_id


def test_a_rejected_or_outdated_proposal_changes_nothing(client, session):
    before = snapshot(session)
    rejected, outdated = (post(client, "adapt", TIRED).json()["id"] for _ in range(2))
    assert post(client, "reject", {"adaptation_id": rejected}).json()["status"] == "rejected"
    assert post(client, "accept", {"adaptation_id": rejected}).json()["code"] == "adaptation_stale"
    with time_machine.travel(dt.datetime.combine(MONDAY, dt.time(13), dt.UTC)):
        session.save()
    assert post(client, "accept", {"adaptation_id": outdated}).status_code == 409
    assert snapshot(session) == before


def test_a_session_that_has_begun_or_is_locked_is_not_adapted(client, session):
    proposal = post(client, "adapt", TIRED).json()["id"]
    WorkoutLog.objects.create(
        user=session.microcycle.program.user, session=session, date=MONDAY, started_at=dt.datetime.now(dt.UTC)
    )
    assert post(client, "accept", {"adaptation_id": proposal}).status_code == 409
    assert post(client, "adapt", TIRED).json()["code"] == "not_adaptable"


def test_pain_in_the_notes_stops_instead_of_adapting(client):
    answer = post(client, "adapt", {**TIRED, "notes": "I have chest pain"}).json()
    assert answer["changes"] == []
    assert "stop training" in answer["stop"]


def test_a_stranger_sees_neither_day_nor_proposal(client):
    proposal = post(client, "adapt", TIRED).json()["id"]
    stranger = APIClient()
    stranger.force_authenticate(make_program().user)
    assert post(stranger, "accept", {"adaptation_id": proposal}).status_code == 404
    assert post(stranger, "reject", {"adaptation_id": proposal}).status_code == 404


@pytest.mark.parametrize(
    "body", [{"soreness": {"tail": 3}}, {"soreness": {"chest": 11}}, {"minutes": -1}, {"equipment": ["moon"]}, {"x": 1}]
)
def test_odd_bodies_are_refused(client, body):
    assert post(client, "adapt", body).status_code == 400


async def collect(response):
    return [one.decode() async for one in response.streaming_content]


def parts(frames):
    """Id, name and data of each event."""
    lines = [frame.splitlines() for frame in frames if frame.startswith("id: ")]
    return [(one[0][4:], one[1][7:], json.loads(one[2][6:])) for one in lines]


def test_the_stream_tells_changes_words_and_the_end_and_resumes(client):
    frames = async_to_sync(collect)(post(client, "adapt/stream", TIRED, HTTP_ACCEPT="text/event-stream"))
    assert "event: change" in frames[1]
    assert "event: done" in frames[-1]
    seen = frames[2].splitlines()[0].removeprefix("id: ")
    again = async_to_sync(collect)(post(client, "adapt/stream", TIRED, HTTP_LAST_EVENT_ID=seen))
    assert [one.splitlines()[:2] for one in again[1:]] == [one.splitlines()[:2] for one in frames[3:]]
    assert again[-1] == frames[-1]


def test_a_client_that_comes_back_at_any_event_misses_nothing_and_gets_nothing_twice(client):
    told = parts(async_to_sync(collect)(post(client, "adapt/stream", TIRED, HTTP_ACCEPT="text/event-stream")))
    names = [name for _id, name, _data in told]
    assert names == sorted(names, key=["change", "token", "usage", "done"].index)
    for at, (seen, _name, _data) in enumerate(told[:-1]):
        again = async_to_sync(collect)(post(client, "adapt/stream", TIRED, HTTP_LAST_EVENT_ID=seen))
        assert parts(again) == told[at + 1 :]
    assert Adaptation.objects.count() == 1


def test_the_words_of_the_coach_stand_in_the_answer_with_their_audit(client):
    words = post(client, "adapt", TIRED).json()["words"]
    assert (words["status"], words["source"], words["prompt_version"]) == ("done", "builtin", "adapt-1")
    assert words["content"]
