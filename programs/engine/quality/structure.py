"""The frame: dates, sections, minutes, counts, order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from gainsly.lib.vocabulary import Goal, MovementPattern, Section, SessionType

from .counting import session_minutes, set_seconds, share_of
from .criterion import Verdict, criterion, ramp, violations, where
from .model import GradedExercise, GradedProgram, GradedSession, GradedWeek, Subject

CONDITIONING_MOVEMENTS, CONDITIONING_MINUTES, SHORT_TARGET = 5, 30, 45
MOBILITY_BLOCK = (6, 12)
CARDIO_BLOCK = (1, 3)
PREPARATION_BLOCK = (2, 5)
MAIN_BLOCK = (2, 5)
ENDURANCE_MAIN_BLOCK = (2, 10)
ACCESSORY_BLOCK = (2, 4)
WEEK_DAYS = 7
LOADED_PERCENT, RAMP_FROM_KG = 0.5, 40  # a ramp is owed from here on (evidence 2.8)
MOVEMENTS = (8, 15)
BRIEF_TARGET = 30  # minutes; up to here counts scale down
TIME_SOFT, TIME_HARD = 0.05, 0.10
DELOAD_SHORTEST = 0.60
TIME_SHARE = 0.95
FULL_DOSES = "shorter_than_asked"  # the plan's own warning that nothing more can be added
LONG_HOLD_SECONDS = 60
NOTES_LENGTH = 200
MEDICAL_WORDS = ("cure", "heal your", "diagnos", "treats", "therapy", "prescri", "medication", "guarantee")
CARDIO_TYPES = (SessionType.CARDIO, SessionType.RECOVERY)
STILL_TYPES = (SessionType.MOBILITY, SessionType.RECOVERY)


@criterion("C03", "Weeks, days and dates as asked", kind="hard", grade="C", threshold=0)
def frame_holds(program: GradedProgram, subject: Subject) -> Verdict:
    found: list[str] = []
    if program.duration_weeks not in (8, 10, 12):
        found.append(f"{program.duration_weeks} weeks")
    days = sum(week.length_days for week in program.weeks)
    if days != program.duration_weeks * 7:
        found.append(f"the microcycles cover {days} days")
    dates = [session.date for session in program.sessions]
    if dates != sorted(set(dates)):
        found.append("two sessions share a day, or dates fall back")
    end = program.start_date + dt.timedelta(weeks=program.duration_weeks)
    found += [f"{date} lies outside the program" for date in dates if not program.start_date <= date < end]
    allowed = subject.athlete.available_weekdays
    found += [f"{date:%A} {date} is not one of your days" for date in dates if date.weekday() not in allowed]
    found += [
        f"microcycle {week.sequence} holds {len(week.sessions)} sessions"
        for week in program.weeks
        if not _days_asked(week, program, allowed)
    ]
    return violations(found, "Weeks, days and dates are as you asked.", "The frame is not what you asked for.")


def _days_asked(week: GradedWeek, program: GradedProgram, allowed: Sequence[int]) -> bool:
    """The days asked for, as a rate where a microcycle is no week; never more than the weekdays that it holds.

    What the athlete skips was planned, so it counts here.
    """
    days_per_week, planned = program.days_per_week, len(week.sessions) + program.skipped.get(week.sequence, 0)
    days = (week.start_date + dt.timedelta(days=number) for number in range(week.length_days))
    asked = min(days_per_week * week.length_days / WEEK_DAYS, sum(day.weekday() in allowed for day in days))
    return abs(planned - asked) < 1 if week.length_days != WEEK_DAYS else planned == days_per_week


@criterion("C04", "Warm-up, one clear middle, cool-down", kind="hard", grade="C", threshold=0)
def sections_stand(program: GradedProgram, subject: Subject) -> Verdict:
    found = [where(one, fault) for one in program.sessions if (fault := _structure_fault(one, program))]
    return violations(found, "Every session has its sections.", "A session lacks a section.")


def _structure_fault(session: GradedSession, program: GradedProgram) -> str:
    if not session.section(Section.WARMUP):
        return "no warm-up"
    if not session.section(Section.COOLDOWN):
        return "no cool-down"
    main = session.section(Section.MAIN)
    if session.type in STILL_TYPES and _all_of(main, MovementPattern.MOBILITY):
        return "" if main else "no middle"
    if not main and not session.has_main_circuit:
        return "no middle"
    if session.type == SessionType.CONDITIONING:
        return _conditioning_fault(session, main, program)
    if session.section(Section.ACCESSORY) and (session.section(Section.FINISHER) or session.has_finisher_circuit):
        return "accessories and a finisher"
    return ""


def _conditioning_fault(session: GradedSession, main: list[GradedExercise], program: GradedProgram) -> str:
    if session.has_main_circuit:
        return ""
    if len(main) < CONDITIONING_MOVEMENTS:
        return f"conditioning of {len(main)} movements"
    minutes = sum(one.sets * set_seconds(one) + (one.sets - 1) * one.rest_seconds for one in main) / 60
    long_enough = minutes >= CONDITIONING_MINUTES - 1
    return "" if long_enough or program.session_minutes <= SHORT_TARGET + 10 else f"conditioning of {minutes:.0f} min"


def _all_of(exercises: list[GradedExercise], pattern: MovementPattern) -> bool:
    return all(one.movement.pattern == pattern for one in exercises)


@criterion("C05H", "Sessions within ten percent of your minutes", kind="hard", grade="C", threshold=TIME_HARD)
def minutes_within_ten(program: GradedProgram, subject: Subject) -> Verdict:
    shortest = DELOAD_SHORTEST if FULL_DOSES in program.warnings else 1 - TIME_HARD
    found = []
    for week in program.weeks:
        for session in week.sessions:
            minutes = session_minutes(session)
            easy = week.is_deload or session.date in program.eased
            lower = (DELOAD_SHORTEST if easy else shortest) * program.session_minutes
            if not lower - 0.5 <= minutes <= (1 + TIME_HARD) * program.session_minutes + 0.5:
                found.append(where(session, f"{minutes:.0f} min for a target of {program.session_minutes}"))
    return violations(found, "Every session fits your time.", "A session does not fit your time.")


@criterion("C05", "Sessions within five percent of your minutes", weight=3, grade="C", threshold=TIME_SHARE)
def minutes_within_five(program: GradedProgram, subject: Subject) -> Verdict:
    target = program.session_minutes
    sessions = [one for week in program.loading_weeks for one in week.sessions if one.date not in program.eased]
    rows = [(session, session_minutes(session)) for session in sessions]
    off = [(session, minutes) for session, minutes in rows if abs(minutes - target) > TIME_SOFT * target + 0.5]
    kept = 1 - share_of(len(off), len(rows)) if rows else 1.0
    worst = max(off, key=lambda one: abs(one[1] - target), default=None)
    witness = where(worst[0], f"{worst[1]:.0f} min for {target}") if worst else ""
    return Verdict(
        min(1.0, kept / TIME_SHARE), kept, f"{kept:.0%} of sessions are within 5 % of {target} min.", witness
    )


@criterion("C06", "Eight to fifteen movements in sensible blocks", weight=2, grade="C", threshold=1.0)
def block_sizes(program: GradedProgram, subject: Subject) -> Verdict:
    faults = [(one, _size_fault(one, program)) for one in program.sessions]
    bad = [(one, fault) for one, fault in faults if fault]
    kept = 1 - share_of(len(bad), len(faults)) if faults else 1.0
    witness = where(*bad[0]) if bad else ""
    return Verdict(kept, kept, f"{kept:.0%} of sessions have blocks of the right size.", witness)


def _size_fault(session: GradedSession, program: GradedProgram) -> str:
    sizes = {section: len(session.section(section)) for section in Section}
    for section in (Section.WARMUP, Section.COOLDOWN):
        if not PREPARATION_BLOCK[0] <= sizes[section] <= PREPARATION_BLOCK[1]:
            return f"{section} of {sizes[section]}"
    low, high = _main_block(session, program)
    if not session.has_main_circuit and not low <= sizes[Section.MAIN] <= high:
        return f"{sizes[Section.MAIN]} mains"
    accessories = sizes[Section.ACCESSORY]
    if accessories and not ACCESSORY_BLOCK[0] <= accessories <= ACCESSORY_BLOCK[1]:
        return f"{accessories} accessories"
    brief = program.session_minutes <= BRIEF_TARGET
    count = sum(sizes.values()) - max(0, sizes[Section.FINISHER] - 1)
    least = MOVEMENTS[0] * program.session_minutes / SHORT_TARGET if brief else MOVEMENTS[0]
    dense = session.type in (SessionType.MOBILITY, SessionType.RECOVERY)
    if count < int(least) and session.type not in CARDIO_TYPES:
        return f"{count} movements"
    return f"{count} movements" if count > MOVEMENTS[1] + (6 if dense else 0) else ""


def _main_block(session: GradedSession, program: GradedProgram) -> tuple[int, int]:
    main = session.section(Section.MAIN)
    if session.type in STILL_TYPES and _all_of(main, MovementPattern.MOBILITY):
        return MOBILITY_BLOCK
    if session.type in CARDIO_TYPES:
        return CARDIO_BLOCK
    if session.type == SessionType.CONDITIONING:
        return CONDITIONING_MOVEMENTS, ENDURANCE_MAIN_BLOCK[1]
    if program.goals.get(Goal.ENDURANCE, 0) or program.goals.get(Goal.MOBILITY, 0):
        return ENDURANCE_MAIN_BLOCK
    return (1, MAIN_BLOCK[1]) if program.session_minutes <= BRIEF_TARGET else MAIN_BLOCK


@criterion("C14", "Order: power, heavy, small, core, finisher", weight=4, grade="A", threshold=1.0)
def order_is_sound(program: GradedProgram, subject: Subject) -> Verdict:
    pairs = [(session, first, second) for session in program.sessions for first, second in pairwise(_leads(session))]
    bad = [one for one in pairs if _rank(one[1]) > _rank(one[2])]
    kept = 1 - share_of(len(bad), len(pairs)) if pairs else 1.0
    witness = where(bad[0][0], f"{bad[0][1].movement.name} before {bad[0][2].movement.name}") if bad else ""
    return Verdict(ramp(kept, 0.8, 1.0), kept, f"{kept:.0%} of neighbours stand in a sound order.", witness)


def _leads(session: GradedSession) -> list[GradedExercise]:
    """The work in order; a superset is judged by its first movement."""
    seen: set[str] = set()
    leads = []
    for one in session.work:
        if one.superset and one.superset in seen:
            continue
        seen.add(one.superset or "")
        leads.append(one)
    return leads


def _rank(one: GradedExercise) -> int:
    pattern = one.movement.pattern
    if one.section == Section.FINISHER or pattern in (MovementPattern.CARDIO, MovementPattern.CONDITIONING):
        return 6
    if pattern in (MovementPattern.PLYOMETRIC, MovementPattern.OLYMPIC):
        return 0
    if one.section in (
        Section.SKILL,
        Section.MAIN,
    ):  # a main is a main, also where the kit leaves only core work for it
        return 1 if one.movement.compound else 2
    if pattern in (MovementPattern.CORE, MovementPattern.ROTATION, MovementPattern.MOBILITY, MovementPattern.ISOMETRIC):
        return 5
    return 2 if one.movement.compound or pattern == MovementPattern.CARRY else 3


@criterion("C29", "Warm-ups that prepare the lift", weight=2, grade="C", threshold=1.0)
def warmups_are_specific(program: GradedProgram, subject: Subject) -> Verdict:
    faults = [(session, _warmup_fault(session)) for session in program.sessions]
    bad = [(session, fault) for session, fault in faults if fault]
    kept = 1 - share_of(len(bad), len(faults)) if faults else 1.0
    return Verdict(kept, kept, f"{kept:.0%} of warm-ups prepare their lifts.", where(*bad[0]) if bad else "")


def _warmup_fault(session: GradedSession) -> str:
    long_holds = [
        one.movement.name
        for one in session.section(Section.WARMUP)
        if (one.seconds or 0) >= LONG_HOLD_SECONDS and "static_stretch" in one.movement.tags
    ]
    if long_holds:
        return f"{long_holds[0]} held for a minute before lifting"
    loaded = [one for one in session.section(Section.MAIN) if one.percent is not None and one.percent >= LOADED_PERCENT]
    first_of_pattern = {one.movement.pattern: one for one in reversed(loaded)}
    cold = [one for one in first_of_pattern.values() if one.movement.equipment and not one.ramp_sets]
    heavy_cold = [one for one in cold if (one.load_kg or 0) >= RAMP_FROM_KG]
    return f"{heavy_cold[0].movement.name} without a ramp" if heavy_cold else ""


@criterion("C39", "Coach's notes short and without medical claims", kind="hard", grade="C", threshold=0)
def notes_are_fit(program: GradedProgram, subject: Subject) -> Verdict:
    found = [
        where(one, "a note of over 200 characters") for one in program.sessions if len(one.coach_notes) > NOTES_LENGTH
    ]
    found += [
        where(session, f"“{word}”")
        for session in program.sessions
        for word in MEDICAL_WORDS
        if word in session.coach_notes.lower()
    ]
    return violations(found, "Notes are short and make no medical claim.", "A note breaks its rules.")
