"""A slip noticed two sets later: mended, removed, and both taken back, while the workout runs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Settings
from gainsly.lib.ids import uuid7
from logging_app.models import PersonalRecord, SetLog, WorkoutLog
from tests.factories.logging_app import SQUAT, lifted, log
from tests.integration.logging_app.views.test_workout import at
from tests.integration.logging_app.views.test_workout_changes import NOON, alice, undo

__all__ = ["alice"]
pytestmark = pytest.mark.django_db
FACTS = ("pk", "order", "weight_kg", "reps", "rpe", "kind", "e1rm", "is_pr", "is_top_set", "performed_at", "created_at")


@pytest.fixture
def workout(alice) -> WorkoutLog:
    """A squat session before, and three sets of one that runs; the first with a slip."""
    log(alice, lifted(100, 5), at=NOON - dt.timedelta(days=7))
    running = log(alice, lifted(90, 5), lifted(100, 5), lifted(100, 4), at=NOON - dt.timedelta(hours=1))
    WorkoutLog.objects.filter(pk=running.pk).update(finished_at=None, completed=False)
    running.refresh_from_db()
    return running


def state() -> list[tuple[Any, ...]]:
    return list(SetLog.objects.order_by("performed_at", "order").values_list(*FACTS))


def records() -> set[tuple[Any, ...]]:
    return set(PersonalRecord.objects.values_list("set_log", "kind", "value", "previous"))


def correct(client: Any, row: SetLog, change_id: Any = None, **fields: Any) -> Any:
    named = {
        f"s{row.pk}-{name}": value for name, value in {"kind": row.kind, "weight": row.weight_kg, **fields}.items()
    }
    named = {f"s{row.pk}-reps": row.reps, f"s{row.pk}-rpe": row.rpe or "", **named}
    extra = {"confirmed": fields["confirmed"]} if "confirmed" in fields else {}
    url = reverse("logging:correct-set", args=[row.workout_id, row.pk])
    return client.post(url, {"change_id": str(change_id or uuid7()), **named, **extra}, follow=True)


class TestCorrecting:
    def test_an_earlier_set_gets_other_numbers_and_what_follows_from_it(self, client, workout):
        row = workout.sets.order_by("order").first()
        assert f"/sets/{row.pk}/" in client.get(at(workout, "workout"), {"m": SQUAT}).content.decode()
        page = correct(client, row, weight="102,5", reps=6)
        now = workout.sets.order_by("order").first()
        assert "The set is changed." in page.content.decode()
        assert (now.pk, now.weight_kg, now.reps, now.order) == (row.pk, 102.5, 6, row.order)
        assert (now.performed_at, now.created_at) == (row.performed_at, row.created_at)
        assert now.is_top_set
        assert now.is_pr
        assert PersonalRecord.objects.filter(set_log=now, kind="e1rm", previous__isnull=False).exists()

    def test_undo_gives_back_set_and_records_exactly(self, client, workout):
        before = (state(), records())
        correct(client, workout.sets.order_by("order").first(), weight=105, reps=7)
        assert (state(), records()) != before
        assert "old numbers" in undo(client, workout)
        assert (state(), records()) == before

    def test_a_set_in_the_middle_goes_and_comes_back(self, client, workout):
        before = (state(), records())
        correct(client, workout.sets.order_by("order")[1], remove="1")
        assert list(workout.sets.order_by("order").values_list("weight_kg", "reps")) == [(90.0, 5), (100.0, 4)]
        assert "The set is back." in undo(client, workout)
        assert (state(), records()) == before

    def test_the_same_tap_twice_is_one_change(self, client, workout):
        row, change = workout.sets.order_by("order").first(), uuid7()
        correct(client, row, change, remove="1")
        page = correct(client, row, change, remove="1")
        workout.refresh_from_db()
        assert "not in this workout any more" in page.content.decode()
        assert (workout.sets.count(), len(workout.changes)) == (2, 1)
        again, change = workout.sets.first(), uuid7()
        correct(client, again, change, reps=3)
        correct(client, again, change, reps=2)
        assert workout.sets.get(pk=again.pk).reps == 3

    def test_a_weight_ten_times_the_usual_is_asked_about(self, client, workout):
        row = workout.sets.order_by("order").first()
        page = correct(client, row, weight=900)
        assert (page.status_code, row.weight_kg) == (422, 90.0)
        assert "ten times your usual" in page.content.decode()
        assert workout.sets.get(pk=row.pk).weight_kg == 90.0
        correct(client, row, weight=900, confirmed="1")
        assert workout.sets.get(pk=row.pk).weight_kg == 900.0

    @pytest.mark.parametrize("fields", [{"reps": ""}, {"rpe": "11"}, {"weight": "heavy"}, {"reps": "100000"}])
    def test_nonsense_is_refused_in_words(self, client, workout, fields):
        page = correct(client, workout.sets.order_by("order").first(), **fields)
        assert page.status_code == 422
        assert "error" in page.content.decode()
        assert workout.sets.order_by("order").first().reps == 5

    def test_who_tells_repetitions_left_is_asked_for_them(self, client, alice, workout):
        Settings.objects.filter(user=alice).update(effort_scale="rir")
        row = workout.sets.order_by("order").first()
        SetLog.objects.filter(pk=row.pk).update(rpe=None, rir=2)
        page = client.get(reverse("logging:correct-set", args=[workout.pk, row.pk])).content.decode()
        assert f"s{row.pk}-rir" in page
        assert f"s{row.pk}-rpe" not in page

    def test_a_finished_workout_is_mended_on_its_own_page(self, client, alice):
        over = log(alice, lifted(90, 5), at=NOON - dt.timedelta(hours=1))
        answer = client.get(reverse("logging:correct-set", args=[over.pk, over.sets.get().pk]))
        assert answer.url == reverse("logging:edit", args=[over.pk])
