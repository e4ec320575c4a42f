"""The diary as planning reads it, the pages' reads, and the demo athlete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from gainsly.lib.vocabulary import Muscle
from logging_app import selectors
from logging_app.history import RecordedHistory
from logging_app.services import workouts
from programs.engine.types import History
from programs.history import training_history
from programs.models import Session, SessionExercise
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import NOON, SQUAT, SorenessFactory, lifted, log
from tests.factories.programs import make_program

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MONDAY = NOON.date()
UTC = ZoneInfo("UTC")


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON + 60 * DAY, tick=False) as frozen:
        yield frozen


class TestHistory:
    def test_settings_name_this_diary(self) -> None:
        assert isinstance(training_history(), RecordedHistory)

    def test_a_newcomer_has_none(self) -> None:
        assert RecordedHistory().snapshot(UserFactory(), MONDAY) == History()

    def test_strength_fatigue_mains_and_adherence(self) -> None:
        user = UserFactory()
        first, second = Session.objects.filter(microcycle__program=make_program(user, start_date=MONDAY))[:2]
        log(user, *[lifted(100, 5) for _ in range(4)], session_id=first.pk)
        known = RecordedHistory().snapshot(user, MONDAY)
        squat = known.strength[SQUAT]
        assert 115 < squat.e1rm_kg < 123
        assert squat.sd_kg > 0
        assert (squat.on, squat.exposures) == (MONDAY, 1)
        assert known.fatigue[Muscle.QUADRICEPS] == pytest.approx(0.281)  # half spent at noon, twelve hours ago
        assert known.previous_mains == (SQUAT,)
        later = RecordedHistory().snapshot(user, second.date + DAY)
        assert later.adherence == 0.5

    def test_deload_sessions_say_nothing_of_strength(self) -> None:
        user = UserFactory()
        program = make_program(user, start_date=MONDAY)
        deload = Session.objects.filter(microcycle__program=program, microcycle__is_deload=True).first()
        at = dt.datetime.combine(deload.date, dt.time(12), tzinfo=dt.UTC)
        log(user, lifted(60, 5), at=at, session_id=deload.pk)
        assert RecordedHistory().snapshot(user, deload.date).strength == {}

    def test_a_lift_that_was_paused_says_for_how_long(self) -> None:
        """Without it a plan of paused variations would never raise a weight."""
        user = UserFactory()
        session = Session.objects.filter(microcycle__program=make_program(user, start_date=MONDAY))[0]
        asked = SessionExercise.objects.get(session=session, movement__slug=SQUAT)
        asked.tempo = "3210"
        asked.save()
        sets = [lifted(100, 5, session_exercise_id=asked.pk) for _ in range(3)]
        log(user, *sets, session_id=session.pk)
        (squat,) = RecordedHistory().diary(user, MONDAY, MONDAY).logged[SQUAT]
        assert (squat.exposure.done, squat.exposure.pause) == ((5, 5, 5), 2)

    def test_a_lift_says_how_much_was_to_be_left(self) -> None:
        """Without it a hard day cannot be told from an easy one that was asked to be easy."""
        user = UserFactory()
        session = Session.objects.filter(microcycle__program=make_program(user, start_date=MONDAY))[0]
        asked = SessionExercise.objects.get(session=session, movement__slug=SQUAT)
        asked.target_rpe = 7.5
        asked.save()
        log(user, lifted(100, 5, session_exercise_id=asked.pk), session_id=session.pk)
        (squat,) = RecordedHistory().diary(user, MONDAY, MONDAY).logged[SQUAT]
        assert squat.asked_rir == 2.5

    def test_what_lies_after_the_day_is_not_known(self) -> None:
        user = UserFactory()
        log(user, lifted(100, 5), at=NOON + 2 * DAY)
        SorenessFactory(user=user, at=NOON + 2 * DAY)
        assert RecordedHistory().snapshot(user, MONDAY) == History()

    @pytest.mark.parametrize("count", [1, 12])
    def test_the_number_of_queries_does_not_grow(self, count: int, django_assert_num_queries: Any) -> None:
        user = UserFactory()
        make_program(user, start_date=MONDAY)
        for number in range(count):
            log(user, lifted(100 + number, 5), lifted(80, 8), at=NOON + number * DAY)
        RecordedHistory().snapshot(user, MONDAY + 15 * DAY)
        with django_assert_num_queries(7):
            RecordedHistory().snapshot(user, MONDAY + 15 * DAY)


class TestPages:
    def test_today_shows_session_week_and_the_running_workout(self, django_assert_num_queries: Any) -> None:
        user = UserFactory()
        program = make_program(user, start_date=MONDAY)
        session = Session.objects.filter(microcycle__program=program).first()
        running, _ = workouts.start_workout(user=user, session=session)
        workouts.add_sets(user=user, workout_id=running.pk, sets=[lifted(100, 5)])
        selectors.today_page(user, MONDAY, now=NOON, zone=UTC)
        with django_assert_num_queries(6):
            page = selectors.today_page(user, MONDAY, now=NOON, zone=UTC)
        assert (page.session, page.program) == (session, program)
        assert page.open_workout is not None
        assert (page.open_workout.pk, page.open_workout.session_id) == (running.pk, session.pk)
        assert [day.session is not None for day in page.week] == [True, True, False, False, False, False, False]
        assert [day.is_today for day in page.week].index(True) == 0
        assert set(page.movements) >= {one.movement_id for one in page.exercises}

    def test_today_without_a_program_is_empty_and_does_not_fail(self) -> None:
        page = selectors.today_page(UserFactory(), MONDAY, now=NOON, zone=UTC)
        assert (page.session, page.program, page.open_workout, page.recovery.score) == (None, None, None, None)

    def test_a_workout_shows_last_time_beside_the_plan(self, django_assert_num_queries: Any) -> None:
        user = UserFactory()
        first, second = Session.objects.filter(microcycle__program=make_program(user, start_date=MONDAY))[:2]
        log(user, lifted(95, 5), lifted(95, 4), session_id=first.pk)
        running, _ = workouts.start_workout(user=user, session=second)
        workouts.add_sets(user=user, workout_id=running.pk, sets=[lifted(80, 8, "bench-press")])
        with django_assert_num_queries(4):
            page = selectors.workout_page(user, running)
        by_slug = {one.movement.slug: one for one in page.exercises}
        squat, extra = by_slug[SQUAT], by_slug["bench-press"]
        assert [row.weight_kg for row in squat.last_time] == [95, 95]
        assert squat.suggestion == squat.last_time[0]
        assert (squat.planned, squat.done, squat.is_complete) == (4, 0, False)
        assert (extra.exercise, extra.done) == (None, 1)
        assert page.current == page.exercises[0]

    @pytest.mark.parametrize("count", [2, 20])
    def test_history_pages_in_three_queries(self, count: int, django_assert_num_queries: Any) -> None:
        user = UserFactory()
        made = [log(user, lifted(100, 5), at=NOON + number * DAY) for number in range(count)]
        with django_assert_num_queries(3):
            page = selectors.history_page(user, size=count - 1)
        assert [entry.workout for entry in page.entries] == made[:0:-1]
        last = selectors.history_page(user, before=page.entries[-1].workout, size=count)
        assert ([entry.workout for entry in last.entries], last.next_cursor) == ([made[0]], None)
        assert last.entries[0].movements == ("Barbell Back Squat",)
