import pytest
from rest_framework.test import APIClient

from movements.services import own
from movements.services.library import touch_library
from tests.factories.accounts import UserFactory
from tests.factories.movements import CircuitExerciseFactory, CircuitFactory, load_sample, movement_entry

pytestmark = pytest.mark.django_db
PATH = "/api/v1/movements"


@pytest.fixture
def athlete():
    load_sample()
    return UserFactory()


@pytest.fixture
def client(athlete):
    client = APIClient()
    client.force_authenticate(athlete)
    return client


def names(answer):
    return [row["name"] for row in answer.json()["results"]]


def test_the_list_has_the_documented_shape(client):
    row = next(row for row in client.get(PATH).json()["results"] if row["slug"] == "barbell-back-squat")
    assert row["pattern"] == "squat"
    assert set(row["primary_muscles"]) == {"quadriceps", "glutes"}
    assert set(row["secondary_muscles"]) == {"lower_back", "adductors"}
    assert row["equipment"] == ["barbell", "rack"]
    assert (row["unilateral"], row["compound"], row["skill_level"]) == (False, True, "intermediate")
    assert (row["cns_load"], row["metric_type"], row["is_own"]) == ("high", "reps", False)


def test_the_list_needs_a_signed_in_athlete():
    assert APIClient().get(PATH).status_code == 401


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pattern=squat", ["Barbell Back Squat", "Goblet Squat"]),
        ("muscle=chest", ["Push-Up"]),
        ("muscle=core", []),  # a stabiliser is not trained
        ("equipment=kettlebell", ["Goblet Squat"]),
        ("discipline=calisthenics", ["Push-Up"]),
        ("skill=beginner", ["Goblet Squat", "Push-Up"]),
        ("q=press-up", ["Push-Up"]),
        ("pattern=squat&skill=beginner", ["Goblet Squat"]),
        ("q=%00", None),
        ("pattern=odd", None),
        ("muscle=wings", None),
    ],
)
def test_filters(client, query, expected):
    answer = client.get(f"{PATH}?{query}")
    if expected is None:
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [query.split("=")[0]]
    else:
        assert names(answer) == expected


def test_fits_keeps_to_my_kit(client):
    client.put("/api/v1/settings/profile", {"equipment": ["kettlebell"]})
    assert names(client.get(f"{PATH}?fits=true")) == ["Goblet Squat", "Push-Up"]


def test_pages_follow_the_cursor(client):
    first = client.get(f"{PATH}?limit=2").json()
    assert [row["name"] for row in first["results"]] == ["Barbell Back Squat", "Goblet Squat"]
    assert names(client.get(first["next"])) == ["Push-Up"]


def test_the_number_of_queries_does_not_grow_with_the_rows(client, django_assert_num_queries):
    load_sample(*(movement_entry(f"Lift {n}", aliases=[]) for n in range(20)))
    client.get(f"{PATH}?limit=1")
    with django_assert_num_queries(2):
        client.get(f"{PATH}?limit=1")
    with django_assert_num_queries(2):
        assert len(names(client.get(f"{PATH}?limit=20"))) == 20


def test_one_movement_by_slug_and_by_id(client):
    by_slug = client.get(f"{PATH}/barbell-back-squat").json()
    assert client.get(f"{PATH}/{by_slug['id']}").json() == by_slug
    assert by_slug["cues"] == ["Brace first", "Drive the floor away"]
    assert by_slug["joints"] == {"knee": "heavy", "hip": "light"}
    assert by_slug["muscle_shares"]["adductors"] == 0.35
    assert [row["slug"] for row in by_slug["relations"]["easier"]] == ["goblet-squat"]
    assert (by_slug["rule"], by_slug["is_favorite"]) == (None, False)


def test_search_answers_movement_score_and_reason(client):
    results = client.get(f"{PATH}/search", {"q": "push-up"}).json()["results"]
    assert results[0]["movement"]["slug"] == "push-up"
    assert results[0]["score"] == 1.0
    assert results[0]["reason"]


@pytest.mark.parametrize("text", ["", "   ", "x" * 121, "\0"])
def test_search_without_usable_words_is_an_error_of_q(client, text):
    answer = client.get(f"{PATH}/search", {"q": text})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["q"]


OWN = {"name": "Yoke Walk", "pattern": "carry", "primary_muscles": ["core"], "joints": {"knee": "heavy"}}


