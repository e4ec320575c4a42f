"""Another formula: the whole history speaks it, and nothing looks like progress."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine

from accounts.models import Settings
from accounts.services.profile import update_settings
from gainsly.celery import app
from logging_app.models import PersonalRecord, SetLog
from logging_app.tasks import pick_up_stale, recompute_metrics
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import NOON, lifted, log

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """What was handed to the queue; the broker itself is not this test's business."""
    found: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(app, "send_task", lambda name, kwargs: found.append((name, kwargs)))
    return found


@time_machine.travel(NOON + dt.timedelta(days=9), tick=False)
def test_a_switch_of_formula_recomputes_estimates_and_invents_no_record(
    sent: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    user = UserFactory()
    for number in range(3):
        log(user, lifted(100 - number, 5), at=NOON + number * dt.timedelta(days=1))
    before = PersonalRecord.objects.filter(previous__isnull=False).count()
    with django_capture_on_commit_callbacks(execute=True):
        update_settings(user=user, e1rm_formula="epley")
    ((name, arguments),) = sent
    assert name == "logging_app.tasks.recompute_metrics"
    recompute_metrics(**arguments)
    recompute_metrics(**arguments)
    assert set(SetLog.objects.values_list("e1rm_formula", flat=True)) == {"epley"}
    assert SetLog.objects.order_by("performed_at").first().e1rm == pytest.approx(123.33)
    assert PersonalRecord.objects.filter(previous__isnull=False).count() == before == 0


def test_other_settings_recompute_nothing(sent: list[Any], django_capture_on_commit_callbacks: Any) -> None:
    user = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        update_settings(user=user, theme="light")
        Settings.objects.get(user=user).save()
    assert sent == []


def test_a_recompute_lost_with_its_worker_is_sent_again_until_it_is_done(
    sent: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with time_machine.travel(NOON, tick=False):
        users = [UserFactory(), UserFactory()]
        for user in users:
            log(user, lifted(100, 5), at=NOON)
        with django_capture_on_commit_callbacks(execute=True):
            update_settings(user=users[0], e1rm_formula="epley")
    sent.clear()  # the message is lost

    def picked_up(after: dt.timedelta) -> list[Any]:
        sent.clear()
        with time_machine.travel(NOON + after, tick=False), django_capture_on_commit_callbacks(execute=True):
            pick_up_stale()
        return sent

    assert picked_up(dt.timedelta(minutes=1)) == []
    wanted = [("logging_app.tasks.recompute_metrics", {"user_id": str(users[0].pk)})]
    assert picked_up(dt.timedelta(minutes=10)) == wanted
    assert picked_up(dt.timedelta(minutes=20)) == wanted
    recompute_metrics(**wanted[0][1])
    assert picked_up(dt.timedelta(minutes=30)) == []


def test_the_beat_picks_up_lost_estimates() -> None:
    assert pick_up_stale.name in {entry["task"] for entry in app.conf.beat_schedule.values()}
