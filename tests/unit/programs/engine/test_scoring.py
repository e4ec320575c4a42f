"""Every term of the seven scores by a table of its own: what counts, how much, and where it is capped."""

import datetime as dt
import itertools
from dataclasses import replace

import numpy as np
import pytest

from gainsly.lib.vocabulary import (
    Discipline,
    ExperienceLevel,
    MovementPattern,
    MovementRuleType,
    Muscle,
    Section,
)
from movements.catalogue.records import RatioPrior
from programs.engine.frame import shelf_of
from programs.engine.goals import mix_of
from programs.engine.heuristics import default_heuristics
from programs.engine.prescription import Facts
from programs.engine.scoring import COLUMN, DIMENSIONS, accessory_key, scores, step_fit, totals
from programs.engine.selection import Slot, _relaxed, alignment_of, weights_at
from programs.engine.types import History, RuleFact, StrengthFact
from tests.bench.grid import athlete_with, request_for
from tests.factories.movements import library_of, movement_entry

CONFIG = default_heuristics()
P = MovementPattern
ON = dt.date(2026, 11, 1)
BASE = library_of(movement_entry("Lift", aliases=[], alternatives=[], tags=[])).movements["lift"]
STRENGTH = {"strength": 10}


def movement(slug="lift", **changes):
    return replace(BASE, slug=slug, name=slug, **changes)


def shelf(*movements, goals=None, athlete=None, history=None, **asked):
    request, athlete = request_for(goals or STRENGTH, **asked), athlete or athlete_with(experience="expert")
    facts = Facts(athlete, request, mix_of(request, athlete, CONFIG), history or History(), CONFIG, novice=False)
    return shelf_of({one.slug: one for one in movements}, facts)


def row_of(*movements, column, need=None, assistance=False, prep=False, **more):
    """One score of each movement, in the order given."""
    held = shelf(*movements, **more)
    table = scores(held, np.ones(len(movements)), need_of(need or {}), assistance=assistance, prep=prep)
    return [round(float(table[held.row[one.slug], DIMENSIONS.index(column)]), 4) for one in movements]


def need_of(sets):
    need = np.zeros(len(COLUMN))
    for muscle, count in sets.items():
        need[COLUMN[muscle]] = count
    return need


class TestDisciplinePreference:
    """(1-5 - 1) / 4: the request's word, else the athlete's, else four for what the goals suggest, else three."""

    @pytest.mark.parametrize(
        ("asked", "own", "expected"),
        [
            ({}, {}, 0.75),  # powerlifting is what strength suggests
            ({}, {Discipline.POWERLIFTING: 2}, 0.25),
            ({Discipline.POWERLIFTING: 5}, {Discipline.POWERLIFTING: 1}, 1.0),
            ({Discipline.POWERLIFTING: 1}, {}, 0.0),
        ],
    )
    def test_the_request_speaks_before_the_athlete_and_the_goals(self, asked, own, expected):
        lift = movement(discipline=Discipline.POWERLIFTING, disciplines=())
        athlete = athlete_with(disciplines=own)
        assert row_of(lift, column="discipline_preference", athlete=athlete, disciplines=asked) == [expected]

    @pytest.mark.parametrize(("liked", "expected"), [(5, 1.0), (4, 0.75), (3, 0.5), (2, 0.5)])
    def test_another_discipline_of_it_counts_only_where_it_is_liked(self, liked, expected):
        lift = movement(discipline=Discipline.CALISTHENICS, disciplines=(Discipline.BODYBUILDING,))
        taste = {Discipline.BODYBUILDING: liked}
        assert row_of(lift, column="discipline_preference", disciplines=taste) == [expected]


