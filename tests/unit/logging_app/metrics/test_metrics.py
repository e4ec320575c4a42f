"""What sets mean: estimates, records, volume, recovery, readiness, adherence; golden tables and properties."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gainsly.lib.vocabulary import E1rmFormula, MovementPattern, Muscle, SetKind
from logging_app.metrics import adherence, e1rm, readiness, records, recovery, volume
from logging_app.metrics.facts import Lift, SetFact

MONDAY = dt.date(2026, 11, 2)
T0 = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SQUAT = Lift("squat", MovementPattern.SQUAT, shares={Muscle.QUADRICEPS: 1.0, Muscle.GLUTES: 0.5})
PULL_UP = Lift("pull-up", MovementPattern.VERTICAL_PULL, bodyweight_share=1.0, shares={Muscle.LATS: 1.0})


def done(weight: float | None = 100, reps: int | None = 5, **changes: Any) -> SetFact:
    values = {"key": "s", "lift": SQUAT, "workout": "w", "at": T0, "weight_kg": weight, "reps": reps, "rpe": 8.0}
    return SetFact(**{**values, **changes})


def workout(name: str, *sets: tuple[float, int]) -> list[SetFact]:
    facts = []
    for number, (weight, reps) in enumerate(sets):
        fact = done(weight, reps, key=f"{name}{number}", workout=name)
        found = e1rm.of_set(fact)
        facts.append(done(weight, reps, key=f"{name}{number}", workout=name, e1rm=found.value if found else None))
    return facts


class TestEstimates:
    def test_a_failure_set_has_nothing_left_whatever_was_told(self) -> None:
        assert e1rm.of_set(done(kind=SetKind.FAILURE)).value == e1rm.of_set(done(rpe=10)).value

    @pytest.mark.parametrize(
        "changes",
        [
            {"kind": SetKind.WARMUP},
            {"kind": SetKind.DROP},
            {"weight_kg": None},
            {"reps": None, "seconds": 30},
            {"rpe": 4.0},
        ],
    )
    def test_what_says_nothing_of_strength_gets_none(self, changes: dict[str, Any]) -> None:
        assert e1rm.of_set(done(**changes)) is None

    def test_bodyweight_counts_as_load(self) -> None:
        """At 80 kg, +20 for 8 shows more strength than +30 for 3; by added load alone it would not."""
        heavy = done(30, 3, lift=PULL_UP, bodyweight_kg=80, rpe=10)
        light = done(20, 8, lift=PULL_UP, bodyweight_kg=80, rpe=10)
        assert e1rm.of_set(light, E1rmFormula.EPLEY).value == pytest.approx(126.7, abs=0.1)
        assert e1rm.of_set(heavy, E1rmFormula.EPLEY).value == pytest.approx(121, abs=0.1)

    def test_unknown_bodyweight_gives_none_rather_than_a_wrong_number(self) -> None:
        assert e1rm.of_set(done(20, 8, lift=PULL_UP)) is None

    def test_a_pull_up_without_added_weight_is_bodyweight(self) -> None:
        assert e1rm.of_set(done(None, 1, lift=PULL_UP, bodyweight_kg=80, rpe=10)).value == 80


class TestCurrentStrength:
    def day(self, ago: int, value: float, sd: float = 5) -> e1rm.Exposure:
        return e1rm.Exposure(MONDAY - dt.timedelta(days=ago), value, sd)

    def test_nothing_known_is_nothing(self) -> None:
        assert e1rm.current_strength([], MONDAY) is None
        assert e1rm.current_strength([self.day(91, 100)], MONDAY) is None

    def test_light_days_are_left_out(self) -> None:
        found = e1rm.current_strength([self.day(10, 100), self.day(7, 70), self.day(3, 101)], MONDAY)
        assert 100 <= found.e1rm <= 101
        assert found.exposures == 3

    def test_strength_that_was_lost_long_ago_is_not_promised(self) -> None:
        days = [self.day(80, 140), *(self.day(ago, 110) for ago in (20, 15, 10, 5))]
        assert e1rm.current_strength(days, MONDAY).e1rm == pytest.approx(110)

    def test_more_days_are_surer(self) -> None:
        one = e1rm.current_strength([self.day(3, 100)], MONDAY)
        four = e1rm.current_strength([self.day(ago, 100) for ago in (12, 9, 6, 3)], MONDAY)
        assert four.sd < one.sd


class TestRecords:
    def kinds(self, found: list[records.Record]) -> list[tuple[str, str]]:
        return [(record.set_key, record.kind) for record in found if record.previous is not None]

    def test_a_first_workout_only_sets_marks(self) -> None:
        found = records.of_movement(workout("a", (100, 5), (105, 5), (90, 5)))
        assert self.kinds(found) == []
        assert [(record.set_key, record.kind) for record in found] == [("a1", "e1rm"), ("a0", "volume")]

    def test_beyond_noise_is_new_strength(self) -> None:
        sets = workout("a", (100, 5)) + workout("b", (105.5, 5)) + workout("c", (112, 5))
        flags = {record.set_key: record.beyond_noise for record in records.of_movement(sets) if record.kind == "e1rm"}
        assert flags == {"a0": False, "b0": False, "c0": True}

    def test_reps_count_only_at_a_weight_that_was_lifted_before_and_beyond_heavier_sets(self) -> None:
        sets = workout("a", (100, 5), (80, 8)) + workout("b", (80, 8), (80, 9), (90, 7), (100, 6))
        found = [record for record in records.of_movement(sets) if record.kind == "reps_at_weight"]
        assert [(record.set_key, record.value, record.previous) for record in found] == [("b1", 9, 8), ("b3", 6, 5)]

    def test_warm_ups_break_nothing(self) -> None:
        sets = [*workout("a", (50, 5)), done(200, 5, key="b0", workout="b", kind=SetKind.WARMUP, e1rm=233)]
        assert self.kinds(records.of_movement(sets)) == []

    @given(st.lists(st.lists(st.tuples(st.integers(40, 60), st.integers(1, 10)), min_size=1, max_size=4), max_size=8))
    def test_going_on_from_the_bests_equals_starting_over(self, plan: list[list[tuple[int, int]]]) -> None:
        workouts = [workout(str(number), *sets) for number, sets in enumerate(plan)]
        whole = records.of_movement([fact for one in workouts for fact in one])
        bests, parts = records.Bests(), []
        for one in workouts:
            parts += records.of_movement(one, bests)
            bests = records.after(one, bests)
        assert parts == whole

    @given(st.lists(st.tuples(st.integers(40, 60), st.integers(1, 10)), min_size=1, max_size=8))
    def test_e1rm_records_only_rise(self, lifts: list[tuple[int, int]]) -> None:
        sets = [fact for number, lift in enumerate(lifts) for fact in workout(str(number), lift)]
        values = [record.value for record in records.of_movement(sets) if record.kind == "e1rm"]
        assert values == sorted(set(values))


class TestVolume:
    @pytest.mark.parametrize(
        ("changes", "hard"),
        [
            ({}, True),
            ({"rpe": 6.0}, True),
            ({"rpe": 5.5}, False),
            ({"rpe": None, "rir": 4.0}, True),
            ({"rpe": None, "rir": 4.5}, False),
            ({"rpe": None}, True),
            ({"kind": SetKind.WARMUP}, False),
            ({"kind": SetKind.DROP}, True),
            ({"reps": 0}, False),
            ({"reps": None, "seconds": 40}, True),
            ({"weight_kg": 29.0, "e1rm": 100.0}, False),
            ({"weight_kg": 30.0, "e1rm": 100.0}, True),
            ({"lift": Lift("bike", MovementPattern.CARDIO, shares={Muscle.QUADRICEPS: 1})}, False),
        ],
    )
    def test_hard_sets(self, changes: dict[str, Any], hard: bool) -> None:
        assert volume.is_hard(done(**changes)) is hard

    def test_the_athletes_best_decides_what_is_light(self) -> None:
        assert not volume.is_hard(done(50), best_e1rm=200)

    def test_the_published_worked_example(self) -> None:
        """4 bench, 3 overhead press and 3 triceps sets: chest 4, front delts 5, side delts 1.5, triceps 6.5; 17."""
        bench = Lift(
            "b", MovementPattern.HORIZONTAL_PUSH, shares={Muscle.CHEST: 1, Muscle.FRONT_DELTS: 0.5, Muscle.TRICEPS: 0.5}
        )
        press = Lift(
            "p",
            MovementPattern.VERTICAL_PUSH,
            shares={Muscle.FRONT_DELTS: 1, Muscle.SIDE_DELTS: 0.5, Muscle.TRICEPS: 0.5},
        )
        skull = Lift("t", MovementPattern.ISOLATION, shares={Muscle.TRICEPS: 1})
        sets = [done(lift=lift) for lift, count in ((bench, 4), (press, 3), (skull, 3)) for _ in range(count)]
        totals = volume.fractional_sets(sets)
        assert totals == {Muscle.CHEST: 4, Muscle.FRONT_DELTS: 5, Muscle.SIDE_DELTS: 1.5, Muscle.TRICEPS: 6.5}
        assert sum(totals.values()) == 17

    def test_tonnage_counts_both_dumbbells_and_bodyweight_but_no_warm_up(self) -> None:
        pair = Lift("d", MovementPattern.HORIZONTAL_PUSH, implements=2)
        sets = [done(20, 10, lift=pair), done(10, 5, lift=PULL_UP, bodyweight_kg=80), done(kind=SetKind.WARMUP)]
        assert volume.tonnage(sets) == 400 + 450


class TestRecovery:
    def dose(self, depth: float = 1.0, tau: float = recovery.TAU_HOURS) -> recovery.Dose:
        return recovery.Dose(T0, depth, tau)

    @pytest.mark.parametrize(
        ("hours", "tau", "expected"),
        [
            (24, recovery.TAU_HOURS, 0.68), (48, recovery.TAU_HOURS, 0.90), (72, recovery.TAU_HOURS, 0.97),
            (24, recovery.TAU_FAILURE_HOURS, 0.54), (48, recovery.TAU_FAILURE_HOURS, 0.78),
            (72, recovery.TAU_FAILURE_HOURS, 0.90),
        ],
    )  # fmt: skip
    def test_published_course(self, hours: int, tau: float, expected: float) -> None:
        assert recovery.recovery_at(T0 + hours * HOUR, [self.dose(tau=tau)]) == pytest.approx(expected, abs=0.01)

    def test_nearly_all_is_back_after_four_days(self) -> None:
        assert recovery.recovery_at(T0 + 96 * HOUR, [self.dose(tau=recovery.TAU_FAILURE_HOURS)]) >= 0.95

    @given(st.lists(st.floats(0, 1), max_size=4), st.floats(0, 200), st.floats(0, 100), st.integers(0, 10))
    def test_without_input_recovery_never_falls(
        self, depths: list[float], hours: float, more: float, level: int
    ) -> None:
        doses = [self.dose(depth) for depth in depths]
        sore = recovery.Soreness(Muscle.CHEST, level, T0)
        earlier = recovery.recovery_at(T0 + hours * HOUR, doses, sore)
        later = recovery.recovery_at(T0 + (hours + more) * HOUR, doses, sore)
        assert 0 <= earlier <= later + 1e-12 <= 1 + 1e-12

    @given(st.integers(1, 12), st.integers(0, 100))
    def test_more_sets_and_failure_leave_less(self, sets: int, hours: int) -> None:
        at = T0 + hours * HOUR

        def quads(facts: list[SetFact]) -> float:
            return recovery.recovery_at(at, recovery.doses(facts)[Muscle.QUADRICEPS])

        some = quads([done()] * sets)
        assert quads([done()] * (sets + 1)) <= some
        assert quads([done(rpe=10.0)] * sets) <= some

    def test_eight_sets_empty_a_muscle_and_indirect_work_half(self) -> None:
        states = {state.muscle: state for state in recovery.states(T0, [done()] * 8)}
        assert states[Muscle.QUADRICEPS].recovery == 0
        assert states[Muscle.GLUTES].recovery == 0.5
        assert states[Muscle.QUADRICEPS].hours_to_ready == pytest.approx(47.9, abs=0.1)

    def test_two_workouts_add_up(self) -> None:
        one = done(workout="a")
        both = [one] * 4 + [done(workout="b")] * 2
        assert {s.muscle: s for s in recovery.states(T0, both)}[Muscle.QUADRICEPS].recovery == pytest.approx(0.25)

    def test_the_newest_soreness_overrides_downward_only(self) -> None:
        old, new = recovery.Soreness(Muscle.CHEST, 9, T0 - HOUR), recovery.Soreness(Muscle.CHEST, 3, T0)
        assert recovery.states(T0, [], [new, old])[0].recovery == pytest.approx(0.7)
        assert recovery.recovery_at(T0, [self.dose()], new) == 0

    def test_the_future_has_not_happened(self) -> None:
        assert recovery.recovery_at(T0 - HOUR, [self.dose()], recovery.Soreness(Muscle.CHEST, 9, T0)) == 1
        assert recovery.states(T0 - HOUR, [], [recovery.Soreness(Muscle.CHEST, 9, T0)]) == []

    def test_easy_sets_leave_no_mark(self) -> None:
        assert recovery.states(T0, [done(rpe=5.0)]) == []


class TestReadiness:
    def test_nothing_told_is_no_score(self) -> None:
        assert readiness.recovery_score(readiness.Signals()) is None

    def test_all_parts_weigh_the_same_and_the_worst_is_named(self) -> None:
        found = readiness.recovery_score(
            readiness.Signals(
                sleep_hours=6, sleep_quality=7, mood=8, motivation=6, stress=3, fatigue=4, soreness=6, readiness=85
            )
        )
        assert [part.value for part in found.parts] == [75, 70, 80, 60, 70, 60, 40, 85]
        assert (found.score, found.worst) == (67.5, readiness.Part("soreness", 40))

    def test_more_than_eight_hours_are_enough(self) -> None:
        assert readiness.recovery_score(readiness.Signals(sleep_hours=11)).score == 100

    def test_the_first_source_that_told_wins(self) -> None:
        both = readiness.merged([readiness.Signals(stress=3), readiness.Signals(stress=9, sleep_hours=7)])
        assert (both.stress, both.sleep_hours) == (3, 7)


class TestAdherence:
    def week(self, number: int, planned: int, done: int) -> adherence.Week:
        return adherence.Week(MONDAY + dt.timedelta(weeks=number), planned, done)

    @pytest.mark.parametrize(
        ("day", "first", "start"),
        [(MONDAY, 0, MONDAY), (MONDAY + dt.timedelta(days=6), 0, MONDAY), (MONDAY, 6, MONDAY - dt.timedelta(days=1))],
    )
    def test_weeks_begin_where_the_athlete_says(self, day: dt.date, first: int, start: dt.date) -> None:
        assert adherence.week_of(day, first) == start

    def test_planned_and_done_per_week_with_empty_weeks(self) -> None:
        days = [adherence.PlannedDay(MONDAY, True), adherence.PlannedDay(MONDAY + dt.timedelta(days=2), False)]
        later = MONDAY + dt.timedelta(days=15)
        found = adherence.weeks(days, [later, later], MONDAY, later)
        assert [(week.planned, week.done, week.share) for week in found] == [(2, 1, 0.5), (0, 0, None), (0, 2, None)]
        assert adherence.share(found) == 0.5
        assert adherence.share(found[1:]) is None

    @pytest.mark.parametrize(
        ("weeks", "streak"),
        [
            ([], 0), ([(4, 4)], 1), ([(4, 3)], 1), ([(4, 2)], 0), ([(4, 4), (4, 1)], 1), ([(4, 1), (4, 4), (0, 2)], 2),
            ([(4, 4), (0, 0), (4, 4)], 1),
        ],
    )  # fmt: skip
    def test_streaks_count_kept_weeks(self, weeks: list[tuple[int, int]], streak: int) -> None:
        assert adherence.streak([self.week(number, *week) for number, week in enumerate(weeks)]) == streak
