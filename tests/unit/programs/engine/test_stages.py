"""The small stages, each by a table."""

import datetime as dt

import pytest

from gainsly.lib.vocabulary import Goal, MovementPattern, MovementRuleType, Muscle, Section, SessionType
from programs.engine.calendars import lay_out, spread
from programs.engine.constraints import Infeasible, permitted
from programs.engine.deload import deload_sets
from programs.engine.focus import assign
from programs.engine.frame import shelf_of
from programs.engine.generate import generate_plan
from programs.engine.goals import mix_of
from programs.engine.heuristics import default_heuristics
from programs.engine.interference import warnings_for
from programs.engine.loads import load_at, share_for, weights_for
from programs.engine.prescription import Facts
from programs.engine.splits import week_of
from programs.engine.types import (
    Catalogue,
    History,
    HybridDay,
    HybridDefinition,
    InjuryFact,
    RuleFact,
    StrengthFact,
)
from tests.bench.grid import START, athlete_with, load_catalogue, request_for

CATALOGUE = load_catalogue()
CONFIG = default_heuristics()
P = MovementPattern


@pytest.mark.parametrize(
    ("open_days", "count", "expected"),
    [
        (range(7), 2, (0, 3)),
        (range(7), 3, (0, 2, 4)),
        (range(7), 4, (0, 1, 3, 5)),
        (range(7), 5, (0, 1, 2, 4, 5)),
        ((1, 2, 5), 2, (1, 5)),
        ((3,), 1, (3,)),
    ],
)
def test_training_days_spread_over_the_week(open_days, count, expected):
    assert spread(7, tuple(open_days), count) == expected


def test_more_days_than_free_weekdays_is_refused():
    with pytest.raises(Infeasible) as refused:
        lay_out(request_for({"strength": 10}, days=4), athlete_with(available_weekdays=(0, 2)))
    assert refused.value.extra["collisions"][0]["rules"] == ["days_per_week", "available_weekdays"]


@pytest.mark.parametrize(
    ("goals", "shares"),
    [
        ({"strength": 10}, (1, 0, 0)),
        ({"fat_loss": 10}, (0.5, 0.5, 0)),
        ({"mobility": 10}, (0, 0, 1)),
        ({"endurance": 10}, (0, 1, 0)),
        ({"strength": 6, "endurance": 4}, (0.6, 0.4, 0)),
        ({"strength": 2, "mobility": 8}, (0.7, 0, 0.3)),
        ({"endurance": 9, "speed": 1}, (0.25, 0.75, 0)),
    ],
)
def test_goals_share_the_middle_minutes_after_the_caps(goals, shares):
    mix = mix_of(request_for(goals), athlete_with(), CONFIG)
    assert (mix.resistance, mix.conditioning, mix.mobility) == pytest.approx(shares)


def test_more_strength_never_means_more_repetitions():
    tops = []
    for weight in range(1, 10):
        request = request_for({"strength": weight, "hypertrophy": 10 - weight})
        tops.append(mix_of(request, athlete_with(), CONFIG).main_reps[1])
    assert tops == sorted(tops, reverse=True)


def test_goals_that_pull_apart_warn_and_are_never_refused():
    mix = mix_of(request_for({"explosiveness": 5, "endurance": 5}), athlete_with(), CONFIG)
    (warning,) = warnings_for(mix, CONFIG)
    assert (warning.code, warning.severity) == ("goal_interference", 0.7)
    assert warnings_for(mix_of(request_for({"strength": 10}), athlete_with(), CONFIG), CONFIG) == []


@pytest.mark.parametrize(
    ("split", "days", "types"),
    [
        ("upper_lower", 4, "upper lower upper lower"),
        ("ppl", 3, "push pull legs"),
        ("ppl", 6, "push pull legs push pull legs"),
        ("full_body", 3, "full_body full_body full_body"),
        ("hybrid", 5, "upper lower upper lower full_body"),
        ("upper_lower", 7, "upper lower upper lower upper lower recovery"),
    ],
)
def test_splits_adapt_to_the_days(split, days, types):
    request, athlete = request_for({"strength": 10}, split, days), athlete_with()
    week = week_of(request, athlete, mix_of(request, athlete, CONFIG), days, CONFIG)
    assert [str(day.session_type) for day in week] == types.split()


