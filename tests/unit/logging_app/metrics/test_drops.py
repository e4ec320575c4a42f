"""Small fast versions of `tests.bench.drops`: an easy week that nobody needs, and a fall that must be heard of."""

import pytest

from tests.bench.drops import delays, dropping, false_blocks, flat, growing, run


@pytest.mark.parametrize(
    ("course", "noise", "lifters"), [(flat, 0.015, 60), (flat, 0.03, 100), (flat, 0.042, 300), (growing, 0.042, 60)]
)
def test_an_easy_week_is_advised_by_chance_in_fewer_than_one_block_in_a_hundred(course, noise, lifters):
    assert false_blocks(run(course, noise, lifters)) < 0.01


@pytest.mark.parametrize(("drop", "noise", "least"), [(0.06, 0.015, 0.9), (0.08, 0.03, 0.85), (0.10, 0.042, 0.85)])
def test_a_real_fall_in_every_pattern_is_met_within_four_weeks(drop, noise, least):
    found = delays(run(dropping(drop), noise, 60))
    assert sum(days <= 28 for days in found) / 60 >= least


def test_a_lifter_who_gains_half_a_percent_a_session_is_never_told_of_a_standstill():
    assert not any(one.plateaus for one in run(growing, 0.03, 60))
