"""From a sentence to a program through the wizard, with the real engine and the published library."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from accounts.models import EnjoyableActivity, Injury
from movements.catalogue.kits import can_do
from movements.models import MovementRule
from movements.selectors import movements_by_slug
from programs.models import Program, SessionExercise
from tests.factories.accounts import UserFactory
from tests.factories.programs import MONDAY

NOON = dt.datetime.combine(MONDAY, dt.time(12), tzinfo=dt.UTC)
WIZARD, SENTENCE = reverse("programs:wizard"), reverse("coaching:sentence")
TOLD = "four days, garage with dumbbells, want a bigger bench, shoulder is touchy"


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    """The published library once for all tests of this module, and gone after it."""
    with django_db_blocker.unblock():
        call_command("load_movements", verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _library_and_monday(library, db, settings):
    settings.LLM_PROVIDER = "builtin"
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def posted(page: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would send of the form as it stands."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields if name != "goals"}
    notes = [one["id"] for one in page.context.get("told", {}).get("notes", ())]
    values = {"note": notes, **values, **changes}
    return {name: value for name, value in values.items() if value not in (None, "")}


def test_a_sentence_fills_the_choices_and_the_engine_writes_the_plan(client, alice):
    page = client.post(SENTENCE, {"text": TOLD}, follow=True)
    assert page.context["preview"]["days_per_week"] == 4
    assert page.context["form"].points()["strength"] == 10
    shown = page.content.decode()
    assert all(f"from “{words}”" in shown for words in ("four days", "dumbbells", "bigger bench", "shoulder is touchy"))
    assert not Program.objects.exists()
    assert not Injury.objects.exists()

    answer = client.post(WIZARD, posted(page))
    assert answer.status_code == 302
    program = Program.objects.get(user=alice)
    assert program.days_per_week == 4
    assert set(program.equipment.values_list("slug", flat=True)) == {"dumbbell"}
    assert list(Injury.objects.values_list("area", "severity")) == [("shoulder", 1)]
    used = {one.movement.slug for one in SessionExercise.objects.select_related("movement")}
    records = {one.record.slug: one.record for one in movements_by_slug(used, alice).values()}
    assert all(can_do(record, ["dumbbell"]) for record in records.values())


def test_what_is_unticked_or_changed_counts_as_changed(client, alice):
    page = client.post(SENTENCE, {"text": TOLD}, follow=True)
    answer = client.post(WIZARD, posted(page, note=[], days_per_week=3))
    assert answer.status_code == 302
    assert Program.objects.get(user=alice).days_per_week == 3
    assert not Injury.objects.exists()


def test_notes_taken_at_once_keep_the_choices_and_are_planned_with(client, alice):
    page = client.post(SENTENCE, {"text": f"{TOLD}, hate burpees, football on Saturdays"}, follow=True)
    page = client.post(WIZARD, posted(page, take_notes="1", session_minutes=40), follow=True)
    assert page.context["form"]["session_minutes"].value() in (40, "40")
    assert page.context["told"]["notes"] == []
    assert MovementRule.objects.get(user=alice).movement.slug == "burpee"
    assert EnjoyableActivity.objects.get(user=alice).weekdays == [5]
    assert Injury.objects.get(user=alice).area == "shoulder"


def test_a_plan_that_cannot_be_made_takes_no_note(client, alice):
    page = client.post(SENTENCE, {"text": TOLD}, follow=True)
    answer = client.post(WIZARD, posted(page, available_weekdays=[0, 1]))
    assert answer.status_code == 422
    assert not Injury.objects.exists()


def test_the_sentence_is_in_no_address_and_not_shown_on_a_fresh_visit(client, alice):
    answer = client.post(SENTENCE, {"text": TOLD})
    assert "shoulder" not in answer.url
    assert "told" not in client.get(WIZARD).context


def test_nothing_understood_is_said_and_nothing_is_invented(client, alice):
    page = client.post(SENTENCE, {"text": "I adore astronomy <b>and</b> pizza"}, follow=True)
    shown = page.content.decode()
    assert "Nothing in it could be planned with" in shown
    assert "<b>and</b>" not in shown
    assert (
        page.context["form"]["session_minutes"].value() == client.get(WIZARD).context["form"]["session_minutes"].value()
    )


def test_an_empty_sentence_says_so(client, alice):
    page = client.post(SENTENCE, {"text": " "}, follow=True)
    assert "Say what you want first." in page.content.decode()
