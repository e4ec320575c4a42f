"""The golden traces of the five progression styles (evidence 3.4), and what holds for every one of them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gainsly.lib.units import KG_PER_LB, barbell_loads
from gainsly.lib.vocabulary import ProgressionStyle
from programs.engine.stepping import MOST_UP, Exposure, Prescription, next_prescription

LOADS = [20 + 2.5 * step for step in range(100)]
KILO_BAR = barbell_loads(20, (1.25, 2.5, 5, 10, 15, 20, 25))
POUND_BAR = barbell_loads(round(45 * KG_PER_LB, 2), [round(one * KG_PER_LB, 2) for one in (2.5, 5, 10, 25, 35, 45)])
KILO_HANDS = [2.0 * step for step in range(1, 31)]
POUND_HANDS = [round(5 * step * KG_PER_LB, 2) for step in range(1, 25)]
EVERY_STYLE = list(ProgressionStyle)


def ok(load, reps, **more):
    return Exposure(load, (reps,) * 3, reps, **more)


def failed(load, reps, **more):
    return Exposure(load, (reps, reps, reps - 1), reps, **more)


def trace(style, first, outcomes, span, loads=LOADS):
    """What is asked of each exposure, the first one given and every outcome ``True`` (made) or ``False``."""
    log, asked = [], [first]
    for made in outcomes:
        last = asked[-1]
        log.append((ok if made else failed)(last.load_kg, last.reps, pause=last.pause))
        asked.append(next_prescription(ProgressionStyle(style), log, span, loads))
    return asked


def told(asked):
    return [(one.load_kg, one.reps, one.pause) if one.pause else (one.load_kg, one.reps) for one in asked]


@pytest.mark.parametrize(
    ("style", "span", "first", "outcomes", "expected"),
    [
        pytest.param(
            "single_progression", (5, 5), (60, 5), [True, True, False, False],
            [(60, 5), (62.5, 5), (65, 5), (65, 5), (57.5, 5)], id="single: 58.5 is rounded down",
        ),
        pytest.param(
            "double_progression", (8, 10), (60, 8), [True] * 4,
            [(60, 8), (60, 9), (60, 10), (60, 10), (62.5, 8)], id="double",
        ),
        pytest.param(
            "paused_variations", (5, 5), (80, 5), [True] * 5,
            [(80, 5), (80, 5, 1), (80, 5, 2), (80, 5, 3), (82.5, 5), (82.5, 5, 1)], id="paused",
        ),
        pytest.param(
            "build_to_drop", (5, 8), (80, 6), [True] * 7,
            [(80, 6), (80, 7), (80, 8), (85, 5), (85, 6), (85, 7), (85, 8), (90, 5)], id="build to drop",
        ),
        pytest.param(
            "wave_loading", (4, 8), (72.5, 8), [True] * 6,
            [(72.5, 8), (77.5, 6), (82.5, 4), (75, 8), (80, 6), (85, 4), (77.5, 8)], id="wave",
        ),
    ],
)  # fmt: skip
def test_golden_traces(style, span, first, outcomes, expected):
    assert told(trace(style, Prescription(*first), outcomes, span)) == expected


@pytest.mark.parametrize("kilograms", [60, 80, 100, 140, 200, 260])
def test_a_wave_stands_where_it_was_published(kilograms):
    """70-75, 77-80 and 82-85 % of the maximum, give or take one step of the iron; the next wave 2.5 % above."""
    start = max(one for one in LOADS if one <= kilograms * 0.74)
    loads = [one.load_kg for one in trace("wave_loading", Prescription(start, 8), [True] * 3, (4, 8))]
    for load, (low, high) in zip(loads, [(0.70, 0.75), (0.77, 0.80), (0.82, 0.85)], strict=False):
        assert low * kilograms - 2.5 <= load <= high * kilograms + 2.5
    assert start < loads[3] <= max(start * 1.025, start + 2.5)


def test_waves_climb_from_one_to_the_next():
    loads = [one.load_kg for one in trace("wave_loading", Prescription(145, 8), [True] * 14, (4, 8))]
    means = [sum(loads[at : at + 3]) / 3 for at in range(0, 15, 3)]
    assert all(after > before for before, after in itertools.pairwise(means))


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        # A repeat after a failure belongs to its step of the wave: the third step is not skipped.
        ([ok(72.5, 8), failed(77.5, 6), ok(77.5, 6)], (82.5, 4)),
        # A lift that was done twice in a week counts one step.
        ([ok(72.5, 8), ok(72.5, 8)], (77.5, 6)),
        ([ok(72.5, 8), ok(72.5, 8), ok(77.5, 6), ok(77.5, 6), ok(82.5, 4)], (75, 8)),
        # The next wave begins above what was made, not above what failed.
        ([failed(80, 8), failed(80, 8), ok(72.5, 8), ok(77.5, 6), ok(82.5, 4)], (75, 8)),
        # A wave of few repetitions ends with singles and begins again.
        ([ok(100, 3), ok(107.5, 1)], (102.5, 3)),
    ],
)
def test_a_wave_keeps_its_place(log, expected):
    assert told([next_prescription(ProgressionStyle.WAVE, log, (4, 8), LOADS)]) == [expected]


@pytest.mark.parametrize(
    ("style", "log", "expected"),
    [
        ("double_progression", [ok(60, 8), ok(60, 9), ok(60, 10)], (60, 10)),
        ("double_progression", [ok(57.5, 10), ok(60, 10)], (60, 10)),
        ("paused_variations", [ok(80, 5, pause=3)], (80, 5, 3)),
        ("build_to_drop", [ok(80, 8)], (80, 8)),
    ],
)
def test_only_single_progression_raises_after_one_exposure(style, log, expected):
    assert told([next_prescription(ProgressionStyle(style), log, (5, 8) if "build" in style else (8, 10), LOADS)]) == [
        expected
    ]


def test_a_failure_far_back_at_the_same_load_is_not_counted_again():
    """A weight that one comes back to begins its climb anew."""
    log = [ok(80, 6), ok(80, 7), failed(85, 5), failed(85, 5), ok(75, 5), ok(80, 5)]
    assert told([next_prescription(ProgressionStyle.BUILD_TO_DROP, log, (5, 8), LOADS)]) == [(80, 6)]


@pytest.mark.parametrize("style", EVERY_STYLE)
@pytest.mark.parametrize("deloads", [1, 3])
def test_a_deload_moves_nothing_and_never_compounds(style, deloads):
    """Three exposures inside one deload, and the first after it: what is asked follows the last one outside."""
    log = [ok(60, 5), ok(60, 5)]
    light = [ok(60 - 10 * number, 3, is_deload=True) for number in range(1, deloads + 1)]
    after = next_prescription(style, [*log, *light], (5, 8), LOADS)
    assert after == next_prescription(style, log, (5, 8), LOADS)
    assert after.load_kg >= 60


@pytest.mark.parametrize("style", EVERY_STYLE)
def test_an_empty_log_says_nothing(style):
    assert next_prescription(style, [], (5, 5), LOADS) is None
    assert next_prescription(style, [ok(40, 5, is_deload=True)], (5, 5), LOADS) is None


@pytest.mark.parametrize("style", EVERY_STYLE)
@pytest.mark.parametrize("kilograms", [10, 20, 60, 200])
@pytest.mark.parametrize(
    "loads", [KILO_BAR, POUND_BAR, KILO_HANDS, POUND_HANDS], ids=["bar kg", "bar lb", "hands kg", "hands lb"]
)
def test_no_raise_is_above_a_tenth_after_rounding(style, kilograms, loads):
    """Where the iron's next step is bigger, repetitions rise instead: what is asked never stands still for good."""
    first = Prescription(min(loads, key=lambda one: abs(one - kilograms)), 8)
    asked = trace(style, first, [True] * 24, (8, 10), loads)
    for before, after in itertools.pairwise(asked):
        assert after.load_kg in loads
        assert after.load_kg <= before.load_kg * (1 + MOST_UP) + 1e-6
    assert max((one.load_kg, one.reps) for one in asked) > (first.load_kg, first.reps)


@given(style=st.sampled_from(EVERY_STYLE), outcomes=st.lists(st.booleans(), min_size=1, max_size=20))
def test_no_raise_follows_a_failure_and_every_load_can_be_loaded(style, outcomes):
    asked = trace(style, Prescription(60.0, 8), outcomes, (8, 10))
    for before, made, after in zip(asked, outcomes, asked[1:], strict=False):
        assert after.load_kg in LOADS
        assert made or after.load_kg <= before.load_kg
    for at, (first, second) in enumerate(itertools.pairwise(outcomes)):
        if not first and not second and asked[at].load_kg == asked[at + 1].load_kg > LOADS[0]:
            assert asked[at + 2].load_kg < asked[at + 1].load_kg
            assert asked[at + 2].load_kg <= max(asked[at + 1].load_kg * 0.90, LOADS[0])


@given(style=st.sampled_from(EVERY_STYLE), outcomes=st.lists(st.booleans(), min_size=1, max_size=12))
def test_the_same_log_always_says_the_same(style, outcomes):
    first, again = (trace(style, Prescription(60.0, 8), outcomes, (8, 10)) for _ in range(2))
    assert first == again
