"""Reasons for choices, and the stability of an adapted day: planted faults are named, real plans hold."""

from __future__ import annotations

import dataclasses
from itertools import product

import pytest

from gainsly.lib.vocabulary import Muscle, Section
from movements.catalogue.substitution import similarity
from programs.engine.adapt import adapt
from programs.engine.constraints import bans_of
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.quality import GradedSession, assess, graded
from programs.engine.quality.trace import stability_fault, working_sets
from programs.engine.standing import Slot
from programs.engine.today import Ground, Kind, Signals
from programs.engine.types import History
from tests.bench.grid import START, athlete_with, load_catalogue, request_for

CATALOGUE = load_catalogue()
ATHLETE = athlete_with()
REQUEST = request_for({"strength": 5, "hypertrophy": 5}, "full_body", 3)
DRAFT = generate_plan(ATHLETE, REQUEST, CATALOGUE, History(), default_heuristics())


def check(choices, code):
    program = graded(DRAFT.microcycles, REQUEST, CATALOGUE.movements, DRAFT.warnings, choices)
    report = assess(program, ATHLETE, CATALOGUE.movements.values())
    return next(one for one in report.checks if one.code == code)


def test_a_generated_plan_says_why_for_every_choice():
    assert check(DRAFT.choices, "C38").passed
    assert check(DRAFT.choices, "C38S").passed


def test_a_choice_without_a_reason_is_named():
    silent = dataclasses.replace(DRAFT.choices[3], scores={})
    found = check((*DRAFT.choices[:3], silent, *DRAFT.choices[4:]), "C38")
    assert not found.passed
    assert silent.movement in found.witness


def test_many_choices_far_from_their_place_cost_points():
    far = [dataclasses.replace(one, relaxation_step=4) for one in DRAFT.choices[::4]]
    rest = [one for index, one in enumerate(DRAFT.choices) if index % 4]
    assert check((*far, *rest), "C38S").score < 1


def test_a_plan_that_does_not_say_is_not_judged_by_it():
    assert not check((), "C38").applies


# -- C40


def stand_ins(slug):
    source = CATALOGUE.movements[slug]
    alike = [one for one in CATALOGUE.movements.values() if one.pattern is source.pattern and one.slug != slug]
    return sorted(alike, key=lambda one: (-similarity(source, one), one.slug))


GROUND = Ground(ATHLETE, History(), CATALOGUE.movements, bans_of(ATHLETE, START), stand_ins, default_heuristics())
SESSION = DRAFT.microcycles[1].sessions[1]
PLAN = tuple(Slot(str(number), one) for number, one in enumerate(SESSION.exercises))


def as_graded(slots) -> GradedSession:
    """The day after adapting, in the shape that is judged."""
    session = dataclasses.replace(SESSION, exercises=tuple(slot.planned for slot in slots))
    week = dataclasses.replace(DRAFT.microcycles[1], sessions=(session,))
    return graded((week,), REQUEST, CATALOGUE.movements).sessions[0]


@pytest.mark.parametrize(
    ("level", "score", "minutes"), list(product((None, 4, 7, 10), (None, 20.0, 50.0, 90.0), (None, 45, 25)))
)
def test_an_adapted_day_is_stable(level, score, minutes):
    soreness = {} if level is None else {Muscle.QUADRICEPS: level, Muscle.CHEST: level}
    signals = Signals(soreness=soreness, score=score, minutes=minutes)
    adapted = adapt(PLAN, signals, GROUND)
    again = adapt(PLAN, signals, GROUND)
    deferred = sum(step.before.sets for step in adapted.steps if step.kind is Kind.DEFER)
    fault = stability_fault(
        as_graded(PLAN),
        as_graded(adapt(PLAN, Signals(), GROUND).slots),
        as_graded(adapted.slots),
        as_graded(again.slots),
        excused=deferred,
    )
    assert fault == ""


def less(slots, share):
    return tuple(
        dataclasses.replace(one, planned=dataclasses.replace(one.planned, sets=max(1, int(one.planned.sets * share))))
        if one.planned.section in (Section.MAIN, Section.ACCESSORY)
        else one
        for one in slots
    )


def test_a_day_that_changes_without_a_signal_is_named():
    plan = as_graded(PLAN)
    assert stability_fault(plan, as_graded(less(PLAN, 0.5)), plan, plan) == "the plan changes without a signal"


def test_a_second_time_that_differs_is_named():
    plan = as_graded(PLAN)
    fault = stability_fault(plan, plan, as_graded(less(PLAN, 0.8)), as_graded(less(PLAN, 0.5)))
    assert fault == "the second time gives another plan than the first"


def test_a_cut_of_more_than_sixty_percent_is_named_unless_a_hard_rule_made_it():
    plan, cut = as_graded(PLAN), as_graded(less(PLAN, 0.0)[:9])
    before, after = working_sets(plan.exercises), working_sets(cut.exercises)
    assert before - after > 0.6 * before
    assert stability_fault(plan, plan, cut, cut) == f"{before} sets are cut to {after}"
    assert stability_fault(plan, plan, cut, cut, excused=before - after) == ""
