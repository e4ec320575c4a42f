import pytest
from django.http import Http404

from movements import selectors
from movements.models import Movement
from movements.services import gyms, own
from tests.factories.accounts import UserFactory
from tests.factories.movements import load_sample, movement_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def athlete():
    load_sample()
    return UserFactory()


def names_of(rows):
    return [row.name for row in rows]


def test_the_catalogue_costs_one_query_once_it_is_held(athlete, django_assert_num_queries):
    selectors.catalogue()
    with django_assert_num_queries(1):
        selectors.catalogue()
    with django_assert_num_queries(2):
        selectors.catalogue(athlete)


def test_an_athletes_own_movements_are_in_their_catalogue_only(athlete):
    other = UserFactory()
    own.create_own_movement(user=athlete, name="Yoke Walk", pattern="carry", primary_muscles=["core"])
    mine, my_version = selectors.catalogue(athlete)
    theirs, their_version = selectors.catalogue(other)
    assert set(mine) - set(theirs) == {"my-yoke-walk"}
    assert my_version != their_version == selectors.library_version()


def test_movements_by_slug_knows_the_library_and_ones_own(athlete):
    own.create_own_movement(user=athlete, name="Yoke Walk", pattern="carry", primary_muscles=["core"])
    slugs = ["push-up", "my-yoke-walk", "ghost"]
    assert set(selectors.movements_by_slug(slugs)) == {"push-up"}
    assert set(selectors.movements_by_slug(slugs, athlete)) == {"push-up", "my-yoke-walk"}


def test_a_movement_is_found_by_slug_and_by_id(athlete):
    row = selectors.movement_for(athlete, "push-up")
    assert selectors.movement_for(athlete, str(row.pk)) == row
    assert selectors.movement_for(athlete, row.pk) == row


def test_somebody_elses_movement_is_not_there(athlete):
    theirs = own.create_own_movement(user=UserFactory(), name="Secret", pattern="carry", primary_muscles=["core"])
    for key in (theirs.pk, theirs.slug, "ghost"):
        with pytest.raises(Http404):
            selectors.movement_for(athlete, key)
    assert theirs not in selectors.browse(athlete)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("squats", ["Goblet Squat", "Barbell Back Squat"]),
        ("gob", ["Goblet Squat"]),
        ("press-up", ["Push-Up"]),
        ("chest", ["Push-Up"]),
        ("kettlebell squat", ["Goblet Squat"]),
        ("nothing like it", []),
        ("' | & !", []),
    ],
)
def test_words_are_found_in_names_aliases_muscles_and_equipment(athlete, text, names):
    assert set(names_of(selectors.matching(Movement.objects.all(), text))) == set(names)


def test_search_puts_the_exact_name_first_and_says_why(athlete):
    load_sample(movement_entry("Squat", aliases=[]), movement_entry("Squat Squat Squat", aliases=[]))
    hits = selectors.search(athlete, "squat", limit=3)
    assert hits[0].movement.record.name == "Squat"
    assert hits[0].score == 1.0
    assert len(hits) == 3
    assert selectors.search(athlete, "press-up", limit=3)[0].reason == "Also called “Press-Up”"


def test_begun_words_and_plurals_rank_the_plainest_name_first(athlete):
    load_sample(movement_entry("Kipping Ring Pull-Up", aliases=[]), movement_entry("Pull-Up", aliases=[]))
    for text in ("pull up", "Pull-Ups", "pull"):
        assert selectors.search(athlete, text, limit=5)[0].movement.record.name == "Pull-Up"


def test_relations_are_told_from_where_the_reader_stands(athlete):
    back, goblet = (selectors.movement_for(athlete, slug) for slug in ("barbell-back-squat", "goblet-squat"))
    assert selectors.relations_of(back) == {"easier": [goblet]}
    assert selectors.relations_of(goblet) == {"harder": [back]}


def test_without_a_gym_the_kit_is_a_full_gym_and_nothing_is_written(athlete):
    assert "barbell" in selectors.kit_for(athlete).equipment
    assert selectors.default_gym(athlete) is None


def test_what_the_kit_allows(athlete):
    gyms.set_default_gym_equipment(user=athlete, slugs=["dumbbell"])
    doable = selectors.movements_by_id(selectors.doable_ids(athlete))
    assert {one.record.slug for one in doable.values()} == {"push-up", "goblet-squat"}  # by its alternative
