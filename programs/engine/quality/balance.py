"""The week as a whole: goals' shares of time, recovery between days, monotony."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections import defaultdict

from gainsly.lib.vocabulary import Goal, MovementPattern, Muscle, Section

from .counting import LIFTING_PATTERNS, exercise_seconds, hard_sets, lifting_matters, share_of
from .criterion import Verdict, criterion, ramp, violations, where
from .model import GradedExercise, GradedProgram, GradedSession, GradedWeek, Subject

GOAL_DEVIATION, GOAL_DEVIATION_ZERO = 0.15, 0.40
MOBILITY_MAX, CARDIO_MAX = 0.30, 0.75
RECOVERED = 0.70
SETS_TO_SPENT = 8.0
TAU_HOURS = 20.8
MONOTONY_MAX = 2.0
EASY_DAY = 0.60
RAMP_MAX = 0.20
RAMP_FROM_WEEK = 5
MANY_DAYS = 6
LIGHT_REPS, SHORT_REST = 12, 60  # lifting that counts as conditioning (decisions.md 2)
CONDITIONING = (MovementPattern.CARDIO, MovementPattern.CONDITIONING)


@criterion("C34", "Time shared as you shared your points", weight=3, grade="C", threshold=GOAL_DEVIATION)
def goal_shares(program: GradedProgram, subject: Subject) -> Verdict:
    minutes: dict[str, float] = defaultdict(float)
    for week in program.loading_weeks:
        for session in week.sessions:
            for one in session.work:
                minutes[bucket_of(one)] += exercise_seconds(one)
    whole = sum(minutes.values())
    if not whole:
        return Verdict(0.0, None, "No work to share.")
    wanted = _wanted_shares(program)
    deviations = {bucket: minutes[bucket] / whole - share for bucket, share in wanted.items()}
    worst = max(deviations, key=lambda bucket: abs(deviations[bucket]))
    off = abs(deviations[worst])
    said = ", ".join(
        f"{bucket} {minutes[bucket] / whole:.0%}" for bucket in sorted(wanted) if wanted[bucket] or minutes[bucket]
    )
    witness = f"{worst}: {minutes[worst] / whole:.0%} of the time for {wanted[worst]:.0%} of the points"
    return Verdict(
        ramp(off, GOAL_DEVIATION_ZERO, GOAL_DEVIATION), off, f"{said}.", witness if off > GOAL_DEVIATION else ""
    )


def bucket_of(one: GradedExercise) -> str:
    """``mobility``, ``conditioning`` or ``resistance``: whose time an exercise takes."""
    if one.movement.pattern == MovementPattern.MOBILITY:
        return "mobility"
    if one.movement.pattern in CONDITIONING:
        return "conditioning"
    light = (one.reps_min or 0) >= LIGHT_REPS and one.rest_seconds <= SHORT_REST
    return "conditioning" if light else "resistance"


def _wanted_shares(program: GradedProgram) -> dict[str, float]:
    """decisions.md 2 and the readings of C34, caps applied and the rest handed on."""
    wanted = {"resistance": 0.0, "conditioning": 0.0, "mobility": 0.0}
    for goal, weight in program.goals.items():
        points = weight / 10
        if goal == Goal.ENDURANCE:
            wanted["conditioning"] += points
        elif goal == Goal.FAT_LOSS:
            wanted["resistance"] += points / 2
            wanted["conditioning"] += points / 2
        elif goal == Goal.MOBILITY:
            wanted["mobility"] += points
        else:
            wanted["resistance"] += points
    if len(program.goals) > 1:
        _cap(wanted, "mobility", MOBILITY_MAX)
        _cap(wanted, "conditioning", CARDIO_MAX)
    return wanted


def _cap(wanted: dict[str, float], bucket: str, most: float) -> None:
    over = wanted[bucket] - most
    others = [name for name in wanted if name != bucket and wanted[name] > 0]
    if over > 0 and others:
        wanted[bucket] = most
        for name in others:
            wanted[name] += over / len(others)


@criterion("C18", "Muscles recovered before their main lift", weight=3, grade="B", threshold=0.95)
def local_recovery(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not lifting_matters(program):
        return None
    fatigue: dict[Muscle, float] = {}
    last: dt.date | None = None
    rows = []
    for session in sorted(program.sessions, key=lambda one: one.date):
        hours = (session.date - last).days * 24 if last else 0
        fatigue = {muscle: value * math.exp(-hours / TAU_HOURS) for muscle, value in fatigue.items()}
        for one in session.section(Section.MAIN):
            if one.movement.pattern in LIFTING_PATTERNS:
                lowest = min((1 - fatigue.get(muscle, 0.0) for muscle in one.movement.primary), default=1.0)
                rows.append((lowest >= RECOVERED, where(session, f"{one.movement.name}, {lowest:.0%} recovered")))
        for one in session.work:
            for muscle, share in one.movement.muscle_shares().items():
                fatigue[muscle] = min(1.0, fatigue.get(muscle, 0.0) + hard_sets(one) * share / SETS_TO_SPENT)
        last = session.date
    if not rows:
        return None
    kept = share_of(sum(good for good, _ in rows), len(rows))
    witness = next((text for good, text in rows if not good), "")
    return Verdict(ramp(kept, 0.5, 0.95), kept, f"{kept:.0%} of main lifts meet recovered muscles.", witness)


@criterion("C36", "Endurance never before power", kind="hard", grade="A", threshold=0)
def endurance_after_power(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not program.goals.get(Goal.EXPLOSIVENESS, 0) + program.goals.get(Goal.SPEED, 0):
        return None
    found = [
        where(session, "cardio stands before power work") for session in program.sessions if _cardio_first(session)
    ]
    return violations(found, "Power always comes first.", "Endurance work stands before power work.")


def _cardio_first(session: GradedSession) -> bool:
    seen = False
    for one in session.work:
        seen = seen or one.movement.pattern in CONDITIONING
        if seen and one.movement.pattern in (MovementPattern.PLYOMETRIC, MovementPattern.OLYMPIC):
            return True
    return False


@criterion("C37", "Hard and easy days, no sudden weeks", weight=1, grade="C", threshold=MONOTONY_MAX)
def monotony(program: GradedProgram, subject: Subject) -> Verdict:
    rows = [
        (_monotony_fault(week, program), f"week {week.sequence}: too alike from day to day") for week in program.weeks
    ]
    loads = [_week_load(week) for week in program.weeks]
    jumps = [
        week.sequence
        for index, week in enumerate(program.weeks)
        if week.sequence >= RAMP_FROM_WEEK
        and not week.is_deload
        and loads[index] > (1 + RAMP_MAX) * statistics.mean(_loading_before(program, loads, index))
    ]
    bad = [text for fault, text in rows if fault] + [f"week {week} is a jump" for week in jumps]
    kept = 1 - share_of(len(bad), 2 * len(rows)) if rows else 1.0
    return Verdict(max(0.0, kept), kept, "Load varies within the week and rises gently.", bad[0] if bad else "")


def _loading_before(program: GradedProgram, loads: list[float], index: int) -> list[float]:
    before = [loads[at] for at in range(max(0, index - 4), index) if not program.weeks[at].is_deload]
    return before or [loads[index]]


def _monotony_fault(week: GradedWeek, program: GradedProgram) -> bool:
    trained: dict[dt.date, float] = defaultdict(float)
    for session in week.sessions:
        trained[session.date] += _session_load(session)
    daily = [*trained.values(), *[0.0] * (week.length_days - len(trained))]
    mean = statistics.mean(daily)
    if program.days_per_week >= MANY_DAYS:
        return min(daily) > EASY_DAY * mean
    spread = statistics.stdev(daily) if len(daily) > 1 else 0.0
    return spread == 0 or mean / spread > MONOTONY_MAX


def _week_load(week: GradedWeek) -> float:
    return sum(_session_load(session) for session in week.sessions)


def _session_load(session: GradedSession) -> float:
    """Minutes of work weighed by its planned effort (RPE 6 where none is planned)."""
    return sum(exercise_seconds(one) / 60 * (10 - one.rir if one.rir is not None else 6) for one in session.work)
