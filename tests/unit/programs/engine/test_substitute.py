"""Loads are converted through what one can lift, never copied."""

from __future__ import annotations

import datetime as dt

import pytest

from gainsly.lib.vocabulary import ExperienceLevel
from programs.engine.substitute import convert_load, ratio_between, usual_load
from programs.engine.types import Athlete, History, Kit, StrengthFact
from tests.factories.movements import library_of, movement_entry


def lift(name, value=1.0, reference="bench", **changes):
    ratio = {"reference": reference, "value": value, "grade": "C", "source": "a convention"} if reference else None
    rows = [movement_entry(name, aliases=[], ratio=ratio, **changes)]
    if reference and name.lower() != reference:
        rows.append(movement_entry(reference.title(), aliases=[]))
    return library_of(*rows).movements[name.lower().replace(" ", "-")]


BENCH = lift("Bench", equipment=["barbell"], alternatives=[])
DUMBBELLS = lift("Dumbbells", 0.4, equipment=["dumbbell"], alternatives=[], implements=2)
ROW = lift("Row", 0.8, "rows", equipment=["barbell"], alternatives=[])
PUSH_UP = lift("Push Up", 0.9, equipment=[], alternatives=[], bodyweight_share=0.64)
DIP = lift("Dip", 1.2, equipment=["dumbbell"], alternatives=[], bodyweight_share=1.0)
ATHLETE = Athlete(
    experience=ExperienceLevel.INTERMEDIATE,
    kit=Kit(frozenset({"barbell", "dumbbell"}), dumbbells_kg=tuple(float(kg) for kg in range(2, 62, 2))),
    bodyweight_kg=80,
)
NOTHING = History()


def known(**e1rms):
    day = dt.date(2026, 5, 4)
    return History(strength={slug: StrengthFact(kg, 3.0, day) for slug, kg in e1rms.items()})


def test_priors_convert_with_caution_and_say_that_they_guess():
    found = convert_load(100, BENCH, DUMBBELLS, ATHLETE, NOTHING)
    assert (found.load_kg, found.ratio, found.is_guess) == (38.0, 0.4, True)


def test_the_athletes_own_lifts_win_over_priors():
    found = convert_load(100, BENCH, DUMBBELLS, ATHLETE, known(bench=120, dumbbells=60))
    assert (found.load_kg, found.ratio, found.is_guess) == (50.0, 0.5, False)


def test_lifts_of_different_references_are_not_compared():
    assert ratio_between(BENCH, ROW, NOTHING) is None
    assert convert_load(100, BENCH, ROW, ATHLETE, NOTHING) is None


@pytest.mark.parametrize("target", [PUSH_UP, lift("Plain", 1.0, None, equipment=["barbell"], alternatives=[])])
def test_no_load_where_there_is_no_iron_or_no_ratio(target):
    assert convert_load(100, BENCH, target, ATHLETE, NOTHING) is None


def test_the_body_is_taken_off_what_it_lifts_itself():
    found = convert_load(100, BENCH, DIP, ATHLETE, NOTHING)
    assert found.load_kg == 34.0  # 100 x 1.2 x 0.95 = 114, less 80 of bodyweight


def test_too_light_for_the_iron_is_no_load():
    assert convert_load(2, BENCH, DUMBBELLS, ATHLETE, NOTHING) is None


@pytest.mark.parametrize("load", [60, 80, 100, 120])
def test_more_on_one_is_never_less_on_the_other(load):
    lighter = convert_load(load, BENCH, DUMBBELLS, ATHLETE, NOTHING)
    heavier = convert_load(load + 10, BENCH, DUMBBELLS, ATHLETE, NOTHING)
    assert heavier.load_kg >= lighter.load_kg


def test_a_usual_set_is_lighter_than_the_maximum_and_needs_one_known():
    found = usual_load(BENCH, ATHLETE, known(bench=100))
    assert 65 <= found.load_kg <= 80
    assert usual_load(BENCH, ATHLETE, NOTHING) is None
    assert usual_load(PUSH_UP, ATHLETE, known(bench=100)) is None
