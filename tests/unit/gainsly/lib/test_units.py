"""Conversions, rounding, and loads that exist in iron."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gainsly.lib.units import barbell_loads, floor_load, kg_to_lb, lb_to_kg, round_half_up


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
