"""Today: what stands on it on each kind of day, and the check-in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Profile, Settings
from gainsly.lib.vocabulary import SessionStatus
from logging_app.models import RecoverySignal
from logging_app.services.workouts import start_workout
from programs.models import Program, Session
from programs.services.lifecycle import delete_program
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import lifted, log
from tests.factories.movements import MovementFactory
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db
URL = reverse("logging:today")
QUERIES = 8  # the page's own six, and who asks


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def noon(day: int) -> dt.datetime:
    """Noon of the program's n-th day, counted from one."""
    return dt.datetime.combine(MONDAY + dt.timedelta(days=day - 1), dt.time(12), tzinfo=dt.UTC)


def text_on(client: Any, day: int) -> str:
    with time_machine.travel(noon(day), tick=False):
        return str(client.get(URL).content.decode())


def test_a_visitor_sees_the_landing_page(client):
    assert reverse("account_signup") in client.get(URL).content.decode()


def test_without_a_program_the_wizard_is_the_way_on(client, alice):
    text = client.get(URL).content.decode()
    assert "No active program" in text
    assert reverse("programs:wizard") in text


@pytest.mark.parametrize(("day", "week"), [(1, "Week 1,"), (8, "Week 2,"), (29, "Week 5,"), (51, "Week 8,")])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_training_day_shows_its_session_with_a_way_to_start(client, alice, day, week, headers):
    make_program(alice, weeks=8, days=2)
    with time_machine.travel(noon(day), tick=False):
        text = client.get(URL, headers=headers).content.decode()
    assert week in text
    for words in ("Barbell Back Squat", "Dumbbell Row", "Start session", "Full body"):
        assert words in text
    assert ("<html" in text) == (not headers)


def test_the_rail_names_the_program_and_its_week(client, alice):
    make_program(alice, name="Winter", weeks=8, days=2)
    assert "Winter<br>Week 5 of 8" in text_on(client, 29)


def test_a_rest_day_names_the_next_session(client, alice):
    make_program(alice, weeks=8, days=2)
    with time_machine.travel(noon(7), tick=False):
        text = client.get(URL).content.decode()
    assert "Rest day" in text
    assert "Start session" not in text


def test_after_the_last_day_the_next_program_is_the_way_on(client, alice):
    make_program(alice, name="Winter", weeks=8, days=2)
    assert "Rest day" in text_on(client, 56)
    text = text_on(client, 57)
    assert "Your program is over" in text
    assert "Winter" in text
    assert reverse("programs:wizard") in text


def test_before_the_first_day_it_says_when_it_starts(client, alice):
    make_program(alice, weeks=8, days=2)
    text = text_on(client, 0)
    assert "Not started yet" in text
    assert "Monday 23 November" in text


@pytest.mark.parametrize("status", [SessionStatus.DONE, SessionStatus.SKIPPED])
def test_a_session_that_is_done_or_skipped_says_so(client, alice, status):
    make_program(alice, weeks=8, days=2)
    Session.objects.filter(date=MONDAY).update(status=status)
    text = text_on(client, 1)
    assert ("Done for today" in text) == (status == SessionStatus.DONE)
    assert ("Unskip" in text) == (status == SessionStatus.SKIPPED)


def test_a_running_workout_is_the_one_thing_to_go_on_with(client, alice):
    make_program(alice, weeks=8, days=2)
    session = Session.objects.get(date=MONDAY)
    with time_machine.travel(noon(1), tick=False):
        row, _ = start_workout(user=alice, session=session, title=session.title)
        text = client.get(URL).content.decode()
    assert "Continue the session" in text
    assert reverse("logging:workout", args=[row.pk]) in text
    assert "Start session" not in text


def test_a_running_workout_is_named_on_a_rest_day_too(client, alice):
    with time_machine.travel(noon(1), tick=False):
        start_workout(user=alice, title="Anything")
        assert "A workout is running" in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("zone", "words"), [("Pacific/Auckland", "Tuesday 24 November"), ("America/Los_Angeles", "Monday 23 November")]
)
def test_today_is_the_athletes_day(client, alice, zone, words):
    Profile.objects.filter(user=alice).update(time_zone=zone)
    assert f"<h1>{words}</h1>" in text_on(client, 1)


