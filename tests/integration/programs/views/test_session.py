"""A session's page; moving, skipping and locking it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Settings
from gainsly.lib.vocabulary import SessionStatus
from programs.models import Session, SessionExercise
from tests.factories.accounts import UserFactory
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    with time_machine.travel(dt.datetime.combine(MONDAY, dt.time(12), tzinfo=dt.UTC), tick=False):
        yield user


@pytest.fixture
def session(alice):
    make_program(alice)
    return Session.objects.order_by("date").first()


def at(session, name="session"):
    return reverse(f"programs:{name}", args=[session.pk])


def test_it_shows_each_section_with_doses_loads_and_reasons(client, session):
    text = client.get(at(session)).content.decode()
    for words in (
        "Warm-up",
        "Mains",
        "Accessories",
        "Cool-down",
        "Barbell Back Squat",
        "Dumbbell Row",
        "Take your time.",
    ):
        assert words in text
    assert '97.5<span class="unit">kg</span>' in text
    assert "Heavy lifting builds strength." in text
    assert "trains another pattern" in text


def test_loads_stand_in_the_athletes_unit(client, alice, session):
    Settings.objects.filter(user=alice).update(units="imperial")
    assert '215<span class="unit">lb</span>' in client.get(at(session)).content.decode()


def test_htmx_swaps_the_reasons_alone(client, session):
    squat = SessionExercise.objects.filter(session=session, choice__isnull=False).first()
    page = client.get(f"{at(session)}?why={squat.pk}", headers={"HX-Request": "true", "HX-Target": "why"})
    text = page.content.decode()
    assert 'id="why"' in text
    assert "<h1" not in text
    assert client.get(f"{at(session)}?why=nonsense").status_code == 200


def test_a_session_without_reasons_says_so(client, session):
    SessionExercise.objects.update(choice=None)
    assert "no scores to show" in client.get(at(session)).content.decode()


def test_the_number_of_queries_is_fixed(client, session, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        client.get(at(session))


def test_moving_to_a_free_day(client, session):
    target = session.date + dt.timedelta(days=3)
    assert client.post(at(session, "move"), {"date": target})["Location"] == at(session)
    session.refresh_from_db()
    assert session.date == target


@pytest.mark.parametrize("date", ["", "soon", "2026-13-40", "1999-01-01", "2030-01-01"])
def test_a_date_that_cannot_be_is_told_at_the_field(client, session, date):
    before = session.date
    page = client.post(at(session, "move"), {"date": date})
    assert page.status_code == 422
    assert 'id="id_date_error"' in page.content.decode()
    session.refresh_from_db()
    assert session.date == before


def test_skipping_and_taking_it_back(client, session):
    client.post(at(session, "skip"))
    session.refresh_from_db()
    assert session.status == SessionStatus.SKIPPED
    assert "take it back" in client.get(at(session)).content.decode()
    client.post(at(session, "skip"))
    session.refresh_from_db()
    assert session.status == SessionStatus.PLANNED


def test_a_trained_session_is_not_skipped_nor_moved(client, session):
    Session.objects.filter(pk=session.pk).update(status=SessionStatus.DONE)
    client.post(at(session, "skip"))
    assert client.post(at(session, "move"), {"date": session.date + dt.timedelta(days=3)}).status_code == 422
    session.refresh_from_db()
    assert (session.status, session.date) == (SessionStatus.DONE, MONDAY)
    assert "is history" in client.get(at(session)).content.decode()


def test_locking_and_unlocking(client, session):
    for locked in (True, False):
        client.post(at(session, "lock"))
        session.refresh_from_db()
        assert session.locked is locked
