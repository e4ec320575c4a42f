"""The list of workouts, one workout, and deleting it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Profile, Settings
from logging_app.models import WorkoutLog
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import NOON, lifted, log

pytestmark = pytest.mark.django_db
URL = reverse("logging:history")
DAY = dt.timedelta(days=1)


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    with time_machine.travel(NOON + 60 * DAY, tick=False):
        yield user


def at(workout, name="entry"):
    return reverse(f"logging:{name}", args=[workout.pk])


def test_an_empty_history_leads_to_today(client, alice):
    text = client.get(URL).content.decode()
    assert "Nothing logged yet" in text
    assert reverse("logging:today") in text


def test_the_newest_stands_first_with_its_records(client, alice):
    log(alice, lifted(100, 5), title="Older")
    log(alice, lifted(110, 5), at=NOON + DAY, title="Newer")
    text = client.get(URL).content.decode()
    assert text.index("Newer") < text.index("Older")
    assert "Barbell Back Squat" in text
    assert "records" in text


def test_anothers_workouts_are_not_shown(client, alice):
    theirs = log(UserFactory(), lifted(100, 5), title="Not mine")
    assert "Not mine" not in client.get(URL).content.decode()
    assert client.get(URL, {"before": str(theirs.pk)}).status_code == 404


@pytest.mark.parametrize("before", ["nonsense", "7", "01a1fc38-7697-7e7e-8c1f-fbeb7afeea5b"])
def test_a_place_that_is_not_in_the_list_is_not_found(client, alice, before):
    assert client.get(URL, {"before": before}).status_code == 404


def test_it_is_read_page_by_page_in_a_fixed_number_of_queries(client, alice, django_assert_max_num_queries):
    for number in range(23):
        log(alice, lifted(100, 5), at=NOON + number * DAY, title=f"Workout {number:02}")
    with django_assert_max_num_queries(8):  # who asks, the list's three, the calendar's three, and the undo's session
        page = client.get(URL)
    assert "Workout 22" in page.content.decode()
    assert "Workout 02" not in page.content.decode()
    with django_assert_max_num_queries(7):
        older = client.get(
            URL, {"before": page.context["page"].next_cursor}, headers={"HX-Request": "true", "HX-Target": "more"}
        )
    assert "Workout 02" in older.content.decode()
    assert "<h1" not in older.content.decode()


def test_a_workout_shows_its_sets_and_clock_times_of_the_athletes_zone(client, alice):
    Profile.objects.filter(user=alice).update(time_zone="Asia/Tokyo")
    Settings.objects.filter(user=alice).update(units="imperial")
    row = log(alice, lifted(100, 5), notes="Went <well>", perceived_difficulty=7)
    text = client.get(at(row)).content.decode()
    assert "220.5 lb × 5" in text
    assert "21:00" in text
    assert "22:00" in text
    assert "Went &lt;well&gt;" in text
    assert "7/10" in text


def test_an_estimate_claims_no_more_than_it_knows(client, alice):
    row = log(alice, lifted(100, 5))
    band = client.get(at(row)).content.decode().split("e1RM ")[1].split("<")[0]
    assert all(float(number) * 2 == int(float(number) * 2) for number in band.split("–"))


def test_deleting_a_workout_deletes_it_alone(client, alice):
    keep, drop = log(alice, lifted(100, 5)), log(alice, lifted(110, 5), at=NOON + DAY)
    assert client.get(at(drop, "delete")).status_code == 405
    page = client.post(at(drop, "delete"), follow=True)
    assert "is deleted" in page.content.decode()
    assert list(WorkoutLog.objects.all()) == [keep]
    assert client.get(at(drop)).status_code == 404
