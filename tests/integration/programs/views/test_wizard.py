"""The wizard with the real engine and the published library."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Profile
from gainsly.lib.ids import uuid7
from movements.models import Movement, MovementRule
from programs.models import Program
from tests.factories.accounts import InjuryFactory, UserFactory
from tests.factories.programs import MONDAY

NOON = dt.datetime.combine(MONDAY, dt.time(12), tzinfo=dt.UTC)
URL = reverse("programs:wizard")


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    """The published library once for all tests of this module, and gone after it."""
    with django_db_blocker.unblock():
        call_command("load_movements", verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _library_and_monday(library, db):
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def choices(**changes: Any) -> dict[str, Any]:
    """What the wizard posts for the fastest program."""
    posted = {
        "request_id": str(uuid7()),
        "strength": 10,
        "duration_weeks": 8,
        "days_per_week": 2,
        "session_minutes": 45,
        "available_weekdays": [0, 1, 2, 3, 4, 5, 6],
        "start_date": MONDAY.isoformat(),
        "split_template": "",
        **changes,
    }
    return {name: value for name, value in posted.items() if value is not None}


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_it_opens_with_a_preview_of_the_athletes_own_week(client, alice):
    Profile.objects.filter(user=alice).update(available_weekdays=[0, 2, 4], session_minutes=50)
    page = client.get(URL)
    assert page.status_code == 200
    assert page.context["preview"]["days_per_week"] == 3
    assert page.context["preview"]["session_minutes"] == 50
    assert not Program.objects.exists()


def test_the_preview_follows_the_choices_and_stores_nothing(client, alice):
    page = client.get(URL, choices(hypertrophy=4, strength=6, days_per_week=3), headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert len(page.context["week"]["sessions"]) == 3
    assert 'id="preview"' in text_of(page)
    assert not Program.objects.exists()


def test_goals_that_hinder_each_other_are_warned_about(client, alice):
    page = client.get(URL, choices(strength=5, endurance=5))
    assert page.context["preview"]["warnings"]
    assert page.context["preview"]["warnings"][0]["message"] in page.content.decode()


def test_points_left_are_named_and_nothing_is_previewed(client, alice):
    page = client.get(URL, choices(strength=7))
    assert page.context["preview"] is None
    assert "3 points left" in text_of(page)


def test_without_scripts_an_update_previews_and_stores_nothing(client, alice):
    page = client.post(URL, choices(update="1", days_per_week=4))
    assert page.status_code == 200
    assert page.context["preview"]["days_per_week"] == 4
    assert not Program.objects.exists()


def test_creating_leads_to_the_whole_program(client, alice):
    page = client.post(URL, choices(name="Winter block"), follow=True)
    program = Program.objects.get()
    assert page.redirect_chain[-1][0] == reverse("programs:program", args=[program.pk])
    assert program.name == "Winter block"
    assert program.is_active
    assert program.microcycles.count() == 8


def test_the_same_page_posted_twice_is_one_program(client, alice):
    posted = choices()
    first = client.post(URL, posted)
    second = client.post(URL, posted)
    assert first["Location"] == second["Location"]
    assert Program.objects.count() == 1


def test_anothers_request_id_gives_nothing_away(client, alice):
    theirs = choices()
    client.post(URL, theirs)
    client.force_login(UserFactory())
    answer = client.post(URL, theirs)
    assert answer.status_code in {404, 422}
    assert Program.objects.count() == 1


BAD = [
    ("goals", {"strength": 9}),
    ("goals", {"strength": 6, "hypertrophy": 6}),
    ("goals", {"strength": 4, "hypertrophy": 2, "endurance": 2, "speed": 2}),
    ("goals", {"strength": 0}),
    ("strength", {"strength": 11}),
    ("strength", {"strength": -1, "hypertrophy": 11}),
    ("duration_weeks", {"duration_weeks": 7}),
    ("duration_weeks", {"duration_weeks": 9}),
    ("duration_weeks", {"duration_weeks": 13}),
    ("days_per_week", {"days_per_week": 0}),
    ("days_per_week", {"days_per_week": 8}),
    ("days_per_week", {"days_per_week": 3, "available_weekdays": [0, 1]}),
    ("days_per_week", {"days_per_week": None}),
    ("available_weekdays", {"available_weekdays": [9]}),
    ("session_minutes", {"session_minutes": 10}),
    ("start_date", {"start_date": "24.11.2026x"}),
    ("start_date", {"start_date": "1999-01-01"}),
    ("start_date", {"start_date": "2031-01-01"}),
    ("split_template", {"split_template": "bro"}),
    ("priority_muscles", {"priority_muscles": ["wings"]}),
    ("name", {"name": "x" * 200}),
]


@pytest.mark.parametrize(("field", "wrong"), BAD, ids=[f"{field}-{wrong}" for field, wrong in BAD])
def test_a_wrong_choice_is_told_and_nothing_is_stored(client, alice, field, wrong):
    page = client.post(URL, choices(**wrong))
    assert page.status_code == 422
    messages = page.context["form"].errors.get(field)
    assert messages, page.context["form"].errors
    assert text_of(page).count('class="error"') or text_of(page).count('class="note bad"')
    assert not Program.objects.exists()


def test_a_wrong_choice_keeps_what_was_chosen(client, alice):
    page = client.post(URL, choices(strength=9, name="Kept name"))
    assert 'value="Kept name"' in text_of(page)
    assert page.context["form"].points()["strength"] == 9


def test_rules_that_collide_are_named_with_a_link_to_mend_each(client, alice):
    squat = Movement.objects.get(slug="barbell-back-squat")
    MovementRule.objects.create(user=alice, movement=squat, type="hard_yes")
    InjuryFactory(user=alice, area="knee", severity=3, since=MONDAY, until=None)
    answer = client.post(URL, choices())
    assert answer.status_code == 422
    page = text_of(answer)
    start = page.index("These rules of yours collide")
    named = page[start : page.index("</section>", start)]
    assert "Always in the plan: Barbell back squat" in named
    assert f'href="{reverse("movements:detail", args=[squat.slug])}"' in named
    assert "Your injury: knee" in named
    assert f'href="{reverse("accounts:injuries")}"' in named
    assert not Program.objects.exists()
