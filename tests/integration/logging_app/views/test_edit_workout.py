"""Mending the past: search, calendar, edit, delete with undo, templates."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Settings
from logging_app.models import PersonalRecord, SetLog, WorkoutLog
from logging_app.services.metrics import recompute_for
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import NOON, BodyweightFactory, lifted, log

pytestmark = pytest.mark.django_db
URL = reverse("logging:history")
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def later():
    with time_machine.travel(NOON + 10 * DAY, tick=False):
        yield


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def at(name: str, workout: WorkoutLog) -> str:
    return reverse(f"logging:{name}", args=[workout.pk])


def fields(client: Any, workout: WorkoutLog) -> dict[str, Any]:
    """What the edit page would send back unchanged."""
    context = client.get(at("edit", workout)).context
    forms = [context["form"], *(one for group in context["groups"] for one in group["sets"])]
    return {
        bound.html_name: "" if (value := bound.value()) is None else getattr(value, "isoformat", lambda v=value: v)()
        for form in forms
        for bound in form
        if bound.name != "remove"
    }


def state(user: Any) -> list[Any]:
    """Everything that follows from the log, without the moments of storing it."""
    sets = SetLog.objects.filter(user=user).order_by("performed_at", "order", "id")
    records = PersonalRecord.objects.filter(user=user).order_by("achieved_at", "kind", "set_log_id")
    return [
        *sets.values_list(
            "id", "weight_kg", "reps", "rpe", "performed_at", "bodyweight_kg", "e1rm", "is_pr", "is_top_set"
        ),
        *records.values_list("set_log_id", "kind", "value", "previous", "beyond_noise"),
    ]


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_search_finds_movements_notes_and_tags(client, alice):
    log(alice, lifted(100, 5), title="Legs", notes="Slept badly")
    log(alice, lifted(60, 5, "bench-press", notes="wide grip"), title="Push", at=NOON + DAY)
    log(alice, lifted(20, 9, "dumbbell-row"), title="Pull", at=NOON + 2 * DAY, feedback_tags=["too_long"])
    for words, title in (("squat", "Legs"), ("BADLY", "Legs"), ("wide", "Push"), ("too long", "Pull"), ("pul", "Pull")):
        shown = text(client.get(URL, {"q": words}))
        assert [name for name in ("Legs", "Push", "Pull") if f"{name}</a>" in shown] == [title]
    assert "No workout has these words" in text(client.get(URL, {"q": "100%"}))


def test_the_calendar_marks_days_and_leads_to_one(client, alice):
    log(alice, lifted(100, 5), title="Legs")
    shown = text(client.get(URL, {"month": "2026-11"}))
    assert "Monday 2 November, 1 workout" in shown
    assert "?day=2026-11-02" in shown
    assert "Legs" in text(client.get(URL, {"day": "2026-11-02"}))
    assert "Nothing was logged on this day" in text(client.get(URL, {"day": "2026-11-03"}))


@pytest.mark.parametrize("query", [{"month": "never"}, {"month": "9999-12"}, {"day": "x"}, {"q": "\x00"}])
def test_what_makes_no_sense_is_passed_over(client, alice, query):
    log(alice, lifted(100, 5))
    assert client.get(URL, query).status_code == 200


def test_an_edit_left_as_it_was_changes_nothing(client, alice):
    Settings.objects.filter(user=alice).update(units="imperial")
    workout = log(alice, lifted(101.3, 5), lifted(99.7, 6), notes="Fine")
    before = state(alice)
    assert client.post(at("edit", workout), fields(client, workout)).status_code == 302
    assert state(alice) == before


def test_a_changed_old_set_changes_the_records_after_it_and_undo_brings_them_back(client, alice):
    first = log(alice, lifted(100, 5))
    log(alice, lifted(105, 5), at=NOON + DAY)
    before = state(alice)
    sent = fields(client, first)
    sent[f"s{first.sets.get().pk}-weight"] = "120,5"
    answer = client.post(at("edit", first), sent, follow=True)
    assert "Undo it" in text(answer)
    assert first.sets.get().weight_kg == 120.5
    assert not SetLog.objects.filter(is_pr=True).exists()
    client.post(reverse("logging:undo-history"))
    assert state(alice) == before
    recompute_for(user_id=alice.pk)
    assert state(alice) == before


def test_a_bodyweight_of_then_outlives_an_edit(client, alice):
    BodyweightFactory(user=alice, value=80)
    workout = log(alice, lifted(100, 5))
    SetLog.objects.update(bodyweight_kg=77)
    sent = fields(client, workout)
    sent[f"s{workout.sets.get().pk}-reps"] = 6
    client.post(at("edit", workout), sent)
    assert (workout.sets.get().reps, workout.sets.get().bodyweight_kg) == (6, 77)


def test_moving_a_workout_moves_its_sets(client, alice):
    workout = log(alice, lifted(100, 5, performed_at=NOON + dt.timedelta(minutes=5)))
    sent = {**fields(client, workout), "started_at": "2026-11-01T11:00", "finished_at": "2026-11-01T12:00"}
    assert client.post(at("edit", workout), sent).status_code == 302
    workout.refresh_from_db()
    assert workout.date == dt.date(2026, 11, 1)
    assert workout.sets.get().performed_at == dt.datetime(2026, 11, 1, 11, 5, tzinfo=dt.UTC)


def test_sets_are_removed_and_added(client, alice):
    workout = log(alice, lifted(100, 5), lifted(90, 8))
    first = workout.sets.first()
    sent = {**fields(client, workout), f"s{first.pk}-remove": "on", "more": "Bench Press: 2x5x60@8"}
    client.post(at("edit", workout), sent)
    done = workout.sets.order_by("order").values_list("movement__slug", "weight_kg", "reps")
    assert list(done) == [("barbell-back-squat", 90, 8), ("bench-press", 60, 5), ("bench-press", 60, 5)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"more": "Nonsense: 3x5"}, "no movement"),
        ({"finished_at": "2026-11-01T11:00"}, "errorlist"),
        ({"started_at": "2026-12-24T11:00", "finished_at": "2026-12-24T12:00"}, "errorlist"),
        ({"perceived_difficulty": "11"}, "errorlist"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_stores_nothing(client, alice, changes, words):
    workout = log(alice, lifted(100, 5))
    before = state(alice)
    answer = client.post(at("edit", workout), {**fields(client, workout), **changes})
    assert answer.status_code == 422
    assert state(alice) == before


def test_a_deleted_workout_comes_back_whole(client, alice):
    log(alice, lifted(100, 5))
    workout = log(alice, lifted(110, 5), lifted(100, 8), at=NOON + DAY, notes="Good", feedback_tags=["fun"])
    before = state(alice)
    answer = client.post(at("delete", workout), follow=True)
    assert "Undo it" in text(answer)
    assert not WorkoutLog.objects.filter(pk=workout.pk).exists()
    client.post(reverse("logging:undo-history"))
    assert state(alice) == before
    workout.refresh_from_db()
    assert (workout.notes, workout.feedback_tags) == ("Good", ["fun"])
    assert "nothing to undo" in text(client.post(reverse("logging:undo-history"), follow=True))


def test_after_an_hour_nothing_is_taken_back(client, alice):
    workout = log(alice, lifted(110, 5))
    client.post(at("delete", workout))
    with time_machine.travel(NOON + 10 * DAY + dt.timedelta(minutes=61), tick=False):
        client.post(reverse("logging:undo-history"))
    assert not WorkoutLog.objects.exists()


def test_a_template_starts_from_the_train_page(client, alice):
    workout = log(alice, lifted(100, 5), title="Legs")
    client.post(at("keep", workout), {"name": "My leg day"})
    shown = text(client.get(reverse("logging:train")))
    assert "My leg day" in shown
    assert at("repeat", workout) in shown
    client.post(at("keep", workout), {"name": ""})
    assert "My leg day" not in text(client.get(reverse("logging:train")))


@pytest.mark.parametrize("name", ["edit", "keep"])
def test_anothers_workout_is_not_found(client, alice, name):
    theirs = log(UserFactory(), lifted(100, 5))
    assert client.post(at(name, theirs)).status_code == 404


def test_a_weight_that_lost_its_point_is_asked_about_and_taking_it_back_is_not(client, alice):
    workout = log(alice, lifted(100, 5), lifted(102.5, 5))
    row = workout.sets.first()
    name = f"s{row.pk}-weight"
    asked = client.post(at("edit", workout), {**fields(client, workout), name: "1000"})
    assert asked.status_code == 422
    assert "ten times your usual" in text(asked)
    assert workout.sets.get(pk=row.pk).weight_kg == 100
    client.post(at("edit", workout), {**fields(client, workout), name: "1000", "confirmed": "1"})
    assert workout.sets.get(pk=row.pk).weight_kg == 1000
    client.post(at("edit", workout), {**fields(client, workout), name: "100"})
    assert workout.sets.get(pk=row.pk).weight_kg == 100
