"""A sentence over the API: keys of the create body, and nothing stored."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from accounts.models import Injury
from movements.models import LibraryVersion
from programs.models import Program

pytestmark = pytest.mark.django_db
URL = "/api/v1/programs/read"


def test_a_text_becomes_keys_of_the_create_body(client):
    answer = client.post(
        URL, {"text": "four days, only kettlebells, strength 6 size 4, bad knee, 16 weeks"}, format="json"
    )
    assert answer.status_code == 200
    found = answer.json()
    assert found["body"] == {
        "days_per_week": 4,
        "duration_weeks": 12,
        "goals": [{"goal": "strength", "weight": 6}, {"goal": "hypertrophy", "weight": 4}],
        "equipment": ["kettlebell"],
    }
    assert found["settings"][0]["value"] == {"area": "knee", "severity": 2}
    assert {one["field"]: one["asked"] for one in found["heard"]}["duration_weeks"] == "16 weeks"
    assert found["unread"] == []
    assert not Program.objects.exists()
    assert not Injury.objects.exists()


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "x" * 601}, {"text": "four days", "user": 1}])
def test_what_is_no_text_is_refused_at_its_field(client, body):
    answer = client.post(URL, body, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_strangers_get_nothing():
    assert APIClient().post(URL, {"text": "four days"}, format="json").status_code == 401


def test_a_text_full_of_names_is_not_searched_for_without_end(client, django_assert_max_num_queries):
    LibraryVersion.objects.create(content_hash="small")
    text = " ".join(f"no w{number}a b c d," for number in range(35))[:600]
    with django_assert_max_num_queries(120):
        assert client.post(URL, {"text": text}, format="json").status_code == 200
