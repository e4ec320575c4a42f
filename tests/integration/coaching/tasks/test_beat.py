"""The whole beat on simulated days: every scheduled job runs, its messages are worked off, nothing happens twice."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Settings
from coaching.models import Notice
from coaching.models.notice import CHECK_IN, EASY_WEEK, WEEKLY
from gainsly.celery import app
from logging_app.models import RecoverySignal
from programs.models import Microcycle, Session
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import lifted, log
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db
JOBS = {
    "programs.tasks.roll_forward",
    "programs.tasks.send_for_next",
    "coaching.tasks.send_notices",
    "accounts.tasks.forget_expired",
    "movements.tasks.refresh_embeddings",
    "logging_app.tasks.pick_up_stale",
    "coaching.tasks.pick_up_stuck",
    "programs.tasks.pick_up_stuck",
}
SERVED = {"default", "ingest", "llm"}


@pytest.fixture(autouse=True)
def _as_a_worker_does():
    app.loader.import_default_modules()


@pytest.fixture
def beat(monkeypatch, settings, django_capture_on_commit_callbacks, time_machine):
    """Run every scheduled job once at a moment, and the messages that it sends."""
    settings.LLM_PROVIDER = "builtin"
    sent = []
    monkeypatch.setattr(app, "send_task", lambda name, kwargs: sent.append((name, kwargs)))

    def run(moment):
        time_machine.move_to(moment.astimezone(dt.UTC), tick=False)
        with django_capture_on_commit_callbacks(execute=True):
            for name in sorted(JOBS):
                app.tasks[name].apply(throw=True)
        while sent:
            name, kwargs = sent.pop()
            with django_capture_on_commit_callbacks(execute=True):
                app.tasks[name].apply(kwargs=kwargs, throw=True)

    return run


def at(zone, day, hour):
    return dt.datetime.combine(day, dt.time(hour, 20), tzinfo=ZoneInfo(zone))


def athlete(zone):
    user = UserFactory()
    user.profile.time_zone = zone
    user.profile.save()
    Settings.objects.filter(user=user).update(reminders=True)
    make_program(user, start_date=MONDAY)
    return user


def state():
    return [
        sorted(table.objects.values_list(*columns))
        for table, columns in (
            (Notice, ("user_id", "kind", "date", "text")),
            (Microcycle, ("id", "status", "written_at")),
            (Session, ("id", "status", "updated_at")),
        )
    ]


def test_every_job_is_scheduled_registered_and_served_by_a_worker():
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} == JOBS
    for name in JOBS:
        assert name in app.tasks
        queue = app.amqp.router.route({}, name)["queue"]
        assert getattr(queue, "name", queue) in SERVED


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
@pytest.mark.parametrize("day", [0, 7, 28, 55], ids=["day 1", "day 8", "day 29", "the last day"])
def test_a_whole_beat_twice_an_hour_is_once(beat, time_machine, zone, day):
    user = athlete(zone)
    today = MONDAY + dt.timedelta(days=day)
    time_machine.move_to(at(zone, today, 12).astimezone(dt.UTC), tick=False)
    log(user, lifted(100, 5), at=at(zone, today - dt.timedelta(days=2), 10))
    beat(at(zone, today, 20))
    first = state()
    beat(at(zone, today, 20))
    beat(at(zone, today, 21))
    assert state() == first
    assert Notice.objects.filter(kind=CHECK_IN).get().date == today
    assert Notice.objects.filter(kind=WEEKLY).count() == 1
    missed = Session.objects.filter(status="missed")
    assert missed.exists() is (day > 0)
    assert not missed.filter(date__gte=today).exists()


def test_the_next_week_is_written_on_its_eve_but_one_where_the_athlete_is(beat):
    athlete("Pacific/Auckland")
    eve = MONDAY + dt.timedelta(days=5)
    beat(at("Pacific/Auckland", eve - dt.timedelta(days=1), 23))
    assert not Microcycle.objects.filter(written_at__isnull=False).exists()
    beat(at("Pacific/Auckland", eve, 0))
    assert Microcycle.objects.get(written_at__isnull=False).sequence == 2


def test_an_easy_week_is_found_at_night_and_told_once_a_week(beat, time_machine):
    user = athlete("Europe/Berlin")
    today = MONDAY + dt.timedelta(days=9)
    time_machine.move_to(at("Europe/Berlin", today, 1).astimezone(dt.UTC), tick=False)
    log(user, lifted(100, 5), at=at("Europe/Berlin", today - dt.timedelta(days=2), 10))
    for back in range(30):
        level = 3 if back in (0, 1, 3) else 8
        RecoverySignal.objects.create(user=user, date=today - dt.timedelta(days=back), mood=level)
    for hour in (2, 3, 22):
        beat(at("Europe/Berlin", today, hour))
    notice = Notice.objects.get(kind=EASY_WEEK)
    assert notice.date == MONDAY + dt.timedelta(days=7)
    assert "check-ins were far below" in notice.text
