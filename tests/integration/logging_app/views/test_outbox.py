"""One entry of a phone's outbox after another: stored once, asked about, or refused with a reason."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from gainsly.lib.ids import uuid7
from logging_app.models import SetLog, WorkoutLog
from programs.models import Session
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import SQUAT, lifted, log
from tests.integration.logging_app.views.test_workout import NOON, a_set, alice, at, exercise_of, session, workout

__all__ = ["alice", "session", "workout"]
pytestmark = pytest.mark.django_db
URL = "/log/outbox/"
LATER = NOON + dt.timedelta(hours=3)


@pytest.fixture
def send(client, alice):
    def sent(entry, workout_id, *, minutes=None, **fields):
        told = {} if minutes is None else {"at": (NOON + dt.timedelta(minutes=minutes)).isoformat()}
        return client.post(URL, {"entry": entry, "user": alice.pk, "workout": workout_id, **told, **fields})

    return sent


def test_a_whole_workout_that_waited_is_stored_at_its_times(send, session):
    pk = str(uuid7())
    with time_machine.travel(LATER, tick=False):
        assert send("start", pk, minutes=1, session=session.pk).json()["next"] == f"/log/{pk}/"
        for minutes in (5, 10):
            assert send("set", pk, minutes=minutes, **a_set(exercise_of())).json()["state"] == "stored"
        assert send("finish", pk, minutes=60, perceived_difficulty=7).json()["state"] == "stored"
    row = WorkoutLog.objects.get(pk=pk)
    assert (row.started_at, row.finished_at) == (NOON + dt.timedelta(minutes=1), NOON + dt.timedelta(hours=1))
    times = list(SetLog.objects.order_by("order").values_list("performed_at", flat=True))
    assert times == [NOON + dt.timedelta(minutes=5), NOON + dt.timedelta(minutes=10)]
    assert Session.objects.get(pk=session.pk).status == "done"


def test_every_entry_may_come_twice(send, session):
    pk, one = str(uuid7()), a_set(exercise_of())
    for _ in range(2):
        assert send("start", pk, minutes=1, session=session.pk).json()["state"] == "stored"
        assert send("set", pk, minutes=5, **one).json()["state"] == "stored"
        typed = {"set_id": uuid4_of(1), "exercise": one["exercise"], "movement": one["movement"], "text": "3x8x100"}
        assert send("typed", pk, minutes=9, **typed).json()["state"] == "stored"
        assert send("finish", pk, minutes=60).json()["state"] == "stored"
    assert WorkoutLog.objects.count() == 1
    assert SetLog.objects.count() == 4


def uuid4_of(number):
    return f"00000000-0000-4000-8000-{number:012d}"


def test_a_set_whose_answer_was_lost_is_the_same_set_when_it_comes_again_as_one_that_waited(send, workout):
    one = a_set(exercise_of())
    assert send("set", workout.pk, **one).json()["state"] == "stored"
    with time_machine.travel(LATER, tick=False):
        assert send("set", workout.pk, minutes=0, **one).json()["state"] == "stored"
    assert SetLog.objects.get().performed_at == NOON


def test_a_doubt_is_left_to_the_page_and_shown_with_its_reason_for_a_set_that_waited(client, alice, send, workout):
    log(alice, lifted(100, 5), at=NOON - dt.timedelta(days=7))
    far = a_set(exercise_of(), weight="1000")
    assert send("set", workout.pk, **far).json()["state"] == "ask"
    told = send("set", workout.pk, minutes=0, **far).json()
    assert (told["state"], told["doubt"]) == ("refused", True)
    assert "1000" in told["why"] or "1,000" in told["why"]
    assert not workout.sets.exists()
    assert send("set", workout.pk, minutes=0, anyway="1", **far).json()["state"] == "stored"


def test_a_set_that_waited_is_not_asked_about_because_others_were_logged_meanwhile(send, workout):
    send("set", workout.pk, **a_set(exercise_of(), number="1"))
    assert send("set", workout.pk, **a_set(exercise_of(), number="1")).json()["state"] == "ask"
    assert send("set", workout.pk, minutes=0, **a_set(exercise_of(), number="1")).json()["state"] == "stored"


@pytest.mark.parametrize("wrong", [{"reps": "-1"}, {"weight": "heavy"}, {"movement": ""}])
def test_numbers_that_cannot_be_are_asked_about_or_refused_and_nothing_is_kept(send, workout, wrong):
    assert send("set", workout.pk, **a_set(exercise_of(), **wrong)).json()["state"] == "ask"
    answer = send("set", workout.pk, minutes=0, **a_set(exercise_of(), **wrong)).json()
    assert answer["state"] == "refused"
    assert answer["why"]
    assert not SetLog.objects.exists()


def test_a_set_done_before_another_device_finished_belongs_to_the_workout_and_a_later_one_is_asked_about(
    client, send, workout
):
    with time_machine.travel(NOON + dt.timedelta(minutes=30), tick=False):
        client.post(at(workout, "finish"), {})
    with time_machine.travel(LATER, tick=False):
        assert send("set", workout.pk, minutes=20, **a_set(exercise_of())).json()["state"] == "stored"
        late = a_set(exercise_of())
        answer = send("set", workout.pk, minutes=40, **late).json()
        assert answer["state"] == "refused"
        assert "another device" in answer["why"]
        assert send("set", workout.pk, minutes=40, anyway="1", **late).json()["state"] == "stored"
    assert SetLog.objects.count() == 2


def test_a_start_beside_a_running_workout_is_refused_when_it_waited_and_asked_about_at_once(send, workout):
    other = Session.objects.order_by("date")[1]
    assert send("start", uuid7(), session=other.pk).json()["state"] == "ask"
    answer = send("start", uuid7(), minutes=0, session=other.pk).json()
    assert answer["state"] == "refused"
    assert "still running" in answer["why"]


def test_a_session_that_was_logged_elsewhere_is_not_started_again_unasked(client, send, workout):
    client.post(at(workout, "finish"), {})
    pk = uuid7()
    assert send("start", pk, session=workout.session_id).json()["state"] == "ask"
    told = send("start", pk, minutes=0, session=workout.session_id).json()
    assert (told["state"], told["doubt"]) == ("refused", True)
    for _ in range(2):
        assert send("start", pk, minutes=0, anyway="1", session=workout.session_id).json()["state"] == "stored"
    assert WorkoutLog.objects.count() == 2


def test_a_start_of_the_session_that_another_device_began_leads_into_its_workout(send, workout):
    told = send("start", uuid7(), minutes=0, session=workout.session_id).json()
    assert (told["state"], told["workout"]) == ("stored", str(workout.pk))
    assert WorkoutLog.objects.count() == 1


def test_a_set_is_taken_back_by_its_id_whether_it_arrived_or_not(send, workout):
    one, other = a_set(exercise_of()), a_set(exercise_of())
    send("set", workout.pk, minutes=0, **one)
    send("set", workout.pk, minutes=0, **other)
    for set_id in (other["set_id"], other["set_id"], str(uuid7())):
        assert send("undo", workout.pk, minutes=0, set_id=set_id).json()["state"] == "stored"
    assert [str(row.pk) for row in SetLog.objects.all()] == [one["set_id"]]


def test_sets_typed_in_one_line_are_taken_back_together(send, workout):
    typed = {"set_id": uuid4_of(1), "exercise": str(exercise_of().pk), "movement": SQUAT, "text": "3x8x100"}
    send("typed", workout.pk, minutes=0, **typed)
    assert SetLog.objects.count() == 3
    send("undo", workout.pk, minutes=0, set_id=uuid4_of(1))
    assert not SetLog.objects.exists()


def test_an_undo_that_comes_twice_takes_back_one(client, send, workout):
    for _ in range(2):
        send("set", workout.pk, **a_set(exercise_of()))
    version = client.get(at(workout, "state")).json()["version"]
    assert send("undo", workout.pk, version=version).json()["state"] == "stored"
    assert send("undo", workout.pk, version=version).json()["state"] == "stored"
    told = send("undo", workout.pk, minutes=0, version=version).json()
    assert told["state"] == "refused"
    assert "Nothing was taken back" in told["why"]
    assert SetLog.objects.count() == 1


def test_a_wrong_clock_puts_no_set_before_the_workout_or_into_the_future(send, workout):
    with time_machine.travel(LATER, tick=False):
        send("set", workout.pk, minutes=-500, **a_set(exercise_of()))
        send("set", workout.pk, minutes=9000, **a_set(exercise_of()))
    times = list(SetLog.objects.order_by("order").values_list("performed_at", flat=True))
    assert times == [NOON, LATER]


def test_what_is_gone_is_refused_with_the_reason(client, send, workout):
    client.post(reverse("logging:delete", args=[workout.pk]))
    answer = send("set", workout.pk, minutes=0, **a_set(exercise_of())).json()
    assert answer["state"] == "refused"
    assert "not there any more" in answer["why"]


def test_another_athletes_entry_and_workout_do_not_exist(client, send, workout):
    bob = UserFactory()
    body = {"entry": "set", "user": workout.user_id, "workout": workout.pk, **a_set(exercise_of())}
    client.force_login(bob)
    assert client.post(URL, body).status_code == 409
    assert client.post(URL, {**body, "user": bob.pk}).json()["state"] == "ask"
    assert client.post(URL, {**body, "user": bob.pk, "at": NOON.isoformat()}).json()["state"] == "refused"
    assert not SetLog.objects.exists()


def test_who_is_signed_out_is_told_so_and_who_is_in_gets_a_token(client, alice):
    assert Client().get(URL).status_code == 401
    assert Client().post(URL, {"entry": "set"}).json() == {"state": "signed_out"}
    told = client.get(URL).json()
    assert told["user"] == str(alice.pk)
    assert told["token"]


@pytest.mark.parametrize("body", [{}, {"entry": "delete"}, {"entry": "set", "user": "x", "workout": str(uuid4())}])
def test_an_entry_that_cannot_be_read_is_refused(client, alice, body):
    assert client.post(URL, body).json()["state"] == "refused"
