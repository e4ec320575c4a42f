import pytest
from rest_framework.test import APIClient

from movements import selectors
from movements.catalogue.kits import FULL_GYM
from tests.factories.accounts import UserFactory
from tests.factories.movements import load_equipment

pytestmark = pytest.mark.django_db
PATH = "/api/v1/settings/profile"


@pytest.fixture
def athlete():
    load_equipment()
    return UserFactory()


@pytest.fixture
def client(athlete):
    client = APIClient()
    client.force_authenticate(athlete)
    return client


def test_a_newcomer_has_a_full_gym_and_sensible_defaults(client):
    profile = client.get(PATH).json()
    assert set(profile["equipment"]) == set(FULL_GYM)
    assert (profile["bar_kg"], profile["load_step_kg"]) == (20.0, 2.5)
    assert profile["plates_kg"] == [1.25, 2.5, 5.0, 10.0, 15.0, 20.0, 25.0]
    assert profile["experience_level"] == "beginner"
    assert profile["session_minutes"] == 60


def test_put_takes_what_get_gave(client):
    given = client.get(PATH).json()
    answer = client.put(PATH, given)
    assert answer.status_code == 200, answer.json()
    after = answer.json()
    assert set(after.pop("equipment")) == set(given.pop("equipment"))
    assert after == given
    assert client.get(PATH).json().keys() == {*after, "equipment"}


def test_some_keys_are_enough_and_the_others_stay(client):
    client.put(PATH, {"equipment": ["band", "mat"], "height_cm": 178, "disciplines": [{"discipline": "powerlifting"}]})
    profile = client.put(PATH, {"bar_kg": 15, "available_weekdays": [4, 0]}).json()
    assert profile["equipment"] == ["band", "mat"]
    assert (profile["bar_kg"], profile["height_cm"], profile["available_weekdays"]) == (15.0, 178, [0, 4])
    assert profile["disciplines"] == [{"discipline": "powerlifting", "preference": 3, "level": ""}]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"equipment": ["spaceship"]}, "equipment"),
        ({"equipment": "barbell"}, "equipment"),
        ({"bar_kg": 51}, "bar_kg"),
        ({"bar_kg": "heavy"}, "bar_kg"),
        ({"plates_kg": [0]}, "plates_kg"),
        ({"plates_kg": [-1]}, "plates_kg.0"),
        ({"load_step_kg": 0}, "load_step_kg"),
        ({"session_minutes": 10}, "session_minutes"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"available_weekdays": [7]}, "available_weekdays.0"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_one_bad_key_and_nothing_is_saved(client, athlete, body, field):
    before = client.get(PATH).json()
    answer = client.put(PATH, {"height_cm": 190, "dumbbells_kg": [10], **body})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert client.get(PATH).json() == before
    assert selectors.default_gym(athlete) is None


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_numbers_that_are_none_are_refused(client, value):
    assert client.put(PATH, {"bar_kg": value}).status_code == 400


def test_a_stale_version_is_refused(client):
    tag = client.get(PATH).headers["ETag"]
    assert client.put(PATH, {"bar_kg": 15}, headers={"If-Match": tag}).status_code == 200
    assert client.put(PATH, {"bar_kg": 10}, headers={"If-Match": tag}).status_code == 412
    assert client.get(PATH).json()["bar_kg"] == 15.0


def test_it_needs_a_signed_in_athlete():
    assert APIClient().get(PATH).status_code == 401
