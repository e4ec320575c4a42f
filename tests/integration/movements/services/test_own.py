import pytest

from gainsly.lib.vocabulary import Muscle
from movements import selectors
from movements.models import Movement
from movements.services import own
from movements.services.own import OwnMovementError
from tests.factories.accounts import UserFactory
from tests.factories.movements import load_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def athlete():
    load_sample()
    return UserFactory()


def create(user, **changes):
    return own.create_own_movement(
        **{"user": user, "name": "Yoke Walk", "pattern": "carry", "primary_muscles": ["core"], **changes}
    )


def test_an_own_movement_has_all_that_the_engine_needs(athlete):
    row = create(athlete, secondary_muscles=["glutes"], equipment=["barbell"], compound=True, cues=["Stand tall"])
    record = selectors.listed(row).record
    assert record.primary == {Muscle.CORE: 1.0}
    assert record.secondary == {Muscle.GLUTES: 0.5}
    assert record.equipment == ("barbell",)
    assert [section.value for section in record.sections] == ["main", "accessory"]
    assert record.cues == ("Stand tall",)
    assert record.slug == "my-yoke-walk"


def test_it_is_found_by_words(athlete):
    row = create(athlete)
    assert row in selectors.matching(Movement.objects.all(), "yoke")


def test_two_athletes_may_use_one_name_but_one_athlete_may_not(athlete):
    create(athlete)
    create(UserFactory())
    with pytest.raises(OwnMovementError) as caught:
        create(athlete, name="yoke WALK")
    assert list(caught.value.errors) == ["name"]
    assert Movement.objects.filter(owner=athlete).count() == 1


def test_names_that_read_alike_get_slugs_of_their_own(athlete):
    assert create(athlete, name="Yoke-Walk").slug == "my-yoke-walk"
    assert create(athlete, name="Yoke Walk!").slug == "my-yoke-walk-2"
    assert create(athlete, name="Yoke Walk?").slug == "my-yoke-walk-3"


def test_a_name_of_any_script_is_welcome_and_found(athlete):
    row = create(athlete, name="Приседание")
    assert row.slug == "my-movement"
    assert [hit.movement.id for hit in selectors.search(athlete, "присед", limit=3)] == [row.pk]
    accented = create(athlete, name="Développé Couché")
    assert [hit.movement.id for hit in selectors.search(athlete, "developpe", limit=3)] == [accented.pk]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "!!!"}, "name"),
        ({"primary_muscles": []}, "primary_muscles"),
        ({"secondary_muscles": ["core"]}, "secondary_muscles"),
        ({"equipment": ["spaceship"]}, "equipment"),
    ],
)
def test_what_cannot_be_is_refused(athlete, changes, field):
    with pytest.raises(OwnMovementError) as caught:
        create(athlete, **changes)
    assert list(caught.value.errors) == [field]
    assert not Movement.objects.filter(owner=athlete).exists()
