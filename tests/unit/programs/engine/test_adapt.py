"""Today's session fitted to the day: the written steps, and what never breaks whatever is told."""

import datetime as dt
from dataclasses import replace

import pytest

from gainsly.lib.vocabulary import MovementPattern, Muscle, Section
from movements.catalogue.substitution import similarity
from programs.engine.adapt import adapt, band_of, missed_floors, soreness_for
from programs.engine.constraints import bans_of, can_do
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.recreation import Beside
from programs.engine.shorten import make_room
from programs.engine.standing import Slot
from programs.engine.supersets import compete
from programs.engine.today import WORKED, Ground, Kind, Later, Signals, minutes_of
from programs.engine.types import History
from tests.bench import adaptation as bench
from tests.bench.grid import START, athlete_with, load_catalogue, request_for

CATALOGUE = load_catalogue()
CONFIG = default_heuristics()
ATHLETE = athlete_with()
DRAFT = generate_plan(
    ATHLETE, request_for({"strength": 5, "hypertrophy": 5}, "full_body", 3), CATALOGUE, History(), CONFIG
)
SESSION = DRAFT.microcycles[4].sessions[0]
PLAN = tuple(Slot(str(number), one) for number, one in enumerate(SESSION.exercises))
HAND = frozenset({"dumbbell", "bench", "mat"})


def stand_ins(slug):
    source = CATALOGUE.movements[slug]
    alike = [one for one in CATALOGUE.movements.values() if one.pattern is source.pattern and one.slug != slug]
    return sorted(alike, key=lambda one: (-similarity(source, one), one.slug))


THURSDAY = Later("thursday", dt.date(2026, 1, 8))
GROUND = Ground(ATHLETE, History(), CATALOGUE.movements, bans_of(ATHLETE, START), stand_ins, CONFIG, (THURSDAY,))
NOBODY = replace(GROUND, stand_ins=lambda _slug: ())
MAIN = next(slot for slot in PLAN if slot.planned.section is Section.MAIN)
WORKING = next(iter(CATALOGUE.movements[MAIN.planned.movement].primary))


def sets(slots, *sections):
    return sum(slot.planned.sets for slot in slots if slot.planned.section in (sections or WORKED))


def found(adapted, slot):
    return next((one.planned for one in adapted.slots if one.id == slot.id), None)


def test_no_signals_change_nothing():
    adapted = adapt(PLAN, Signals(), GROUND)
    assert (adapted.slots, adapted.steps) == (PLAN, ())


@pytest.mark.parametrize(
    ("level", "kind", "share", "rpe"),
    [(0, None, 1, None), (3, None, 1, None), (4, Kind.SETS, 0.8, 7), (6, Kind.SETS, 0.8, 7), (7, Kind.SETS, 0.5, None),
     (8, Kind.SETS, 0.5, None), (9, Kind.DEFER, 0, None), (10, Kind.DEFER, 0, None)],
)  # fmt: skip
def test_soreness_of_a_primary_muscle_goes_by_steps_where_nothing_stands_in(level, kind, share, rpe):
    five = replace(MAIN, planned=replace(MAIN.planned, sets=5, target_rir=1.0, target_rpe=9.0))
    other = replace(MAIN, id="other", planned=replace(MAIN.planned, movement="plank", sets=9))
    adapted = adapt((five, other), Signals(soreness={WORKING: level}), NOBODY)
    steps = [step for step in adapted.steps if step.slot == five.id]
    assert [step.kind for step in steps] == ([kind] if kind else [])
    if kind is Kind.DEFER:
        assert found(adapted, five) is None
        assert "It moves to Thursday." in steps[0].reason
        assert steps[0].to == "thursday"
        return
    after = found(adapted, five)
    assert after.sets == int(5 * share + 0.5)
    assert after.target_rpe == (rpe or 9)
    assert after.target_load_kg == five.planned.target_load_kg


def test_a_secondary_muscle_counts_half():
    record = replace(CATALOGUE.movements[MAIN.planned.movement], primary={}, secondary={Muscle.CHEST: 0.5})
    assert soreness_for(record, {Muscle.CHEST: 8}) == (4.0, Muscle.CHEST)


def test_a_very_sore_muscle_is_spared_by_a_swap_where_one_fits():
    spare = next(
        one for one in CATALOGUE.movements.values()
        if WORKING not in one.muscle_shares() and Section.MAIN in one.sections and one.pattern is MovementPattern.HINGE
        and one.metric == CATALOGUE.movements[MAIN.planned.movement].metric
        and not any(ban.forbids(one) for ban in GROUND.bans)
    )  # fmt: skip
    adapted = adapt((MAIN,), Signals(soreness={WORKING: 8}), replace(GROUND, stand_ins=lambda _slug: (spare,)))
    assert found(adapted, MAIN).movement == spare.slug
    assert found(adapted, MAIN).sets == MAIN.planned.sets


