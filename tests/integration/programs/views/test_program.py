"""The list of programs, one program and what can be done with it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from gainsly.lib.vocabulary import SessionStatus
from movements.models import LibraryVersion
from programs.models import Program, Session
from tests.factories.accounts import UserFactory
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def on(day: int) -> dt.datetime:
    """Noon of the program's n-th day, counted from one."""
    return dt.datetime.combine(MONDAY + dt.timedelta(days=day - 1), dt.time(12), tzinfo=dt.UTC)


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def program_url(program):
    return reverse("programs:program", args=[program.pk])


def test_the_menu_leads_to_the_active_program_else_the_list_else_the_wizard(client, alice):
    current = reverse("programs:current")
    assert client.get(current)["Location"] == reverse("programs:wizard")
    program = make_program(alice)
    assert client.get(current)["Location"] == program_url(program)
    Program.objects.update(is_active=False)
    assert client.get(current)["Location"] == reverse("programs:list")


def test_the_list_shows_only_ones_own(client, alice):
    make_program(UserFactory(), name="Not mine")
    assert "No program yet" in client.get(reverse("programs:list")).content.decode()
    make_program(alice, name="Mine")
    text = client.get(reverse("programs:list")).content.decode()
    assert "Mine" in text
    assert "Not mine" not in text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_program_shows_every_week_and_its_quality(client, alice, headers):
    program = make_program(alice, weeks=8, days=2)
    with time_machine.travel(on(1), tick=False):
        page = client.get(program_url(program), headers=headers)
    text = page.content.decode()
    assert text.count("/programs/sessions/") == 16
    assert "0.90" in text
    assert "Two goals pull apart." in text
    assert ("<html" in text) == (not headers)


@pytest.mark.parametrize(
    ("day", "title"),
    [(1, "Week 1 of 8"), (8, "Week 2 of 8"), (29, "Week 5 of 8"), (56, "Week 8 of 8"), (57, "8 weeks")],
)
def test_the_calendar_knows_where_today_stands(client, alice, day, title):
    program = make_program(alice, weeks=8, days=2)
    with time_machine.travel(on(day), tick=False):
        page = client.get(program_url(program))
    assert f'<h2 id="cal-title">{title}</h2>' in page.content.decode()
    assert (page.context["now"] is None) == (day == 57)


def test_done_missed_and_ahead_are_counted(client, alice):
    program = make_program(alice, weeks=8, days=2)
    first, second, *_ = Session.objects.order_by("date")
    Session.objects.filter(pk=first.pk).update(status=SessionStatus.DONE)
    Session.objects.filter(pk=second.pk).update(status=SessionStatus.SKIPPED)
    with time_machine.travel(on(9), tick=False):
        counts = client.get(program_url(program)).context["counts"]
    assert counts == {"done": 1, "missed": 2, "ahead": 13}


def test_the_number_of_queries_does_not_grow(client, alice, django_assert_max_num_queries):
    short = make_program(alice, weeks=8, days=2)
    long = make_program(alice, weeks=12, days=6)
    for program in (short, long):
        with django_assert_max_num_queries(10):
            client.get(program_url(program))
    with django_assert_max_num_queries(5):
        client.get(reverse("programs:list"))
    for _ in range(5):
        make_program(alice)
    with django_assert_max_num_queries(5):
        client.get(reverse("programs:list"))


def test_activating_one_rests_the_other(client, alice):
    first, second = make_program(alice), make_program(alice)
    assert client.post(reverse("programs:activate", args=[second.pk]))["Location"] == program_url(second)
    assert [Program.objects.get(pk=one.pk).is_active for one in (first, second)] == [False, True]


def test_a_copy_starts_on_the_next_same_weekday(client, alice):
    program = make_program(alice)
    with time_machine.travel(on(10), tick=False):
        client.post(reverse("programs:duplicate", args=[program.pk]))
    copy = Program.objects.exclude(pk=program.pk).get()
    assert copy.start_date == MONDAY + dt.timedelta(days=14)
    assert copy.microcycles.count() == 8


def test_deleting_says_so_and_the_page_is_gone(client, alice):
    program = make_program(alice)
    page = client.post(reverse("programs:delete", args=[program.pk]), follow=True)
    assert "is deleted" in page.content.decode()
    assert client.get(program_url(program)).status_code == 404


def test_what_changes_something_is_not_done_by_a_link(client, alice):
    program = make_program(alice)
    for name in ("activate", "duplicate", "delete"):
        assert client.get(reverse(f"programs:{name}", args=[program.pk])).status_code == 405


def test_a_very_long_name_is_shown_whole(client, alice):
    program = make_program(alice, name="Wideness " * 13)
    assert ("Wideness " * 13).strip() in client.get(program_url(program)).content.decode()


def test_an_empty_library_is_told_in_the_wizard_and_not_a_crash(client, alice):
    LibraryVersion.objects.update_or_create(pk=1, defaults={"content_hash": "empty"})
    url = reverse("programs:wizard")
    assert client.get(url).status_code == 200
    choices = {"strength": 10, "duration_weeks": 8, "days_per_week": 2, "session_minutes": 45}
    page = client.post(url, {**choices, "available_weekdays": [0, 1, 2, 3, 4, 5, 6]})
    assert page.status_code == 422
    assert page.context["form"].non_field_errors()
    assert not Program.objects.exists()


def test_a_program_says_how_it_was_decided_and_on_which_numbers(client, alice):
    text = client.get(program_url(make_program(alice))).content.decode()
    assert "How it was decided" in text
    assert "fit their place exactly" in text or "fits its place exactly" in text
    assert "Heavy sets of few repetitions build maximal strength best." in text
    assert "ACSM 2026; Lopez 2021" in text
    assert "<b>50 %</b> of the sets stay in an easy week" in text