def test_a_hybrid_of_ones_own_is_kept_or_refused():
    own = HybridDefinition(days=(HybridDay(1, SessionType.UPPER), HybridDay(3, SessionType.CARDIO)))
    request, athlete = request_for({"strength": 10}, "hybrid", 2, hybrid=own), athlete_with()
    mix = mix_of(request, athlete, CONFIG)
    assert [day.session_type for day in week_of(request, athlete, mix, 2, CONFIG)] == ["upper", "cardio"]
    blocks = HybridDefinition(blocks=("ppl", "rest", "cardio"))
    short = request_for({"strength": 10}, "hybrid", 3, hybrid=blocks)
    with pytest.raises(Infeasible, match="4 training days"):
        week_of(short, athlete, mix, 3, CONFIG)


def test_patterns_never_meet_on_days_in_a_row_and_are_used_twice_at_most():
    own = (P.SQUAT, P.HINGE, P.LUNGE, P.HORIZONTAL_PUSH, P.VERTICAL_PUSH, P.HORIZONTAL_PULL, P.VERTICAL_PULL)
    days = tuple((own, 3) for _ in range(6))
    adjacent = frozenset({(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)})
    week = assign(days, adjacent, frozenset({*own, P.CORE, P.CARRY}), 2)
    assert all(not set(week[day]) & set(week[day + 1]) for day in range(5))
    assert max(sum(pattern in day for day in week) for pattern in own) <= 2


@pytest.mark.parametrize("sets", [[2, 2], [3, 3], [4, 4], [5, 5], [6, 6], [3, 3, 3, 2, 2, 2], [5, 4, 4, 3, 3]])
def test_a_deload_cuts_about_half_of_the_sets(sets):
    kept = deload_sets(sets, CONFIG)
    assert all(1 <= now <= before for now, before in zip(kept, sets, strict=True))
    assert 0.4 <= 1 - sum(kept) / sum(sets) <= 0.6


def test_loads_are_what_the_iron_makes():
    athlete = athlete_with()
    squat = CATALOGUE.movements["barbell-back-squat"]
    assert load_at(101.4, squat, athlete) == 100
    assert load_at(15, squat, athlete) is None
    assert weights_for(CATALOGUE.movements["glute-bridge"], athlete.kit) == ()
    assert share_for(5) == pytest.approx(0.863)
    assert share_for(30) < share_for(13) < share_for(12)


def test_known_strength_gives_kilograms_and_ramps_that_rise_over_the_block():
    history = History(strength={"barbell-back-squat": StrengthFact(140, 5, dt.date(2026, 11, 1), 6)})
    draft = generate_plan(athlete_with(), request_for({"strength": 10}, days=4), CATALOGUE, history, CONFIG)
    squats = [
        (microcycle.is_deload, one)
        for microcycle in draft.microcycles
        for session in microcycle.sessions
        for one in session.exercises
        if one.movement == "barbell-back-squat"
    ]
    loads = [one.target_load_kg for _, one in squats]
    assert loads[:3] == sorted(loads[:3])
    assert loads[4:7] == sorted(loads[4:7])
    assert loads[4] > loads[0]
    assert loads[6] > loads[2]
    assert all(load % 2.5 == 0 for load in loads)
    assert all(not one.load_is_guess for _, one in squats)
    assert [step.load_kg for step in squats[0][1].ramp] == sorted(step.load_kg for step in squats[0][1].ramp)
    assert squats[0][1].ramp[0].reps == 5
    assert squats[3][0]
    assert 0.9 <= squats[3][1].target_load_kg / squats[2][1].target_load_kg <= 1


