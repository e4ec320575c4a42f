import pytest

from gainsly.lib.vocabulary import Muscle
from logging_app.models import SetLog
from movements import selectors
from movements.models import Movement
from movements.services import own
from movements.services.own import OwnMovementError
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import WorkoutFactory
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


def test_an_edit_changes_what_is_given_and_keeps_the_rest(athlete):
    row = create(athlete, compound=True, cues=["Stand tall"])
    changed = own.update_own_movement(user=athlete, movement=row, name="Heavy Yoke", equipment=["barbell"])
    record = selectors.listed(changed).record
    assert (changed.pk, record.slug, record.name) == (row.pk, "my-yoke-walk", "Heavy Yoke")
    assert (record.equipment, record.cues, record.compound) == (("barbell",), ("Stand tall",), True)
    assert [hit.movement.id for hit in selectors.search(athlete, "heavy yoke", limit=3)][:1] == [row.pk]


def test_a_new_pattern_brings_its_region_sections_and_credit(athlete):
    row = create(athlete, pattern="squat", primary_muscles=["quadriceps"], compound=True)
    record = selectors.listed(own.update_own_movement(user=athlete, movement=row, pattern="cardio")).record
    assert record.region.value == "full_body"
    assert [section.value for section in record.sections] == ["warmup", "finisher"]
    assert record.primary == {Muscle.QUADRICEPS: 0.0}  # minutes are counted there, not sets


def test_an_edit_that_cannot_be_changes_nothing(athlete):
    create(athlete, name="Sled Drag")
    row = create(athlete)
    for changes, field in (({"name": "sled drag"}, "name"), ({"secondary_muscles": ["core"]}, "secondary_muscles")):
        with pytest.raises(OwnMovementError) as caught:
            own.update_own_movement(user=athlete, movement=row, **changes)
        assert list(caught.value.errors) == [field]
    assert selectors.listed(Movement.objects.get(pk=row.pk)).record.name == "Yoke Walk"


def test_the_catalogue_of_the_engine_holds_it_for_its_owner_alone_and_turns_with_it(athlete):
    row = create(athlete)
    other = create(athlete, name="Sled Drag")
    records, version = selectors.catalogue(athlete)
    assert {"my-yoke-walk", "my-sled-drag"} <= records.keys()
    assert "my-yoke-walk" not in selectors.catalogue(UserFactory())[0]
    own.update_own_movement(user=athlete, movement=row, name="Heavy Yoke")
    edited = selectors.catalogue(athlete)[1]
    own.remove_own_movement(movement=other)
    records, removed = selectors.catalogue(athlete)
    assert "my-sled-drag" not in records
    assert len({version, edited, removed}) == 3


def test_what_nothing_holds_is_removed_for_good(athlete):
    assert own.remove_own_movement(movement=create(athlete)) is True
    assert not Movement.objects.filter(owner=athlete).exists()


def test_what_was_logged_keeps_its_movement_and_the_name_is_free_again(athlete):
    row = create(athlete)
    workout = WorkoutFactory(user=athlete)
    SetLog.objects.create(user=athlete, workout=workout, movement=row, order=1, reps=5, performed_at=workout.started_at)
    assert own.remove_own_movement(movement=row) is False
    assert list(selectors.own_of(athlete)) == []
    assert selectors.movements_by_id([row.pk])[row.pk].record.name == "Yoke Walk"
    assert create(athlete).slug == "my-yoke-walk-2"


def test_too_many_muscles_are_refused(athlete):
    with pytest.raises(OwnMovementError) as caught:
        create(athlete, primary_muscles=["core", "glutes", "chest", "lats", "biceps"])
    assert list(caught.value.errors) == ["primary_muscles"]
