"""What the coach says unasked: when, in whose words, once; and the link that ends its letters."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Settings
from accounts.selectors import athlete_facts
from coaching.models import Notice
from coaching.services import notices
from gainsly.lib.vocabulary import PersonaTone
from logging_app.models import RecoverySignal
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import lifted, log
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _later(time_machine):
    """The diary takes no workouts of days ahead; what is due is asked with a moment of its own."""
    time_machine.move_to(dt.datetime(2027, 2, 1, tzinfo=dt.UTC), tick=False)


def at(zone, day, hour):

    return dt.datetime.combine(day, dt.time(hour), tzinfo=ZoneInfo(zone))


def athlete(zone="UTC", *, start=MONDAY, **chosen):
    user = UserFactory()
    user.profile.time_zone = zone
    user.profile.save()
    Settings.objects.filter(user=user).update(**chosen)
    make_program(user, start_date=start)
    log(user, lifted(100, 5), at=at(zone, start, 10))
    return user


def write(user, now):
    return [one.kind for one in notices.write_notices(user_id=str(user.pk), now=now)]


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
@pytest.mark.parametrize("days", [7, 28, 55], ids=["day 8", "day 29", "last day"])
def test_the_week_is_told_once_on_the_athletes_own_monday_morning(zone, days):
    user = athlete(zone)
    monday = MONDAY + dt.timedelta(days=days // 7 * 7)
    log(user, lifted(100, 5), at=at(zone, monday - dt.timedelta(days=3), 10))
    assert write(user, at(zone, monday, 5)) == []
    assert write(user, at(zone, monday, 7)) == ["weekly"]
    assert write(user, at(zone, monday + dt.timedelta(days=1), 7)) == []
    assert Notice.objects.get().date == monday - dt.timedelta(days=7)


def test_day_one_has_no_week_to_tell():
    assert write(athlete(), at("UTC", MONDAY, 12)) == []


def test_a_late_beat_tells_the_week_on_thursday():
    user = athlete()
    assert write(user, at("UTC", MONDAY + dt.timedelta(days=10), 3)) == ["weekly"]


@pytest.mark.parametrize(
    ("zone", "start"), [("Europe/Berlin", dt.date(2026, 10, 19)), ("America/New_York", dt.date(2026, 10, 26))]
)
def test_the_week_in_which_the_clock_changes_is_one_week(zone, start):
    user = athlete(zone, start=start)
    assert write(user, at(zone, start + dt.timedelta(days=7), 6)) == ["weekly"]
    assert Notice.objects.get().figures["workouts"] == 1


def test_the_words_hold_the_weeks_own_figures():
    user = athlete()
    write(user, at("UTC", MONDAY + dt.timedelta(days=7), 9))
    row = Notice.objects.get()
    assert str(row.figures["sets"]) in row.text
    facts = athlete_facts(user, MONDAY)
    said = {
        tone: {notices.week_words(row.figures, replace(facts, tone=tone, aggression=level)) for level in range(1, 6)}
        for tone in PersonaTone
    }
    assert len(set().union(*said.values())) == 4 * 5 + 1
    assert len(said[PersonaTone.MINIMALIST]) == 1


def test_letters_go_only_where_wanted_and_only_once():
    quiet, keen = athlete(), athlete(weekly_email=True)
    for _ in range(2):
        for user in (quiet, keen):
            write(user, at("UTC", MONDAY + dt.timedelta(days=7), 9))
    assert [one.to for one in mail.outbox] == [[keen.email]]
    letter = mail.outbox[0]
    assert letter.alternatives
    assert "List-Unsubscribe" in letter.extra_headers


def test_a_missed_check_in_is_asked_for_in_the_evening_only():
    user = athlete(reminders=True)
    assert write(user, at("UTC", MONDAY, 12)) == []
    assert write(user, at("UTC", MONDAY, 20)) == ["check_in"]
    write(user, at("UTC", MONDAY, 21))
    assert len(mail.outbox) == 1


def test_who_checked_in_is_not_reminded():
    user = athlete(reminders=True)
    RecoverySignal.objects.create(user=user, date=MONDAY, sleep_hours=8)
    assert write(user, at("UTC", MONDAY, 20)) == []


def test_the_link_of_a_letter_asks_first_and_then_ends_them():
    user = athlete(weekly_email=True)
    url = reverse("coaching:unsubscribe", args=[notices.token_for(user, "weekly")])
    client = Client(enforce_csrf_checks=True)
    assert client.get(url).status_code == 200
    assert Settings.objects.get(user=user).weekly_email
    assert client.post(url).status_code == 200
    assert not Settings.objects.get(user=user).weekly_email
    assert client.get(reverse("coaching:unsubscribe", args=["forged"])).status_code == 400


def test_the_page_lists_my_weeks_and_nobody_elses(client):
    mine, other = athlete(), athlete()
    for user in (mine, other):
        write(user, at("UTC", MONDAY + dt.timedelta(days=7), 9))
    client.force_login(mine)
    rows = client.get(reverse("coaching:notices")).context["page"].object_list
    assert [one.user_id for one in rows] == [mine.pk]


def test_who_stopped_training_is_not_written_to():
    athlete()
    assert notices.send_for_all(now=at("UTC", MONDAY + dt.timedelta(days=7), 9)) == 1
    assert notices.send_for_all(now=at("UTC", MONDAY + dt.timedelta(days=60), 9)) == 0