def test_other_lifts_of_the_pattern_are_marked_as_guesses():
    history = History(strength={"barbell-back-squat": StrengthFact(140, 5, dt.date(2026, 11, 1), 6)})
    draft = generate_plan(athlete_with(), request_for({"hypertrophy": 10}, days=4), CATALOGUE, history, CONFIG)
    guessed = [one for week in draft.microcycles for s in week.sessions for one in s.exercises if one.load_is_guess]
    assert guessed
    for one in guessed:
        assert CATALOGUE.movements[one.movement].ratio.reference == "barbell-back-squat"


def test_injuries_shrink_what_is_allowed_by_severity():
    counts = []
    for severity in (1, 2, 3):
        athlete = athlete_with(injuries=(InjuryFact("knee", severity),))
        counts.append(len(permitted(CATALOGUE, athlete, START)))
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) == 3
    healed = athlete_with(injuries=(InjuryFact("knee", 3, until=START - dt.timedelta(days=1)),))
    assert permitted(CATALOGUE, healed, START) == permitted(CATALOGUE, athlete_with(), START)


def test_a_wanted_movement_stands_in_every_microcycle():
    slug = "barbell-hip-thrust"
    athlete = athlete_with(rules=(RuleFact(slug, MovementRuleType.HARD_YES),))
    draft = generate_plan(athlete, request_for({"hypertrophy": 10}), CATALOGUE, History(), CONFIG)
    for microcycle in draft.microcycles:
        assert any(one.movement == slug for session in microcycle.sessions for one in session.exercises)


def test_a_banned_movement_is_nowhere_and_wanting_it_too_is_refused():
    ban = RuleFact("barbell-back-squat", MovementRuleType.HARD_NO)
    draft = generate_plan(athlete_with(rules=(ban,)), request_for({"strength": 10}), CATALOGUE, History(), CONFIG)
    used = {one.movement for week in draft.microcycles for session in week.sessions for one in session.exercises}
    assert "barbell-back-squat" not in used
    both = (ban, RuleFact("barbell-back-squat", MovementRuleType.HARD_YES))
    with pytest.raises(Infeasible) as refused:
        permitted(CATALOGUE, athlete_with(rules=both), START)
    assert refused.value.extra["collisions"][0]["rules"] == [
        "hard_yes:barbell-back-squat",
        "hard_no:barbell-back-squat",
    ]


def test_a_collision_names_a_smallest_set_of_rules():
    few = {slug: one for slug, one in CATALOGUE.movements.items() if Section.MAIN not in one.sections}
    squat = CATALOGUE.movements["barbell-back-squat"]
    hinge = CATALOGUE.movements["barbell-deadlift"]
    small = Catalogue({**few, squat.slug: squat, hinge.slug: hinge}, "small")
    with pytest.raises(Infeasible) as refused:
        permitted(small, athlete_with("bodyweight", injuries=(InjuryFact("neck", 1),)), START)
    assert refused.value.extra["collisions"][0]["rules"] == ["equipment"]


def test_every_number_of_the_configuration_has_its_grade_and_source():
    assert CONFIG.config_version
    assert CONFIG.sources["time.transition"].grade == "C"
    assert CONFIG.sources["volume.chest"].grade == "A"
    assert sum(CONFIG.scoring.weights.values()) == pytest.approx(1)
    assert set(CONFIG.goals) == set(Goal)
    assert Muscle.CHEST in CONFIG.volume


@pytest.mark.parametrize(
    ("first", "second"),
    [("barbell-bench-press", "barbell-board-press"), ("dumbbell-lateral-raise", "dumbbell-scaption-raise")],
)
def test_a_staple_is_more_special_than_its_variation(first, second):
    request, athlete = request_for({"strength": 6, "hypertrophy": 4}), athlete_with()
    facts = Facts(athlete, request, mix_of(request, athlete, CONFIG), History(), CONFIG, novice=False)
    shelf = shelf_of(CATALOGUE.movements, facts)
    assert shelf.specialization[shelf.row[first]] > shelf.specialization[shelf.row[second]]
