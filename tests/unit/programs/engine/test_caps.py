"""Caps after rounding, week after week: every style, light and heavy lifts, kilogram and pound iron."""

import datetime as dt
from dataclasses import replace

import pytest

from gainsly.lib.units import kg_to_lb
from gainsly.lib.vocabulary import ExperienceLevel, Phase, ProgressionStyle, Section, SessionType
from movements.catalogue.kits import IRON
from programs.engine.heuristics import default_heuristics
from programs.engine.level import Lifter
from programs.engine.loads import weights_for
from programs.engine.nextload import step_loads
from programs.engine.standing import Draft, Logged, Slot, Standing
from programs.engine.stepping import MOST_UP, Exposure
from programs.engine.types import Athlete, Kit, PlannedExercise, PlannedSession
from tests.factories.movements import library_of, movement_entry

MONDAY = dt.date(2026, 11, 23)
WEEK = dt.timedelta(weeks=1)
LIBRARY = library_of(
    movement_entry("Bench", aliases=[], equipment=["barbell"], alternatives=[]),
    movement_entry("Press", aliases=[], equipment=["dumbbell"], alternatives=[]),
    movement_entry("Pulldown", aliases=[], equipment=["cable"], alternatives=[]),
).movements
KITS = {
    units: Kit(
        frozenset({"barbell", "dumbbell", "cable"}), bar_kg=iron["bar_kg"], plates_kg=iron["plates_kg"],
        dumbbells_kg=iron["dumbbells_kg"], load_step_kg=iron["load_step_kg"],
    )
    for units, iron in IRON.items()
}  # fmt: skip
REPS = (6, 6, 5, 5, 6, 6, 5, 5)  # asked in the weeks of two blocks; the fourth and the eighth are deloads
DELOADS = (3, 7)


def planned_weeks(slug, load):
    exercise = PlannedExercise(Section.MAIN, 1, slug, 3, 180, 5, 7, target_rir=2.0, target_load_kg=load)
    for number, reps in enumerate(REPS):
        deload = number in DELOADS
        session = PlannedSession(MONDAY + number * WEEK, 1, SessionType.UPPER, (), (), {}, 60)
        asked = replace(exercise, reps_min=reps, reps_max=reps + 2, target_rir=4.0 if deload else 2.0)
        phase = Phase.DELOAD if deload else Phase.ACCUMULATION
        yield Standing(str(number), number + 1, deload, phase, False, session, (Slot(f"x{number}", asked),))


def season(style, slug, kit, start, made=lambda number: True):
    """The loads of eight weeks, each re-planned from what was done before; ``made`` says which were done in full."""
    athlete = Athlete(ExperienceLevel.INTERMEDIATE, kit)
    lifter = Lifter(athlete, style, LIBRARY, default_heuristics())
    weeks, log, loads = list(planned_weeks(slug, start)), [], []
    for number in range(len(weeks)):
        draft = Draft([replace(one, fixed=one.sequence <= number) for one in weeks])
        if log:
            step_loads(draft, {slug: tuple(log)}, lifter)
        weeks = draft.sessions
        asked = weeks[number].slots[0].planned
        loads.append(asked.target_load_kg)
        reps = (asked.reps_min,) * 3 if made(number) else (asked.reps_min, asked.reps_min, asked.reps_min - 1)
        exposure = Exposure(asked.target_load_kg, reps, asked.reps_min, is_deload=number in DELOADS)
        rir = asked.target_rir if made(number) else 0.0
        log.append(Logged(weeks[number].date, exposure, rir, asked_rir=asked.target_rir))
    return loads


def nearest(slug, kit, kilograms):
    return min(weights_for(LIBRARY[slug], kit), key=lambda one: abs(one - kilograms))


@pytest.mark.parametrize("kilograms", [10, 20, 60, 200])
@pytest.mark.parametrize("slug", ["bench", "press", "pulldown"])
@pytest.mark.parametrize("units", list(KITS))
@pytest.mark.parametrize("style", list(ProgressionStyle))
class TestASeason:
    def test_no_load_jumps_above_a_tenth_and_each_is_of_the_athletes_own_iron(self, style, units, slug, kilograms):
        kit = KITS[units]
        loads = season(style, slug, kit, nearest(slug, kit, kilograms))
        before = loads[0]
        for number, load in enumerate(loads):
            assert load in weights_for(LIBRARY[slug], kit)
            assert load <= before * (1 + MOST_UP) + 1e-6, loads
            before = load if number not in DELOADS else before

    def test_no_deload_raises_and_the_week_after_it_is_no_lighter_than_the_one_before(
        self, style, units, slug, kilograms
    ):
        kit = KITS[units]
        loads = season(style, slug, kit, nearest(slug, kit, kilograms))
        assert loads[3] <= loads[2]
        assert loads[4] >= loads[0]
        assert loads[6] >= loads[2]

    def test_who_never_makes_the_sets_is_never_raised(self, style, units, slug, kilograms):
        kit = KITS[units]
        loads = season(style, slug, kit, nearest(slug, kit, kilograms), made=lambda number: number in DELOADS)
        loading = [load for number, load in enumerate(loads) if number not in DELOADS]
        assert loading == sorted(loading, reverse=True)


@pytest.mark.parametrize("slug", ["bench", "press", "pulldown"])
def test_pound_iron_gives_whole_pounds(slug):
    loads = season(ProgressionStyle.SINGLE, slug, KITS["imperial"], nearest(slug, KITS["imperial"], 60))
    for load in loads:
        assert kg_to_lb(load) / 2.5 == pytest.approx(round(kg_to_lb(load) / 2.5), abs=0.02)
