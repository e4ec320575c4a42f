"""Conversions, rounding, and loads that exist in iron."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gainsly.lib.units import (
    barbell_loads,
    floor_load,
    in_pounds,
    is_pounds,
    kg_to_lb,
    lb_to_kg,
    plates_per_side,
    round_half_up,
)


def test_pounds_are_exact() -> None:
    assert lb_to_kg(100) == pytest.approx(45.359237)
    assert kg_to_lb(100) == pytest.approx(220.462262)


@given(st.floats(0, 1000))
def test_there_and_back_is_the_same(kilograms: float) -> None:
    assert lb_to_kg(kg_to_lb(kilograms)) == pytest.approx(kilograms)


@pytest.mark.parametrize(
    ("value", "digits", "expected"), [(0.5, 0, 1), (1.5, 0, 2), (2.5, 0, 3), (-2.5, 0, -3), (1.005, 2, 1.01), (3, 0, 3)]
)
def test_half_goes_up(value: float, digits: int, expected: float) -> None:
    assert round_half_up(value, digits) == expected


@pytest.mark.parametrize(("target", "floor"), [(23, 22.5), (23.75, 22.5), (10, 20), (99, 25)])
def test_loads_are_chosen_from_what_there_is(target: float, floor: float) -> None:
    assert floor_load(target, [20, 22.5, 25]) == floor


def test_a_bar_with_pairs_of_plates() -> None:
    assert barbell_loads(20, [1.25, 20], heaviest_kg=65)[:3] == [20, 22.5, 25]
    assert barbell_loads(20, [20], heaviest_kg=150) == [20, 60, 100, 140]
    assert barbell_loads(20, []) == [20]


@given(st.sets(st.sampled_from([0.5, 1.25, 2.5, 5, 10, 20]), max_size=4))
def test_every_load_is_the_bar_plus_pairs_within_the_limit(plates: set[float]) -> None:
    loads = barbell_loads(20, plates, heaviest_kg=100)
    assert loads == sorted(set(loads))
    assert all(20 <= load <= 100 for load in loads)


POUND_PLATES = [round(lb_to_kg(one), 2) for one in (2.5, 5, 10, 25, 35, 45)]
KILO_PIECES = (0.25, 0.5, 1.0, 1.25, 2.0, 2.5, 5.0, 7.5, 10.0, 15.0, 20.0, 25.0, 50.0)


@pytest.mark.parametrize("piece", KILO_PIECES)
def test_no_piece_of_a_kilogram_set_passes_for_pounds(piece: float) -> None:
    assert not is_pounds([piece])


@given(st.sets(st.sampled_from([1.25, 2.5, 5, 10, 25, 35, 45, 55, 100]), min_size=1))
def test_pound_iron_is_known_by_its_kept_kilograms(pounds: set[float]) -> None:
    kept = [round(lb_to_kg(one), 2) for one in pounds]
    assert is_pounds(kept)
    assert {in_pounds(one) for one in kept} == pounds


def test_a_pound_bar_makes_every_five_pounds_once() -> None:
    loads = barbell_loads(20.41, POUND_PLATES, heaviest_kg=lb_to_kg(600))
    assert [round(kg_to_lb(one), 1) for one in loads] == [45.0 + 5 * count for count in range(112)]


@pytest.mark.parametrize(
    ("load", "side"), [(45, []), (135, [45]), (225, [45, 45]), (315, [45, 45, 45]), (405, [45] * 4), (52, None)]
)
def test_plates_of_a_pound_bar(load: float, side: list[float] | None) -> None:
    assert plates_per_side(load, 45, [2.5, 5, 10, 25, 35, 45]) == side
