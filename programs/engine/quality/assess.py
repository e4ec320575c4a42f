"""Run every criterion and sum up."""

from __future__ import annotations

from collections.abc import Iterable

from gainsly.lib.vocabulary import MAJOR_MUSCLES, SKILL_RANK, MovementPattern, Section
from movements.catalogue.records import MovementRecord
from programs.engine.types import Athlete, Check, QualityReport

from . import balance, load, rotation, safety, structure, trace, volume  # noqa: F401  (they register their criteria)
from .counting import lifting_matters, muscle_sets, session_minutes, share_of
from .criterion import REGISTRY
from .figures import week_figures
from .model import GradedProgram, GradedSession, Subject
from .rotation import unique_share
from .safety import limit_of
from .volume import band, trainable_majors

MOVEMENTS_LEAST, MOVEMENTS_MOST = 8, 15
BRIEF_TARGET = 30
TIME_SHARE = 0.05
DELOAD_SHORTEST = 0.60
STILL_PATTERNS = (MovementPattern.MOBILITY, MovementPattern.CARDIO, MovementPattern.CONDITIONING)


def assess(program: GradedProgram, athlete: Athlete, movements: Iterable[MovementRecord]) -> QualityReport:
    """The report of a program for this athlete.

    ``movements`` is the library: it tells what the athlete's kit can train. The score is the product of the hard
    criteria (0 or 1) and the weighted mean of the soft ones that apply; the figures are the six session criteria's
    success rate, the diversity within the week, and the share of major muscles trained.
    """
    subject = Subject(athlete, trainable(athlete, movements))
    checks = tuple(one.check(program, subject) for one in sorted(REGISTRY, key=lambda one: one.code))
    hard_kept = all(check.passed for check in checks if check.kind == "hard" and check.applies)
    return QualityReport(
        success=hard_kept,
        score=round(soft_mean(checks) if hard_kept else 0.0, 4),
        checks=checks,
        figures=_figures(program, subject, checks),
        weeks=week_figures(program),
        bands=_bands(program, subject),
    )


def soft_mean(checks: Iterable[Check]) -> float:
    """The weighted mean of the soft criteria that apply, whatever the hard ones say: how programs that break one
    are told apart."""
    soft = [check for check in checks if check.kind == "soft" and check.applies]
    return sum(check.score * check.weight for check in soft) / sum(check.weight for check in soft)


def trainable(athlete: Athlete, movements: Iterable[MovementRecord]) -> frozenset[str]:
    """Patterns and muscles (``shoulders`` for the delts) that kit, rules, injuries and skill let this athlete train."""
    found: set[str] = set()
    skill = SKILL_RANK[athlete.experience]
    for movement in movements:
        is_work = Section.MAIN in movement.sections or Section.ACCESSORY in movement.sections
        if is_work and SKILL_RANK[movement.skill] <= skill and not limit_of(movement, athlete):
            found.add(movement.pattern)
            if movement.pattern not in STILL_PATTERNS:
                found.update(muscle for muscle, share in movement.primary.items() if share >= 1)
    if found & {"front_delts", "side_delts", "rear_delts"}:
        found.add("shoulders")
    return frozenset(found)


def _bands(program: GradedProgram, subject: Subject) -> dict[str, tuple[float, float]]:
    """Useful weekly sets per major muscle for these goals; empty for a program that does not lift."""
    if not lifting_matters(program):
        return {}
    experience = subject.athlete.experience
    rows = {muscle: band(muscle, program, experience) for muscle in trainable_majors(subject)}
    return {muscle: (round(low, 1), round(high, 1)) for muscle, (low, high) in rows.items()}


def _figures(program: GradedProgram, subject: Subject, checks: tuple[Check, ...]) -> dict[str, float]:
    weeks = list(program.weeks)
    rows = [session_succeeds(session, program, deload=week.is_deload) for week in weeks for session in week.sessions]
    majors = [muscle for muscle in MAJOR_MUSCLES if muscle in subject.trainable]
    covered = [
        muscle_sets(one for session in week.sessions for one in session.exercises).get(muscle, 0) > 0
        for week in program.loading_weeks
        for muscle in majors
    ]
    hard = [check.passed for check in checks if check.kind == "hard" and check.applies]
    return {
        "session_success_rate": round(share_of(sum(rows), len(rows)), 4),
        "movement_diversity": round(sum(unique_share(week) for week in weeks) / max(1, len(weeks)), 4),
        "major_muscle_coverage": round(share_of(sum(covered), len(covered)), 4),
        "hard_criteria_passed": round(share_of(sum(hard), len(hard)), 4),
        "soft_score": round(soft_mean(checks), 4),
    }


def session_succeeds(session: GradedSession, program: GradedProgram, *, deload: bool) -> bool:
    """The session's own criteria: sections, number of movements, time (the rest are judged over the week)."""
    sections = {one.section for one in session.exercises}
    complete = {"warmup", "cooldown"} <= sections and bool(session.work or session.has_main_circuit)
    least = MOVEMENTS_LEAST * min(1.0, program.session_minutes / BRIEF_TARGET)
    count = len(session.exercises)
    enough = least - 1 < count <= MOVEMENTS_MOST or session.type in ("cardio", "recovery", "mobility")
    minutes, target = session_minutes(session), program.session_minutes
    lower = DELOAD_SHORTEST if deload else 1 - TIME_SHARE
    return complete and enough and lower * target - 0.5 <= minutes <= (1 + TIME_SHARE) * target + 0.5
