import pytest
from hypothesis import given
from hypothesis import strategies as st

from gainsly.lib.vocabulary import CircuitType
from movements.catalogue.circuit_timing import Kind, timer_plan
from movements.catalogue.records import CircuitExerciseRecord, CircuitRecord


def circuit(type, stations=2, *, each=None, **fields):
    exercises = tuple(CircuitExerciseRecord(f"move-{n}", reps=10, **(each or {})) for n in range(stations))
    return CircuitRecord("c", "C", CircuitType(type), fields.pop("estimated_minutes", 12), exercises, **fields)


def told(plan):
    """Intervals as short words: w20#1.0 is 20 seconds of work in round 1 at station 0."""
    return [
        f"{one.kind[0]}{one.seconds or ''}#{one.round}" + ("" if one.station is None else f".{one.station}")
        for one in plan.intervals
    ]


@pytest.mark.parametrize(
    ("of", "total"),
    [
        (circuit("tabata", rounds=8, work_seconds=20, rest_seconds=10), 240),
        (circuit("tabata"), 240),
        (circuit("tabata", rounds=16), 480),
        (circuit("tabata", rounds=6, work_seconds=30, rest_seconds=0), 180),
        (circuit("emom", rounds=12, work_seconds=40, rest_seconds=20), 720),
        (circuit("emom", rounds=10), 600),
        (circuit("emom", rounds=10, rest_seconds=15), 600),
        (circuit("emom", rounds=5, work_seconds=120), 600),
        (circuit("emom", rounds=5, work_seconds=90, rest_seconds=30), 600),
        (circuit("emom", time_cap_seconds=1200), 1200),
        (circuit("emom"), 600),
        (circuit("amrap", time_cap_seconds=900), 900),
        (circuit("amrap", estimated_minutes=7), 420),
        (circuit("ladder", time_cap_seconds=420), 420),
        (circuit("station", 5, rounds=3, work_seconds=40, rest_seconds=20), 900),
        (circuit("station", 3, each={"seconds": 30}), 90),
        (circuit("station", 3), None),
        (circuit("ladder", rounds=5), None),
        (circuit("rounds_for_time", rounds=5, time_cap_seconds=1200), None),
        (circuit("chipper", 6), None),
    ],
)
def test_lengths_are_exact(of, total):
    assert timer_plan(of).total_seconds == total


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (circuit("tabata", rounds=3), ["w20#1.0", "r10#1.0", "w20#2.1", "r10#2.1", "w20#3.0", "r10#3.0"]),
        (circuit("emom", rounds=2, work_seconds=40), ["w40#1.0", "r20#1.0", "w40#2.1", "r20#2.1"]),
        (circuit("emom", rounds=2), ["w60#1.0", "w60#2.1"]),
        (circuit("emom", rounds=2, tags=("all_each_minute",)), ["w60#1", "w60#2"]),
        (circuit("amrap", time_cap_seconds=600), ["w600#1"]),
        (circuit("rounds_for_time", rounds=3), ["o#1", "o#2", "o#3"]),
        (circuit("rounds_for_time", rounds=2, rest_seconds=90), ["o#1", "r90#1", "o#2"]),
        (circuit("rounds_for_time"), ["o#1"]),
        (circuit("ladder", rounds=2, time_cap_seconds=600), ["o#1", "o#2"]),
        (circuit("chipper", 3), ["o#1.0", "o#1.1", "o#1.2"]),
        (circuit("station", rounds=2, rest_seconds=15), ["o#1.0", "r15#1.0", "o#1.1", "r15#1.1", "o#2.0", "r15#2.0",
                                                          "o#2.1", "r15#2.1"]),
    ],
)  # fmt: skip
def test_each_type_runs_in_its_own_way(of, expected):
    assert told(timer_plan(of)) == expected


def test_only_open_plans_have_a_cap_and_only_amraps_count_rounds():
    assert timer_plan(circuit("rounds_for_time", rounds=3, time_cap_seconds=600)).cap_seconds == 600
    assert timer_plan(circuit("chipper", time_cap_seconds=600)).cap_seconds == 600
    assert timer_plan(circuit("amrap", time_cap_seconds=600)).cap_seconds is None
    assert timer_plan(circuit("amrap", time_cap_seconds=600)).counts_rounds is True
    assert timer_plan(circuit("emom", rounds=3)).counts_rounds is False


def test_starts_are_known_up_to_the_first_open_interval():
    assert timer_plan(circuit("tabata", rounds=2)).starts == (0, 20, 30, 50)
    assert timer_plan(circuit("rounds_for_time", rounds=2, rest_seconds=90)).starts == (0, None, None)


SECONDS = st.none() | st.integers(0, 300)


@given(
    type=st.sampled_from(list(CircuitType)),
    stations=st.integers(1, 6),
    numbers=st.fixed_dictionaries(
        {
            "rounds": st.none() | st.integers(1, 30),
            "time_cap_seconds": st.none() | st.integers(60, 3600),
            "work_seconds": SECONDS,
            "rest_seconds": SECONDS,
        }
    ),
)
def test_every_circuit_has_a_clock_that_moves_on(type, stations, numbers):
    plan = timer_plan(circuit(type, stations, **numbers))
    assert plan.intervals
    for interval in plan.intervals:
        assert (interval.seconds is None) == (interval.kind is Kind.OPEN)
        assert interval.seconds is None or interval.seconds > 0
        assert interval.station is None or 0 <= interval.station < stations
    if type is CircuitType.EMOM:
        turns = len({interval.round for interval in plan.intervals})
        assert plan.total_seconds >= 60 * turns
        assert plan.total_seconds % turns == 0
