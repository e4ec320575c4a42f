"""The engine's table of contents: from facts to a whole plan. See docs/algorithms/README.md."""

from __future__ import annotations

from programs.engine.constraints import is_novice, permitted
from programs.engine.frame import frame_of, settled_calendar, shelf_of
from programs.engine.goals import mix_of
from programs.engine.heuristics import Heuristics
from programs.engine.interference import warnings_for
from programs.engine.periodization import weeks_of
from programs.engine.prescription import Facts
from programs.engine.programme import write_blocks
from programs.engine.sessions import write_microcycles
from programs.engine.summary import advice_for, beside_recreation, minutes_by_goal
from programs.engine.types import Athlete, Catalogue, Draft, History, Request


def generate_plan(
    athlete: Athlete, request: Request, catalogue: Catalogue, history: History, config: Heuristics
) -> Draft:
    """The whole program, every microcycle from the first day to the last; the caller attaches the quality report.

    Raises :class:`programs.engine.constraints.Infeasible` when the athlete's own rules leave no plan.
    """
    mix = mix_of(request, athlete, config)
    facts = Facts(athlete, request, mix, history, config, is_novice(athlete))
    settled = settled_calendar(facts)
    weeks = weeks_of(settled.windows, request.deload_every, config)
    movements = permitted(catalogue, athlete, request.start_date)
    shelf = shelf_of(movements, facts)
    frame = frame_of(settled, shelf, facts)
    blocks = write_blocks(frame, weeks, shelf, facts)
    microcycles = write_microcycles(blocks, frame, weeks, facts)
    return Draft(
        microcycles=microcycles,
        choices=blocks.choices,
        warnings=(
            *warnings_for(mix, config),
            *advice_for(microcycles, frame, shelf, blocks, facts),
            *beside_recreation(settled, blocks, frame),
        ),
        config_version=config.config_version,
        weekly_minutes=minutes_by_goal(microcycles, mix),
        objective=blocks.objective,
    )
