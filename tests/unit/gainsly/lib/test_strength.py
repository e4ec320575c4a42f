"""The four formulas, their mean, the RPE chart and the band, against published tables (docs/algorithms/strength.md)."""

from __future__ import annotations

import itertools
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gainsly.lib.strength import (
    RPE_CHART,
    effective_reps,
    estimate,
    one_rep_max,
    percent_at,
    reps_at,
)
from gainsly.lib.vocabulary import E1rmFormula as F

WEIGHTS = st.floats(1, 500)
FORMULAS = st.sampled_from(list(F))

# reps -> %1RM that each formula implies for a true n-rep maximum
IMPLIED = [
    (3, {F.EPLEY: 90.9, F.BRZYCKI: 94.4, F.LOMBARDI: 89.6, F.OCONNER: 93.0}),
    (5, {F.EPLEY: 85.7, F.BRZYCKI: 88.9, F.LOMBARDI: 85.1, F.OCONNER: 88.9}),
    (8, {F.EPLEY: 78.9, F.BRZYCKI: 80.6, F.LOMBARDI: 81.2, F.OCONNER: 83.3}),
    (10, {F.EPLEY: 75.0, F.BRZYCKI: 75.0, F.LOMBARDI: 79.4, F.OCONNER: 80.0}),
    (12, {F.EPLEY: 71.4, F.BRZYCKI: 69.4, F.LOMBARDI: 78.0, F.OCONNER: 76.9}),
]


@pytest.mark.parametrize(("reps", "shares"), IMPLIED)
def test_each_formula_implies_its_published_share(reps: int, shares: dict[F, float]) -> None:
    for formula, share in shares.items():
        assert 100 * 100 / one_rep_max(100, reps, formula) == pytest.approx(share, abs=0.06)


def test_epley_equals_brzycki_at_ten_and_brzycki_equals_oconner_at_five() -> None:
    assert one_rep_max(90, 10, F.EPLEY) == pytest.approx(one_rep_max(90, 10, F.BRZYCKI)) == pytest.approx(120)
    assert one_rep_max(80, 5, F.BRZYCKI) == pytest.approx(one_rep_max(80, 5, F.OCONNER)) == pytest.approx(90)


@given(WEIGHTS, FORMULAS)
def test_one_rep_is_the_weight_itself(weight: float, formula: F) -> None:
    assert one_rep_max(weight, 1, formula) == weight


@pytest.mark.parametrize("formula", list(F))
def test_reynolds_regressions_hold_within_two_standard_errors(formula: F) -> None:
    assert one_rep_max(100, 5, formula) == pytest.approx(1.1307 * 100 + 0.6999, abs=2 * 2.98)
    assert one_rep_max(200, 5, formula) == pytest.approx(1.0970 * 200 + 14.2546, abs=2 * 16.16)


@pytest.mark.parametrize("formula", list(F))
def test_reynolds_leg_press_holds_within_two_standard_errors(formula: F) -> None:
    assert one_rep_max(200, 5, formula) == pytest.approx(1.0970 * 200 + 14.2546, abs=2 * 16.16)


@pytest.mark.parametrize("growth", [-0.02, -0.005, 0.005, 0.02])
@pytest.mark.parametrize("reps", [3, 5, 8, 10])
def test_the_formula_leaves_the_sign_of_a_trend_alone(growth: float, reps: int) -> None:
    for formula in F:
        course = [one_rep_max(100 * (1 + growth) ** week, reps, formula) for week in range(8)]
        assert all(value is not None for value in course)
        steps = [after - before for before, after in itertools.pairwise(course)]
        assert all((step > 0) is (growth > 0) for step in steps)


@pytest.mark.parametrize(
    ("weight", "reps", "formula"),
    [
        (0, 5, F.EPLEY),
        (-5, 5, F.EPLEY),
        (100, 0, F.EPLEY),
        (100, 12.5, F.EPLEY),
        (100, 36, F.BRZYCKI),
        (100, 10.5, F.BLEND),
    ],
)
def test_no_estimate_where_none_would_be_honest(weight: float, reps: float, formula: F) -> None:
    assert one_rep_max(weight, reps, formula) is None
    assert estimate(weight, reps, formula) is None


