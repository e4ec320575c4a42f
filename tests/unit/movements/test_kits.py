import pytest

from gainsly.lib.vocabulary import EQUIPMENT
from movements.catalogue.kits import EQUIPMENT_NAMES, KIT_PRESETS, SPECIAL, KitFacts, can_do
from tests.factories.movements import library_of, movement_entry


def test_every_piece_has_a_name():
    assert set(EQUIPMENT_NAMES) == set(EQUIPMENT)


def test_presets_hold_known_pieces_only():
    assert all(set(pieces) <= set(EQUIPMENT) for pieces in KIT_PRESETS.values())
    assert set(KIT_PRESETS) == {
        "full_gym", "home_barbell", "dumbbells", "kettlebell", "bands", "bodyweight", "machines", "hotel",
    }  # fmt: skip


def test_without_a_word_an_athlete_has_a_full_gym():
    assert KitFacts().equipment == KIT_PRESETS["full_gym"]


def test_nobody_is_given_stones_or_chains_unasked():
    assert set(EQUIPMENT) >= SPECIAL
    assert all(not SPECIAL & set(pieces) for pieces in KIT_PRESETS.values())


@pytest.mark.parametrize(
    ("owned", "possible"),
    [
        (["barbell", "rack"], True),
        (["barbell"], False),
        (["safety_bar", "rack"], True),  # the alternative
        ([], False),
    ],
)
def test_a_kit_must_hold_all_or_one_whole_alternative(owned, possible):
    record = library_of(movement_entry()).movements["barbell-back-squat"]
    assert can_do(record, owned) is possible
