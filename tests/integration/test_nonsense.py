"""Whatever is typed into a form, answered into a link or sent to an address: it is refused in words, never a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from logging_app.models import WorkoutLog
from programs.models import Session
from tests.adversary import NASTY, attempts, forms_of
from tests.factories.accounts import InjuryFactory, UserFactory
from tests.factories.logging_app import lifted, log
from tests.factories.programs import make_program

pytestmark = pytest.mark.django_db
FAULT = 500
PLAIN = (
    "logging:today",
    "logging:history",
    "logging:past",
    "logging:activities",
    "logging:body",
    "logging:recovery",
    "movements:list",
    "coaching:threads",
    "accounts:settings-person",
    "accounts:settings-week",
    "accounts:settings-display",
    "accounts:injury-add",
)
QUESTIONS = {
    "logging:history": ("q", "before", "day", "month"),
    "logging:progress": ("lift", "range", "start", "end", "from", "to"),
    "logging:recovery": ("muscle",),
    "logging:compare": ("one", "other", "one_start", "one_end"),
    "movements:list": ("q", "page", "muscle", "equipment", "pattern"),
    "movements:circuits": ("q", "page", "tag", "type"),
    "coaching:threads": ("q", "page"),
    "programs:wizard": ("goal", "text"),
    "accounts:injury-add": ("words",),
}


@pytest.fixture
def athlete():
    user = UserFactory()
    make_program(user, start_date=timezone.localdate())
    InjuryFactory(user=user)
    log(user, lifted(100, 5))
    return user


@pytest.fixture
def visitor(athlete) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(athlete)
    return client


def pages_of(user) -> Iterator[str]:
    yield from map(reverse, PLAIN)
    session = Session.objects.filter(microcycle__program__user=user).order_by("date").first()
    workout = WorkoutLog.objects.get(user=user)
    yield reverse("programs:session", args=[session.pk])
    yield reverse("programs:edit", args=[session.pk])
    yield reverse("programs:move", args=[session.pk])
    yield reverse("programs:program", args=[session.microcycle.program_id])
    yield reverse("logging:entry", args=[workout.pk])
    yield reverse("logging:edit", args=[workout.pk])


def send(client: Client, method: str, address: str, data) -> int:
    """The answer's status; what it wrote is taken back."""
    with transaction.atomic():
        status = getattr(client, method)(address, data).status_code
        transaction.set_rollback(True)
    return status


def test_no_form_of_a_page_answers_nonsense_with_a_fault(athlete, visitor):
    faults, walked = [], set()
    for page in pages_of(athlete):
        answer = visitor.get(page)
        assert answer.status_code == 200, page
        for form in forms_of(page, answer.content.decode()):
            shape = (re.sub(r"[0-9a-f-]{36}", "", form.action), *form.key)
            if shape in walked or "logout" in form.action:
                continue
            walked.add(shape)
            for data in attempts(form, thrifty=True):
                if send(visitor, form.method, form.action, data) >= FAULT:
                    faults.append((form.action, data))
    assert not faults, faults[:3]
    assert len(walked) > len(PLAIN)


@pytest.mark.parametrize("page", QUESTIONS)
def test_no_question_of_a_page_answers_nonsense_with_a_fault(visitor, page):
    faults = [
        (key, nonsense)
        for key in QUESTIONS[page]
        for nonsense in NASTY
        if send(visitor, "get", reverse(page), {key: nonsense}) >= FAULT
    ]
    assert faults == []


@pytest.mark.parametrize("nonsense", NASTY)
def test_no_set_of_nonsense_is_a_fault(athlete, visitor, nonsense):
    workout = WorkoutLog.objects.get(user=athlete)
    WorkoutLog.objects.filter(pk=workout.pk).update(finished_at=None, completed=False)
    for key in ("set_id", "exercise", "movement", "weight", "reps", "rpe", "number", "text", "notes"):
        for name in ("logging:add-set", "logging:add-typed", "logging:change"):
            assert send(visitor, "post", reverse(name, args=[workout.pk]), {key: nonsense}) < FAULT
