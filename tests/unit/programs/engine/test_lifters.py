"""Small fast versions of `tests.bench.lifters`: what a season of training may never show."""

import random

import pytest

from gainsly.lib.vocabulary import ExperienceLevel, ProgressionStyle
from tests.bench.lifters.__main__ import troubled
from tests.bench.lifters.bands import coverage, forecasts, stopping
from tests.bench.lifters.person import Nature
from tests.bench.lifters.promises import broken
from tests.bench.lifters.season import begin, train
from tests.bench.lifters.trouble import TROUBLES, complaints

STATED = 0.90


@pytest.mark.parametrize("name", TROUBLES)
def test_a_season_that_goes_wrong_is_answered_sanely(name):
    assert [complaints(one, TROUBLES[name]) for one in troubled(name, TROUBLES[name], 1)] == [[]]


@pytest.mark.parametrize("style", list(ProgressionStyle))
def test_twelve_weeks_keep_every_promise(style):
    season = train(begin(Nature(gain=0.004, day_cv=0.03), style, random.Random(f"one {style}")))
    assert broken(season) == {}
    assert len(season.exposures) > 200


def told(day_cv, count=150, nature=lambda one: one):
    rng = random.Random(f"bands {day_cv}")
    found = []
    for _ in range(count):
        one = Nature(gain=rng.gauss(0.006, 0.006), day_cv=day_cv, endurance=rng.lognormvariate(0.166, 0.12))
        found += forecasts(nature(one), ExperienceLevel.INTERMEDIATE, rng)
    return found


@pytest.mark.parametrize("day_cv", [0.02, 0.03, 0.04])
def test_the_band_of_a_forecast_holds_the_truth_nine_times_in_ten(day_cv):
    found = coverage(told(day_cv))
    pooled = sum(one.held * one.told for one in found.values()) / sum(one.told for one in found.values())
    assert abs(pooled - STATED) <= 0.05
    assert all(abs(one.held - STATED) <= 0.08 for one in found.values())


def test_a_lifter_who_stops_progressing_is_still_inside():
    assert all(one.held >= STATED - 0.05 for one in coverage(told(0.03, 80, stopping)).values())