class TestSpecialization:
    @pytest.mark.parametrize(
        ("what", "plain", "staple"),
        [
            ("nothing", 0.0, 0.7),
            ("rated", 0.2, 0.76),
            ("reference", 0.8, 0.94),
            ("priority", 0.8, 0.94),
            ("known", 0.8, 0.94),
            ("earlier main", 0.8, 0.94),
            ("wanted", 0.9, 0.9),
            ("preferred", 0.9, 0.9),
            ("favourite", 1.0, 1.0),
        ],
    )
    def test_the_strongest_voice_counts_and_a_staple_closes_most_of_the_gap(self, what, plain, staple):
        ratio = {
            "rated": RatioPrior("other", 0.8, "C", "a table"),
            "reference": RatioPrior("lift", 1.0, "C", "a table"),
        }.get(what)
        rules = {"wanted": MovementRuleType.HARD_YES, "preferred": MovementRuleType.PREFERRED}
        athlete = athlete_with(
            experience="expert",
            favorites=frozenset({"lift"} if what == "favourite" else ()),
            rules=(RuleFact("lift", rules[what]),) if what in rules else (),
        )
        history = History(
            strength={"lift": StrengthFact(100, 5, ON, 4)} if what == "known" else {},
            previous_mains=("lift",) if what == "earlier main" else (),
        )
        more = {"priority_muscles": (Muscle.QUADRICEPS,)} if what == "priority" else {}
        for tags, expected in (((), plain), (("staple",), staple)):
            lift = movement(ratio=ratio, tags=tags)
            found = row_of(lift, column="specialization", athlete=athlete, history=history, **more)
            assert found == [pytest.approx(expected)]

    @pytest.mark.parametrize(
        ("e1rm_kg", "expected"),
        [(200, 1.0), (40, 1.0), (17, 0.4), (23, 0.6)],
    )
    def test_a_next_weight_far_above_counts_against_it(self, e1rm_kg, expected):
        """Kettlebells step by 4 kg: from 12 to 16 kg a third, from 8 to 12 kg a half; a fifth is fair."""
        bell = movement(equipment=("kettlebell",))
        history = History(strength={"lift": StrengthFact(e1rm_kg, 1, ON, 4)})
        assert step_fit(bell, athlete_with(), history) == pytest.approx(expected, abs=0.01)

    def test_it_multiplies_what_speaks_for_the_lift(self):
        bell = movement(equipment=("kettlebell",))
        history = History(strength={"lift": StrengthFact(23, 1, ON, 4)})
        assert row_of(bell, column="specialization", history=history) == [pytest.approx(0.8 * 0.6)]

    def test_without_a_known_load_no_step_counts_against_it(self):
        assert step_fit(movement(equipment=("kettlebell",)), athlete_with(), History()) == 1.0


class TestGoalAlignment:
    @pytest.mark.parametrize(
        ("goals", "equipment", "assistance", "expected"),
        [
            ({"strength": 10}, ("barbell",), False, 1.0),
            ({"strength": 10}, ("dumbbell",), False, 0.75),
            ({"strength": 10}, ("dumbbell",), True, 0.95),  # for assistance the tool matters as for size
            ({"strength": 10}, (), False, 0.45),
            ({"hypertrophy": 10}, ("machine",), False, 0.9),
            ({"endurance": 10}, ("kettlebell",), False, 1.0),
            ({"strength": 5, "endurance": 5}, ("kettlebell",), False, 0.8),  # goals count by their weight
            ({"strength": 10}, ("bench", "barbell"), False, 1.0),  # its best tool speaks
        ],
    )
    def test_the_tool_serves_the_goals_by_their_weight(self, goals, equipment, assistance, expected):
        lift = movement(equipment=equipment, skill="expert")
        found = row_of(lift, column="goal_alignment", goals=goals, assistance=assistance)
        assert found == [pytest.approx(expected)]

    @pytest.mark.parametrize(
        ("goal", "pattern", "expected"),
        [
            ("explosiveness", P.OLYMPIC, 0.9),
            ("explosiveness", P.PLYOMETRIC, 0.6),
            ("speed", P.PLYOMETRIC, 0.9),
            ("speed", P.OLYMPIC, 0.6),
            ("strength", P.OLYMPIC, 0.6),
        ],
    )
    def test_power_goals_favour_their_own_pattern_half_as_much_again(self, goal, pattern, expected):
        lift = movement(pattern=pattern, equipment=("kettlebell",), skill="expert")
        assert row_of(lift, column="goal_alignment", goals={goal: 10}) == [pytest.approx(expected)]

    def test_no_bonus_goes_above_one(self):
        clean = movement(pattern=P.OLYMPIC, equipment=("barbell",), skill="expert")
        assert row_of(clean, column="goal_alignment", goals={"explosiveness": 10}) == [1.0]

    @pytest.mark.parametrize(
        ("skill", "loaded", "unloaded"),
        [("expert", 1.0, 1.0), ("advanced", 1.0, 0.8), ("intermediate", 0.9, 0.6), ("beginner", 0.75, 0.4)],
    )
    def test_what_is_far_below_ones_level_serves_less_and_unloaded_work_least(self, skill, loaded, unloaded):
        bar = row_of(movement(equipment=("barbell",), skill=skill), column="goal_alignment")
        body = row_of(movement(equipment=("mat",), skill=skill), column="goal_alignment")
        assert bar == [pytest.approx(1.0 * loaded)]
        assert body == [pytest.approx(0.45 * unloaded)]

    def test_what_is_above_ones_level_is_no_easier_for_it(self):
        athlete = athlete_with(experience=ExperienceLevel.INTERMEDIATE)
        assert row_of(movement(skill="expert"), column="goal_alignment", athlete=athlete) == [1.0]