def test_loads_stand_in_the_athletes_unit(client, alice):
    Settings.objects.filter(user=alice).update(units="imperial")
    make_program(alice, weeks=8, days=2)
    assert '215<span class="unit">lb</span>' in text_on(client, 1)


def test_the_number_of_queries_does_not_grow(client, alice, django_assert_max_num_queries):
    make_program(alice, weeks=8, days=2)
    with time_machine.travel(noon(1), tick=False), django_assert_max_num_queries(QUERIES):
        client.get(URL)
    with time_machine.travel(noon(1), tick=False):
        for day in range(1, 6):
            log(alice, *[lifted(80, 5) for _ in range(6)], at=noon(1) - dt.timedelta(days=day))
        with django_assert_max_num_queries(QUERIES):
            client.get(URL)


def test_a_deleted_program_leaves_an_empty_day(client, alice):
    make_program(alice)
    delete_program(program=Program.objects.get())
    assert "No active program" in client.get(URL).content.decode()


class TestCheckIn:
    URL = reverse("logging:check-in")

    def test_two_taps_are_kept_and_scored(self, client, alice):
        page = client.post(self.URL, {"sleep_hours": "8", "mood": "8"}, follow=True)
        assert "Checked in." in page.content.decode()
        row = RecoverySignal.objects.get(user=alice)
        assert (row.sleep_hours, row.mood) == (8, 8)
        assert page.context["score"].score == 90

    def test_a_second_answer_keeps_what_it_does_not_tell(self, client, alice):
        client.post(self.URL, {"sleep_hours": "8"})
        client.post(self.URL, {"mood": "4"})
        row = RecoverySignal.objects.get(user=alice)
        assert (row.sleep_hours, row.mood) == (8, 4)

    @pytest.mark.parametrize("wrong", [{"sleep_hours": "30"}, {"mood": "11"}, {"mood": "great"}])
    def test_an_answer_that_was_not_offered_is_refused(self, client, alice, wrong):
        page = client.post(self.URL, wrong, follow=True)
        assert "Choose from the answers shown." in page.content.decode()
        assert not RecoverySignal.objects.exists()

    def test_no_answer_stores_nothing(self, client, alice):
        client.post(self.URL, {})
        assert not RecoverySignal.objects.exists()


def trained(user: Any, movement: str, *kilograms: float) -> None:
    """One top set every other day up to the eve of the program."""
    with time_machine.travel(noon(1), tick=False):
        for back, weight in enumerate(reversed(kilograms)):
            log(user, lifted(weight, 5, movement), at=noon(1) - dt.timedelta(days=2 * back + 1))


@pytest.mark.parametrize(("fall", "advised"), [(0.85, True), (0.99, False)])
def test_an_easy_week_is_advised_with_its_reason_when_two_patterns_fall(client, alice, fall, advised):
    make_program(alice)
    MovementFactory(name="Barbell Bench Press", pattern="horizontal_push", skill_level="expert")  # too hard to plan
    for movement in ("barbell-back-squat", "barbell-bench-press"):
        trained(alice, movement, *[100.0] * 7, *[100 * fall] * 7)
    shown = text_on(client, 1)
    assert ("An easy week now would" in shown) is advised
    assert ("squat, horizontal push" in shown) is advised


def test_an_easy_week_is_advised_after_three_bad_days_of_five(client, alice):
    make_program(alice)
    for back in range(30):
        level = 3 if back in (0, 1, 3) else 8
        RecoverySignal.objects.create(user=alice, date=noon(1).date() - dt.timedelta(days=back), mood=level)
    assert "check-ins were far below" in text_on(client, 1)


def test_no_easy_week_is_advised_from_few_days(client, alice):
    make_program(alice)
    for back in range(8):
        level = 3 if back in (0, 1, 3) else 8
        RecoverySignal.objects.create(user=alice, date=noon(1).date() - dt.timedelta(days=back), mood=level)
    assert "check-ins were far below" not in text_on(client, 1)


def test_low_heart_rate_variability_of_two_days_asks_for_less(client, alice):
    make_program(alice)
    for back in range(60):
        value = 40 if back < 6 else 60 + back % 5
        RecoverySignal.objects.create(user=alice, date=noon(1).date() - dt.timedelta(days=back), hrv=value)
    assert "Leave one repetition more" in text_on(client, 1)
