import pytest
from rest_framework.test import APIClient

from movements import selectors
from movements.models import FavoriteMovement, MovementRule
from movements.services import own
from tests.factories.accounts import UserFactory
from tests.factories.movements import load_sample

pytestmark = pytest.mark.django_db
PATH = "/api/v1/movements/preferences"
FAVORITES = "/api/v1/favorites/movements"


@pytest.fixture
def athlete():
    load_sample()
    return UserFactory()


def client_of(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.fixture
def client(athlete):
    return client_of(athlete)


def test_a_rule_is_set_read_changed_and_dropped(client):
    made = client.post(PATH, {"movement": "push-up", "type": "hard_no"})
    assert made.status_code == 201
    assert made.json()["cadence"] == "per_microcycle"
    path = f"{PATH}/{made.json()['id']}"
    assert client.get(path).json()["movement"]["slug"] == "push-up"
    changed = client.patch(path, {"type": "preferred", "cadence": "biweekly"}).json()
    assert (changed["id"], changed["type"], changed["cadence"]) == (made.json()["id"], "preferred", "biweekly")
    assert client.get("/api/v1/movements/push-up").json()["rule"]["type"] == "preferred"
    assert client.delete(path).status_code == 204
    assert client.get(PATH).json()["results"] == []


def test_a_second_rule_about_a_movement_replaces_the_first(client, athlete):
    movement = selectors.movement_for(athlete, "push-up")
    client.post(PATH, {"movement": "push-up", "type": "hard_no"})
    again = client.post(PATH, {"movement": str(movement.pk), "type": "hard_yes", "cadence": "weekly"})
    assert again.status_code == 200
    assert [(rule.type, rule.cadence) for rule in MovementRule.objects.all()] == [("hard_yes", "weekly")]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"movement": "ghost", "type": "hard_no"}, "movement"),
        ({"movement": "push-up"}, "type"),
        ({"movement": "push-up", "type": "never"}, "type"),
        ({"movement": "push-up", "type": "hard_no", "cadence": "yearly"}, "cadence"),
        ({"movement": "push-up", "type": "hard_no", "odd": 1}, "odd"),
        ({"movement": "push-up", "type": "hard_no", "notes": "x" * 301}, "notes"),
    ],
)
def test_a_bad_rule_is_refused_at_its_field(client, body, field):
    answer = client.post(PATH, body)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert not MovementRule.objects.exists()


def test_another_athletes_own_movement_cannot_be_named(client):
    theirs = own.create_own_movement(user=UserFactory(), name="Secret", pattern="carry", primary_muscles=["core"])
    answer = client.post(PATH, {"movement": str(theirs.pk), "type": "preferred"})
    assert list(answer.json()["errors"]) == ["movement"]
    assert client.post(f"{FAVORITES}/{theirs.pk}").status_code == 404


def test_a_stranger_gets_404_also_for_a_bad_body(client):
    made = client.post(PATH, {"movement": "push-up", "type": "hard_no"}).json()
    stranger = client_of(UserFactory())
    path = f"{PATH}/{made['id']}"
    assert [stranger.get(path).status_code, stranger.patch(path, {"odd": 1}).status_code] == [404, 404]
    assert stranger.delete(path).status_code == 404
    assert stranger.get(PATH).json()["results"] == []
    assert MovementRule.objects.count() == 1


def test_rules_and_favourites_cost_the_same_for_one_and_for_three(client, django_assert_num_queries):
    slugs = ["push-up", "goblet-squat", "barbell-back-squat"]
    client.post(PATH, {"movement": slugs[0], "type": "hard_no"})
    client.post(f"{FAVORITES}/{slugs[0]}")
    with django_assert_num_queries(1):
        client.get(PATH)
    with django_assert_num_queries(2):
        client.get(FAVORITES)
    for slug in slugs[1:]:
        client.post(PATH, {"movement": slug, "type": "preferred"})
        client.post(f"{FAVORITES}/{slug}")
    with django_assert_num_queries(1):
        assert len(client.get(PATH).json()["results"]) == 3
    with django_assert_num_queries(2):
        assert len(client.get(FAVORITES).json()["results"]) == 3


def test_favourites_come_and_go_and_asking_twice_is_fine(client, athlete):
    assert client.post(f"{FAVORITES}/push-up").status_code == 201
    assert client.post(f"{FAVORITES}/push-up").status_code == 200
    assert [row["slug"] for row in client.get(FAVORITES).json()["results"]] == ["push-up"]
    assert client_of(UserFactory()).get(FAVORITES).json()["results"] == []
    assert client.delete(f"{FAVORITES}/push-up").status_code == 204
    assert client.delete(f"{FAVORITES}/push-up").status_code == 204
    assert not FavoriteMovement.objects.of(athlete).exists()
