import pytest

from accounts.services.profile import update_settings
from gainsly.lib.vocabulary import Units
from movements import selectors
from movements.catalogue.kits import FULL_GYM, IRON
from movements.models import Gym
from movements.services import gyms
from movements.services.gyms import InvalidKitError
from tests.factories.accounts import UserFactory
from tests.factories.movements import load_equipment

pytestmark = pytest.mark.django_db


@pytest.fixture
def athlete():
    load_equipment()
    return UserFactory()


def test_the_first_gym_is_a_full_one_and_made_once(athlete):
    gym = gyms.ensure_default_gym(user=athlete)
    assert gyms.ensure_default_gym(user=athlete) == gym
    assert set(selectors.kit_of(gym).equipment) == set(FULL_GYM)


def test_equipment_is_replaced(athlete):
    gyms.set_default_gym_equipment(user=athlete, slugs=["dumbbell", "mat", "dumbbell"])
    gyms.set_default_gym_equipment(user=athlete, slugs=["mat", "band"])
    assert selectors.kit_for(athlete).equipment == ("band", "mat")
    gyms.set_default_gym_equipment(user=athlete, slugs=[])
    assert selectors.kit_for(athlete).equipment == ()


def test_what_is_not_named_stays(athlete):
    gyms.update_gym(user=athlete, changes={"bar_kg": 15, "plates_kg": [5, 2.5, 5]})
    kit = selectors.kit_for(athlete)
    assert (kit.bar_kg, kit.plates_kg, kit.load_step_kg) == (15.0, (2.5, 5.0), 2.5)
    assert set(kit.equipment) == set(FULL_GYM)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"equipment": ["spaceship"]}, "equipment"),
        ({"bar_kg": 51}, "bar_kg"),
        ({"bar_kg": -1}, "bar_kg"),
        ({"load_step_kg": 0}, "load_step_kg"),
        ({"plates_kg": [0]}, "plates_kg"),
        ({"plates_kg": [1] * 101}, "plates_kg"),
        ({"dumbbells_kg": [201]}, "dumbbells_kg"),
    ],
)
def test_an_impossible_kit_is_refused_whole(athlete, changes, field):
    gyms.update_gym(user=athlete, changes={"equipment": ["mat"]})
    before = selectors.kit_for(athlete)
    with pytest.raises(InvalidKitError) as caught:
        gyms.update_gym(user=athlete, changes={"bar_kg": 10, "equipment": ["band"], **changes})
    assert list(caught.value.errors) == [field]
    assert selectors.kit_for(athlete) == before


def test_each_athlete_has_their_own(athlete):
    gyms.set_default_gym_equipment(user=athlete, slugs=["mat"])
    gyms.set_default_gym_equipment(user=UserFactory(), slugs=["band"])
    assert selectors.kit_for(athlete).equipment == ("mat",)
    assert Gym.objects.count() == 2


def iron(user):
    kit = selectors.kit_for(user)
    return {field: getattr(kit, field) for field in IRON[Units.METRIC]}


def test_who_counts_in_pounds_has_pound_iron_from_the_start():
    load_equipment()
    user = UserFactory()
    update_settings(user=user, units="imperial")
    gyms.ensure_default_gym(user=user)
    assert iron(user) == IRON[Units.IMPERIAL]


def test_usual_iron_follows_the_units_and_back(athlete):
    gyms.ensure_default_gym(user=athlete)
    update_settings(user=athlete, units="imperial")
    assert iron(athlete) == IRON[Units.IMPERIAL]
    update_settings(user=athlete, units="metric")
    assert iron(athlete) == IRON[Units.METRIC]


def test_iron_that_was_described_stays(athlete):
    gyms.update_gym(user=athlete, changes={"plates_kg": [5, 20]})
    before = iron(athlete)
    update_settings(user=athlete, units="imperial")
    assert iron(athlete) == before
