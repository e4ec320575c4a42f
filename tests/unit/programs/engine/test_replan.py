"""Re-planning as a pure function of whole generated programs: its promises as properties, its answers by table."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest

from gainsly.lib.vocabulary import InjuryArea, Section
from movements.catalogue.substitution import similarity
from programs.engine.constraints import hurts
from programs.engine.forecast import forecast
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.replan import replan
from programs.engine.standing import Basis, Logged, News, Slot, Standing, microcycles_of
from programs.engine.stepping import Exposure
from programs.engine.types import History, InjuryFact, StrengthFact
from tests.bench.grid import athlete_with, load_catalogue, request_for

CATALOGUE = load_catalogue()
CONFIG = default_heuristics()
REQUEST = request_for({"strength": 6, "hypertrophy": 4})
ATHLETE = athlete_with()
LIFTED = (Section.MAIN, Section.ACCESSORY)


def basis(athlete=ATHLETE, history=None):
    return Basis(REQUEST, athlete, CATALOGUE.movements, history or History(), CONFIG)


@pytest.fixture(scope="module")
def plan():
    return generate_plan(ATHLETE, REQUEST, CATALOGUE, History(), CONFIG)


@pytest.fixture(scope="module")
def program(plan):
    return standing(plan)


def standing(plan, today=None):
    """The plan as stored: everything before ``today`` is fixed."""
    return tuple(
        Standing(
            id=f"{week.sequence}-{session.day_number}",
            sequence=week.sequence,
            is_deload=week.is_deload,
            phase=week.phase,
            fixed=today is not None and session.date < today,
            planned=replace(session, exercises=()),
            slots=tuple(
                Slot(f"{week.sequence}-{session.day_number}-{number}", one)
                for number, one in enumerate(session.exercises)
            ),
        )
        for week in plan.microcycles
        for session in week.sessions
    )


def news(day=0, **changes):
    return News(REQUEST.start_date + dt.timedelta(days=day), **changes)


def some_log(program, until):
    """Every main lift of the sessions before a day, done as asked at 100 kg."""
    log = {}
    for session in program:
        for slot in session.slots:
            one = slot.planned
            if session.date < until and one.section is Section.MAIN and one.reps_min:
                exposure = Exposure(100.0, (one.reps_min,) * one.sets, one.reps_min, is_deload=session.is_deload)
                log.setdefault(one.movement, []).append(Logged(session.date, exposure, one.target_rir, None))
    return {slug: tuple(rows) for slug, rows in log.items()}


@pytest.mark.parametrize("day", [0, 7, 28, 55])
def test_no_news_changes_nothing(plan, day):
    today = REQUEST.start_date + dt.timedelta(days=day)
    program = standing(plan, today)
    trained = tuple(one.date for one in program if one.date < today)
    found = replan(program, news(day, trained_on=trained), basis())
    assert (found.changes, found.notes, found.settled) == ((), (), frozenset())


@pytest.mark.parametrize("day", [1, 8, 29, 50])
def test_twice_equals_once_and_what_is_fixed_stays(plan, day):
    today = REQUEST.start_date + dt.timedelta(days=day)
    program = standing(plan, today)
    injured = replace(ATHLETE, injuries=(InjuryFact(InjuryArea.KNEE, 2),))
    trained = tuple(one.date for one in program[: max(1, len(program) // 8)])
    told = news(day, logged=some_log(program, today), trained_on=trained)
    once = replan(program, told, basis(injured))
    twice = replan(once.sessions, replace(told, settled=once.settled), basis(injured))
    assert once.changes
    assert twice.changes == ()
    assert [one for one in once.sessions if one.fixed] == [one for one in program if one.fixed]


def test_the_same_news_give_the_same_answer(program):
    told = news(8, logged=some_log(program, REQUEST.start_date + dt.timedelta(days=8)))
    assert replan(program, told, basis()) == replan(program, told, basis())


@pytest.mark.parametrize("area", [InjuryArea.KNEE, InjuryArea.SHOULDER, InjuryArea.LOWER_BACK])
def test_an_injury_takes_out_only_what_it_forbids(program, area):
    injury = InjuryFact(area, 2)
    found = replan(program, news(), basis(replace(ATHLETE, injuries=(injury,))))
    hit = {
        slot.id for one in program for slot in one.slots if hurts(CATALOGUE.movements[slot.planned.movement], injury)
    }
    assert hit
    assert {change.exercise for change in found.changes} == hit
    left = [CATALOGUE.movements[slot.planned.movement] for one in found.sessions for slot in one.slots]
    assert not any(hurts(movement, injury) for movement in left)
    for session in found.sessions:
        slugs = [slot.planned.movement for slot in session.slots if slot.planned.section in LIFTED]
        assert len(slugs) == len(set(slugs))


def test_a_stand_in_is_the_same_in_every_session(program):
    gone = replace(ATHLETE, kit=replace(ATHLETE.kit, equipment=ATHLETE.kit.equipment - {"barbell"}))
    found = replan(program, news(), basis(gone))
    stand_ins = {}
    for change in found.changes:
        if "movement" in change.after and change.exercise:
            stand_ins.setdefault(change.before["movement"], set()).add(change.after["movement"])
    assert stand_ins
    same = sum(len(one) == 1 for one in stand_ins.values())
    assert same / len(stand_ins) > 0.8


def test_a_stand_in_says_why_and_recomputing_gives_it_again(program):
    gone = replace(ATHLETE, kit=replace(ATHLETE.kit, equipment=ATHLETE.kit.equipment - {"barbell"}))
    found = replan(program, news(), basis(gone))
    told = {one.key: one for one in found.choices}
    replaced = [change for change in found.changes if "movement" in change.after]
    assert replaced
    for change in replaced:
        choice = told[change.after["choice"]]
        assert (choice.movement, choice.chosen_by) == (change.after["movement"], "stand_in")
        assert choice.reason == change.reason
        source, target = (CATALOGUE.movements[one["movement"]] for one in (change.before, change.after))
        assert choice.total == pytest.approx(similarity(source, target), abs=1e-3)
        assert choice.total == pytest.approx(sum(choice.weights[name] * value for name, value in choice.scores.items()))
        for runner in choice.runners_up:
            assert runner.lost_because
            assert runner.total <= choice.total
            assert runner.total == pytest.approx(similarity(source, CATALOGUE.movements[runner.movement]), abs=1e-3)
    assert any(len(one.runners_up) == 3 for one in found.choices)


def test_no_session_grows_after_a_miss(program, plan):
    for missed in ((0,), (0, 1), (0, 1, 2, 3)):
        today = program[max(missed) + 1].date
        rows = standing(plan, today)
        found = replan(rows, News(today), basis())
        before = {slot.id: slot.planned.sets for one in rows for slot in one.slots}
        after = {slot.id: slot.planned.sets for one in found.sessions for slot in one.slots}
        assert all(after[key] <= before[key] for key in after)
        assert any("nothing is doubled up" in note for note in found.notes)
        assert bool(found.settled) == (len(missed) > 1)


def test_a_break_is_answered_once_and_only_in_the_first_session(plan):
    today = REQUEST.start_date + dt.timedelta(days=14)
    rows = standing(plan, today)
    found = replan(rows, News(today), basis())
    first = next(one for one in rows if not one.fixed)
    assert {change.session for change in found.changes} == {first.id}
    cut = sum(slot.planned.sets for slot in found.sessions[rows.index(first)].slots if slot.planned.section in LIFTED)
    usual = sum(slot.planned.sets for slot in first.slots if slot.planned.section in LIFTED)
    assert 0.6 <= cut / usual <= 0.85
    assert replan(found.sessions, News(today, settled=found.settled), basis()).changes == ()


def test_a_first_day_back_that_was_missed_too_leaves_the_easing_to_the_next(plan):
    back = REQUEST.start_date + dt.timedelta(days=14)
    asked_for = replan(standing(plan, back), News(back), basis())
    later = next(one.date for one in asked_for.sessions if not one.fixed and one.date > back)
    rows = tuple(replace(one, fixed=one.date < later) for one in asked_for.sessions)
    found = replan(rows, News(later, settled=asked_for.settled), basis())
    first = next(one for one in rows if not one.fixed)
    assert {change.session for change in found.changes} == {first.id}
    assert replan(found.sessions, News(later, settled=asked_for.settled | found.settled), basis()).changes == ()


def test_an_early_deload_replaces_the_promised_one(program, plan):
    today = REQUEST.start_date + dt.timedelta(days=8)
    rows = standing(plan, today)
    trained = tuple(one.date for one in rows if one.fixed)
    found = replan(rows, News(today, trained_on=trained, wants_deload=True), basis())
    before = [one.sequence for one in plan.microcycles if one.is_deload]
    weeks = microcycles_of(found.sessions, plan.microcycles)
    after = [one.sequence for one in weeks if one.is_deload]
    assert 3 in after
    assert len(after) == len(before)
    gaps = [later - earlier for earlier, later in pairwise(after)]
    assert all(gap >= 3 for gap in gaps)


def test_fewer_weekdays_move_without_main_patterns_on_neighbouring_days(program):
    day = program[0].date.weekday()
    free = tuple(one for one in range(7) if one != day)
    found = replan(program, news(lost_weekdays=frozenset({day}), free_weekdays=free), basis())
    assert found.changes
    assert all(one.dropped or one.date.weekday() != day for one in found.sessions)
    dates = [one.date for one in found.sessions if not one.dropped]
    assert len(dates) == len(set(dates))


@pytest.mark.parametrize(
    ("weeks", "loading", "expected"),
    [(0, 1.0, (100, 94.8, 105.2)), (8, 1.0, (106.2, 95.0, 117.3)), (8, 0.75, (104.9, 95.4, 114.4))],
)
def test_the_forecast_has_a_band_that_widens(weeks, loading, expected):
    found = forecast(StrengthFact(100, 3, dt.date(2026, 1, 1)), 0.006, weeks, loading=loading)
    assert (found.kg, found.low_kg, found.high_kg) == expected
