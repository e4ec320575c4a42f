"""Run every criterion and sum up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gainsly.lib.vocabulary import MAJOR_MUSCLES, SKILL_RANK, MovementPattern, Section
from movements.catalogue.records import MovementRecord
from programs.engine.types import Athlete, Check, QualityReport, SessionFigures

from . import balance, load, rotation, safety, structure, trace, volume  # noqa: F401  (they register their criteria)
from .counting import lifting_matters, muscle_sets, share_of
from .criterion import REGISTRY
from .figures import week_figures
from .model import GradedProgram, Subject
from .rotation import unique_share
from .safety import limit_of
from .sessions import session_figures
from .volume import band, trainable_majors

STILL_PATTERNS = (MovementPattern.MOBILITY, MovementPattern.CARDIO, MovementPattern.CONDITIONING)


def assess(program: GradedProgram, athlete: Athlete, movements: Iterable[MovementRecord]) -> QualityReport:
    """The report of a program for this athlete.

    ``movements`` is the library: it tells what the athlete's kit can train. The score is the product of the hard
    criteria (0 or 1) and the weighted mean of the soft ones that apply; the figures are the six session criteria's
    success rate, the diversity within the week, and the share of major muscles trained.
    """
    subject = Subject(athlete, trainable(athlete, movements))
    checks = tuple(one.check(program, subject) for one in sorted(REGISTRY, key=lambda one: one.code))
    sessions = session_figures(program, subject)
    hard_kept = all(check.passed for check in checks if check.kind == "hard" and check.applies)
    return QualityReport(
        success=hard_kept,
        score=round(soft_mean(checks) if hard_kept else 0.0, 4),
        checks=checks,
        figures=_figures(program, subject, checks, sessions),
        weeks=week_figures(program),
        bands=_bands(program, subject),
        sessions=sessions,
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


def _figures(
    program: GradedProgram, subject: Subject, checks: tuple[Check, ...], sessions: Sequence[SessionFigures]
) -> dict[str, float]:
    weeks = list(program.weeks)
    majors = [muscle for muscle in MAJOR_MUSCLES if muscle in subject.trainable]
    covered = [
        muscle_sets(one for session in week.sessions for one in session.exercises).get(muscle, 0) > 0
        for week in program.loading_weeks
        for muscle in majors
    ]
    hard = [check.passed for check in checks if check.kind == "hard" and check.applies]
    return {
        "session_success_rate": round(share_of(sum(one.success for one in sessions), len(sessions)), 4),
        "movement_diversity": round(sum(unique_share(week) for week in weeks) / max(1, len(weeks)), 4),
        "major_muscle_coverage": round(share_of(sum(covered), len(covered)), 4),
        "hard_criteria_passed": round(share_of(sum(hard), len(hard)), 4),
        "soft_score": round(soft_mean(checks), 4),
    }
