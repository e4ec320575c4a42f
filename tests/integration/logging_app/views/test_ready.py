"""What a phone takes along: the list of pages, and workouts that nobody has begun yet."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from logging_app.models import WorkoutLog
from programs.models import Session
from tests.factories.programs import MONDAY
from tests.integration.logging_app.views.test_workout import a_set, alice, at, exercise_of, session, workout

__all__ = ["alice", "session", "workout"]
pytestmark = pytest.mark.django_db
LIST = reverse("logging:offline-pages")
QUERIES = 30


def test_the_sessions_of_seven_days_are_listed_and_each_page_opens(client, session):
    listed = client.get(LIST).json()
    coming = Session.objects.filter(date__gte=MONDAY, date__lt=MONDAY + dt.timedelta(days=7))
    assert coming
    assert not listed["running"]
    for one in coming:
        assert reverse("programs:session", args=[one.pk]) in listed["pages"]
    for url in listed["pages"]:
        assert client.get(url).status_code == 200, url


def test_what_is_done_is_not_taken_along(client, session):
    Session.objects.filter(pk=session.pk).update(status="done")
    assert reverse("programs:session", args=[session.pk]) not in client.get(LIST).json()["pages"]


def test_a_running_workout_is_listed_with_a_page_for_each_exercise_and_its_end(client, workout):
    running = client.get(LIST).json()["running"]
    exercise = exercise_of()
    assert running[0] == at(workout)
    assert running[-1] == at(workout, "finish")
    assert f"{at(workout)}?x={exercise.pk}" in running
    for url in running:
        assert client.get(url).status_code == 200, url


def test_a_workout_that_nobody_began_looks_as_it_will_and_stores_nothing(client, session):
    page = client.get(reverse("logging:ready", args=[session.pk])).content.decode()
    assert "Log set 1" in page
    assert "/log/00000000-0000-4000-8000-000000000000/" in page
    assert not WorkoutLog.objects.exists()
    assert Session.objects.get(pk=session.pk).status == session.status


def test_the_list_costs_the_same_with_more_sets(client, workout, django_assert_max_num_queries):
    for _ in range(3):
        client.post(at(workout, "add-set"), a_set(exercise_of()))
    with django_assert_max_num_queries(QUERIES):
        client.get(LIST)


def test_who_is_not_signed_in_gets_no_list(client, db):
    assert client.get(LIST).status_code == 302
