"""What comes back when: patterns, mains, accessories, deloads, wishes."""

from __future__ import annotations

from itertools import pairwise

from gainsly.lib.vocabulary import ExperienceLevel, MovementPattern, Section, SessionType, SplitTemplate

from .counting import LIFTING_PATTERNS, lifting_matters, main_patterns, patterns_of_week, share_of
from .criterion import Verdict, criterion, ramp, violations, words
from .model import GradedExercise, GradedProgram, GradedSession, GradedWeek, Subject

REQUIRED_PATTERNS = (
    (MovementPattern.SQUAT,),
    (MovementPattern.HINGE,),
    (MovementPattern.HORIZONTAL_PUSH,),
    (MovementPattern.VERTICAL_PUSH,),
    (MovementPattern.HORIZONTAL_PULL,),
    (MovementPattern.VERTICAL_PULL,),
    (MovementPattern.CORE, MovementPattern.ROTATION),
    (MovementPattern.LUNGE, MovementPattern.CARRY),
)
WEEKLY_FROM_DAYS = 3
BRIEF_WEEK_MINUTES = 150  # below it a week cannot hold every pattern; it has two weeks then
MAIN_USES = 2
NOVICE_MAIN_USES = 3
FIRST_DELOAD_WEEK = 4
DELOAD_GRACE_DAYS = 7
DELOAD_SPACING_DAYS = 21
ROTATED = (0.25, 0.60)
SHORTEST_BLOCK_DAYS = 28
UNIQUE_SHARE = 0.70
FULL_BODY = SplitTemplate.FULL_BODY
ENDURING = (MovementPattern.CARDIO, MovementPattern.CONDITIONING)


