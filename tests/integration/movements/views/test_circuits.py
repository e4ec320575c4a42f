import json
import re

import pytest

from movements.models import Circuit, Movement
from movements.services import gyms
from tests.factories.accounts import UserFactory
from tests.factories.movements import CircuitExerciseFactory, CircuitFactory, load_sample

pytestmark = pytest.mark.django_db
LIST = "/movements/circuits/"


@pytest.fixture
def athlete(client):
    load_sample()
    user = UserFactory()
    client.force_login(user)
    return user


def circuit(name="Tabata of Two", movements=("push-up", "goblet-squat"), **fields):
    row = CircuitFactory(name=name, **{"type": "tabata", "rounds": 8, "estimated_minutes": 4, **fields})
    for order, slug in enumerate(movements, start=1):
        CircuitExerciseFactory(
            circuit=row, movement=Movement.objects.get(slug=slug), order=order, reps=None, seconds=20
        )
    return row


def page(client, path, **query):
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_pages_need_a_signed_in_athlete(client):
    assert client.get(LIST).status_code == 302
    assert client.get(f"{LIST}any/").status_code == 302


def test_the_list_narrows_by_type_time_difficulty_and_kit(athlete, client):
    circuit()
    circuit("Long Squats", ("barbell-back-squat",), type="amrap", estimated_minutes=25, difficulty=5)
    for query in ({"type": "tabata"}, {"minutes": "10"}, {"difficulty": "4"}, {"q": "tabata"}):
        text = page(client, LIST, **query)
        assert "Tabata of Two" in text
        assert "Long Squats" not in text
    gyms.set_default_gym_equipment(user=athlete, slugs=["kettlebell"])
    text = page(client, LIST, fits="on")
    assert "Tabata of Two" in text
    assert "Long Squats" not in text


def test_htmx_gets_the_results_alone(athlete, client):
    circuit()
    answer = client.get(LIST, headers={"HX-Request": "true", "HX-Target": "results"}).content.decode()
    assert "Tabata of Two" in answer
    assert "<form" not in answer


def test_nothing_found_and_nothing_there_say_so(athlete, client):
    assert "No circuits yet" in page(client, LIST)
    assert "Nothing matches" in page(client, LIST, q="zzz")
    assert "Select a valid choice" in page(client, LIST, type="party")


def test_a_circuit_shows_its_stations_and_every_step_of_the_clock(athlete, client):
    text = page(client, f"{LIST}{circuit().slug}/")
    assert "4:00 in all" in text
    assert "8 steps" in text
    assert text.count('<td class="n">0:20</td>') == 8
    assert "/movements/push-up/" in text


def test_the_clock_gets_the_exact_intervals(athlete, client):
    text = page(client, f"{LIST}{circuit(rounds=2).slug}/").replace("&quot;", '"')
    intervals = json.loads(re.search(r'data-intervals="(\[\[.*?\]\])"', text)[1])
    assert intervals == [["work", 20, 1, 0], ["rest", 10, 1, 0], ["work", 20, 2, 1], ["rest", 10, 2, 1]]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"type": "amrap", "rounds": None, "time_cap_seconds": 600}, "10:00 in all"),
        ({"type": "emom", "rounds": 12}, "12:00 in all"),
        ({"type": "rounds_for_time", "rounds": 3, "time_cap_seconds": 900}, "15:00 at most"),
        ({"type": "chipper", "rounds": None}, "At your own speed."),
        ({"type": "ladder", "rounds": 5}, "5 steps"),
        ({"type": "station", "rounds": 2, "work_seconds": 40, "rest_seconds": 20}, "4:00 in all"),
    ],
)
def test_every_type_tells_how_long_it_takes(athlete, client, fields, words):
    assert words in page(client, f"{LIST}{circuit(**fields).slug}/")


def test_an_unknown_or_retired_circuit_is_not_found(athlete, client):
    row = circuit()
    Circuit.objects.update(is_active=False)
    assert client.get(f"{LIST}{row.slug}/").status_code == 404
    assert client.get(f"{LIST}nothing/").status_code == 404


def test_list_and_page_cost_the_same_for_few_and_many(athlete, client, django_assert_max_num_queries):
    row = circuit()

    def queries(path):
        page(client, path)
        with django_assert_max_num_queries(15) as captured:
            page(client, path)
        return len(captured)

    few = queries(LIST), queries(f"{LIST}{row.slug}/")
    for number in range(12):
        circuit(f"Another {number}")
    for order in range(3, 12):
        CircuitExerciseFactory(circuit=row, movement=Movement.objects.get(slug="push-up"), order=order)
    assert (queries(LIST), queries(f"{LIST}{row.slug}/")) == few
