import pytest

from gainsly.lib.vocabulary import MovementRuleType
from movements import selectors
from movements.models import FavoriteMovement, HiddenMovement, Movement, MovementRule
from movements.services import rules
from programs.services.facts import facts_of
from tests.factories.accounts import UserFactory
from tests.factories.movements import load_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def athlete():
    load_sample()
    return UserFactory()


@pytest.fixture
def push_up(athlete):
    return Movement.objects.get(slug="push-up")


def hide(athlete, movement, hidden=True):
    return rules.set_hidden(user=athlete, movement=movement, hidden=hidden)


def test_a_hidden_movement_is_out_of_lists_and_search_but_keeps_its_page(athlete, push_up):
    assert hide(athlete, push_up) is True
    assert hide(athlete, push_up) is False
    assert push_up not in selectors.browse(athlete)
    assert selectors.search(athlete, "push-up", limit=5) == []
    assert selectors.movement_for(athlete, "push-up") == push_up
    assert push_up in selectors.browse(UserFactory())
    hide(athlete, push_up, hidden=False)
    assert push_up in selectors.browse(athlete)


def test_the_engine_is_told_never_to_plan_it(athlete, push_up):
    assert facts_of(athlete).athlete.rules == ()
    hide(athlete, push_up)
    (rule,) = facts_of(athlete).athlete.rules
    assert (rule.movement, rule.type) == ("push-up", MovementRuleType.HARD_NO)


@pytest.mark.parametrize(("type", "kept"), [("hard_yes", 0), ("preferred", 0), ("hard_no", 1)])
def test_hiding_takes_back_what_asked_for_it(athlete, push_up, type, kept):
    rules.set_rule(user=athlete, movement=push_up, type=type)
    rules.set_favorite(user=athlete, movement=push_up, wanted=True)
    hide(athlete, push_up)
    assert MovementRule.objects.count() == kept
    assert not FavoriteMovement.objects.exists()
    assert [rule.type for rule in facts_of(athlete).athlete.rules] == ["hard_no"]


def test_asking_for_it_brings_it_back(athlete, push_up):
    hide(athlete, push_up)
    rules.set_rule(user=athlete, movement=push_up, type="hard_no")
    assert HiddenMovement.objects.exists()
    rules.set_rule(user=athlete, movement=push_up, type="preferred")
    assert not HiddenMovement.objects.exists()
    hide(athlete, push_up)
    rules.set_favorite(user=athlete, movement=push_up, wanted=True)
    assert not HiddenMovement.objects.exists()
