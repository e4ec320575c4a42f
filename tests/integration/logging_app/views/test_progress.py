"""The pages of progress, recovery, body and activities, and the diary as a file."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from logging_app.models import (
    ActivityDefinition,
    ActivityFatigue,
    ActivityInstance,
    BiometricEntry,
    RecoverySignal,
    SetLog,
    SorenessLog,
)
from logging_app.views.exports import safe
from tests.factories.accounts import EnjoyableActivityFactory, UserFactory
from tests.factories.logging_app import NOON, BodyweightFactory, RecoverySignalFactory, SorenessFactory, lifted, log
from tests.factories.programs import make_program

pytestmark = pytest.mark.django_db

NOW = NOON + dt.timedelta(days=1)
PROGRESS = reverse("logging:progress")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def alice() -> User:
    return UserFactory()


@pytest.fixture
def client(alice) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


# -- progress


def test_sleep_of_the_range_is_drawn(alice, client):
    for days, hours in ((3, 6.5), (2, 8), (1, 7.5)):
        RecoverySignalFactory(user=alice, date=NOON.date() - dt.timedelta(days=days), sleep_hours=hours)
    RecoverySignalFactory(user=alice, date=NOON.date() - dt.timedelta(days=1), sleep_hours=5, source="oura")
    shown = text(client.get(PROGRESS))
    assert "Hours slept" in shown
    assert "7.3" in shown.split("Hours slept")[1][:300]  # the mean, by the athlete's own word where both told


def test_a_newcomer_sees_not_yet_and_no_numbers(client):
    shown = text(client.get(PROGRESS))
    assert "No strength to show yet" in shown
    assert shown.count("Not yet") >= 5
    assert "<polyline" not in shown


def test_strength_records_load_and_measures_are_drawn_with_a_table(alice, client):
    for days, kilograms in ((14, 100), (7, 103), (0, 110)):
        log(alice, lifted(kilograms, 5), at=NOON - dt.timedelta(days=days), perceived_difficulty=7)
    BodyweightFactory(user=alice)
    BodyweightFactory(user=alice, taken_at=NOON, value=79)
    answer = client.get(PROGRESS)
    shown = text(answer)
    assert "Barbell Back Squat, estimated one-repetition maximum" in shown
    assert 'class="new_strength"' in shown
    assert 'class="best_yet"' in shown
    assert "new strength" in shown
    assert shown.count("Show as a table") == 4
    assert answer.context["load"]["weeks"][-1]["load"] == 420


def test_a_lift_is_chosen_and_kept_with_the_range(alice, client):
    log(alice, lifted(100, 5), lifted(80, 5, "bench-press"))
    answer = client.get(PROGRESS, {"lift": "bench-press", "weeks": "4"})
    assert answer.context["lift"]["name"] == "Bench Press"
    assert [tab["current"] for tab in answer.context["tabs"]].count(True) == 1
    assert "weeks=4" in answer.context["tabs"][0]["url"]


@pytest.mark.parametrize(
    ("query", "since", "until"),
    [
        ({}, "2026-08-12", "2026-11-03"),
        ({"weeks": "4"}, "2026-10-07", "2026-11-03"),
        ({"since": "2026-10-01", "until": "2026-10-31"}, "2026-10-01", "2026-10-31"),
        ({"until": "2030-01-01"}, "2026-08-12", "2026-11-03"),
        ({"since": "2026-10-31", "until": "2026-10-01"}, "2026-08-12", "2026-11-03"),
        ({"weeks": "nonsense"}, "2026-08-12", "2026-11-03"),
        ({"since": "1066-10-14"}, "2016-11-15", "2026-11-03"),
    ],
)
def test_any_range_can_be_asked_for(client, query, since, until):
    context = client.get(PROGRESS, query).context
    assert (context["since"].isoformat(), context["until"].isoformat()) == (since, until)


def test_a_lift_that_stands_still_says_what_to_try(alice, client):
    kilograms = [100, 100, 105, 100, 101, 100, 99, 101, 100, 100]
    for n, weight in enumerate(kilograms):
        log(alice, lifted(weight, 5, rpe=6), at=NOON - dt.timedelta(days=5 * (len(kilograms) - 1 - n)))
    standstill = client.get(PROGRESS).context["lift"]["standstill"]
    assert any("Go closer to failure" in str(one) for one in standstill["tries"])
    assert "This lift has stopped moving" in text(client.get(PROGRESS))


def test_the_page_asks_the_same_number_of_queries_for_few_sets_and_for_many(alice, client):
    """10,000 sets against 1: copies of one workout's sets, so that the log is long without taking minutes to make."""
    workout = log(alice, lifted(100, 5))
    seed = SetLog.objects.get(workout=workout)
    client.get(PROGRESS)
    with CaptureQueriesContext(connection) as few:
        client.get(PROGRESS)
    SetLog.objects.bulk_create(
        [
            SetLog(
                user=alice, workout=workout, movement_id=seed.movement_id, order=n, reps=5, weight_kg=100, rpe=8,
                performed_at=NOON, e1rm=120, e1rm_low=115, e1rm_high=125, e1rm_formula="blend",
            )
            for n in range(2, 10_001)
        ]
    )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        client.get(PROGRESS)
    assert len(many) == len(few)


