"""The shape of the five styles in a written plan, before anything is logged."""

import datetime as dt

import pytest

from gainsly.lib.vocabulary import ProgressionStyle, Section
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.progression import pause_of
from programs.engine.types import History, StrengthFact
from tests.bench.grid import athlete_with, load_catalogue, request_for

CATALOGUE, CONFIG = load_catalogue(), default_heuristics()
SQUAT = "barbell-back-squat"
KNOWN = History(strength={SQUAT: StrengthFact(140, 5, dt.date(2026, 11, 1), 6)})


def squats(style, every):
    """The first squats of each week: (is a deload, exercise)."""
    request = request_for({"strength": 10}, weeks=12, progression=ProgressionStyle(style), deload_every=every)
    draft = generate_plan(athlete_with(experience="advanced"), request, CATALOGUE, KNOWN, CONFIG)
    found = []
    for week in draft.microcycles:
        lifts = (one for session in week.sessions for one in session.exercises)
        found.append((week.is_deload, next(x for x in lifts if x.movement == SQUAT and x.section is Section.MAIN)))
    return found


@pytest.mark.parametrize("every", [4, 6, 8])
def test_paused_weeks_keep_their_load_while_the_pause_grows_and_then_it_rises_without_one(every):
    runs, weeks = [], squats("paused_variations", every)
    for _deload, one in weeks:
        pause = pause_of(one.tempo)
        if pause == 1:
            runs.append([])
        if pause:
            assert pause == len(runs[-1]) + 1
            runs[-1].append(one)
    assert runs
    for run in runs:
        assert len(run) <= 3
        assert len({one.target_load_kg for one in run}) == 1
        assert run[0].target_rir - run[-1].target_rir <= 1
        after = weeks.index((False, run[-1])) + 1
        assert pause_of(weeks[after][1].tempo) == 0
        assert weeks[after][1].target_load_kg > run[-1].target_load_kg


@pytest.mark.parametrize("style", list(ProgressionStyle))
@pytest.mark.parametrize("every", [4, 6, 8])
def test_every_block_ends_heavier_than_it_began_and_begins_no_lighter_than_the_one_before(style, every):
    starts, loads = [], []
    for deload, one in squats(style, every):
        if deload:
            assert one.target_load_kg <= loads[-1]
            assert loads[-1] > loads[0]
            starts, loads = [*starts, loads[0]], []
        else:
            loads.append(one.target_load_kg)
    starts += loads[:1]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("style", "reps"),
    [
        ("single_progression", [5, 5, 4]),
        ("double_progression", [4, 5, 3]),
        ("build_to_drop", [4, 5, 3]),
        ("wave_loading", [6, 5, 3]),
        ("paused_variations", [5, 5, 4]),
    ],
)
def test_the_style_shapes_the_repetitions_of_a_block(style, reps):
    assert [one.reps_min for _deload, one in squats(style, 4)][:3] == reps
