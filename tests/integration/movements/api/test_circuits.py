import pytest
from rest_framework.test import APIClient

from gainsly.lib.vocabulary import Role
from movements.models import Circuit, Movement
from tests.factories.accounts import UserFactory
from tests.factories.movements import load_sample

pytestmark = pytest.mark.django_db
PATH = "/api/v1/circuits"


def body(**changes):
    return {
        "name": "Ten at Noon", "type": "amrap", "time_cap_seconds": 600, "estimated_minutes": 10, "difficulty": 2,
        "stress": {"conditioning": 6}, "tags": ["hotel"], "scaling": "Fewer.", "description": "Ten minutes.",
        "exercises": [
            {"movement": "push-up", "reps": 10},
            {"movement": "goblet-squat", "reps": 15, "load_kg": 16, "load_kg_female": 12, "notes": "slow"},
        ],
        **changes,
    }  # fmt: skip


def client_of(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.fixture
def admin():
    load_sample()
    return client_of(UserFactory(role=Role.ADMIN))


def test_an_admin_adds_a_circuit_that_everybody_reads(admin):
    answer = admin.post(PATH, body(), format="json")
    assert answer.status_code == 201, answer.json()
    made = answer.json()
    assert (made["slug"], made["stress"], made["tags"]) == ("ten-at-noon", {"conditioning": 6}, ["hotel"])
    assert [row["movement"]["slug"] for row in made["exercises"]] == ["push-up", "goblet-squat"]
    assert made["exercises"][1]["load_kg_female"] == 12.0
    assert client_of(UserFactory()).get(f"{PATH}/ten-at-noon").json() == made


def test_what_get_gave_may_be_put_back(admin):
    made = admin.post(PATH, body(), format="json").json()
    read = admin.get(f"{PATH}/{made['id']}")
    put = admin.put(f"{PATH}/{made['id']}", read.json(), format="json", headers={"If-Match": read.headers["ETag"]})
    assert put.status_code == 200, put.json()
    assert put.json() == made
    stale = admin.put(f"{PATH}/{made['id']}", made, format="json", headers={"If-Match": read.headers["ETag"]})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")


def test_put_replaces_the_whole(admin):
    made = admin.post(PATH, body(), format="json").json()
    answer = admin.put(
        f"{PATH}/{made['slug']}",
        {"name": "Noon", "type": "emom", "rounds": 12, "estimated_minutes": 12,
         "exercises": [{"movement": "push-up", "reps": 8}]},
        format="json",
    )  # fmt: skip
    assert answer.status_code == 200, answer.json()
    now = answer.json()
    assert (now["id"], now["slug"], now["name"], now["type"]) == (made["id"], made["slug"], "Noon", "emom")
    assert (now["time_cap_seconds"], now["tags"], now["stress"], len(now["exercises"])) == (None, [], {}, 1)


def test_a_circuit_is_retired_and_its_name_may_be_used_again(admin):
    made = admin.post(PATH, body(), format="json").json()
    assert admin.delete(f"{PATH}/{made['slug']}").status_code == 204
    assert admin.get(f"{PATH}/{made['slug']}").status_code == 404
    assert Circuit.objects.filter(pk=made["id"], is_active=False).exists()
    assert admin.post(PATH, body(), format="json").json()["id"] == made["id"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"type": "amrap", "time_cap_seconds": None}, "time_cap_seconds"),
        ({"type": "emom"}, "rounds"),
        ({"type": "rounds_for_time"}, "rounds"),
        ({"type": "ladder", "time_cap_seconds": None}, "rounds"),
        ({"type": "tapdance"}, "type"),
        ({"exercises": []}, "exercises"),
        ({"exercises": [{"movement": "push-up"}]}, "exercises"),
        ({"exercises": [{"movement": "ghost", "reps": 3}]}, "exercises.0.movement"),
        ({"exercises": [{"movement": "push-up", "reps": 0}]}, "exercises.0.reps"),
        ({"exercises": [{"movement": 7, "reps": 3}]}, "exercises.0.movement"),
        ({"stress": {"luck": 3}}, "stress"),
        ({"stress": {"cns": 11}}, "stress.cns"),
        ({"tags": ["Two Words"]}, "tags.0"),
        ({"name": "—"}, "name"),
        ({"estimated_minutes": 900}, "estimated_minutes"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_circuit_that_cannot_be_run_is_refused(admin, changes, field):
    answer = admin.post(PATH, body(**changes), format="json")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert field in answer.json()["errors"]
    assert not Circuit.objects.exists()


def test_a_name_is_given_once(admin):
    admin.post(PATH, body(), format="json")
    other = admin.post(PATH, body(name="Other"), format="json").json()
    again = admin.post(PATH, body(name="TEN at noon"), format="json")
    assert (again.status_code, again.json()["code"]) == (400, "invalid_circuit")
    assert admin.put(f"{PATH}/{other['id']}", body(), format="json").json()["errors"]["name"]


def test_an_athletes_own_movement_is_nothing_for_everybody(admin):
    Movement.objects.filter(slug="push-up").update(owner=UserFactory())
    answer = admin.post(PATH, body(exercises=[{"movement": "push-up", "reps": 3}]), format="json")
    assert answer.json()["errors"]["exercises.0.movement"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_athletes_only_read(admin, method):
    admin.post(PATH, body(), format="json")
    athlete = client_of(UserFactory())
    path = PATH if method == "post" else f"{PATH}/ten-at-noon"
    assert getattr(athlete, method)(path, body(name="Mine"), format="json").json()["code"] == "forbidden"
    assert getattr(APIClient(), method)(path, body(), format="json").status_code == 401
    assert Circuit.objects.get().name == "Ten at Noon"


def test_the_same_key_makes_one_circuit(admin):
    first, second = (admin.post(PATH, body(), format="json", headers={"Idempotency-Key": "k1"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