@pytest.mark.parametrize(
    ("score", "scores", "band"),
    [(None, (), "usual"), (39, (), "low"), (40, (), "fair"), (60, (), "fair"), (61, (), "usual"), (80, (), "usual"),
     (81, (), "high"), (81, (90,) * 6, "high"), (75, (90,) * 7, "low"), (55, (55,) * 7, "usual"),
     (30, (30,) * 7, "fair"), (86, (90,) * 7, "fair")],
)  # fmt: skip
def test_the_recovery_score_has_bands_and_its_own_baseline_once_seven_days_are_known(score, scores, band):
    assert band_of(Signals(score=score, scores=scores)) == band


def test_hrv_may_only_reduce():
    usual = (60, 62, 58, 61, 59, 60, 60)
    for score in (None, 30, 50, 70, 90):
        with_high = band_of(Signals(score=score, hrv=90, hrvs=usual))
        with_low = band_of(Signals(score=score, hrv=40, hrvs=usual))
        assert with_high == band_of(Signals(score=score))
        assert with_low in ("low", "fair")


def test_low_recovery_takes_sets_leaves_one_more_in_reserve_and_warms_longer():
    adapted = adapt(PLAN, Signals(score=30), GROUND)
    assert 0.4 * sets(PLAN) <= sets(adapted.slots) < 0.9 * sets(PLAN)
    assert found(adapted, MAIN).target_rir == MAIN.planned.target_rir + 1
    assert [step.kind for step in adapted.steps if step.before.section is Section.WARMUP] == [Kind.WARMUP]


def test_a_good_day_with_minutes_to_spare_adds_one_set_to_one_main_and_no_more():
    assert adapt(PLAN, Signals(score=95), GROUND).steps == ()
    adapted = adapt(PLAN, Signals(score=95, minutes=180), GROUND)
    assert sets(adapted.slots) == sets(PLAN) + 1
    assert adapted.steps[0].before.section is Section.MAIN


def test_minutes_go_in_the_written_order():
    adapted = adapt(PLAN, Signals(minutes=40), GROUND)
    first = [step.before.section for step in adapted.steps if step.kind in (Kind.DROP, Kind.SETS)]
    rank = {Section.FINISHER: 0, Section.ACCESSORY: 1, Section.MAIN: 2}
    assert first == sorted(first, key=rank.__getitem__)
    assert all(step.before.section is not Section.WARMUP for step in adapted.steps)


def test_what_needs_missing_kit_is_swapped_or_leaves():
    adapted = adapt(PLAN, Signals(equipment=HAND), GROUND)
    assert adapted.steps
    assert all(can_do(CATALOGUE.movements[slot.planned.movement], HAND) for slot in adapted.slots)


def test_a_week_that_falls_below_its_floor_is_flagged():
    adapted = adapt((MAIN,), Signals(soreness={WORKING: 10}), NOBODY)
    assert missed_floors((MAIN,), adapted.slots, {WORKING: 5.0}, CATALOGUE.movements) == {
        WORKING: 5.0 - MAIN.planned.sets * CATALOGUE.movements[MAIN.planned.movement].muscle_shares()[WORKING]
    }
    assert missed_floors((MAIN,), (MAIN,), {WORKING: 5.0}, CATALOGUE.movements) == {}


@pytest.mark.parametrize("day", bench.days()[:3], ids=lambda day: day.label)
def test_four_hundred_combinations_keep_every_promise(day):
    table = list(day.combinations())
    assert len(table) == 400
    broken = {str(signals): found for signals in table if (found := bench.faults(day, signals))}
    assert broken == {}


@pytest.mark.parametrize("minutes", [30, 45])
def test_half_an_hour_is_kept_whatever_else_is_told(minutes):
    day = bench.days()[0]
    rows = [one for one in day.combinations() if one.minutes == minutes]
    assert [one for one in rows if bench.over(adapt(day.plan, one, day.ground), one)] == []


def test_rests_and_the_cool_down_give_way_before_more_than_the_cap_is_cut():
    adapted = adapt(PLAN, Signals(minutes=20), GROUND)
    assert sets(adapted.slots) >= 0.4 * sets(PLAN)
    assert {step.kind for step in adapted.steps if step.before.section is Section.COOLDOWN} == {Kind.DROP}
    main = found(adapted, MAIN)
    assert 60 <= main.rest_seconds < MAIN.planned.rest_seconds
    assert (main.sets, main.target_load_kg) == (2, MAIN.planned.target_load_kg)


