import datetime as dt
import threading

import pytest
from django.db import connection

from programs.models import Program, Session
from programs.services import sessions
from programs.services.replanning import regrade
from programs.services.requests import InvalidRequestError
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db
WEDNESDAY = MONDAY + dt.timedelta(days=2)


def first_session(**changes) -> Session:
    program = make_program(**changes)
    return Session.objects.select_related("microcycle__program").filter(microcycle__program=program).first()


def move(session, date, today=MONDAY):
    return sessions.reschedule_session(session=session, body={"date": str(date)}, today=today)


class TestReschedule:
    def test_moves_to_a_free_day(self):
        session = first_session()
        moved = move(session, MONDAY + dt.timedelta(days=4))
        session.refresh_from_db()
        assert session.date == MONDAY + dt.timedelta(days=4)
        assert moved.warnings == ()

    def test_states_which_main_pattern_two_days_in_a_row_train(self):
        moved = move(first_session(), WEDNESDAY)  # Tuesday squats too
        assert [warning["code"] for warning in moved.warnings] == ["consecutive_pattern"]
        assert "Squat" in moved.warnings[0]["message"]

    @pytest.mark.parametrize(
        "date",
        [
            MONDAY - dt.timedelta(days=1),
            MONDAY + dt.timedelta(days=56),
            MONDAY + dt.timedelta(days=1),
            "2026-02-30",
            "",
        ],
    )
    def test_refuses_days_outside_taken_days_and_no_days(self, date):
        session = first_session()
        with pytest.raises(InvalidRequestError) as caught:
            move(session, date)
        assert set(caught.value.errors) == {"date"}
        session.refresh_from_db()
        assert session.date == MONDAY

    def test_refuses_a_day_that_has_passed(self):
        with pytest.raises(InvalidRequestError):
            move(first_session(), WEDNESDAY, today=WEDNESDAY + dt.timedelta(days=1))

    def test_refuses_what_was_trained(self):
        session = sessions.mark_done(session=first_session())
        with pytest.raises(sessions.SessionFinishedError):
            move(session, WEDNESDAY)

    @pytest.mark.django_db(transaction=True)
    def test_two_moves_at_once_never_land_on_one_day(self):
        program = make_program()
        one, two = Session.objects.select_related("microcycle__program").filter(microcycle__program=program)[:2]
        friday = MONDAY + dt.timedelta(days=4)

        def attempt(session):
            try:
                move(session, friday)
            except InvalidRequestError:
                pass
            finally:
                connection.close()

        threads = [threading.Thread(target=attempt, args=(session,)) for session in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert Session.objects.filter(date=friday).count() == 1


class TestStatus:
    def test_skip_and_back(self):
        session = sessions.skip_session(session=first_session(), today=MONDAY)
        assert session.status == "skipped"
        assert sessions.unskip_session(session=session, today=MONDAY).status == "planned"

    def test_what_was_trained_cannot_be_skipped(self):
        with pytest.raises(sessions.SessionFinishedError):
            sessions.skip_session(session=sessions.mark_done(session=first_session()), today=MONDAY)

    @pytest.mark.parametrize(("days", "status"), [(0, "planned"), (1, "missed")])
    def test_a_deleted_workout_leaves_it_planned_or_missed(self, days, status):
        session = sessions.mark_done(session=first_session())
        assert sessions.mark_undone(session=session, today=MONDAY + dt.timedelta(days=days)).status == status

    def test_every_change_moves_the_programs_version_on(self):
        session = first_session()
        regrade(program=session.microcycle.program, today=MONDAY)
        before = Program.objects.get().updated_at
        sessions.lock_session(session=session)
        assert Program.objects.get().updated_at > before


class TestQuality:
    """The six criteria of a session are stored with it, and judged again when the athlete changes the plan."""

    def test_every_session_says_which_criteria_it_keeps(self):
        program = make_program()
        regrade(program=program, today=MONDAY)
        for session in Session.objects.filter(microcycle__program=program):
            kept = session.quality.pop("success")
            assert set(session.quality) == {"structure", "movements", "time", "patterns", "muscles", "limits"}
            assert kept is all(session.quality.values())

    def test_skipping_costs_what_the_week_loses_and_breaks_no_hard_rule(self):
        session = first_session()
        regrade(program=session.microcycle.program, today=MONDAY)
        before = Program.objects.get(pk=session.microcycle.program_id).quality
        sessions.skip_session(session=session, today=MONDAY)
        after = Program.objects.get(pk=session.microcycle.program_id).quality
        session.refresh_from_db()
        assert session.quality == {}
        assert after["weeks"][0]["muscle_sets"] != before["weeks"][0]["muscle_sets"]
        assert next(one for one in after["checks"] if one["code"] == "C03")["passed"]
        sessions.unskip_session(session=session, today=MONDAY)
        again = Program.objects.get(pk=session.microcycle.program_id).quality
        session.refresh_from_db()
        assert again["weeks"] == before["weeks"]
        assert session.quality["structure"]

    def test_a_day_that_the_athlete_chose_breaks_no_rule(self):
        session = first_session()
        move(session, MONDAY + dt.timedelta(days=6))
        quality = Program.objects.get(pk=session.microcycle.program_id).quality
        assert next(one for one in quality["checks"] if one["code"] == "C03")["passed"]

    def test_a_skip_takes_the_same_queries_however_long_the_program_is(self, django_assert_max_num_queries):
        session = first_session(weeks=12)
        with django_assert_max_num_queries(45):
            sessions.skip_session(session=session, today=MONDAY)
