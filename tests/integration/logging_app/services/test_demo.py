"""The demo athlete is in the middle of a program, and is made once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from accounts.models import User
from logging_app.models import PersonalRecord, SetLog, WorkoutLog
from logging_app.services import demo
from programs.models import Program
from programs.selectors import session_on

TODAY = dt.date(2026, 11, 25)


@pytest.mark.django_db
@time_machine.travel(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC))
def test_the_demo_athlete_stands_in_the_middle_of_a_program_and_is_made_once(capsys: Any) -> None:
    call_command("load_movements", verbosity=0)
    call_command("seed_demo")
    user = User.objects.get(email=demo.EMAIL)
    assert user.check_password(demo.PASSWORD)
    assert session_on(user, TODAY) is not None
    assert Program.objects.of(user).filter(is_active=True).get().start_date == TODAY - dt.timedelta(weeks=5)
    dates = WorkoutLog.objects.of(user).values_list("date", flat=True)
    assert TODAY - dt.timedelta(weeks=13) <= min(dates) <= TODAY - dt.timedelta(weeks=12)
    assert TODAY - dt.timedelta(days=5) <= max(dates) < TODAY
    assert PersonalRecord.objects.of(user).filter(previous__isnull=False).exists()
    before = SetLog.objects.count()
    call_command("seed_demo")
    assert SetLog.objects.count() == before
    assert "nothing was changed" in capsys.readouterr().out
