import datetime as dt

import pytest
import time_machine

from gainsly.celery import app
from programs import tasks
from programs.models import Microcycle
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db


def test_the_hourly_roll_mirrors_the_day():
    make_program()
    with time_machine.travel(dt.datetime.combine(MONDAY, dt.time(9), tzinfo=dt.UTC), tick=False):
        tasks.roll_forward()
    assert Microcycle.objects.get(sequence=1).status == "active"


def test_picking_up_gives_up_what_hangs():
    make_program()
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    Microcycle.objects.filter(sequence=1).update(refinement_status="pending", updated_at=long_ago)
    tasks.pick_up_stuck()
    assert Microcycle.objects.get(sequence=1).refinement_status == "failed"


def test_the_beat_knows_both_by_name():
    named = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert {tasks.roll_forward.name, tasks.pick_up_stuck.name} <= named
