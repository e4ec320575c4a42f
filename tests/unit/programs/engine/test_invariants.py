"""Invariants of numbers: the chart, the caps, the CNS budget, injuries, first loads, width of ranges."""

import datetime as dt
import hashlib
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gainsly.lib.strength import percent_at
from gainsly.lib.units import kg_to_lb
from gainsly.lib.vocabulary import InjuryArea, MovementPattern, Section, Units
from movements.catalogue.kits import IRON
from programs.engine.constraints import hurts
from programs.engine.generate import generate_plan
from programs.engine.goals import mix_of
from programs.engine.heuristics import default_heuristics
from programs.engine.loads import load_at, maximum_of, step_share, weights_for
from programs.engine.quality import assess
from programs.engine.quality.model import graded
from programs.engine.quality.safety import limit_of
from programs.engine.slots import LONG_MINUTES, shapes_of
from programs.engine.splits import week_of
from programs.engine.types import History, InjuryFact, Kit, StrengthFact
from tests.bench.grid import athlete_with, load_catalogue, request_for

CATALOGUE = load_catalogue()
CONFIG = default_heuristics()
P = MovementPattern
SQUAT = "barbell-back-squat"
ON = dt.date(2026, 11, 1)


@given(st.floats(min_value=1, max_value=11.5), st.floats(min_value=0.05, max_value=0.5))
def test_more_repetitions_to_failure_always_mean_less_load(reps, more):
    assert percent_at(reps + more) < percent_at(reps)


@given(st.integers(min_value=1, max_value=8), st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0]))
def test_a_repetition_more_costs_what_a_repetition_in_reserve_costs(reps, reserve):
    assert percent_at(reps + 1 + reserve) == percent_at(reps + (reserve + 1))


@pytest.mark.parametrize("kilograms", [20, 60, 100, 200])
@pytest.mark.parametrize(("experience", "cap"), [("beginner", 0.025), ("intermediate", 0.0125), ("advanced", 0.006)])
def test_planned_loads_rise_within_the_caps_after_rounding(kilograms, experience, cap):
    """What a week implies as 1RM rises by the weekly cap at most, one loadable step beside it."""
    history = History(strength={SQUAT: StrengthFact(kilograms, 2, ON, 5)})
    draft = generate_plan(
        athlete_with(experience=experience), request_for({"strength": 10}, weeks=12), CATALOGUE, history, CONFIG
    )
    squats = [
        (number, one)
        for number, week in enumerate(draft.microcycles)
        if not week.is_deload
        for session in week.sessions
        for one in session.exercises
        if one.movement == SQUAT and one.section is Section.MAIN and one.target_load_kg
    ]
    assert squats or kilograms <= 20
    for (first, before), (second, after) in itertools.pairwise(squats):
        weeks = max(1, second - first)
        step = step_share(before.target_load_kg, CATALOGUE.movements[SQUAT], athlete_with().kit)
        implied = [one.target_load_kg / percent_at(one.reps_min + one.target_rir) for one in (before, after)]
        assert implied[1] <= implied[0] * (1 + cap * weeks) * (1 + step) + 1e-6


def test_a_default_full_body_day_fits_the_balanced_cns_budget():
    draft = generate_plan(
        athlete_with(), request_for({"hypertrophy": 10}, "full_body", 3), CATALOGUE, History(), CONFIG
    )
    cns = CONFIG.cns
    for session in draft.microcycles[0].sessions:
        costs = [
            cns.cost[CATALOGUE.movements[one.movement].cns] * cns.multiplier[one.section]
            for one in session.exercises
            if one.section is not Section.COOLDOWN
        ]
        assert sum(costs) <= cns.budget[3], session.title


@pytest.mark.parametrize("area", list(InjuryArea))
def test_a_worse_injury_never_allows_more_and_leaves_other_work(area):
    allowed = [
        {one.slug for one in CATALOGUE.movements.values() if not hurts(one, InjuryFact(area, severity))}
        for severity in (1, 2, 3)
    ]
    assert allowed[0] >= allowed[1] >= allowed[2]
    assert allowed[0] == set(CATALOGUE.movements)
    assert allowed[1] < allowed[0]
    lifts = {CATALOGUE.movements[slug].pattern for slug in allowed[2]}
    assert len(lifts & {P.SQUAT, P.HINGE, P.HORIZONTAL_PUSH, P.HORIZONTAL_PULL, P.CORE}) >= 3


