"""How the rubric counts: fractional hard sets, minutes, patterns. Its own arithmetic, not the optimiser's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from gainsly.lib.vocabulary import DELT_HEADS, Goal, MovementPattern, Section

from .model import GradedExercise, GradedProgram, GradedSession, GradedWeek

HARD_SET_RIR = 4.0  # a hard set leaves at most four repetitions (evidence 3.1)
HARD_SET_PERCENT = 0.30  # and is at least 30 % of 1RM
NORMAL_WEEK_DAYS = 7
RESISTANCE_GOALS = (Goal.STRENGTH, Goal.HYPERTROPHY, Goal.FAT_LOSS, Goal.EXPLOSIVENESS)
RESISTANCE_POINTS = 3  # from here on the lifting criteria apply (quality.md)
UNCOUNTED = (MovementPattern.PLYOMETRIC, MovementPattern.CONDITIONING, MovementPattern.CARDIO, MovementPattern.MOBILITY)
LIFTING_PATTERNS = (
    MovementPattern.SQUAT,
    MovementPattern.HINGE,
    MovementPattern.LUNGE,
    MovementPattern.HORIZONTAL_PUSH,
    MovementPattern.VERTICAL_PUSH,
    MovementPattern.HORIZONTAL_PULL,
    MovementPattern.VERTICAL_PULL,
    MovementPattern.OLYMPIC,
)

# The time model of engine.md, written out again: seconds of a set by its repetitions.
SET_SECONDS = ((3, 15), (6, 25), (10, 35), (15, 45), (20, 55))
SET_SECONDS_MAX = 70
TRANSITION_SECONDS = 45
PREPARATION_SECONDS = 300  # warm-up and cool-down: five minutes each
PREPARATION_PER_MOVEMENT = 60
CARRY_METRES_PER_SECOND = 1.0

COUNTED_WEEKS = 26  # kept between criteria: the weeks of the longest program


def lifting_matters(program: GradedProgram) -> bool:
    return sum(program.goals.get(goal, 0) for goal in RESISTANCE_GOALS) >= RESISTANCE_POINTS


def hard_sets(exercise: GradedExercise) -> float:
    """Sets of an exercise that count for muscle growth; power and conditioning work has none."""
    if not exercise.is_work or exercise.movement.pattern in (*UNCOUNTED, MovementPattern.OLYMPIC):
        return 0.0
    too_easy = exercise.rir is not None and exercise.rir > HARD_SET_RIR
    too_light = exercise.percent is not None and exercise.percent < HARD_SET_PERCENT
    return 0.0 if too_easy or too_light else float(exercise.sets)


def muscle_sets(exercises: Iterable[GradedExercise]) -> dict[str, float]:
    """Fractional hard sets per muscle, with ``shoulders`` as the largest of the three delt heads."""
    totals: dict[str, float] = defaultdict(float)
    for exercise in exercises:
        sets = hard_sets(exercise)
        if sets:
            for muscle, share in exercise.movement.muscle_shares().items():
                totals[muscle] += sets * share
    totals["shoulders"] = max(totals.get(head, 0.0) for head in DELT_HEADS)
    return dict(totals)


@lru_cache(maxsize=COUNTED_WEEKS)
def weekly_muscle_sets(week: GradedWeek) -> Mapping[str, float]:
    """`muscle_sets` of a microcycle, normalised to seven days."""
    scale = NORMAL_WEEK_DAYS / week.length_days
    exercises = (one for session in week.sessions for one in session.exercises)
    return {muscle: sets * scale for muscle, sets in muscle_sets(exercises).items()}


def session_minutes(session: GradedSession) -> float:
    """Minutes by the published time model, from what the session holds and not from what it says of itself."""
    preparation = 0.0
    for section in (Section.WARMUP, Section.COOLDOWN):
        movements = session.section(section)
        preparation += PREPARATION_SECONDS + PREPARATION_PER_MOVEMENT * len(movements) if movements else 0
    return (preparation + sum(exercise_seconds(one) for one in session.work)) / 60


def exercise_seconds(one: GradedExercise) -> float:
    """Work, rest between sets (half of it in a superset, none after the last set), and the walk to the next lift."""
    rest = one.rest_seconds * (0.5 if one.superset else 1.0)
    return one.sets * set_seconds(one) + (one.sets - 1) * rest + TRANSITION_SECONDS


def set_seconds(one: GradedExercise) -> float:
    if one.reps_max is not None:
        reps = one.reps_max
        return next((seconds for limit, seconds in SET_SECONDS if reps <= limit), SET_SECONDS_MAX)
    if one.seconds is not None:
        return one.seconds
    return (one.metres or 0) / CARRY_METRES_PER_SECOND


def main_patterns(session: GradedSession) -> set[MovementPattern]:
    """Lifting patterns among a session's mains."""
    mains = session.section(Section.MAIN)
    return {one.movement.pattern for one in mains if one.movement.pattern in LIFTING_PATTERNS}


def patterns_of_week(week: GradedWeek) -> set[MovementPattern]:
    return {one.movement.pattern for session in week.sessions for one in session.work}


def consecutive(sessions: list[GradedSession]) -> list[tuple[GradedSession, GradedSession]]:
    """Pairs of sessions on consecutive calendar days."""
    ordered = sorted(sessions, key=lambda one: one.date)
    return [(first, second) for first, second in pairwise(ordered) if (second.date - first.date).days == 1]


@lru_cache(maxsize=1)
def middle_minutes(program: GradedProgram) -> float:
    """Mean minutes of work a week, outside deloads."""
    weeks = program.loading_weeks or list(program.weeks)
    seconds = sum(exercise_seconds(one) for week in weeks for session in week.sessions for one in session.work)
    return seconds / 60 / max(1, len(weeks))


def share_of(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def total(values: Mapping[str, float], *names: str) -> float:
    return sum(values.get(name, 0.0) for name in names)