def test_an_own_movement_is_private(client):
    made = client.post(PATH, OWN)
    assert made.status_code == 201
    assert made.json()["is_own"] is True
    assert "Yoke Walk" in names(client.get(PATH))
    stranger = APIClient()
    stranger.force_authenticate(UserFactory())
    for key in (made.json()["id"], made.json()["slug"]):
        assert stranger.get(f"{PATH}/{key}").status_code == 404
    assert "Yoke Walk" not in names(stranger.get(PATH))
    assert stranger.get(f"{PATH}/search", {"q": "yoke"}).json()["results"] == []


def test_the_same_key_makes_one_movement(client):
    answers = [client.post(PATH, OWN, headers={"Idempotency-Key": "abc"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"pattern": "odd"}, "pattern"),
        ({"primary_muscles": []}, "primary_muscles"),
        ({"primary_muscles": ["wings"]}, "primary_muscles.0"),
        ({"equipment": ["spaceship"]}, "equipment"),
        ({"joints": {"soul": "heavy"}}, "joints"),
        ({"surprise": 1}, "surprise"),
        ({"cues": ["x" * 121]}, "cues.0"),
    ],
)
def test_a_bad_own_movement_is_refused_at_its_field(client, athlete, changes, field):
    answer = client.post(PATH, {**OWN, **changes})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert not athlete.own_movements.exists()


def test_a_name_one_has_already_is_refused(client, athlete):
    own.create_own_movement(user=athlete, name="yoke walk", pattern="carry", primary_muscles=["core"])
    assert list(client.post(PATH, OWN).json()["errors"]) == ["name"]


def test_circuits(client, django_assert_num_queries):
    def circuit():
        made = CircuitFactory()
        for order in range(1, 4):
            CircuitExerciseFactory(circuit=made, order=order)
        touch_library()
        return made

    one = circuit()
    rows = client.get("/api/v1/circuits").json()["results"]
    assert rows == [client.get(f"/api/v1/circuits/{one.slug}").json()]
    assert [row["reps"] for row in rows[0]["exercises"]] == [10, 10, 10]
    with django_assert_num_queries(5):
        client.get("/api/v1/circuits")
    for _ in range(5):
        circuit()
    client.get("/api/v1/circuits")  # the process takes in the new movements once
    with django_assert_num_queries(5):
        assert len(client.get("/api/v1/circuits").json()["results"]) == 6
    assert client.get("/api/v1/circuits/ghost").status_code == 404


OWN = {"name": "Yoke Walk", "pattern": "carry", "primary_muscles": ["core"]}


def test_an_own_movement_is_changed_and_removed(client):
    made = client.post(PATH, {**OWN, "aliases": ["Frame walk"], "implements": 2}, format="json").json()
    path = f"{PATH}/{made['slug']}"
    answer = client.patch(path, {"name": "Heavy Yoke", "joints": {"knee": "heavy"}}, format="json")
    assert answer.status_code == 200
    assert (answer.json()["name"], answer.json()["joints"]) == ("Heavy Yoke", {"knee": "heavy"})
    assert (answer.json()["aliases"], answer.json()["implements"]) == (["Frame walk"], 2)
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


def test_a_stale_change_of_an_own_movement_is_refused(client):
    path = f"{PATH}/{client.post(PATH, OWN, format='json').json()['id']}"
    tag = client.get(path).headers["ETag"]
    fresh = client.patch(path, {"cues": ["Stand tall"]}, format="json", headers={"If-Match": tag})
    assert fresh.status_code == 200
    assert client.patch(path, {"cues": []}, format="json", headers={"If-Match": tag}).status_code == 412
    assert (
        client.patch(path, {"cues": []}, format="json", headers={"If-Match": fresh.headers["ETag"]}).json()["cues"]
        == []
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"primary_muscles": []}, "primary_muscles"), ({"colour": "red"}, "colour"), ({"implements": 3}, "implements")],
)
def test_a_bad_change_is_refused_at_its_field(client, changes, field):
    path = f"{PATH}/{client.post(PATH, OWN, format='json').json()['slug']}"
    answer = client.patch(path, changes, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_the_librarys_movements_are_not_mine_to_change(client):
    assert client.patch(f"{PATH}/push-up", {"name": "Mine"}, format="json").status_code == 404
    assert client.delete(f"{PATH}/push-up").status_code == 404


def test_hidden_movements_come_and_go(client, django_assert_num_queries):
    hidden = "/api/v1/hidden/movements"
    assert client.post(f"{hidden}/push-up").status_code == 201
    assert client.post(f"{hidden}/push-up").status_code == 200
    assert names(client.get(hidden)) == ["Push-Up"]
    assert "Push-Up" not in names(client.get(PATH))
    assert client.get(f"{PATH}/push-up").json()["is_hidden"] is True
    assert client.delete(f"{hidden}/push-up").status_code == 204
    assert "Push-Up" in names(client.get(PATH))