@pytest.mark.parametrize(
    ("area", "pattern"),
    [
        ("shoulder", P.VERTICAL_PUSH),
        ("wrist", P.OLYMPIC),
        ("lower_back", P.OLYMPIC),
        ("hip", P.LUNGE),
        ("knee", P.LUNGE),
        ("ankle", P.CARRY),
    ],
)
def test_the_worst_severity_rules_a_pattern_out_whole(area, pattern):
    """Evidence 3.3; the rubric knows it by a table of its own."""
    of_it = [one for one in CATALOGUE.movements.values() if one.pattern is pattern]
    worst = InjuryFact(InjuryArea(area), 3)
    assert of_it
    assert all(hurts(one, worst) for one in of_it)
    assert all(limit_of(one, athlete_with(experience="expert", injuries=(worst,)), ON) for one in of_it)
    assert not all(hurts(one, InjuryFact(InjuryArea(area), 2)) for one in of_it)


@pytest.mark.parametrize("severity", [1, 2, 3])
@pytest.mark.parametrize("area", list(InjuryArea))
def test_engine_and_rubric_forbid_the_same_for_an_injury(area, severity):
    injury = InjuryFact(area, severity)
    athlete = athlete_with(experience="expert", injuries=(injury,))
    kit = {one.slug for one in CATALOGUE.movements.values() if not limit_of(one, athlete_with(experience="expert"), ON)}
    for one in CATALOGUE.movements.values():
        if one.slug in kit:
            assert hurts(one, injury) == bool(limit_of(one, athlete, ON)), one.slug


def test_a_first_load_comes_from_a_ratio_and_is_marked_as_a_guess():
    history = History(strength={SQUAT: StrengthFact(140, 5, ON, 6)})
    own = maximum_of(CATALOGUE.movements[SQUAT], history)
    assert (own.kg, own.is_guess) == (140, False)
    related = next(
        one for one in CATALOGUE.movements.values() if one.ratio and one.ratio.reference == SQUAT and one.slug != SQUAT
    )
    guess = maximum_of(related, history)
    assert guess.is_guess
    assert guess.kg == pytest.approx(140 * related.ratio.value * 0.95)
    assert maximum_of(related, History()) is None


def test_every_planned_load_is_one_the_iron_makes():
    history = History(strength={SQUAT: StrengthFact(123.4, 5, ON, 6)})
    draft = generate_plan(athlete_with(), request_for({"strength": 10}), CATALOGUE, history, CONFIG)
    for week in draft.microcycles:
        for session in week.sessions:
            for one in session.exercises:
                if one.target_load_kg is not None:
                    assert one.target_load_kg in weights_for(CATALOGUE.movements[one.movement], athlete_with().kit)
    assert load_at(19.9, CATALOGUE.movements[SQUAT], athlete_with()) is None


@pytest.mark.parametrize("minutes", [20, 45, 60, LONG_MINUTES - 1, LONG_MINUTES, 120])
def test_a_fifth_main_stands_in_long_sessions_only(minutes):
    request, athlete = request_for({"strength": 10}, session_minutes=minutes), athlete_with()
    mix = mix_of(request, athlete, CONFIG)
    days = week_of(request, athlete, mix, 4, CONFIG)
    most = max(shape.mains for shape in shapes_of(days, minutes, mix, False, CONFIG))
    assert 2 <= most <= (5 if minutes >= LONG_MINUTES else 4)


def test_a_plan_is_the_same_byte_for_byte():
    def digest():
        draft = generate_plan(
            athlete_with(), request_for({"hypertrophy": 6, "fat_loss": 4}), CATALOGUE, History(), CONFIG
        )
        return hashlib.sha256(repr(draft).encode()).hexdigest()

    assert digest() == digest()


def test_pound_iron_gives_whole_pounds_that_the_report_accepts():
    """45 lb bar, plates from 2.5 lb, stacks and dumbbells in steps of 5 lb."""
    iron = IRON[Units.IMPERIAL]
    athlete = athlete_with(kit="full_gym")
    athlete = replace(athlete, kit=Kit(equipment=athlete.kit.equipment, **iron))
    history = History(strength={slug: StrengthFact(kg, 5, ON, 6) for slug, kg in LIFTED.items()})
    request = request_for({"strength": 6, "hypertrophy": 4}, weeks=12)
    draft = generate_plan(athlete, request, CATALOGUE, history, CONFIG)
    loads = {
        (one.movement, one.target_load_kg)
        for week in draft.microcycles
        for session in week.sessions
        for one in session.exercises
        if one.target_load_kg and "kettlebell" not in CATALOGUE.movements[one.movement].equipment
    }
    assert len(loads) > 20
    for movement, load in loads:
        assert kg_to_lb(load) == pytest.approx(round(kg_to_lb(load) / 5) * 5, abs=0.02), movement
    report = assess(
        graded(draft.microcycles, request, CATALOGUE.movements, draft.warnings),
        athlete,
        CATALOGUE.movements.values(),
    )
    assert next(check for check in report.checks if check.code == "C32").passed


LIFTED = {SQUAT: 143.0, "barbell-bench-press": 101.0, "barbell-deadlift": 180.0, "barbell-overhead-press": 63.0}
