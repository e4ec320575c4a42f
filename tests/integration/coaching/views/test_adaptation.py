"""The page that adapts a day, without scripts: told, seen, accepted, shown on today, undone."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from coaching.models import Adaptation
from programs.models import Session
from programs.services.stored_rows import snapshot
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _built_in(settings):
    settings.LLM_PROVIDER = "builtin"


def test_a_day_is_adapted_and_put_back_by_forms_alone(client):
    with time_machine.travel(dt.datetime.combine(MONDAY, dt.time(12), dt.UTC), tick=False):
        program = make_program()
        session = Session.objects.get(microcycle__program=program, date=MONDAY)
        before = snapshot(session)
        client.force_login(program.user)
        assert reverse("coaching:adapt") in client.get(reverse("logging:today")).content.decode()
        assert client.get(reverse("coaching:adapt")).status_code == 200
        answer = client.post(reverse("coaching:adapt"), {"sleep_hours": "4", "stress": "9", "sore_quadriceps": "5"})
        row = Adaptation.objects.get()
        assert answer.url == reverse("coaching:adaptation", args=[row.pk])
        assert row.changes[0]["reason"] in client.get(answer.url).content.decode().replace("&#x27;", "'")
        decide = reverse("coaching:adapt-decide", args=[row.pk])
        client.post(decide, {"op": "all"})
        assert snapshot(session) != before
        assert "Undo" in client.get(reverse("coaching:adapted")).content.decode()
        assert reverse("coaching:adapted") in client.get(reverse("logging:today")).content.decode()
        client.post(decide, {"op": "undo"})
        assert snapshot(session) == before
