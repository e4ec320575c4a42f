"""Numbers and words as athletes read them."""

import datetime as dt
from decimal import Decimal

import pytest

from gainsly.core.templatetags import ui

TODAY = dt.date(2026, 12, 3)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("152.50"), "152.5"),
        (60.0, "60"),
        (100, "100"),
        (1.25, "1.25"),
        (0, "0"),
        (None, ""),
        (Decimal("0.005"), "0.01"),
    ],
)
def test_numbers_lose_their_empty_decimals(value, shown):
    assert ui.number(value) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (45, "0:45"), (90, "1:30"), (3600, "1:00:00"), (3723, "1:02:03"), (None, "")]
)
def test_seconds_read_like_a_clock(seconds, shown):
    assert ui.duration(seconds) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(45, "45 min"), (60, "1 h"), (70, "1 h 10 min"), (0, "0 min"), (None, "")]
)
def test_minutes_in_words(value, shown):
    assert ui.minutes(value) == shown


@pytest.mark.parametrize(
    ("low", "high", "shown"), [(5, 5, "5"), (8, 10, "8 to 10"), (5, None, "5"), (None, 12, "12"), (None, None, "")]
)
def test_repetitions_are_one_number_or_a_range(low, high, shown):
    assert ui.reps_to(low, high) == shown


@pytest.mark.parametrize(
    ("kilograms", "units", "shown"),
    [(152.5, "metric", "152.5"), (100, "imperial", "220.5"), (20.4117, "imperial", "45"), (None, "metric", "")],
)
def test_weights_stand_in_the_athletes_units(kilograms, units, shown):
    assert ui.weight_value(kilograms, units) == shown


@pytest.mark.parametrize(
    ("days", "shown"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (3, "in 3 days"), (-3, "3 days ago"), (7, "in 7 days")],
)
def test_near_days_have_words(days, shown):
    assert ui.day_relative(TODAY + dt.timedelta(days=days), TODAY) == shown


def test_far_days_have_a_date(time_machine):
    time_machine.move_to(dt.datetime(2026, 12, 3, 12, tzinfo=dt.UTC), tick=False)
    assert ui.day_relative(dt.date(2026, 12, 20), TODAY) == "20 Dec"
    assert ui.day_words(TODAY) == "Thursday 3 December"
    assert ui.day_words(dt.date(2027, 1, 4)) == "Monday 4 January 2027"


@pytest.mark.parametrize(
    ("levels", "muscle", "words"),
    [
        ({"lats": 2}, "lats", "Lats: recovering"),
        ({}, "lats", "Lats: ready"),
        ({"lats": "p"}, "chest", "Chest"),
        ({"lats": "p"}, "lats", "Lats: primary"),
    ],
)
def test_a_muscle_says_its_state_in_words(levels, muscle, words):
    assert ui.muscle_title(levels, muscle) == words


@pytest.mark.parametrize(("value", "whole", "shown"), [(3, 10, 30.0), (12, 10, 100.0), (-1, 10, 0.0), (1, 0, 0.0)])
def test_percentages_stay_inside_the_frame(value, whole, shown):
    assert ui.percent_of(value, whole) == shown


@pytest.mark.parametrize(("value", "shown"), [(1, "1.00"), (0.998, "0.99"), (0.29, "0.29"), (0, "0.00"), (None, "")])
def test_only_a_whole_score_says_one(value, shown):
    assert ui.score(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [("horizontal_push", "Horizontal push"), ("ez_bar", "EZ bar"), ("amrap", "AMRAP"), (None, "")]
)
def test_words_of_the_vocabulary_read_like_words(value, shown):
    assert ui.label(value) == shown
