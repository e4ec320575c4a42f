"""Similar movements for everybody, substitutes for this athlete, as JSON and as a page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from movements import selectors
from movements.services import own, rules
from tests.factories.accounts import InjuryFactory, UserFactory
from tests.factories.movements import load_equipment, load_sample, movement_entry

pytestmark = pytest.mark.django_db
RATIO = {"reference": "barbell-back-squat", "grade": "C", "source": "a convention"}


@pytest.fixture
def athlete():
    load_equipment()
    load_sample(
        movement_entry("Front Squat", aliases=[], equipment=["barbell"], alternatives=[], skill="beginner",
                       ratio={**RATIO, "value": 0.8}),
        movement_entry("Machine Squat", aliases=[], equipment=["machine"], alternatives=[], skill="beginner",
                       joints={"hip": "light"}),
        movement_entry("Jump Squat Elite", aliases=[], equipment=[], alternatives=[], skill="elite"),
    )  # fmt: skip
    return UserFactory()


@pytest.fixture
def client(client, athlete):
    client.force_login(athlete)
    return client


def slugs(answer):
    return [row["movement"]["slug"] for row in answer.json()["results"]]


def substitutes(client, key="barbell-back-squat", **query):
    return client.get(reverse("api_movement_substitutes", args=[key]), query)


def test_similar_begins_with_the_graph(client):
    answer = client.get(reverse("api_movement_similar", args=["barbell-back-squat"]))
    assert slugs(answer)[0] == "goblet-squat"
    first = answer.json()["results"][0]
    assert first["reason"] == "A step easier, trains glutes, quadriceps too"
    assert 0 < first["score"] <= 1
    assert "push-up" not in slugs(answer)
    assert "barbell-back-squat" not in slugs(answer)


def test_substitutes_keep_to_skill_kit_injuries_rules_and_hidden_ones(client, athlete):
    assert slugs(substitutes(client)) == ["goblet-squat", "front-squat", "machine-squat"]  # nothing elite
    rules.set_hidden(user=athlete, movement=selectors.movement_for(athlete, "goblet-squat"), hidden=True)
    assert slugs(substitutes(client)) == ["front-squat", "machine-squat"]
    InjuryFactory(user=athlete, area="knee", severity=2)
    assert slugs(substitutes(client)) == ["machine-squat"]
    rules.set_rule(user=athlete, movement=selectors.movement_for(athlete, "machine-squat"), type="hard_no")
    assert slugs(substitutes(client)) == []


def test_the_load_is_converted_and_marked_as_a_guess(client):
    lift = {"aliases": [], "equipment": ["barbell"], "alternatives": [], "skill": "beginner"}
    load_sample(
        movement_entry("Front Squat", ratio={**RATIO, "value": 0.8}, **lift),
        movement_entry("Box Squat", ratio={**RATIO, "value": 0.9}, **lift),
    )
    rows = {row["movement"]["slug"]: row for row in substitutes(client, "front-squat", load_kg=80).json()["results"]}
    assert (rows["box-squat"]["load_kg"], rows["box-squat"]["load_is_guess"]) == (85.0, True)  # 80 x 0.9 / 0.8 x 0.95
    assert (rows["goblet-squat"]["load_kg"], rows["goblet-squat"]["load_is_guess"]) == (None, False)


def test_a_load_must_be_a_weight(client):
    answer = substitutes(client, load_kg="heavy")
    assert answer.status_code == 400
    assert "load_kg" in answer.json()["errors"]
    assert substitutes(client, load_kg=-1).status_code == 400


def test_strangers_movements_are_not_there(client):
    theirs = own.create_own_movement(user=UserFactory(), name="Secret", pattern="squat", primary_muscles=["glutes"])
    assert substitutes(client, theirs.slug).status_code == 404
    assert client.get(reverse("api_movement_similar", args=[theirs.slug])).status_code == 404
    assert theirs.slug not in slugs(client.get(reverse("api_movement_similar", args=["barbell-back-squat"])))


def test_the_page_and_its_part_show_the_same(client):
    url = reverse("programs:substitutes", args=["barbell-back-squat"])
    page, part = client.get(url), client.get(url, headers={"HX-Request": "true"})
    for answer in (page, part):
        assert answer.status_code == 200
        assert b"Goblet Squat" in answer.content
    assert b"<html" in page.content
    assert b"<html" not in part.content


def test_the_movements_page_leads_to_substitutes_and_names_similar_ones(client):
    html = client.get(reverse("movements:detail", args=["barbell-back-squat"])).content.decode()
    assert reverse("programs:substitutes", args=["barbell-back-squat"]) in html
    assert "Machine Squat" in html
