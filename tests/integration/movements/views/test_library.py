import pytest
from django.urls import reverse

from movements import selectors
from movements.models import Movement, MovementRule
from movements.services import own
from tests.factories.accounts import UserFactory
from tests.factories.movements import load_sample, movement_entry

pytestmark = pytest.mark.django_db
LIST = "/movements/"


@pytest.fixture
def athlete(client):
    load_sample()
    user = UserFactory()
    client.force_login(user)
    return user


def hx(target):
    return {"HX-Request": "true", "HX-Target": target}


def page(client, path, **query):
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_pages_need_a_signed_in_athlete(client):
    load_sample()
    for path in (LIST, "/movements/add/", "/movements/push-up/"):
        assert client.get(path).status_code == 302


def test_the_list_shows_the_library_and_narrows_by_words_and_filters(athlete, client):
    everything = page(client, LIST)
    assert all(name in everything for name in ("Barbell Back Squat", "Goblet Squat", "Push-Up"))
    found = page(client, LIST, q="gobl")
    assert "Goblet Squat" in found
    assert "Push-Up" not in found
    assert "Push-Up" in page(client, LIST, muscle="chest", pattern="horizontal_push")


def test_htmx_gets_the_results_alone(athlete, client):
    answer = client.get(LIST, {"q": "gobl"}, headers=hx("results")).content.decode()
    assert "Goblet Squat" in answer
    assert "<form" not in answer
    assert 'id="results"' in answer


def test_no_match_and_bad_filters_say_so(athlete, client):
    assert "Nothing matches" in page(client, LIST, q="zzzz")
    assert "Select a valid choice" in page(client, LIST, pattern="odd")
    assert client.get(LIST, {"page": "99"}).status_code == 200


def test_an_empty_library_says_so(client):
    client.force_login(UserFactory())
    assert "The library is empty" in page(client, LIST)


def test_the_detail_shows_how_what_and_what_comes_next(athlete, client):
    text = page(client, "/movements/barbell-back-squat/")
    for words in ("Brace first", "Quadriceps", "Easier", "Goblet Squat", "heavy load", "Squat rack", "Also called"):
        assert words in text
    assert 'data-muscle="quadriceps" data-level="p"' in text


def test_a_stranger_sees_nothing_of_an_own_movement(athlete, client):
    theirs = own.create_own_movement(user=UserFactory(), name="Secret", pattern="carry", primary_muscles=["core"])
    for key in (theirs.slug, theirs.pk):
        assert client.get(f"/movements/{key}/").status_code == 404
        assert client.post(f"/movements/{key}/rule/", {"type": "hard_no"}).status_code == 404
        assert client.post(f"/movements/{key}/favorite/", {"wanted": "1"}).status_code == 404
    assert "Secret" not in page(client, LIST)


def test_a_rule_is_saved_and_dropped_by_plain_forms(athlete, client):
    detail = reverse("movements:detail", args=["push-up"])
    answer = client.post(reverse("movements:rule", args=["push-up"]), {"type": "hard_no"})
    assert (answer.status_code, answer.url) == (302, detail)
    rule = MovementRule.objects.get()
    assert (rule.user, rule.type, rule.cadence) == (athlete, "hard_no", "per_microcycle")
    assert "Drop my rule" in page(client, detail)
    client.post(reverse("movements:rule-drop", args=["push-up"]))
    assert not MovementRule.objects.exists()
    assert client.post(reverse("movements:rule-drop", args=["push-up"])).status_code == 302  # once more is fine


def test_a_bad_rule_is_shown_at_the_form(athlete, client):
    answer = client.post(reverse("movements:rule", args=["push-up"]), {"type": "maybe"}, headers=hx("rule"))
    assert answer.status_code == 422
    assert "Select a valid choice" in answer.content.decode()
    assert not MovementRule.objects.exists()


def test_favourites_come_and_go(athlete, client):
    path = reverse("movements:favorite", args=["push-up"])
    movement = Movement.objects.get(slug="push-up")
    client.post(path, {"wanted": "1"})
    assert selectors.is_favorite(athlete, movement)
    client.post(path, {"wanted": "0"})
    assert not selectors.is_favorite(athlete, movement)


OWN = {
    "name": "Yoke Walk",
    "pattern": "carry",
    "primary_muscles": ["core", "glutes"],
    "equipment": ["barbell"],
    "skill_level": "beginner",
    "cns_load": "high",
    "metric_type": "distance",
}


def test_an_own_movement_is_added_and_marked(athlete, client):
    answer = client.post("/movements/add/", OWN)
    assert (answer.status_code, answer.url) == (302, "/movements/my-yoke-walk/")
    assert "Mine" in page(client, LIST, q="yoke")


def test_faults_of_form_and_service_stand_at_their_fields(athlete, client):
    bad = client.post("/movements/add/", {**OWN, "name": "", "pattern": "odd"})
    assert bad.status_code == 422
    refused = client.post("/movements/add/", {**OWN, "secondary_muscles": ["core"]})
    assert refused.status_code == 422
    assert "either primary or secondary" in refused.content.decode()
    assert not Movement.objects.filter(owner=athlete).exists()


def test_the_list_costs_the_same_for_three_and_for_thirty(athlete, client, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(20) as captured:
            page(client, LIST)
        return len(captured)

    page(client, LIST)
    few = queries()
    load_sample(*(movement_entry(f"Lift {n}", aliases=[]) for n in range(27)))
    page(client, LIST)
    assert queries() == few
