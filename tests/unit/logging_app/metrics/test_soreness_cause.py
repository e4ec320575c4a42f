"""What a sore muscle is sore from: the documented table and what must always hold."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logging_app.metrics.soreness_cause import Work, cause, weight_at

TOLD = dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC)


def work(key: str, hours: float, sets: float) -> Work:
    return Work(key, TOLD - dt.timedelta(hours=hours), sets)


@pytest.mark.parametrize(
    ("hours", "weight"), [(0, 0), (12, 0), (18, 0.5), (24, 1), (48, 1), (60, 0.75), (72, 0.5), (84, 0.25), (96, 0)]
)
def test_the_delay_of_soreness(hours, weight):
    assert weight_at(hours) == pytest.approx(weight)


@pytest.mark.parametrize(
    ("before", "key", "confidence", "word"),
    [
        ([work("a", 36, 6)], "a", 1.0, "likely"),
        ([work("a", 36, 6), work("b", 60, 6)], "a", 1 / 1.75, "possible"),
        ([work("a", 36, 1)], "a", 0.25, "unclear"),
        ([work("a", 36, 0), work("b", 30, 4)], "b", 1.0, "likely"),
    ],
)
def test_the_work_that_fits_best_is_the_cause(before, key, confidence, word):
    found = cause(TOLD, before)
    assert found is not None
    assert (found.key, found.confidence, found.word) == (key, pytest.approx(confidence), word)


@pytest.mark.parametrize("before", [[], [work("a", 3, 6)], [work("a", 120, 20)], [work("a", -5, 6)]])
def test_outside_the_window_no_cause_is_named(before):
    assert cause(TOLD, before) is None


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(-10, 120), st.integers(0, 40).map(lambda halves: halves / 2)), max_size=6),
    st.randoms(),
)
def test_confidence_is_a_share_and_the_order_does_not_matter(told, order):
    before = [work(str(number), *one) for number, one in enumerate(told)]
    found = cause(TOLD, before)
    order.shuffle(before)
    again = cause(TOLD, before)
    if found is None or again is None:
        assert found == again
    else:
        assert 0 < found.confidence <= 1
        assert again.key == found.key
        assert again.confidence == pytest.approx(found.confidence)
