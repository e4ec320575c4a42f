import datetime as dt
from uuid import uuid4

import pytest
from django.http import Http404

from programs import selectors
from programs.models import Session
from tests.factories.accounts import UserFactory
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db
SIZES = [(8, 2), (12, 6)]


@pytest.fixture
def alice():
    return UserFactory()


@pytest.mark.parametrize(("weeks", "days"), SIZES)
def test_the_calendar_takes_two_queries_at_any_size(alice, weeks, days, django_assert_num_queries):
    program = make_program(alice, weeks=weeks, days=days)
    with django_assert_num_queries(2):
        rows = selectors.calendar(program, today=MONDAY)
        shown = [session.title for row in rows for day in row.days for session in day.sessions]
    assert (len(rows), len(shown)) == (weeks, weeks * days)


@pytest.mark.parametrize(("weeks", "days"), SIZES)
def test_a_whole_program_takes_as_many_queries_at_any_size(alice, weeks, days, django_assert_num_queries):
    program = make_program(alice, weeks=weeks, days=days)
    selectors.program_tree(program)
    with django_assert_num_queries(5):
        selectors.program_json(selectors.program_tree(program), today=MONDAY)


@pytest.mark.parametrize(("weeks", "days"), SIZES)
def test_a_week_and_a_session_take_few_queries(alice, weeks, days, django_assert_num_queries):
    program = make_program(alice, weeks=weeks, days=days)
    microcycle = selectors.week_on(program, MONDAY)
    with django_assert_num_queries(3):
        row = selectors.week(microcycle, today=MONDAY)
        names = [
            exercise.movement.name
            for day in row.days
            for session in day.sessions
            for exercise in session.exercises.all()
        ]
    assert len(names) == days * 4
    session = selectors.session_for(alice, row.days[1].sessions[0].pk)
    with django_assert_num_queries(3):
        page = selectors.session_page(session)
        assert [section.section for section in page.sections] == ["warmup", "main", "accessory", "cooldown"]
        assert page.sections[1].exercises[0].choice.total == 0.3
        assert (page.previous.date, page.following.date > session.date) == (MONDAY, True)


@pytest.mark.parametrize(
    ("day", "status", "is_past"), [(0, "planned", False), (1, "active", False), (8, "complete", True)]
)
def test_the_calendar_knows_what_day_it_is(alice, day, status, is_past):
    rows = selectors.calendar(make_program(alice), today=MONDAY + dt.timedelta(days=day - 1))
    assert (rows[0].status, rows[0].days[0].is_past) == (status, is_past)
    assert sum(one.is_today for row in rows for one in row.days) == (day > 0)


def test_the_current_week_is_none_before_and_after(alice):
    program = make_program(alice)
    for day, sequence in ((-1, None), (0, 1), (28, 5), (55, 8), (56, None)):
        found = selectors.current_week(selectors.calendar(program, today=MONDAY + dt.timedelta(days=day)))
        assert (found and found.microcycle.sequence) == sequence
        on = selectors.week_on(program, MONDAY + dt.timedelta(days=day))
        assert (on and on.sequence) == sequence


def test_a_moved_session_shows_on_its_new_day(alice):
    program = make_program(alice)
    session = Session.objects.order_by("date").first()
    Session.objects.filter(pk=session.pk).update(date=MONDAY + dt.timedelta(days=9))
    rows = selectors.calendar(program, today=MONDAY)
    assert rows[0].days[0].sessions == ()
    assert [one.pk for one in rows[1].days[2].sessions] == [session.pk]


@pytest.mark.parametrize(("day", "found"), [(1, True), (2, True), (3, False), (57, False), (0, False)])
def test_the_session_of_a_date_is_the_active_programs(alice, day, found):
    program = make_program(alice)
    date = MONDAY + dt.timedelta(days=day - 1)
    assert (selectors.session_on(alice, date) is not None) is found
    program.is_active = False
    program.save()
    assert selectors.session_on(alice, date) is None
    assert selectors.active_program(alice) is None


def test_other_peoples_rows_do_not_exist(alice):
    program = make_program(alice)
    session = Session.objects.first()
    stranger = UserFactory()
    for fetch, pk in ((selectors.program_for, program.pk), (selectors.session_for, session.pk)):
        assert fetch(alice, pk).pk == pk
        for user, wrong in ((stranger, pk), (alice, uuid4())):
            with pytest.raises(Http404):
                fetch(user, wrong)
    assert selectors.session_on(stranger, MONDAY) is None
    assert not selectors.programs_of(stranger).exists()