# -- recovery


def test_soreness_is_told_by_muscle_and_lowers_recovery(alice, client):
    answer = client.post(reverse("logging:soreness"), {"quadriceps": "7", "chest": "0", "lats": ""}, follow=True)
    assert set(SorenessLog.objects.values_list("user", "muscle", "level")) == {
        (alice.pk, "quadriceps", 7),
        (alice.pk, "chest", 0),
    }
    assert answer.context["levels"]["quadriceps"] == 3
    assert answer.context["muscles"][0]["name"] == "Quadriceps"


@pytest.mark.parametrize("level", ["11", "-1", "2.5", "sore"])
def test_soreness_out_of_range_is_refused_at_its_muscle(client, level):
    answer = client.post(reverse("logging:soreness"), {"quadriceps": level})
    assert answer.status_code == 422
    assert answer.context["soreness"].errors["quadriceps"]
    assert not SorenessLog.objects.exists()


def test_no_soreness_at_all_stores_nothing(client):
    client.post(reverse("logging:soreness"), {})
    assert not SorenessLog.objects.exists()


def test_the_long_check_in_is_kept_and_bad_values_are_refused(alice, client):
    client.post(reverse("logging:signals"), {"sleep_hours": "7.5", "stress": "3", "hrv": "61"})
    row = RecoverySignal.objects.get(user=alice)
    assert (row.sleep_hours, row.stress, row.hrv, row.mood) == (7.5, 3, 61, None)
    assert client.post(reverse("logging:signals"), {"stress": "11"}).status_code == 422
    assert client.post(reverse("logging:signals"), {}).status_code == 422
    assert RecoverySignal.objects.count() == 1


def test_hrv_says_not_enough_data_until_there_is(alice, client):
    url = reverse("logging:recovery")
    assert "Not enough data" in text(client.get(url))
    for back in range(30):
        RecoverySignalFactory(user=alice, date=NOW.date() - dt.timedelta(days=back), hrv=60 + back % 3)
    assert "normal for you" in text(client.get(url))


# -- body


def test_a_measure_is_entered_in_the_athletes_unit_and_deleted(alice, client):
    alice.settings.units = "imperial"
    alice.settings.save()
    client.post(reverse("logging:body"), {"kind": "weight", "value": "180,5"})
    row = BiometricEntry.objects.get(user=alice)
    assert row.value == pytest.approx(81.87, abs=0.01)
    client.post(reverse("logging:delete-measure", args=[row.pk]))
    assert not BiometricEntry.objects.exists()


