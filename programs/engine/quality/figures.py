"""The figures of each week that the pages draw."""

from __future__ import annotations

from collections import defaultdict

from gainsly.lib.vocabulary import Section
from programs.engine.types import WeekFigures

from .balance import bucket_of
from .counting import LIFTING_PATTERNS, exercise_seconds, session_minutes, weekly_muscle_sets
from .model import GradedProgram, GradedWeek


def week_figures(program: GradedProgram) -> tuple[WeekFigures, ...]:
    """One row a microcycle, in order."""
    return tuple(
        WeekFigures(
            sequence=week.sequence,
            is_deload=week.is_deload,
            muscle_sets={muscle: round(sets, 1) for muscle, sets in sorted(weekly_muscle_sets(week).items())},
            main_percent=_main_percent(week),
            minutes=_minutes(week),
        )
        for week in program.weeks
    )


def _main_percent(week: GradedWeek) -> float | None:
    """Mean share of 1RM over the sets of the main lifts; None where no load is planned in percent."""
    mains = [
        one
        for session in week.sessions
        for one in session.section(Section.MAIN)
        if one.percent is not None and one.movement.pattern in LIFTING_PATTERNS
    ]
    sets = sum(one.sets for one in mains)
    return round(sum((one.percent or 0.0) * one.sets for one in mains) / sets, 4) if sets else None


def _minutes(week: GradedWeek) -> dict[str, float]:
    minutes: dict[str, float] = defaultdict(float)
    for session in week.sessions:
        work = 0.0
        for one in session.work:
            minutes[bucket_of(one)] += exercise_seconds(one) / 60
            work += exercise_seconds(one) / 60
        minutes["preparation"] += session_minutes(session) - work
    return {bucket: round(value, 1) for bucket, value in sorted(minutes.items())}
