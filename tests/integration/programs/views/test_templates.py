"""The pages of known programs and of grading."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from programs.models import Program
from tests.factories.accounts import UserFactory
from tests.factories.programs import MONDAY
from tests.integration.programs.api.test_templates import by_hand

NOON = dt.datetime.combine(MONDAY, dt.time(12), tzinfo=dt.UTC)
LIST, GRADE = reverse("programs:templates"), reverse("programs:grade")
PHUL = reverse("programs:template", args=["phul"])


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    """The published library once for all tests of this module, and gone after it."""
    with django_db_blocker.unblock():
        call_command("load_movements", verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _library_and_monday(library, db, client):
    client.force_login(UserFactory())
    with time_machine.travel(NOON, tick=False):
        yield


def test_the_list_shows_each_program_with_its_grade(client, django_assert_max_num_queries):
    client.get(LIST)
    with django_assert_max_num_queries(25):
        page = client.get(LIST)
    assert page.status_code == 200
    assert len(page.context["rows"]) == 9
    assert all(0 < row["score"] < 1 for row in page.context["rows"])


def test_a_program_shows_its_week_its_grade_and_can_be_started(client):
    page = client.get(PHUL)
    assert "Barbell Bench Press" in page.text
    assert page.context["missed_checks"]
    answer = client.post(PHUL, {"start_date": "2026-11-24", "available_weekdays": ["1", "2", "4", "5"]})
    program = Program.objects.get()
    assert answer.url == reverse("programs:program", args=[program.pk])
    assert program.is_active
    assert client.get(answer.url).status_code == 200
    session = program.microcycles.first().sessions.first()
    assert client.get(reverse("programs:session", args=[session.pk])).status_code == 200


def test_too_few_days_are_refused_at_the_field(client):
    page = client.post(PHUL, {"start_date": "2026-11-24", "available_weekdays": ["1", "2"]})
    assert page.status_code == 422
    assert "available_weekdays" in page.context["form"].errors
    assert not Program.objects.exists()


def test_a_pasted_plan_is_graded_and_not_saved(client):
    page = client.post(GRADE, {"text": json.dumps(by_hand())})
    assert page.status_code == 200
    assert "Warm-up, one clear middle, cool-down" in page.text
    assert not Program.objects.exists()


def test_a_file_is_graded(client):
    upload = SimpleUploadedFile("plan.json", json.dumps(by_hand()).encode(), "application/json")
    assert client.post(GRADE, {"file": upload}).context["applied"] > 10


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({}, "Choose a file or paste a plan."),
        ({"text": '{"goals": ['}, "This is not JSON: line 1, column 12"),
        ({"text": "[]"}, "Send one JSON object."),
        ({"text": json.dumps(by_hand(days_per_week=9))}, "days_per_week:"),
    ],
)
def test_what_cannot_be_graded_is_said_with_its_place(client, posted, words):
    page = client.post(GRADE, posted)
    assert page.status_code == 422
    assert words in page.text.replace("&quot;", '"')


def test_a_file_that_is_no_text_is_refused(client):
    page = client.post(GRADE, {"file": SimpleUploadedFile("plan.json", b"\xff\xfe\x00", "application/json")})
    assert page.status_code == 422
