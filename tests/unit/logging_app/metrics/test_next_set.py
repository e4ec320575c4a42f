"""The next-set suggestion: the tables of docs/algorithms/next-set.md, and bounds that always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gainsly.lib.vocabulary import MovementPattern
from logging_app.metrics.next_set import Asked, Confidence, Done, Hold, Why, drop_of, rest_factor, suggest

IRON = [20 + 2.5 * step for step in range(200)]
FIVES = Asked(5, 5, 2)


@pytest.mark.parametrize(
    ("reserve", "load", "why"),
    [
        (0, 142.5, Why.HARDER),
        (1, 147.5, Why.HARDER),
        (2, 152.5, Why.AS_ASKED),
        (4, 152.5, Why.AS_ASKED),
        (5, 157.5, Why.EASIER),
    ],
)
def test_another_weight_for_the_same_repetitions(reserve, load, why):
    found = suggest(Done(152.5, 5, reserve), FIVES, drop=1.0, loads=IRON)
    assert (found.load_kg, found.reps, found.why) == (load, 5, why)


def test_other_repetitions_with_the_same_weight():
    found = suggest(Done(152.5, 5, 0), FIVES, drop=1.0, loads=IRON, hold=Hold.LOAD)
    assert (found.load_kg, found.reps, found.why) == (152.5, 3, Why.HARDER)


def test_without_an_effort_nothing_is_changed():
    found = suggest(Done(100, 5, None), FIVES, drop=1.0, loads=IRON)
    assert (found.load_kg, found.why, found.confidence) == (100, Why.UNSAID, Confidence.LOW)


def test_what_a_short_rest_took_comes_back():
    short = suggest(Done(100, 5, 0), FIVES, drop=1.0, loads=IRON, rest_before=rest_factor(180, 90))
    full = suggest(Done(100, 5, 0), FIVES, drop=1.0, loads=IRON)
    assert short.load_kg > full.load_kg


def test_the_body_counts_with_what_hangs_on_it():
    found = suggest(Done(20, 5, 0, body_kg=80), FIVES, drop=0.75, loads=[1.25 * step for step in range(40)])
    assert 18 <= found.load_kg < 20


@pytest.mark.parametrize(
    ("done", "wanted"),
    [
        (Done(100, 5, 1), Confidence.GOOD),
        (Done(100, 5, 3), Confidence.FAIR),
        (Done(100, 9, 1), Confidence.FAIR),
        (Done(100, 12, 2), Confidence.LOW),
    ],
)
def test_confidence(done, wanted):
    assert suggest(done, Asked(5, 12, 2), drop=0.75, loads=IRON).confidence is wanted


def test_lower_body_compounds_lose_most_and_isolation_least():
    assert drop_of(MovementPattern.HINGE, compound=True) == 1.0
    assert drop_of(MovementPattern.HORIZONTAL_PUSH, compound=True) == 0.75
    assert drop_of(MovementPattern.SQUAT, compound=False) == 0.5


@given(
    done=st.builds(Done, st.floats(1, 300), st.integers(1, 30), st.floats(0, 10)),
    step=st.sampled_from([0.5, 1.25, 2.5, 5.0, 10.0, 20.0]),
    asked=st.tuples(st.integers(1, 20), st.integers(0, 10), st.floats(0, 5)),
    rest=st.floats(0.5, 2),
)
def test_never_below_ninety_or_above_a_hundred_and_five_percent(done, step, asked, rest):
    low, width, wanted = asked
    loads = [step * count for count in range(1, int(400 / step))]
    found = suggest(done, Asked(low, low + width, wanted), drop=1.0, loads=loads, rest_before=rest)
    assert done.load_kg * 0.9 - 1e-6 <= found.load_kg <= done.load_kg * 1.05 + 1e-6
    assert found.load_kg == done.load_kg or found.load_kg in loads