@criterion("C02", "What you must have is there every week", kind="hard", grade="C", threshold=0)
def wishes_kept(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not subject.required:
        return None
    found = [
        f"week {week.sequence}: {words(slug)}"
        for week in program.weeks
        for slug in subject.required
        if slug not in _slugs(week)
    ]
    return violations(found, "Every must-have stands in every week.", "A must-have is missing.")


@criterion("C02S", "What you prefer comes at least every two weeks", weight=1, grade="C", threshold=1.0)
def preferences_kept(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not subject.preferred:
        return None
    rows = [
        (slug in _slugs(first) | _slugs(second), f"weeks {first.sequence}-{second.sequence}: {words(slug)}")
        for first, second in pairwise(program.weeks)
        for slug in subject.preferred
    ]
    kept = share_of(sum(good for good, _ in rows), len(rows))
    return Verdict(kept, kept, f"{kept:.0%} of fortnights hold what you prefer.", _first_bad(rows))


def _slugs(week: GradedWeek) -> set[str]:
    return {one.movement.slug for session in week.sessions for one in session.exercises}


@criterion("C15", "Every pattern comes round", weight=4, grade="C", threshold=1.0)
def patterns_come_round(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not lifting_matters(program):
        return None
    needed = [options for options in REQUIRED_PATTERNS if _possible(options, subject)]
    roomy = program.days_per_week * program.session_minutes >= BRIEF_WEEK_MINUTES
    span = 1 if program.days_per_week >= WEEKLY_FROM_DAYS and roomy else 2
    windows = [program.weeks[n : n + span] for n in range(len(program.weeks) - span + 1)]
    rows = []
    for window in windows:
        if any(week.is_deload for week in window):
            continue
        trained = set().union(*(patterns_of_week(week) for week in window))
        rows += [
            (bool(trained.intersection(options)), f"week {window[0].sequence}: no {options[0].replace('_', ' ')}")
            for options in needed
        ]
    kept = share_of(sum(good for good, _ in rows), len(rows))
    return Verdict(ramp(kept, 0.5, 1.0), kept, f"{kept:.0%} of the patterns come round in time.", _first_bad(rows))


def _possible(options: tuple[MovementPattern, ...], subject: Subject) -> bool:
    return not subject.trainable or any(pattern in subject.trainable for pattern in options)


@criterion("C17", "A main pattern at most twice a week", weight=2, grade="C", threshold=MAIN_USES)
def main_uses(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not lifting_matters(program):
        return None
    full_body = all(
        session.type == SessionType.FULL_BODY
        for session in program.sessions
        if session.type
        not in (SessionType.CARDIO, SessionType.CONDITIONING, SessionType.MOBILITY, SessionType.RECOVERY)
    )
    novice = subject.athlete.experience == ExperienceLevel.BEGINNER and full_body
    most = NOVICE_MAIN_USES if novice else MAIN_USES
    rows = []
    for week in program.weeks:
        for pattern in LIFTING_PATTERNS:
            uses = sum(pattern in main_patterns(session) for session in week.sessions) * 7 / week.length_days
            rows.append((uses <= most + 0.01, f"week {week.sequence}: {pattern.replace('_', ' ')} {uses:.0f} times"))
    kept = share_of(sum(good for good, _ in rows), len(rows))
    return Verdict(ramp(kept, 0.8, 1.0), kept, f"{kept:.0%} of main patterns keep to {most} a week.", _first_bad(rows))


@criterion("C22", "Deloads when they are due, none too early", weight=3, grade="C", threshold=1.0)
def deloads_due(program: GradedProgram, subject: Subject) -> Verdict:
    eased = [week for week in program.weeks if week.is_deload]
    fault = _deload_fault(program, eased)
    score = 0.0 if fault else 1.0
    said = ", ".join(str(week.sequence) for week in eased) or "none"
    return Verdict(score, len(eased), fault or f"Deload in week {said}, as planned.")


def _deload_fault(program: GradedProgram, eased: list[GradedWeek]) -> str:
    day = {week.sequence: (week.start_date - program.start_date).days for week in program.weeks}
    early = [week.sequence for week in eased if day[week.sequence] < (FIRST_DELOAD_WEEK - 1) * 7]
    if early:
        return f"A deload in week {early[0]} comes too early."
    close = [
        second.sequence
        for first, second in pairwise(eased)
        if day[second.sequence] - day[first.sequence] < DELOAD_SPACING_DAYS
    ]
    if close:
        return f"Two deloads within three weeks, at week {close[0]}."
    length = program.weeks[0].length_days if program.weeks else 7
    longest = max(program.deload_every * length, (FIRST_DELOAD_WEEK - 1) * 7) + DELOAD_GRACE_DAYS
    marks = [0, *(day[week.sequence] for week in eased)]
    ends = [*(day[week.sequence] for week in eased), program.duration_weeks * 7]
    starts = [marks[0], *(day[week.sequence] + week.length_days for week in eased)]
    gaps = [end - start for start, end in zip(starts, ends, strict=True)]
    return f"{max(gaps)} days without a deload." if max(gaps) > longest else ""


@criterion("C25", "Main lifts stay for the whole block", weight=4, grade="C", threshold=1.0)
def mains_stay(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not lifting_matters(program):
        return None
    rows = []
    for first, second in pairwise(program.weeks):
        if first.is_deload:
            continue
        before, after = _mains_by_day(first), _mains_by_day(second)
        for day in sorted(set(before) & set(after)):
            same = before[day] == after[day] or after[day] >= before[day]
            rows.append(
                (same or (second.is_deload and bool(after[day] & before[day])), f"week {second.sequence}, day {day}")
            )
    # A block boundary without a deload (a long block cut in two) is allowed one change every fourth week.
    kept = share_of(sum(good for good, _ in rows), len(rows))
    return Verdict(ramp(kept, 0.6, 0.95), kept, f"{kept:.0%} of main lifts stay from week to week.", _first_bad(rows))


def _mains_by_day(week: GradedWeek) -> dict[int, set[str]]:
    return {
        session.day_number: {one.movement.slug for one in session.section(Section.MAIN)} for session in week.sessions
    }


@criterion("C26", "Accessories change between blocks, not within", weight=1, grade="B", threshold=0.25)
def accessories_rotate(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not lifting_matters(program):
        return None
    rows: list[tuple[bool, str]] = []
    for first, second in pairwise(program.weeks):
        before, after = _accessories_by_day(first), _accessories_by_day(second)
        for day in sorted(set(before) & set(after)):
            if not before[day] or not after[day]:
                continue
            changed = len(after[day] - before[day])
            if not first.is_deload:
                rows.append((changed <= 1, f"week {second.sequence}, day {day}: {changed} new accessories"))
        if first.is_deload and _begins_a_block(program, second):
            rows.append(_boundary_row(before, after, second.sequence))
    if not rows:
        return None
    kept = share_of(sum(good for good, _ in rows), len(rows))
    return Verdict(
        ramp(kept, 0.5, 1.0), kept, f"{kept:.0%} of weeks rotate accessories as they should.", _first_bad(rows)
    )


def _begins_a_block(program: GradedProgram, week: GradedWeek) -> bool:
    """A tail shorter than four weeks belongs to the block before it (decisions 4)."""
    left = program.duration_weeks * 7 - (week.start_date - program.start_date).days
    return left >= SHORTEST_BLOCK_DAYS


def _accessories_by_day(week: GradedWeek) -> dict[int, set[str]]:
    return {session.day_number: {one.movement.slug for one in _assistance(session)} for session in week.sessions}


def _assistance(session: GradedSession) -> list[GradedExercise]:
    """Accessories that are lifted: a steady bout that ends a long day has nothing to take turns with."""
    return [one for one in session.section(Section.ACCESSORY) if one.movement.pattern not in ENDURING]


def _boundary_row(before: dict[int, set[str]], after: dict[int, set[str]], week: int) -> tuple[bool, str]:
    old = set().union(*before.values()) if before else set()
    new = set().union(*after.values()) if after else set()
    if not new or not old:
        return True, ""
    share = len(new - old) / len(new)
    # A deload week carries fewer accessories, so a little more than the upper end is natural there.
    return ROTATED[0] - 0.05 <= share <= ROTATED[1] + 0.25, f"week {week}: {share:.0%} new accessories"


@criterion("C27", "Variety inside the week", weight=1, grade="C", threshold=UNIQUE_SHARE)
def variety(program: GradedProgram, subject: Subject) -> Verdict:
    rows = [(unique_share(week), week.sequence) for week in program.weeks]
    worst, week = min(rows) if rows else (1.0, 0)
    mean = sum(share for share, _ in rows) / len(rows) if rows else 1.0
    witness = f"week {week}: {worst:.0%} different movements" if worst < UNIQUE_SHARE else ""
    return Verdict(
        min(1.0, mean / UNIQUE_SHARE), mean, f"{mean:.0%} of a week's movements are different ones.", witness
    )


def unique_share(week: GradedWeek) -> float:
    others = [one.movement.slug for session in week.sessions for one in session.work if one.section != Section.MAIN]
    mains = {one.movement.slug for session in week.sessions for one in session.section(Section.MAIN)}
    listed = [*others, *mains]
    return len(set(listed)) / len(listed) if listed else 1.0


@criterion("C28", "Accessories take turns", weight=1, grade="C", threshold=0.9)
def accessories_take_turns(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not lifting_matters(program):
        return None
    rows = []
    for week in program.weeks:
        by_type: dict[str, list[set[str]]] = {}
        for session in week.sessions:
            keys = {_accessory_key(one.movement) for one in _assistance(session)}
            by_type.setdefault(session.type, []).append(keys)
        for kind, sessions in by_type.items():
            for first, second in pairwise(sessions):
                rows += [
                    (key not in first, f"week {week.sequence}, {words(kind)}: {words(key)} twice")
                    for key in sorted(second)
                ]
    if not rows:
        return None
    kept = share_of(sum(good for good, _ in rows), len(rows))
    return Verdict(ramp(kept, 0.3, 0.9), kept, f"{kept:.0%} of accessories take turns.", _first_bad(rows))


def _accessory_key(movement: object) -> str:
    pattern = getattr(movement, "pattern", "")
    primary = sorted(getattr(movement, "primary", {}))
    return primary[0] if pattern == MovementPattern.ISOLATION and primary else str(pattern)


def _first_bad(rows: list[tuple[bool, str]]) -> str:
    return next((text for good, text in rows if not good), "")
