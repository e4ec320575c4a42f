"""Strength by pattern, load and activities over the API."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from logging_app.models import ActivityDefinition, ActivityFatigue, ActivityInstance, ActivityLink
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import NOON, lifted, log

pytestmark = pytest.mark.django_db

NOW = NOON + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def alice():
    return UserFactory()


@pytest.fixture
def client(alice) -> APIClient:
    client = APIClient()
    client.force_authenticate(alice)
    return client


@pytest.fixture
def kinds() -> None:
    call_command("load_activities", verbosity=0)


def body(**changes) -> dict:
    started = NOON - dt.timedelta(hours=2)
    finished = NOON - dt.timedelta(hours=1)
    return {"activity": "bouldering", "started_at": started.isoformat(), "finished_at": finished.isoformat(), **changes}


def test_strength_is_not_told_before_two_exposures(alice, client):
    log(alice, lifted(100, 5))
    pattern = client.get("/api/v1/stats/psi").json()["patterns"][0]
    assert (pattern["pattern"], pattern["status"], pattern["psi"]) == ("squat", "not_yet", None)


def test_strength_by_pattern_with_its_trend(alice, client):
    for days, kilograms in ((20, 100), (18, 100), (4, 110), (2, 110)):
        log(alice, lifted(kilograms, 5), at=NOON - dt.timedelta(days=days))
    answer = client.get("/api/v1/stats/psi").json()
    pattern = answer["patterns"][0]
    assert pattern["status"] == "ready"
    assert pattern["trend"] == pytest.approx(0.1, abs=0.001)
    assert pattern["significant"] is True
    assert answer["series"][-1] == {
        "date": "2026-11-03", "pattern": "squat", "psi": pattern["psi"], "se": pattern["se"]
    }  # fmt: skip


def test_load_counts_effort_times_minutes(alice, client):
    log(alice, lifted(100, 5), perceived_difficulty=7)
    answer = client.get("/api/v1/stats/load").json()
    assert answer["last_seven_days"]["load"] == 420
    assert answer["days"] == [{"date": "2026-11-02", "load": 420.0}]


def test_load_falls_back_on_the_effort_of_the_sets_and_tells_what_nobody_rated(alice, client):
    log(alice, lifted(100, 5))
    log(alice, lifted(100, 5, rpe=None), at=NOON - dt.timedelta(hours=4))
    answer = client.get("/api/v1/stats/load").json()
    assert answer["last_seven_days"]["load"] == 480
    assert answer["unrated_workouts"] == 1


@pytest.mark.parametrize("path", ["psi", "load"])
def test_a_range_that_ends_before_it_begins_is_refused(client, path):
    answer = client.get(f"/api/v1/stats/{path}?from=2026-11-02&to=2026-11-01")
    assert answer.status_code == 400
    assert "to" in answer.json()["errors"]


@pytest.mark.parametrize("path", ["psi", "load"])
def test_the_number_of_queries_does_not_depend_on_the_log(alice, client, path, django_assert_num_queries):
    log(alice, lifted(100, 5))
    client.get(f"/api/v1/stats/{path}")  # the library is read once per process
    with CaptureQueriesContext(connection) as few:
        client.get(f"/api/v1/stats/{path}")
    for days in range(1, 8):
        log(alice, *(lifted(100 + n, 5) for n in range(8)), at=NOON - dt.timedelta(days=days))
    with django_assert_num_queries(len(few)):
        client.get(f"/api/v1/stats/{path}")


# -- activities


def test_definitions_are_loaded_once_and_kept_in_step(kinds, client):
    count = ActivityDefinition.objects.count()
    ActivityDefinition.objects.filter(slug="yoga").update(met=9)
    ActivityDefinition.objects.create(slug="gone", name="Gone", activity="other", met=2, source="x")
    call_command("load_activities", verbosity=0)
    assert ActivityDefinition.objects.get(slug="yoga").met == 2.3
    results = client.get("/api/v1/activities/definitions").json()["results"]
    assert len(results) == count
    found = next(one for one in results if one["slug"] == "bouldering")
    assert found["met"] == 8.8
    assert found["fatigue"][0] == {"muscle": "forearms", "sets_per_hour": 6.0}


def test_an_activity_counts_in_load_and_in_recovery(kinds, client):
    answer = client.post("/api/v1/activities", body(rpe=6), format="json")
    assert answer.status_code == 201
    assert answer.json()["load"] == 360
    assert client.get("/api/v1/stats/load").json()["last_seven_days"]["load"] == 360
    muscles = {one["muscle"]: one["recovery"] for one in client.get("/api/v1/logs/muscle-recovery").json()["muscles"]}
    assert muscles["forearms"] < muscles["lats"] < muscles["quadriceps"] == 1
    assert client.get("/api/v1/activities?from=2026-11-02").json()["results"][0]["activity"] == "bouldering"
    assert client.get("/api/v1/activities?from=2026-11-03").json()["results"] == []


def test_an_activity_that_is_a_workout_too_counts_once(kinds, alice, client):
    workout = log(alice, lifted(100, 5), perceived_difficulty=7)
    answer = client.post("/api/v1/activities", body(workout_id=str(workout.pk)), format="json")
    assert answer.json()["workout_id"] == str(workout.pk)
    assert client.get("/api/v1/stats/load").json()["last_seven_days"]["load"] == 420
    muscles = {one["muscle"]: one["recovery"] for one in client.get("/api/v1/logs/muscle-recovery").json()["muscles"]}
    assert muscles["forearms"] == 1


def test_anothers_workout_is_not_linked(kinds, client):
    other = log(UserFactory(), lifted(100, 5))
    assert client.post("/api/v1/activities", body(workout_id=str(other.pk)), format="json").status_code == 404
    assert not ActivityInstance.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"activity": "chess"}, "activity"),
        ({"finished_at": "2027-01-01T00:00:00Z"}, "finished_at"),
        ({"finished_at": "2026-11-01T00:00:00Z"}, "finished_at"),
        ({"started_at": "2026-10-30T00:00:00Z"}, "finished_at"),
        ({"started_at": "1900-01-01T00:00:00Z", "finished_at": "1900-01-01T01:00:00Z"}, "started_at"),
        ({"rpe": 11}, "rpe"),
        ({"rpe": 6.3}, "rpe"),
        ({"metres": -1}, "metres"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
def test_bad_activities_are_refused_at_their_field(kinds, client, changes, field):
    answer = client.post("/api/v1/activities", body(**changes), format="json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert not ActivityInstance.objects.exists()


def refused(constraint: str, write) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


def test_the_database_refuses_bad_activities(kinds, alice):
    definition = ActivityDefinition.objects.get(slug="tennis")
    good = {
        "user": alice,
        "definition": definition,
        "date": NOON.date(),
        "started_at": NOON,
        "finished_at": NOON + dt.timedelta(hours=1),
    }
    create = ActivityInstance.objects.create
    refused("rpe_range", lambda: create(**{**good, "rpe": 11}))
    refused("metres_range", lambda: create(**{**good, "metres": -1}))
    refused("source_known", lambda: create(**{**good, "source": "rumour"}))
    refused("finishes_after_start", lambda: create(**{**good, "finished_at": NOON - dt.timedelta(hours=1)}))
    row = create(**good)
    refused("names_one_thing", lambda: ActivityLink.objects.create(activity=row))
    for constraint, values in (("met_range", {"met": 0.2}), ("kind_known", {"activity": "chess"})):
        fields = {"slug": "x", "name": "X", "activity": "other", "met": 3, "source": "x", **values}
        refused(constraint, lambda fields=fields: ActivityDefinition.objects.create(**fields))
    tired = {"definition": definition, "muscle": "lats", "sets_per_hour": 1}
    for constraint, values in (
        ("fatigue_range", {"sets_per_hour": 20}),
        ("muscle_known", {"muscle": "tail"}),
        ("fatigue_once", {"muscle": "calves"}),
    ):
        refused(constraint, lambda values=values: ActivityFatigue.objects.create(**{**tired, **values}))


def test_the_fixture_is_where_the_command_looks():
    assert (settings.FIXTURE_ROOT / "activities.json").exists()
