"""PSI, load, HRV, plateaus, landmarks, recreation: published vectors, tables and properties."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gainsly.lib.vocabulary import ExperienceLevel, MovementPattern, Muscle
from logging_app.metrics import e1rm, hrv, landmarks, pattern_strength, plateaus, recovery, recreation, workload
from logging_app.metrics.pattern_strength import Cycle, Exposure, Index, Window
from logging_app.metrics.plateaus import Habits, Try
from programs.engine.heuristics import default_heuristics

DAY = dt.date(2026, 11, 1)
NOW, BEFORE = Window(DAY - dt.timedelta(13), DAY), Window(DAY - dt.timedelta(27), DAY - dt.timedelta(14))
SQUAT, HINGE = MovementPattern.SQUAT, MovementPattern.HINGE


def ago(days: int) -> dt.date:
    return DAY - dt.timedelta(days=days)


def exposure(days_ago: int, e1rm_kg: float, *, lift: str = "a", ratio: float = 1.0, pattern=SQUAT) -> Exposure:
    return Exposure(on=ago(days_ago), pattern=pattern, lift=lift, e1rm=e1rm_kg, ratio=ratio)


def index(*exposures: Exposure) -> Index:
    return pattern_strength.indices(exposures, NOW, BEFORE)[0]


# -- the course of a lift


@pytest.mark.parametrize(
    ("estimates", "kilograms", "moved"),
    [
        ([100, 101, 99, 102, 103, 104], 3.0, False),  # 3 % is within what a day varies by
        ([100, 100, 100, 105, 105, 105], 5.0, True),
        ([105, 105, 105, 100, 100, 100], -5.0, True),
        ([100, 110], 10.0, True),  # ends never overlap
        ([100, 90, 110], 10.0, True),
    ],
)
def test_a_course_is_the_last_days_against_the_first_and_moves_beyond_noise_only(estimates, kilograms, moved):
    days = [e1rm.Exposure(on=ago(70 - 7 * at), e1rm=value, sd=2.0) for at, value in enumerate(estimates)]
    found = e1rm.change_over(days)
    assert (found.kilograms, found.moved) == (pytest.approx(kilograms), moved)
    assert found.weeks == len(estimates) - 1


@pytest.mark.parametrize("estimates", [[], [100]])
def test_one_day_is_no_course(estimates):
    assert e1rm.change_over([e1rm.Exposure(on=ago(1), e1rm=one, sd=2.0) for one in estimates]) is None


# -- PSI


def test_a_pattern_is_not_told_before_two_exposures():
    found = index(exposure(1, 100))
    assert (found.exposures, found.value, found.trend) == (1, None, None)


def test_each_lift_is_scaled_to_the_reference():
    assert index(exposure(1, 100), exposure(2, 80, lift="b", ratio=0.8)).value == pytest.approx(100)


def test_the_error_shrinks_with_the_root_of_the_exposures():
    two, eight = (index(*(exposure(n, 100) for n in range(count))) for count in (2, 8))
    assert two.se == pytest.approx(100 * 0.042 / 2**0.5)
    assert eight.se == pytest.approx(two.se / 2)


@pytest.mark.parametrize(("now", "moved"), [(104.9, False), (105.0, True), (95.0, True), (95.1, False), (100, False)])
def test_a_change_of_many_days_counts_from_five_percent(now, moved):
    found = index(*(exposure(day, now) for day in range(1, 9)), *(exposure(day, 100) for day in range(15, 23)))
    assert found.moved is moved


@pytest.mark.parametrize(("now", "moved"), [(108.3, False), (108.5, True), (91.5, True), (91.7, False)])
def test_a_change_of_few_days_counts_from_twice_its_error(now, moved):
    found = index(exposure(1, now), exposure(2, now), exposure(20, 100), exposure(21, 100))
    assert found.trend == pytest.approx(now / 100 - 1)
    assert found.moved is moved


def test_a_wrong_ratio_prior_moves_no_trend():
    """A new lift whose prior is far off changes the index, not the trend: only lifts of both windows are compared."""
    shared = (exposure(1, 100), exposure(2, 100), exposure(20, 100), exposure(21, 100))
    assert index(*shared, exposure(3, 30, lift="new", ratio=0.9)).trend == pytest.approx(0)


def test_without_a_shared_lift_there_is_no_trend():
    found = index(exposure(1, 100), exposure(2, 100), exposure(20, 90, lift="b"), exposure(21, 90, lift="b"))
    assert (found.value, found.trend, found.moved, found.fallen) == (100, None, False, False)


def fallen(share: float, pattern: MovementPattern) -> list[Exposure]:
    return [
        exposure(days, 100 * (1 + share if days < 14 else 1), pattern=pattern) for days in (1, 3, 5, 7, 15, 17, 19, 21)
    ]


@pytest.mark.parametrize(
    ("squat", "hinge", "advised"), [(-0.1, -0.1, True), (-0.1, 0.0, False), (-0.03, -0.03, False), (0.1, 0.1, False)]
)
def test_an_early_deload_needs_two_patterns_beyond_twice_the_error(squat, hinge, advised):
    found = pattern_strength.indices([*fallen(squat, SQUAT), *fallen(hinge, HINGE)], NOW, BEFORE)
    assert pattern_strength.early_deload(found) is advised


@pytest.mark.parametrize(
    ("cycles", "now", "before"),
    [
        ([], 13, 27),
        ([Cycle(ago(3))], 13, 27),
        ([Cycle(ago(3)), Cycle(ago(10))], 10, 24),
        ([Cycle(ago(3)), Cycle(ago(10), is_deload=True), Cycle(ago(17))], 17, 31),
        ([Cycle(ago(3)), Cycle(ago(10)), Cycle(ago(17)), Cycle(ago(24)), Cycle(ago(31))], 10, 24),
        ([Cycle(ago(-4)), Cycle(ago(3)), Cycle(ago(10))], 10, 24),
    ],
)
def test_windows_are_microcycles_without_deloads_else_fourteen_days(cycles, now, before):
    first, second = pattern_strength.windows(cycles, DAY)
    assert (first.start, first.end, second.start) == (ago(now), DAY, ago(before))
    assert second.end == first.start - dt.timedelta(days=1)


@given(
    st.lists(st.tuples(st.integers(0, 27), st.floats(20, 300), st.sampled_from("abc")), min_size=1, max_size=20),
    st.floats(0.5, 2),
    st.randoms(),
)
def test_units_and_order_leave_the_trend_alone(rows, factor, random):
    """Pounds or kilograms, and whatever came in first: the same trend and the same verdict."""
    known = [exposure(days, kg, lift=lift) for days, kg, lift in rows]
    other = [exposure(days, kg * factor, lift=lift) for days, kg, lift in rows]
    random.shuffle(other)
    first, second = index(*known), index(*other)
    assert second.trend == (None if first.trend is None else pytest.approx(first.trend, abs=1e-9))
    assert second.value == (None if first.value is None else pytest.approx(first.value * factor))


# -- load (Foster 1998, 2001)


@pytest.mark.parametrize(
    ("daily", "load", "monotony", "strain"),
    [([400, 0, 400, 0, 400, 0, 0], 1200, 0.80, 962), ([300] * 6 + [0], 1800, 2.27, 4082)],
)
def test_fosters_weeks(daily, load, monotony, strain):
    found = workload.week(daily)
    assert (found.load, round(found.monotony, 2), round(found.strain)) == (load, monotony, strain)
    assert found.monotonous is (monotony > 2)


def test_days_that_are_all_alike_are_reported_as_max():
    assert workload.week([350] * 7) == workload.Week(load=2450, monotony="max", strain=None)
    assert workload.week([350] * 7).monotonous


def test_a_week_of_rest_has_no_monotony():
    assert workload.week([0] * 7) == workload.Week(load=0, monotony=None, strain=None)
    assert not workload.week([0] * 7).monotonous


def test_a_week_has_seven_days():
    with pytest.raises(ValueError, match="seven"):
        workload.week([100])


@given(st.lists(st.floats(0, 2000), min_size=7, max_size=7), st.randoms())
def test_the_order_of_the_days_does_not_matter(daily, random):
    shuffled = [*daily]
    random.shuffle(shuffled)
    assert workload.week(shuffled).load == pytest.approx(workload.week(daily).load)


@pytest.mark.parametrize(
    ("rpe", "met", "load"), [(None, 6.8, 408), (None, 10.3, 600), (None, 0.5, 60), (3, 6.8, 180), (10, 2.3, 600)]
)
def test_an_activity_weighs_by_effort_else_by_met_inside_one_to_ten(rpe, met, load):
    assert workload.activity_load(rpe, met, 60) == pytest.approx(load)


@pytest.mark.parametrize(
    ("loads", "ramp"), [([100] * 4, None), ([100, 100, 100, 100, 120], 1.2), ([0, 0, 0, 0, 50], None)]
)
def test_the_ramp_compares_with_the_four_weeks_before(loads, ramp):
    assert workload.ramp(loads) == (None if ramp is None else pytest.approx(ramp))


# -- HRV (evidence 2.7)


@pytest.mark.parametrize(("week", "status"), [(4.0941, "normal"), (3.9696, "low"), (4.1254, "normal"), (4.2, "high")])
def test_published_hrv_weeks(week, status):
    found = hrv.judge([week], 4.1071, 0.0366, baseline_nights=20)
    assert found.status == status
    assert (round(found.low_ms, 1), round(found.high_ms, 1)) == (59.7, 61.9)


@pytest.mark.parametrize(("week", "baseline", "told"), [(3, 14, True), (2, 14, False), (3, 13, False), (7, 60, True)])
def test_hrv_is_not_judged_on_few_nights(week, baseline, told):
    nights = {ago(n): 60.0 + n % 3 for n in range(week)} | {ago(7 + n): 60.0 + n % 3 for n in range(baseline)}
    found = hrv.reading(nights, DAY)
    assert (found.status != "insufficient") is told
    assert (found.nights, found.baseline_nights) == (week, baseline)


def test_easing_off_needs_two_low_days():
    steady = {ago(n): 60.0 + n % 3 for n in range(7, 60)}
    assert hrv.ease_off(steady | {ago(n): 40.0 for n in range(7)}, DAY)
    assert not hrv.ease_off(steady | {ago(n): 61.0 for n in range(1, 7)} | {DAY: 50.0}, DAY)


def test_a_baseline_that_never_varied_gives_no_z():
    assert hrv.judge([4.0], 4.0, 0.0, baseline_nights=14).z is None


# -- plateaus


def lifted(values: list[float]) -> list[e1rm.Exposure]:
    """Every fifth day, the last one today."""
    return [e1rm.Exposure(on=ago((len(values) - 1 - n) * 5), e1rm=value, sd=3.0) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "stands"),
    [
        ([100.0] * 7, False),
        ([100, 101, 102, 103, 104, 105, 106, 107, 108, 109], False),
        ([100, 97, 101, 98, 106, 95, 104, 96, 103, 97], False),
        ([100, 100, 104, 100, 101, 100, 99, 101, 100, 100], True),
        ([104, 103, 103, 102, 102, 101, 101, 100, 100, 99], True),
        ([100, 100, 101, 100, 104, 101, 100, 100, 100, 100], False),
        ([98, 97, 103, 99, 100, 100, 101, 102, 102, 102], False),
    ],
    ids=["few", "rising", "too noisy to tell", "flat", "falling", "new best", "slope up"],
)
def test_a_standstill_needs_time_no_new_best_and_no_slope(values, stands):
    found = plateaus.plateau(lifted([float(value) for value in values]), DAY)
    assert (found is not None) is stands


def test_a_standstill_tells_its_best_day():
    found = plateaus.plateau(lifted([100, 100, 104, 100, 101, 100, 99, 101, 100, 100]), DAY)
    assert found is not None
    assert (found.best, found.exposures, found.since) == (104, 10, ago(35))
    assert found.weekly < 0


def test_many_days_in_a_short_time_tell_nothing():
    exposures = [e1rm.Exposure(on=ago(n), e1rm=100, sd=3) for n in range(12)]
    assert plateaus.plateau(exposures, DAY) is None


@given(st.lists(st.floats(50, 200), min_size=8, max_size=11), st.floats(0.4, 3))
def test_units_leave_the_verdict_alone(values, factor):
    first = plateaus.plateau(lifted(values), DAY)
    second = plateaus.plateau(lifted([value * factor for value in values]), DAY)
    if first is not None and abs(first.weekly) > 1e-9:
        assert second is not None


@pytest.mark.parametrize(
    ("habits", "tries"),
    [
        (Habits(), (Try.OTHER_REPS,)),
        (Habits(adherence=0.5, reserve=4), (Try.TRAIN_AS_PLANNED, Try.CLOSER_TO_FAILURE)),
        (Habits(adherence=0.9, reserve=2, exposures_a_week=2), (Try.OTHER_REPS,)),
        (Habits(falling_patterns=True, sets_below_band=True), (Try.DELOAD, Try.MORE_SETS)),
        (Habits(exposures_a_week=1), (Try.MORE_OFTEN,)),
    ],
)
def test_what_to_try_follows_from_how_it_was_trained(habits, tries):
    assert plateaus.what_to_try(habits) == tries


# -- landmarks


def test_landmarks_grow_with_experience_and_follow_the_plan():
    config = default_heuristics()
    levels = [landmarks.landmarks(level, config)[Muscle.CHEST] for level in list(ExperienceLevel)[:3]]
    assert [(one.low, one.high, one.warn) for one in levels] == [(6, 10, 24), (10, 16, 24), (12, 20, 24)]
    planned = landmarks.landmarks(ExperienceLevel.BEGINNER, config, {"chest": (4.8, 13.6)})
    assert (planned[Muscle.CHEST].low, planned[Muscle.CHEST].high) == (4.8, 13.6)


@pytest.mark.parametrize(
    ("sets", "place"), [(5.4, "below"), (5.5, "inside"), (10.5, "inside"), (10.6, "above"), (24.1, "over")]
)
def test_half_a_set_is_not_worth_a_word(sets, place):
    assert landmarks.Landmark(6, 10, 24).place(sets) == place


# -- recreation

EVENING = dt.datetime(2026, 11, 1, 18, tzinfo=dt.UTC)
BOULDERING = {Muscle.LATS: 4.0, Muscle.BICEPS: 3.0, Muscle.FOREARMS: 6.0, Muscle.CORE: 2.0}


def bout(hours: float = 1, rpe: float | None = None) -> recreation.Bout:
    return recreation.Bout(EVENING - dt.timedelta(hours=hours), EVENING, BOULDERING, rpe)


@pytest.mark.parametrize(("hours", "rpe", "lats"), [(1, None, 4), (2, None, 8), (1, 6, 4), (1, 3, 2), (1, 10, 6)])
def test_an_hour_tires_by_its_length_and_effort(hours, rpe, lats):
    assert recreation.local_sets(bout(hours, rpe))[Muscle.LATS] == pytest.approx(lats)


@given(st.floats(0, 96), st.floats(0.1, 6))
def test_recreation_only_lowers_recovery(hours_later, hours):
    at = EVENING + dt.timedelta(hours=hours_later)
    states = {one.muscle: one.recovery for one in recovery.states(at, [], (), recreation.doses([bout(hours)]))}
    assert set(states) == set(BOULDERING)
    assert all(0 <= value < 1 for value in states.values())
    assert states[Muscle.FOREARMS] <= states[Muscle.BICEPS]


def test_bouldering_leaves_the_forearms_where_six_hard_sets_would():
    state = recovery.states(EVENING, [], (), recreation.doses([bout()]))[0]
    assert state.muscle is Muscle.FOREARMS
    assert state.recovery == pytest.approx(1 - 6 / 8)
