"""Weights that look like a slip of the thumb."""

from __future__ import annotations

import pytest

from logging_app.metrics.doubts import Doubt, doubted
from logging_app.metrics.ramp import ramp_to


@pytest.mark.parametrize(
    ("weight", "usual", "doubt", "meant"),
    [
        (1000, 100, Doubt.TENFOLD, 100),
        (10, 100, Doubt.TENTH, 100),
        (225, 102.5, Doubt.POUNDS, 102.06),
        (180, 100, Doubt.HEAVY, None),
    ],
)
def test_what_is_asked_about(weight, usual, doubt, meant):
    found = doubted(weight, [usual, usual * 0.9])
    assert found is not None
    assert (found.doubt, found.meant_kg) == (doubt, meant)


def test_kilograms_in_a_field_of_pounds():
    found = doubted(45.36, [100], pounds=True)
    assert found is not None
    assert (found.doubt, found.meant_kg) == (Doubt.KILOGRAMS, 100)


@pytest.mark.parametrize(
    ("weight", "usual"), [(110, [100]), (60, [100]), (20, [8]), (100, []), (0, [100]), (150, [100])]
)
def test_what_is_not(weight, usual):
    assert doubted(weight, usual) is None


def test_a_ramp_rises_below_the_working_weight_in_iron_that_exists():
    iron = [20 + 2.5 * step for step in range(100)]
    assert ramp_to(100, iron) == [(40, 5), (60, 4), (75, 2), (90, 1)]
    assert ramp_to(42.5, iron) == [(20, 5), (25, 4), (30, 2), (37.5, 1)]
    assert ramp_to(30, iron) == []
    assert ramp_to(100, []) == []