class TestTimeUtilization:
    @pytest.mark.parametrize(
        ("equipment", "unilateral", "expected"),
        [
            ((), False, 1.0),
            (("barbell",), False, 0.88),
            (("barbell", "rack"), False, 0.88),  # what stands there is not fetched
            (("bench", "rack", "pull_up_bar"), False, 1.0),
            (("dumbbell", "band"), False, 0.76),
            (("dumbbell",), True, 0.63),
            (("cable", "band", "box", "mat", "barbell"), True, 0.2),  # never below a fifth
        ],
    )
    def test_gear_to_fetch_and_two_sides_cost(self, equipment, unilateral, expected):
        lift = movement(equipment=equipment, unilateral=unilateral)
        assert row_of(lift, column="time_utilization") == [pytest.approx(expected)]


class TestCompoundBonus:
    @pytest.mark.parametrize(
        ("compound", "role", "expected"),
        [(True, {}, 1.0), (False, {}, 0.0), (True, {"assistance": True}, 0.0), (True, {"prep": True}, 0.0)],
    )
    def test_only_mains_earn_it(self, compound, role, expected):
        assert row_of(movement(compound=compound), column="compound_bonus", **role) == [expected]


class TestMuscleCoverage:
    def test_it_is_the_share_of_the_weeks_need_and_85_percent_of_the_best_is_enough(self):
        lifts = [
            movement(f"lift-{share}", primary={Muscle.CHEST: share}, secondary={})
            for share in (1.0, 0.9, 0.85, 0.5, 0.0)
        ]
        found = row_of(*lifts, column="muscle_coverage", need={Muscle.CHEST: 8.0})
        assert found == [1.0, 1.0, 1.0, pytest.approx(0.5 / 0.85, abs=1e-4), 0.0]

    def test_a_week_that_lacks_nothing_asks_nothing(self):
        assert row_of(movement(), column="muscle_coverage") == [0.0]

    def test_warm_ups_count_the_muscles_they_reach_not_their_sets(self):
        stretch = movement("stretch", primary={Muscle.CHEST: 0.0}, secondary={Muscle.LATS: 0.0})
        swing = movement("swing", primary={Muscle.LATS: 0.0}, secondary={})
        need = {Muscle.CHEST: 1.0, Muscle.LATS: 1.0}
        assert row_of(stretch, swing, column="muscle_coverage", need=need) == [0.0, 0.0]
        found = row_of(stretch, swing, column="muscle_coverage", need=need, prep=True)
        assert found == [1.0, pytest.approx(1 / (0.85 * 1.5), abs=1e-4)]


