"""The golden traces of the five progression styles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gainsly.lib.vocabulary import ProgressionStyle
from programs.engine.stepping import Exposure, Prescription, next_prescription

LOADS = [20 + 2.5 * step for step in range(100)]


def ok(load, reps, **more):
    return Exposure(load, (reps,) * 3, reps, **more)


def failed(load, reps):
    return Exposure(load, (reps, reps, reps - 1), reps)


@pytest.mark.parametrize(
    ("style", "log", "expected"),
    [
        ("single_progression", [ok(60, 5)], Prescription(62.5, 5)),
        ("single_progression", [ok(60, 5), ok(62.5, 5), failed(65, 5)], Prescription(65, 5)),
        ("single_progression", [ok(62.5, 5), failed(65, 5), failed(65, 5)], Prescription(57.5, 5)),
        ("double_progression", [ok(60, 8)], Prescription(60, 9)),
        ("double_progression", [ok(60, 8), ok(60, 9), ok(60, 10)], Prescription(60, 10)),
        ("double_progression", [ok(60, 9), ok(60, 10), ok(60, 10)], Prescription(62.5, 8)),
        ("paused_variations", [ok(80, 5)], Prescription(80, 5, 1)),
        ("paused_variations", [ok(80, 5, pause=2)], Prescription(80, 5, 3)),
        ("paused_variations", [ok(80, 5, pause=3)], Prescription(82.5, 5, 0)),
        ("build_to_drop", [ok(80, 6), ok(80, 7)], Prescription(80, 8)),
        ("build_to_drop", [ok(80, 6), ok(80, 7), ok(80, 8)], Prescription(85, 8)),
        ("wave_loading", [ok(80, 8)], Prescription(85, 6)),
        ("wave_loading", [ok(80, 8), ok(85, 6), ok(90, 4)], Prescription(82.5, 10)),
    ],
)
def test_the_next_exposure_follows_from_the_log(style, log, expected):
    assert next_prescription(ProgressionStyle(style), log, (8, 10), LOADS) == expected


def test_a_deload_moves_nothing_and_an_empty_log_says_nothing():
    log = [ok(60, 5)]
    style = ProgressionStyle.SINGLE
    with_deload = [*log, ok(40, 5, is_deload=True)]
    assert next_prescription(style, with_deload, (5, 5), LOADS) == next_prescription(style, log, (5, 5), LOADS)
    assert next_prescription(style, [], (5, 5), LOADS) is None


@given(
    style=st.sampled_from(list(ProgressionStyle)),
    outcomes=st.lists(st.booleans(), min_size=1, max_size=20),
)
def test_no_raise_follows_a_failure_and_every_load_can_be_loaded(style, outcomes):
    log, load, reps = [], 60.0, 8
    for made in outcomes:
        log.append(ok(load, reps) if made else failed(load, reps))
        following = next_prescription(style, log, (8, 10), LOADS)
        assert following.load_kg in LOADS
        if not made:
            assert following.load_kg <= load
        load, reps = following.load_kg, max(2, following.reps)