@pytest.mark.parametrize(
    "values", [{"kind": "weight", "value": "1"}, {"kind": "mood", "value": "5"}, {"kind": "weight"}]
)
def test_a_bad_measure_is_refused(client, values):
    assert client.post(reverse("logging:body"), values).status_code == 422
    assert not BiometricEntry.objects.exists()


# -- activities


def test_an_activity_needs_a_kind_and_minutes_and_has_just_ended(alice, client):
    call_command("load_activities", verbosity=0)
    client.post(reverse("logging:activities"), {"activity": "bouldering", "minutes": "90"})
    row = ActivityInstance.objects.get(user=alice)
    assert (row.finished_at, row.started_at) == (NOW, NOW - dt.timedelta(minutes=90))
    shown = client.get(reverse("logging:activities"))
    assert shown.context["form"].fields["activity"].choices[0][0] == "bouldering"
    client.post(reverse("logging:delete-activity", args=[row.pk]))
    assert not ActivityInstance.objects.exists()


def test_the_time_of_an_activity_is_the_athletes_own(alice, client):
    call_command("load_activities", verbosity=0)
    alice.profile.time_zone = "Europe/Berlin"
    alice.profile.save()
    url = reverse("logging:activities")
    client.post(url, {"activity": "yoga", "minutes": "60", "started_at": "2026-11-02T18:00"})
    assert ActivityInstance.objects.get().started_at == dt.datetime(2026, 11, 2, 17, tzinfo=dt.UTC)
    late = client.post(url, {"activity": "yoga", "minutes": "60", "started_at": "2026-12-24T18:00"})
    assert late.status_code == 422
    assert "started_at" in late.context["form"].errors
    assert client.post(url, {"activity": "chess", "minutes": "60"}).status_code == 422


# -- the diary as a file