class TestPatternAlignment:
    def test_each_step_of_relaxation_aligns_less(self):
        """Exact 1, compatible .6, synergist .4, isolation .3, generic .2, emergency .1; each step a superset."""
        lifts = {
            1.0: movement("a-press", pattern=P.HORIZONTAL_PUSH, primary={Muscle.CHEST: 1.0}),
            0.6: movement("b-overhead", pattern=P.VERTICAL_PUSH, primary={Muscle.FRONT_DELTS: 1.0}),
            0.4: movement("c-fly", pattern=P.ISOLATION, primary={Muscle.CHEST: 1.0}),
            0.3: movement("d-raise", pattern=P.ISOLATION, primary={Muscle.BICEPS: 1.0}, secondary={Muscle.CHEST: 0.2},
                          sections=(Section.ACCESSORY,)),
            0.2: movement("e-squat", pattern=P.SQUAT),
            0.1: movement("f-curl", pattern=P.ISOLATION, primary={Muscle.BICEPS: 1.0}, secondary={},
                          sections=(Section.ACCESSORY,)),
        }  # fmt: skip
        held = shelf(*lifts.values())
        slot = Slot("main/1", 0, Section.MAIN, (P.HORIZONTAL_PUSH,), (Muscle.CHEST,))
        masks = _relaxed(slot, held)
        assert all((wider | narrow == wider).all() for narrow, wider in itertools.pairwise(masks))
        assert [round(float(one), 2) for one in alignment_of(slot, held, masks)] == list(lifts)

    def test_a_place_for_isolation_halves_what_is_compound(self):
        press = movement("a-press", pattern=P.HORIZONTAL_PUSH, compound=True)
        fly = movement("b-fly", pattern=P.HORIZONTAL_PUSH, compound=False)
        held = shelf(press, fly)
        slot = Slot("accessory/1", 0, Section.ACCESSORY, (P.HORIZONTAL_PUSH,), isolation_first=True)
        assert list(alignment_of(slot, held, _relaxed(slot, held))) == [0.5, 1.0]


class TestWeights:
    def test_the_seven_stand_in_the_order_of_their_priority_and_sum_to_one(self):
        weights = [CONFIG.scoring.weights[name] for name in DIMENSIONS]
        assert weights == sorted(weights, reverse=True)
        assert sum(weights) == pytest.approx(1)

    def test_goals_that_pull_apart_weaken_goal_alignment_by_half_their_severity(self):
        at = DIMENSIONS.index("goal_alignment")
        alone = shelf(movement(), goals={"explosiveness": 10}).weights
        apart = shelf(movement(), goals={"explosiveness": 5, "endurance": 5}).weights
        assert apart[at] / apart[0] == pytest.approx(alone[at] / alone[0] * (1 - 0.7 / 2), abs=1e-5)
        assert apart.sum() == pytest.approx(1, abs=1e-5)

    @pytest.mark.parametrize(("step", "share"), [(0, 1.0), (2, 1.0), (3, 0.7), (6, 0.7)])
    def test_taste_yields_from_the_third_step_on(self, step, share):
        held = shelf(movement())
        weights = weights_at(step, held, CONFIG)
        assert weights[2] / weights[0] == pytest.approx(held.weights[2] / held.weights[0] * share, abs=1e-5)
        assert weights.sum() == pytest.approx(1, abs=1e-5)

    def test_a_total_is_the_weighted_sum(self):
        held = shelf(movement())
        table = np.array([[1.0, 0.5, 0.75, 1.0, 0.8, 0.9, 0.88]])
        expected = float(table[0] @ held.weights)
        assert totals(held, table, held.weights)[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("pattern", "primary", "key"),
    [
        (P.HORIZONTAL_PUSH, {Muscle.CHEST: 1.0}, "horizontal_push"),
        (P.ISOLATION, {Muscle.BICEPS: 1.0}, "isolation:biceps"),
        (P.ISOLATION, {Muscle.TRICEPS: 1.0, Muscle.BICEPS: 1.0}, "isolation:biceps+triceps"),
    ],
)
def test_assistance_takes_turns_by_pattern_and_isolation_by_muscle(pattern, primary, key):
    assert accessory_key(movement(pattern=pattern, primary=primary)) == key