@given(WEIGHTS, st.floats(1, 9.5), FORMULAS)
def test_more_reps_or_more_weight_mean_more_strength(weight: float, reps: float, formula: F) -> None:
    value = one_rep_max(weight, reps, formula)
    assert one_rep_max(weight, reps + 0.5, formula) > value
    assert one_rep_max(weight * 1.01, reps, formula) > value


@given(WEIGHTS, st.floats(1, 10))
def test_the_blend_lies_between_its_parts(weight: float, reps: float) -> None:
    parts = sorted([one_rep_max(weight, reps, F.BRZYCKI), one_rep_max(weight, reps, F.OCONNER)])
    assert parts[0] - 1e-9 <= one_rep_max(weight, reps, F.BLEND) <= parts[1] + 1e-9


@pytest.mark.parametrize(
    ("reps", "told", "expected"),
    [
        (5, {}, 5),
        (5, {"rpe": 8}, 7),
        (5, {"rpe": 8.5}, 6.5),
        (5, {"rir": 2}, 7),
        (5, {"rpe": 6, "rir": 1}, 6),
        (5, {"rpe": 5}, 10),
        (5, {"rpe": 4.5}, None),
        (5, {"rir": 5}, 10),
        (5, {"rir": 6}, None),
    ],
)
def test_reps_in_reserve_count_where_people_can_tell_them(reps: int, told: dict[str, float], expected: float) -> None:
    assert effective_reps(reps, **told) == expected


class TestChart:
    @pytest.mark.parametrize(("reps", "rpe", "share"), [(5, 8, 0.811), (3, 9, 0.892), (1, 8, 0.922), (8, 7, 0.707)])
    def test_published_cells(self, reps: int, rpe: int, share: float) -> None:
        assert percent_at(reps + 10 - rpe) == share

    def test_one_function_of_reps_to_failure(self) -> None:
        for reps in range(1, 8):
            for rpe in (7, 7.5, 8, 8.5, 9):
                assert percent_at(effective_reps(reps, rpe=rpe)) == percent_at(effective_reps(reps + 1, rpe=rpe + 1))

    def test_strictly_falling(self) -> None:
        shares = [share for _, share in RPE_CHART]
        assert all(earlier > later for earlier, later in pairwise(shares))

    @given(st.floats(1, 12))
    def test_its_inverse_gives_the_reps_back(self, reps: float) -> None:
        assert reps_at(percent_at(reps)) == pytest.approx(reps, abs=1e-6)

    @pytest.mark.parametrize(("reps", "share"), [(0, 1.0), (20, 0.68)])
    def test_clamped_at_both_ends(self, reps: float, share: float) -> None:
        assert percent_at(reps) == share

    def test_a_days_strength_gives_the_next_load(self) -> None:
        """1RM 140, five at RPE 8 planned with 113.5 kg; RPE 9.5 was seen: 133.6 kg today, 108.3 kg next."""
        day = 113.5 / percent_at(effective_reps(5, rpe=9.5))
        assert day == pytest.approx(133.6, abs=0.2)
        assert day * percent_at(7) == pytest.approx(108.3, abs=0.2)


class TestBand:
    def test_a_single_has_none(self) -> None:
        found = estimate(140, 1)
        assert (found.low, found.value, found.high) == (140, 140, 140)

    def test_it_is_the_published_spread_at_eighty_percent(self) -> None:
        """2.51 repetitions at 80 % are about 4.8 %1RM."""
        found = estimate(80, 10, F.OCONNER)
        assert found.value == pytest.approx(100)
        assert 80 / found.low == pytest.approx(0.848, abs=0.001)
        assert 80 / found.high == pytest.approx(0.752, abs=0.001)

    @given(WEIGHTS, st.floats(1, 12), FORMULAS)
    def test_it_holds_the_value_and_never_less_than_was_lifted(self, weight: float, reps: float, formula: F) -> None:
        found = estimate(weight, reps, formula)
        assume(found is not None)
        assert weight - 1e-9 <= found.low <= found.value + 1e-9
        assert found.value <= found.high + 1e-9
        assert found.formula is formula