def test_the_diary_is_a_file_with_every_set(alice, client):
    log(alice, lifted(100, 5), lifted(102.5, 4), notes="=HYPERLINK(1)", title="@evening")
    log(UserFactory(), lifted(60, 5))
    answer = client.get(reverse("logging:export"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert [row["weight_kg"] for row in rows] == ["100.0", "102.5"]
    assert rows[0]["movement"] == "Barbell Back Squat"
    assert rows[0]["workout"] == "'@evening"
    assert rows[0]["workout_notes"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_a_spreadsheet_would_run_is_made_text(start):
    assert safe(f"{start}1+1") == f"'{start}1+1"
    assert safe("Squat = life") == "Squat = life"
    assert safe(-1.5) == -1.5


def test_a_sore_muscle_is_traced_to_the_workout_before_it(alice, client):
    workout = log(alice, *[lifted(100, 5) for _ in range(6)], title="Leg day", at=NOON - dt.timedelta(hours=30))
    SorenessFactory(user=alice, muscle="quadriceps", level=6, at=NOON)
    SorenessFactory(user=alice, muscle="forearms", level=6, at=NOON)
    shown = text(client.get(reverse("logging:recovery")))
    assert "likely from" in shown
    assert shown.count(reverse("logging:entry", args=[workout.pk])) == 1


def test_a_tap_on_the_map_shows_a_muscle_and_takes_its_soreness(alice, client):
    log(alice, lifted(100, 5), at=NOON - dt.timedelta(hours=30))
    url = reverse("logging:recovery")
    assert "?muscle=quadriceps#sore-one" in text(client.get(url))
    shown = text(client.get(url, {"muscle": "quadriceps"}))
    assert 'name="quadriceps" value="10"' in shown
    assert "Hard sets a week" in shown
    assert "Nothing has trained it" in text(client.get(url, {"muscle": "forearms"}))
    assert client.get(url, {"muscle": "nose"}).status_code == 200


# -- planned activities


@pytest.fixture
def bouldering():
    row = ActivityDefinition.objects.create(
        slug="bouldering", name="Bouldering", activity="bouldering", met=8.8, source="test"
    )
    ActivityFatigue.objects.create(definition=row, muscle="lats", sets_per_hour=4)
    return row


def test_a_planned_activity_counts_only_once_it_is_done(alice, client, bouldering):
    url = reverse("logging:activities")
    client.post(url, {"activity": "bouldering", "minutes": "60", "day": "2026-11-05"})
    row = ActivityInstance.objects.get()
    assert (row.source, row.date) == ("planned", dt.date(2026, 11, 5))
    assert "Bouldering planned" in text(client.get(reverse("logging:today")))
    with time_machine.travel(NOON + dt.timedelta(days=4), tick=False):
        assert "Every muscle is recovered" in text(client.get(reverse("logging:today")))
        client.post(reverse("logging:complete-activity", args=[row.pk]))
        client.post(reverse("logging:complete-activity", args=[row.pk]))
        row.refresh_from_db()
        assert row.source == "manual"
        assert "Every muscle is recovered" not in text(client.get(reverse("logging:today")))


def test_a_habit_of_the_profile_stands_in_the_week_and_on_the_page(alice, client):
    EnjoyableActivityFactory(user=alice, type="running", weekdays=[2], enabled=True)
    assert "planned" in text(client.get(reverse("logging:today"))).split("Wednesday 4 November")[1][:80]
    assert "Wednesday" in text(client.get(reverse("logging:activities")))


def test_only_the_days_offered_can_be_planned(client, bouldering):
    answer = client.post(
        reverse("logging:activities"), {"activity": "bouldering", "minutes": "60", "day": "2030-01-01"}
    )
    assert answer.status_code == 422
    assert not ActivityInstance.objects.exists()


# -- two blocks side by side

COMPARE = reverse("logging:compare")
OWN = {"a-program": "own", "b-program": "own"}


def test_two_ranges_stand_side_by_side(alice, client):
    for days, kilograms in ((40, 100), (38, 100), (36, 100), (9, 100), (5, 110), (3, 110), (1, 110)):
        log(alice, lifted(kilograms, 5), at=NOON - dt.timedelta(days=days), perceived_difficulty=7)
    ranges = {"a-since": "2026-09-21", "a-until": "2026-10-04", "b-since": "2026-10-19", "b-until": "2026-11-02"}
    shown = text(client.get(COMPARE, {**OWN, **ranges}))
    assert "Barbell Back Squat" in shown
    assert "(+0%)" in shown
    assert ", clear" not in shown
    assert "1.5" in shown
    assert "Training load a week" in shown


@pytest.mark.parametrize(
    "days",
    [
        {"a-since": "2026-10-04", "a-until": "2026-09-21", "b-since": "2026-10-04", "b-until": "2026-10-05"},
        {"a-since": "2026-10-04", "b-since": "2026-10-04", "b-until": "2026-10-05"},
        {"a-since": "1990-10-04", "a-until": "2026-10-04", "b-since": "2026-10-04", "b-until": "2026-10-05"},
        {"a-since": "soon", "a-until": "later", "b-since": "2026-10-04", "b-until": "2026-10-05"},
    ],
)
def test_days_that_make_no_range_are_told(client, days):
    answer = client.get(COMPARE, {**OWN, **days})
    assert answer.status_code == 200
    assert answer.context["sides"][0].errors


def test_the_last_two_programs_are_compared_unasked_and_anothers_never(alice, client):
    assert "choose days of your own" in text(client.get(COMPARE))
    older = make_program(alice, name="Older", start_date=dt.date(2026, 8, 31))
    make_program(alice, name="Newer", start_date=dt.date(2026, 10, 26))
    shown = text(client.get(COMPARE)).split("<table")[1]
    assert shown.index("Older") < shown.index("Newer")
    theirs = make_program(UserFactory())
    answer = client.get(COMPARE, {"a-program": str(theirs.pk), "b-program": str(older.pk)})
    assert answer.context["sides"][0].errors
