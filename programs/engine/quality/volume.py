"""Dose: fractional hard sets per muscle, exposures, balance (evidence 3.1, 3.2)."""

from __future__ import annotations

from collections.abc import Mapping

from gainsly.lib.vocabulary import MAJOR_MUSCLES, ExperienceLevel, Goal, MovementPattern, Region

from .counting import (
    NORMAL_WEEK_DAYS,
    hard_sets,
    lifting_matters,
    middle_minutes,
    muscle_sets,
    share_of,
    total,
    weekly_muscle_sets,
)
from .criterion import Verdict, criterion, ramp, where, words
from .model import GradedProgram, GradedWeek, Subject

# Weekly fractional sets for hypertrophy: (beginner, intermediate, advanced), and where to warn (evidence 3.1).
BANDS: Mapping[str, tuple[tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    "chest": ((6, 10), (10, 16), (12, 20)),
    "lats": ((6, 10), (10, 16), (12, 20)),
    "upper_back": ((6, 10), (8, 16), (10, 20)),
    "quadriceps": ((6, 10), (10, 16), (12, 18)),
    "hamstrings": ((4, 8), (8, 12), (10, 16)),
    "glutes": ((4, 10), (8, 16), (10, 18)),
    "shoulders": ((4, 10), (8, 14), (10, 20)),
}
WARN_ABOVE: Mapping[str, float] = {
    "chest": 24, "lats": 26, "upper_back": 26, "quadriceps": 22, "hamstrings": 20, "glutes": 24, "shoulders": 26,
}  # fmt: skip
MAINTENANCE_BAND = (4, 12)  # strength alone, and what other lifting goals keep
FLOOR, HARD_FLOOR, PRIORITY_FLOOR = 4.0, 2.0, 10.0
SESSION_CAP, SESSION_CLAMP = 11.0, 24.0
MINUTES_PER_SET = 2.5  # decisions.md 15: capacity of a week
SETS_TOLERANCE = 0.5
EXPOSURES_FROM_DAYS, EXPOSURES = 3, 2
GOAL_MATTERS = 4
LOWER_PATTERNS = (MovementPattern.SQUAT, MovementPattern.LUNGE, MovementPattern.HINGE)
PUSHES = (MovementPattern.HORIZONTAL_PUSH, MovementPattern.VERTICAL_PUSH)
PULLS = (MovementPattern.HORIZONTAL_PULL, MovementPattern.VERTICAL_PULL)


def band(muscle: str, program: GradedProgram, experience: ExperienceLevel) -> tuple[float, float]:
    """The goals' bands averaged by weight; the lower end scales with what the week's minutes can hold."""
    level = {ExperienceLevel.BEGINNER: 0, ExperienceLevel.INTERMEDIATE: 1}.get(experience, 2)
    points = {goal: weight for goal, weight in program.goals.items() if goal in _BAND_GOALS}
    whole = sum(points.values())
    low = high = 0.0
    for goal, weight in points.items():
        goal_low, goal_high = BANDS[muscle][level] if goal == Goal.HYPERTROPHY else MAINTENANCE_BAND
        low += goal_low * weight / whole
        high += goal_high * weight / whole
    return low * capacity_scale(program), high


_BAND_GOALS = (Goal.STRENGTH, Goal.HYPERTROPHY, Goal.FAT_LOSS, Goal.EXPLOSIVENESS)


def capacity_scale(program: GradedProgram) -> float:
    """How much of the wanted dose the week's lifting minutes can hold, at most 1 (decisions.md 11)."""
    needed_sets = FLOOR * len(MAJOR_MUSCLES)
    lifting = sum(program.goals.get(goal, 0) for goal in _BAND_GOALS) / 10
    capacity = middle_minutes(program) * max(lifting, 0.3) / MINUTES_PER_SET
    return min(1.0, capacity / needed_sets / 1.5)


def trainable_majors(subject: Subject) -> list[str]:
    return [muscle for muscle in MAJOR_MUSCLES if not subject.trainable or muscle in subject.trainable]


@criterion("C07", "Weekly sets per muscle inside the evidence's band", weight=5, grade="A", threshold=0.9)
def weekly_sets_in_band(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not lifting_matters(program):
        return None
    rows = []
    for week in program.loading_weeks:
        sets = weekly_muscle_sets(week)
        for muscle in trainable_majors(subject):
            low, high = band(muscle, program, subject.athlete.experience)
            done, ceiling = sets.get(muscle, 0.0), min(high, WARN_ABOVE[muscle])
            inside = low - SETS_TOLERANCE <= done <= ceiling + SETS_TOLERANCE
            rows.append((inside, f"week {week.sequence}: {words(muscle)} {done:.1f} sets, band {low:.0f}-{high:.0f}"))
    kept = share_of(sum(good for good, _ in rows), len(rows))
    return Verdict(ramp(kept, 0.5, 0.9), kept, f"{kept:.0%} of muscle-weeks are inside their band.", _first_bad(rows))


@criterion("C08H", "No major muscle left out", kind="hard", grade="A", threshold=HARD_FLOOR)
def no_muscle_left_out(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not lifting_matters(program):
        return None
    floor = HARD_FLOOR * capacity_scale(program)
    found = _below(program, subject, floor)
    if found:
        return Verdict(0.0, len(found), "A major muscle is left out.", found[0])
    return Verdict(1.0, 0, "No major muscle is left out.")


@criterion("C08", "At least four sets a week for each major muscle", weight=4, grade="A", threshold=FLOOR)
def weekly_floor(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not lifting_matters(program):
        return None
    muscles = trainable_majors(subject)
    weeks = program.loading_weeks
    found = _below(program, subject, FLOOR * capacity_scale(program))
    if program.goals.get(Goal.HYPERTROPHY, 0) >= GOAL_MATTERS:
        found += [
            f"week {week.sequence}: {words(muscle)}, your priority"
            for week in weeks
            for muscle in program.priority_muscles
            if weekly_muscle_sets(week).get(muscle, 0.0) < PRIORITY_FLOOR * capacity_scale(program) - SETS_TOLERANCE
        ]
    kept = 1 - share_of(len(found), len(weeks) * len(muscles)) if weeks and muscles else 1.0
    return Verdict(
        ramp(kept, 5 / 7, 1.0), kept, f"{kept:.0%} of muscle-weeks reach the floor.", found[0] if found else ""
    )


def _below(program: GradedProgram, subject: Subject, floor: float) -> list[str]:
    return [
        f"week {week.sequence}: {words(muscle)} {sets.get(muscle, 0.0):.1f} sets"
        for week in program.loading_weeks
        for sets in (weekly_muscle_sets(week),)
        for muscle in trainable_majors(subject)
        if sets.get(muscle, 0.0) < floor - SETS_TOLERANCE
    ]


@criterion("C09", "Not more than eleven sets for a muscle in one session", weight=2, grade="B", threshold=SESSION_CAP)
def session_cap(program: GradedProgram, subject: Subject) -> Verdict:
    rows = [
        (sets <= SESSION_CAP + SETS_TOLERANCE, where(session, f"{words(muscle)} {sets:.1f} sets"))
        for session in program.sessions
        for muscle, sets in muscle_sets(session.exercises).items()
    ]
    kept = share_of(sum(good for good, _ in rows), len(rows))
    return Verdict(ramp(kept, 0.75, 0.95), kept, f"{kept:.0%} of session doses are useful in full.", _first_bad(rows))


@criterion("C10", "Each major muscle on two days a week", weight=3, grade="A", threshold=0.9)
def exposures(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not lifting_matters(program) or program.days_per_week < EXPOSURES_FROM_DAYS:
        return None
    rows = [
        (
            _days_with(week, muscle) * NORMAL_WEEK_DAYS / week.length_days >= EXPOSURES,
            f"week {week.sequence}: {words(muscle)}",
        )
        for week in program.loading_weeks
        for muscle in trainable_majors(subject)
    ]
    kept = share_of(sum(good for good, _ in rows), len(rows))
    return Verdict(ramp(kept, 0.4, 0.9), kept, f"{kept:.0%} of muscle-weeks have two days.", _first_bad(rows))


def _days_with(week: GradedWeek, muscle: str) -> int:
    return sum(1 for session in week.sessions if muscle_sets(session.exercises).get(muscle, 0.0) >= 1)


@criterion("C19", "Pushing and pulling in balance", weight=2, grade="C", threshold=1.25)
def push_pull(program: GradedProgram, subject: Subject) -> Verdict | None:
    pulls_possible = not subject.trainable or any(pattern in subject.trainable for pattern in PULLS)
    if not lifting_matters(program) or not pulls_possible:
        return None
    push, pull = _pattern_sets(program, PUSHES), _pattern_sets(program, PULLS)
    if not push + pull:
        return None
    ratio = push / pull if pull else 9.9
    most = 1.5 if program.goals.get(Goal.STRENGTH, 0) >= GOAL_MATTERS else 1.25
    score = ramp(ratio, 2.5, most) if ratio > 1 else ramp(ratio, 0.25, 0.67)
    return Verdict(score, ratio, f"{ratio:.2f} sets of pushing for each of pulling.")


@criterion("C20", "Knees and hips in balance", weight=1, grade="C", threshold=1.5)
def knee_hip(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not lifting_matters(program):
        return None
    knee = _pattern_sets(program, (MovementPattern.SQUAT, MovementPattern.LUNGE))
    hip = _pattern_sets(program, (MovementPattern.HINGE,)) + _hamstring_isolation(program)
    if not knee + hip:
        return None
    ratio = knee / hip if hip else 9.9
    score = ramp(ratio, 3.0, 1.5) if ratio > 1 else ramp(ratio, 0.3, 0.67)
    return Verdict(score, ratio, f"{ratio:.2f} sets for the knees for each of the hips.")


@criterion("C31", "One side at a time, often enough", weight=1, grade="C", threshold=0.15)
def unilateral_share(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not lifting_matters(program):
        return None
    lower = [
        one
        for session in program.sessions
        for one in session.work
        if one.movement.pattern in LOWER_PATTERNS or one.movement.region in (Region.LOWER_BODY,)
    ]
    whole = sum(one.sets for one in lower)
    if not whole:
        return None
    share = sum(one.sets for one in lower if one.movement.unilateral) / whole
    return Verdict(ramp(share, 0.0, 0.15), share, f"{share:.0%} of leg sets are one side at a time.")


def _pattern_sets(program: GradedProgram, patterns: tuple[MovementPattern, ...]) -> float:
    return sum(
        hard_sets(one)
        for week in program.loading_weeks
        for session in week.sessions
        for one in session.work
        if one.movement.pattern in patterns and one.movement.compound
    )


def _hamstring_isolation(program: GradedProgram) -> float:
    return sum(
        total({muscle: share * hard_sets(one) for muscle, share in one.movement.primary.items()}, "hamstrings")
        for week in program.loading_weeks
        for session in week.sessions
        for one in session.work
        if one.movement.pattern == MovementPattern.ISOLATION
    )


def _first_bad(rows: list[tuple[bool, str]]) -> str:
    return next((text for good, text in rows if not good), "")