def test_small_work_is_paired_only_where_it_does_not_compete():
    for minutes in range(20, 60, 5):
        paired = {}
        for slot in adapt(PLAN, Signals(minutes=minutes), GROUND).slots:
            if slot.planned.superset_group:
                paired.setdefault(slot.planned.superset_group, []).append(CATALOGUE.movements[slot.planned.movement])
        assert all(len(two) == 2 and not compete(*two) for two in paired.values())


SPORT = {CATALOGUE.movements[MAIN.planned.movement].pattern: Beside("Running yesterday.")}


def test_recreation_swaps_what_it_tires_else_lightens_it():
    plain = adapt((MAIN,), Signals(clash=SPORT), NOBODY)
    assert [(step.kind, step.rule) for step in plain.steps] == [(Kind.SETS, "recreation")]
    assert found(plain, MAIN).target_rpe <= 7
    assert found(plain, MAIN).target_load_kg == MAIN.planned.target_load_kg
    swapped = adapt(PLAN, Signals(clash=SPORT), replace(GROUND, stand_ins=lambda _slug: CATALOGUE.movements.values()))
    assert all(CATALOGUE.movements[one.planned.movement].pattern not in SPORT for one in swapped.slots)


def test_small_work_that_recreation_tires_moves_to_a_day_clear_of_it():
    small = next(slot for slot in PLAN if slot.planned.section is Section.ACCESSORY)
    clash = {CATALOGUE.movements[small.planned.movement].pattern: Beside("Bouldering tomorrow.")}
    moved = next(step for step in adapt(PLAN, Signals(clash=clash), NOBODY).steps if step.slot == small.id)
    assert (moved.kind, moved.to) == (Kind.DEFER, "thursday")
    close = replace(NOBODY, later=(replace(THURSDAY, clash=frozenset(clash)),))
    stays = next(step for step in adapt(PLAN, Signals(clash=clash), close).steps if step.slot == small.id)
    assert stays.kind is Kind.SETS


def test_what_the_plan_already_made_light_for_a_habit_stays():
    two = replace(MAIN, planned=replace(MAIN.planned, sets=2, target_rir=1.0, target_rpe=9.0))
    habit = {pattern: replace(one, expected=True) for pattern, one in SPORT.items()}
    assert adapt((two,), Signals(clash=habit), GROUND).steps == ()
    assert adapt((two,), Signals(clash=SPORT), GROUND).steps != ()


def test_a_main_does_not_move_beside_its_own_pattern():
    pattern = CATALOGUE.movements[MAIN.planned.movement].pattern
    saturday = Later("saturday", dt.date(2026, 1, 10))
    crowded = replace(NOBODY, later=(replace(THURSDAY, crowded=frozenset({pattern})), saturday))
    step = adapt(PLAN, Signals(soreness={WORKING: 10}), crowded).steps[0]
    assert (step.kind, step.to) == (Kind.DEFER, "saturday")


def test_what_moves_makes_small_work_of_the_later_day_give_way_and_nothing_else():
    coming = replace(MAIN, id="coming", locked=True)
    usual = minutes_of(PLAN, CONFIG)
    made = make_room((*PLAN, coming), int(usual), CATALOGUE.movements, CONFIG)
    assert made.minutes <= int(usual) + 0.5
    assert {step.before.section for step in made.steps} == {Section.ACCESSORY}


def test_a_lock_holds_against_everything_but_hard_rules():
    locked = tuple(replace(slot, locked=True) for slot in PLAN)
    assert adapt(locked, Signals(soreness={WORKING: 10}, score=10.0, minutes=20), GROUND).slots == locked
    without = adapt(locked, Signals(equipment=frozenset()), GROUND)
    assert all(can_do(CATALOGUE.movements[one.planned.movement], frozenset()) for one in without.slots)


def test_what_the_next_session_trains_anyway_is_let_go_and_not_said_to_move():
    ground = replace(NOBODY, later=(replace(THURSDAY, trains=frozenset({MAIN.planned.movement})),))
    adapted = adapt(PLAN, Signals(soreness={WORKING: 10}), ground)
    step = next(one for one in adapted.steps if one.slot == MAIN.id)
    assert step.kind is Kind.DROP
    assert "Thursday's session trains it anyway" in step.reason


def test_what_is_left_of_a_superset_keeps_its_whole_rest():
    pair = [slot for slot in PLAN if slot.planned.section is Section.ACCESSORY][:2]
    tied = tuple(
        replace(slot, planned=replace(slot.planned, superset_group="A")) if slot in pair else slot for slot in PLAN
    )
    first = CATALOGUE.movements[pair[0].planned.movement]
    sore = next(iter(first.primary))
    adapted = adapt(tied, Signals(soreness={sore: 10}), NOBODY)
    groups = [one.planned.superset_group for one in adapted.slots if one.planned.superset_group]
    assert len(groups) != 1
