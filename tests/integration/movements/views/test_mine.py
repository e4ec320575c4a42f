import pytest
from django.urls import reverse

from movements import selectors
from movements.models import HiddenMovement, Movement, MovementRule
from movements.services import own, rules
from tests.factories.accounts import UserFactory
from tests.factories.movements import load_sample

pytestmark = pytest.mark.django_db
MINE = "/movements/mine/"


@pytest.fixture
def athlete(client):
    load_sample()
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def yoke(athlete):
    return own.create_own_movement(
        user=athlete, name="Yoke Walk", pattern="carry", primary_muscles=["core"], cues=["Stand tall"]
    )


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def at(name, movement):
    return reverse(f"movements:{name}", args=[movement.slug])


def push_up():
    return Movement.objects.get(slug="push-up")


def test_an_empty_page_says_what_each_part_is_for(athlete, client):
    text = text_of(client, MINE)
    for words in ("No rules yet", "None yet", "Only you see them", "Nothing is hidden"):
        assert words in text


def test_it_shows_rules_with_cadence_favourites_own_and_hidden(athlete, client, yoke):
    squat, goblet = (Movement.objects.get(slug=slug) for slug in ("barbell-back-squat", "goblet-squat"))
    rules.set_rule(user=athlete, movement=squat, type="hard_yes", cadence="weekly")
    rules.set_favorite(user=athlete, movement=goblet, wanted=True)
    rules.set_hidden(user=athlete, movement=push_up(), hidden=True)
    text = text_of(client, MINE)
    for words in ("Barbell Back Squat", "always, weekly", "Goblet Squat", "Push-Up", "Yoke Walk"):
        assert words in text
    client.force_login(UserFactory())
    assert "Barbell Back Squat" not in text_of(client, MINE)


def test_a_rule_is_changed_and_dropped_from_here(athlete, client):
    rules.set_rule(user=athlete, movement=push_up(), type="hard_no")
    answer = client.post(at("rule", push_up()), {"type": "preferred", "cadence": "biweekly", "back": "mine"})
    assert answer.url == MINE
    assert MovementRule.objects.get().cadence == "biweekly"
    assert client.post(at("rule-drop", push_up()), {"back": "mine"}).url == MINE
    assert not MovementRule.objects.exists()


def test_a_movement_is_hidden_and_brought_back(athlete, client):
    detail = at("detail", push_up())
    assert client.post(at("hide", push_up()), {"hidden": "1"}).url == detail
    assert "Bring it back" in text_of(client, detail)
    assert "Push-Up" not in text_of(client, "/movements/")
    assert client.post(at("hide", push_up()), {"hidden": "0", "back": "mine"}).url == MINE
    assert not HiddenMovement.objects.exists()


def test_an_own_movement_is_shown_changed_and_saved(athlete, client, yoke):
    text = text_of(client, at("edit", yoke))
    assert 'value="Yoke Walk"' in text
    assert "Stand tall" in text
    changes = {
        "name": "Heavy Yoke", "pattern": "carry", "primary_muscles": ["core"], "equipment": ["barbell"],
        "joints_heavy": ["knee"], "joints_light": ["hip"], "two_implements": "on", "bodyweight_percent": "20",
        "cues": "Stand tall\n\nShort steps", "aliases": "Frame walk",
    }  # fmt: skip
    assert client.post(at("edit", yoke), changes).status_code == 302
    record = selectors.listed(Movement.objects.get(pk=yoke.pk)).record
    assert (record.name, record.equipment, record.implements) == ("Heavy Yoke", ("barbell",), 2)
    assert (record.cues, record.aliases) == (("Stand tall", "Short steps"), ("Frame walk",))
    assert (record.joints, record.bodyweight_share) == ({"knee": "heavy", "hip": "light"}, 0.2)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "This field is required"),
        ({"secondary_muscles": ["core"]}, "either primary or secondary"),
        ({"joints_heavy": ["knee"], "joints_light": ["knee"]}, "heavily or lightly"),
        ({"cues": "x" * 121}, "up to 120 characters"),
    ],
)
def test_a_fault_stands_at_its_field_in_an_open_group(athlete, client, yoke, changes, words):
    answer = client.post(at("edit", yoke), {"name": "Y1", "pattern": "carry", "primary_muscles": ["core"], **changes})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    assert ('<details class="disclose" open>' in text) == ("name" not in changes)
    assert Movement.objects.get(pk=yoke.pk).name == "Yoke Walk"


def test_an_own_movement_is_removed(athlete, client, yoke):
    assert client.post(at("remove", yoke)).url == MINE
    assert client.get(at("detail", yoke)).status_code == 404


def test_nobody_edits_removes_or_hides_what_is_not_theirs(athlete, client, yoke):
    assert client.get(at("edit", push_up())).status_code == 404
    assert client.post(at("remove", push_up())).status_code == 404
    client.force_login(UserFactory())
    for name in ("edit", "remove", "hide"):
        assert client.post(at(name, yoke), {}).status_code == 404
    assert Movement.objects.filter(pk=yoke.pk, is_active=True).exists()


def test_the_map_of_the_list_leads_to_each_muscle_and_back(athlete, client):
    text = text_of(client, "/movements/?pattern=squat")
    assert 'href="?pattern=squat&amp;muscle=glutes"' in text
    chosen = text_of(client, "/movements/?pattern=squat&muscle=glutes")
    assert 'href="?pattern=squat" tabindex="-1"' in chosen
    assert 'data-muscle="glutes" data-level="p"' in chosen


def test_it_costs_the_same_for_few_and_many(athlete, client, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(12) as captured:
            text_of(client, MINE)
        return len(captured)

    few = queries()
    for movement in Movement.objects.all():
        rules.set_rule(user=athlete, movement=movement, type="hard_no")
        rules.set_hidden(user=athlete, movement=movement, hidden=True)
    for number in range(5):
        own.create_own_movement(user=athlete, name=f"Mine {number}", pattern="carry", primary_muscles=["core"])
    assert queries() == few
