"""The six criteria by which one session succeeds (quality.md, the session and microcycle figures)."""

from __future__ import annotations

from dataclasses import replace

from gainsly.lib.vocabulary import MAJOR_MUSCLES, Goal, MovementPattern, Section, SessionType
from programs.engine.types import SessionFigures

from .counting import lifting_matters, muscle_sets, session_minutes
from .criterion import PASS_SCORE, REGISTRY
from .model import GradedProgram, GradedSession, GradedWeek, Subject

MOVEMENTS_LEAST, MOVEMENTS_MOST = 8, 15
ENDURANCE_POINTS, ENDURANCE_EXTRA = 4, 5  # a main block of endurance holds six to ten movements instead of two to five
BRIEF_TARGET = 30  # minutes; up to here the least number of movements scales down
TIME_SHARE = 0.05
DELOAD_SHORTEST = 0.60
ROUNDING_MINUTES = 0.5
OWN_HARD = ("C01", "C12", "C32", "C35", "C39")  # hard criteria that one session can break by itself
STRUCTURE = "C04"
FEW_KINDS = (SessionType.CARDIO, SessionType.RECOVERY, SessionType.MOBILITY)  # one to three bouts, or holds

KNEE = (MovementPattern.SQUAT, MovementPattern.LUNGE)
HIP = (MovementPattern.HINGE,)
PUSH = (MovementPattern.HORIZONTAL_PUSH, MovementPattern.VERTICAL_PUSH)
PULL = (MovementPattern.HORIZONTAL_PULL, MovementPattern.VERTICAL_PULL)
FAMILIES: dict[SessionType, tuple[tuple[MovementPattern, ...], ...]] = {
    SessionType.UPPER: (PUSH, PULL),
    SessionType.LOWER: (KNEE, HIP),
    SessionType.LEGS: (KNEE, HIP),
    SessionType.FULL_BODY: (KNEE + HIP, PUSH, PULL),
    SessionType.PUSH: (PUSH,),
    SessionType.PULL: (PULL,),
}  # what a session of this type is named after; other types have no pattern of their own


def session_figures(program: GradedProgram, subject: Subject) -> tuple[SessionFigures, ...]:
    """One row a session, in order: which of the six criteria hold."""
    return tuple(
        _figures(session, week, program, subject, muscles=_no_major_missed(week, program, subject))
        for week in program.weeks
        for session in week.sessions
    )


def _figures(
    session: GradedSession, week: GradedWeek, program: GradedProgram, subject: Subject, *, muscles: bool
) -> SessionFigures:
    alone = replace(program, weeks=(replace(week, sessions=(session,)),))
    return SessionFigures(
        sequence=week.sequence,
        day_number=session.day_number,
        structure=_keeps(alone, subject, (STRUCTURE,)),
        movements=_enough_movements(session, program),
        time=_in_time(session, program, is_deload=week.is_deload),
        patterns=not lifting_matters(program) or _diverse(session, subject),
        muscles=muscles,
        limits=_keeps(alone, subject, OWN_HARD),
    )


def _keeps(alone: GradedProgram, subject: Subject, codes: tuple[str, ...]) -> bool:
    """Whether a session by itself keeps these criteria."""
    verdicts = (one.judge(alone, subject) for one in REGISTRY if one.code in codes)
    return all(verdict is None or verdict.score >= PASS_SCORE for verdict in verdicts)


def _enough_movements(session: GradedSession, program: GradedProgram) -> bool:
    """Eight to fifteen, a circuit as one; fewer for brief sessions, and a bout or holds need no eight."""
    finisher = session.section(Section.FINISHER)
    units = len(session.exercises) - max(0, len(finisher) - 1)
    units += session.has_main_circuit + session.has_finisher_circuit
    most = MOVEMENTS_MOST
    if program.goals.get(Goal.ENDURANCE, 0) >= ENDURANCE_POINTS or session.type == SessionType.MOBILITY:
        most += ENDURANCE_EXTRA
    least = MOVEMENTS_LEAST * min(1.0, program.session_minutes / BRIEF_TARGET)
    return units <= most and (session.type in FEW_KINDS or session.has_main_circuit or units > least - 1)


def _in_time(session: GradedSession, program: GradedProgram, *, is_deload: bool) -> bool:
    if session.has_main_circuit or session.has_finisher_circuit:
        return abs(session.estimated_minutes / program.session_minutes - 1) <= TIME_SHARE
    lower = DELOAD_SHORTEST if is_deload else 1 - TIME_SHARE
    target, minutes = program.session_minutes, session_minutes(session)
    return lower * target - ROUNDING_MINUTES <= minutes <= (1 + TIME_SHARE) * target + ROUNDING_MINUTES


def _diverse(session: GradedSession, subject: Subject) -> bool:
    """Every family of patterns that the session is named after and that can be trained stands in its work."""
    done = {one.movement.pattern for one in session.work}
    return all(
        done.intersection(family)
        for family in FAMILIES.get(session.type, ())
        if not subject.trainable or subject.trainable.intersection(family)
    )


def _no_major_missed(week: GradedWeek, program: GradedProgram, subject: Subject) -> bool:
    """No major muscle without work in the microcycle; a deload may, and who does not lift is not asked."""
    if week.is_deload or not lifting_matters(program):
        return True
    sets = muscle_sets(one for session in week.sessions for one in session.exercises)
    return all(sets.get(muscle, 0.0) > 0 for muscle in MAJOR_MUSCLES if muscle in subject.trainable)
