import pytest
from rest_framework.test import APIClient

from movements.models import Movement
from movements.services import rules
from programs.models import FavoriteProgram
from tests.factories.accounts import UserFactory
from tests.factories.programs import make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def athlete():
    return UserFactory()


@pytest.fixture
def client(athlete):
    client = APIClient()
    client.force_authenticate(athlete)
    return client


def test_movements_and_programs_stand_side_by_side(client, athlete):
    program = make_program(athlete)
    rules.set_favorite(user=athlete, movement=Movement.objects.get(slug="barbell-back-squat"), wanted=True)
    first = client.post(f"/api/v1/favorites/programs/{program.pk}")
    again = client.post(f"/api/v1/favorites/programs/{program.pk}")
    assert (first.status_code, again.status_code) == (201, 200)
    answer = client.get("/api/v1/favorites").json()
    assert [row["slug"] for row in answer["movements"]] == ["barbell-back-squat"]
    listed = client.get("/api/v1/programs").json()["results"][0]
    assert answer["programs"] == [first.json()] == [listed]


def test_a_program_is_taken_out_again(client, athlete):
    program = make_program(athlete)
    client.post(f"/api/v1/favorites/programs/{program.pk}")
    assert client.delete(f"/api/v1/favorites/programs/{program.pk}").status_code == 204
    assert client.delete(f"/api/v1/favorites/programs/{program.pk}").status_code == 204
    assert client.get("/api/v1/favorites").json() == {"movements": [], "programs": []}


def test_anothers_program_is_not_there(client):
    theirs = make_program(UserFactory())
    assert client.post(f"/api/v1/favorites/programs/{theirs.pk}").status_code == 404
    assert not FavoriteProgram.objects.exists()


def test_the_number_of_queries_does_not_grow(client, athlete, django_assert_num_queries):
    def keep():
        client.post(f"/api/v1/favorites/programs/{make_program(athlete).pk}")

    keep()
    client.get("/api/v1/favorites")
    with django_assert_num_queries(3):
        client.get("/api/v1/favorites")
    keep()
    keep()
    with django_assert_num_queries(3):
        assert len(client.get("/api/v1/favorites").json()["programs"]) == 3
