import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs.models import Microcycle, Session
from programs.services import rolling
from tests.factories.accounts import UserFactory
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db


def noon(day: int, zone: str = "UTC") -> dt.datetime:
    """Midday of the program's n-th day."""
    date = MONDAY + dt.timedelta(days=day - 1)
    return dt.datetime.combine(date, dt.time(12), tzinfo=ZoneInfo(zone))


def statuses() -> list[str]:
    return list(Microcycle.objects.order_by("sequence").values_list("status", flat=True))


@pytest.mark.parametrize(
    ("day", "complete", "active"),
    [(0, 0, 0), (1, 0, 1), (7, 0, 1), (8, 1, 1), (29, 4, 1), (56, 7, 1), (57, 8, 0)],
)
def test_microcycles_follow_the_date(day, complete, active):
    make_program()
    rolling.roll_forward(now=noon(day))
    planned = 8 - complete - active
    assert statuses() == ["complete"] * complete + ["active"] * active + ["planned"] * planned


def test_again_changes_nothing():
    make_program()
    assert rolling.roll_forward(now=noon(9)) == rolling.Rolled(microcycles=2, missed=3)
    assert rolling.roll_forward(now=noon(9)) == rolling.Rolled(microcycles=0, missed=0)


def test_what_was_not_trained_yesterday_is_missed_and_today_is_still_planned():
    make_program()
    rolling.roll_forward(now=noon(2))
    assert list(Session.objects.order_by("date").values_list("status", flat=True)[:2]) == ["missed", "planned"]


def test_done_and_skipped_stay():
    make_program()
    one, two = Session.objects.order_by("date")[:2]
    Session.objects.filter(pk=one.pk).update(status="done")
    Session.objects.filter(pk=two.pk).update(status="skipped")
    rolling.roll_forward(now=noon(5))
    assert list(Session.objects.order_by("date").values_list("status", flat=True)[:2]) == ["done", "skipped"]


def test_a_program_put_aside_misses_nothing():
    program = make_program()
    program.is_active = False
    program.save()
    rolling.roll_forward(now=noon(9))
    assert not Session.objects.filter(status="missed").exists()


def test_each_athlete_has_their_own_midnight():
    far_east, far_west = UserFactory(), UserFactory()
    type(far_east.profile).objects.filter(user=far_east).update(time_zone="Pacific/Auckland")
    type(far_west.profile).objects.filter(user=far_west).update(time_zone="America/Los_Angeles")
    make_program(far_east)
    make_program(far_west)
    # Monday 12:00 UTC is Tuesday 01:00 in Auckland and Monday 04:00 in Los Angeles.
    rolling.roll_forward(now=noon(1))
    assert Session.objects.filter(microcycle__program__user=far_east, status="missed").count() == 1
    assert not Session.objects.filter(microcycle__program__user=far_west, status="missed").exists()


@pytest.mark.parametrize(("hour", "missed"), [(4, 0), (5, 1)])
def test_the_day_of_a_clock_change_ends_at_its_own_midnight(hour, missed):
    # New York, 7 to 8 March 2027: clocks go forward on Sunday at 2; Saturday ends at 05:00 UTC.
    user = UserFactory()
    type(user.profile).objects.filter(user=user).update(time_zone="America/New_York")
    make_program(user, start_date=dt.date(2027, 3, 6))
    rolling.roll_forward(now=dt.datetime(2027, 3, 7, hour, 30, tzinfo=dt.UTC))
    assert Session.objects.filter(status="missed").count() == missed


def test_statements_do_not_grow_with_athletes():
    make_program()
    with CaptureQueriesContext(
        connection,
    ) as one:
        rolling.roll_forward(now=noon(1))
    for _ in range(3):
        make_program()
    with CaptureQueriesContext(connection) as four:
        rolling.roll_forward(now=noon(9))
    assert len(one) == len(four)


def test_an_interrupted_refinement_is_given_up_and_the_plan_stays():
    make_program()
    now = dt.datetime.now(dt.UTC)
    Microcycle.objects.filter(sequence=1).update(refinement_status="running", updated_at=now - dt.timedelta(hours=1))
    Microcycle.objects.filter(sequence=2).update(refinement_status="running", updated_at=now)
    assert rolling.give_up_stuck(now=now) == 1
    first = Microcycle.objects.get(sequence=1)
    assert (first.refinement_status, first.generation_status) == ("failed", "ready")
    assert first.refinement_reason
    assert rolling.give_up_stuck(now=now) == 0


class TestWriteAhead:
    def start(self, zone):
        program = make_program(start_date=MONDAY)
        program.user.profile.time_zone = zone
        program.user.profile.save()
        return program

    @pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
    @pytest.mark.parametrize("week", [2, 5, 8], ids=["day 8", "day 29", "the last"])
    def test_a_microcycle_is_written_two_days_ahead_in_the_athletes_own_zone_and_once(self, zone, week, time_machine):
        program = self.start(zone)
        begins = MONDAY + dt.timedelta(weeks=week - 1)
        due = dt.datetime.combine(begins - dt.timedelta(days=2), dt.time(0, 1), tzinfo=ZoneInfo(zone))
        for moment, expected in ((due - dt.timedelta(minutes=2), False), (due, True), (due, False)):
            time_machine.move_to(moment.astimezone(dt.UTC), tick=False)
            assert rolling.write_next(program_id=program.pk, now=timezone.now()) is expected
        assert Microcycle.objects.get(written_at__isnull=False).sequence == week

    def test_a_beat_that_was_away_writes_it_on_the_eve(self, time_machine):
        program = self.start("UTC")
        time_machine.move_to(dt.datetime(2026, 11, 29, 23, tzinfo=dt.UTC), tick=False)
        assert rolling.send_for_next(now=timezone.now()) == 1
        assert rolling.write_next(program_id=program.pk, now=timezone.now())
        assert rolling.send_for_next(now=timezone.now()) == 0

    @pytest.mark.parametrize("day", [MONDAY, MONDAY + dt.timedelta(days=54)], ids=["day 1", "the last days"])
    def test_where_nothing_begins_nothing_is_written(self, day, time_machine):
        program = self.start("UTC")
        time_machine.move_to(dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC), tick=False)
        assert not rolling.write_next(program_id=program.pk, now=timezone.now())
