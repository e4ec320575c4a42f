"""Loads and efforts: feasible, heavy enough, rising, and eased in the deload."""

from __future__ import annotations

from itertools import pairwise

from gainsly.lib.strength import percent_at, reps_at
from gainsly.lib.vocabulary import ExperienceLevel, Goal, Phase, Section

from .counting import UNCOUNTED, hard_sets, lifting_matters, share_of
from .criterion import Verdict, criterion, ramp, where
from .model import GradedExercise, GradedProgram, GradedSession, GradedWeek, Subject

HEAVY, HEAVY_NOVICE = 0.80, 0.70
HEAVY_SHARE = 0.50
GOAL_MATTERS = 4  # points from which a goal's own criteria apply
GROWTH_REPS, GROWTH_RIR, GROWTH_SHARE = (6, 15), 3.0, 0.70
FEASIBLE_REPS = 1.0
RELIABLE_REPS = 12  # the chart ends here
BEYOND_SLOPE = 0.0095  # share of 1RM for each repetition after it (evidence 2.1)
WEEKLY_RISE = {ExperienceLevel.BEGINNER: 0.025, ExperienceLevel.INTERMEDIATE: 0.0125}
WEEKLY_RISE_ADVANCED = 0.006
LOADABLE_STEP = 0.05  # one loadable step beside the cap, as a share of the load
SETS_RISE = 0.20
DELOAD_CUT = (0.33, 0.67)
DELOAD_LOAD, DELOAD_RESERVE = (0.90, 1.0), 1.0  # of a deload by fewer sets
DELOAD_EASED = (0.20, 0.40)  # the load route of C23
SETS_KEPT = 0.10  # of the sets may go and the deload still counts as one by load
EASY_RESERVE = 4.0
RESTS = {Goal.STRENGTH: (150, 300), Goal.HYPERTROPHY: (90, 180), Goal.ENDURANCE: (30, 60)}
MAIN_REST = (60, 300)
ACCESSORY_REST = (30, 120)


@criterion("C11", "Heavy enough for strength, near enough to the end for size", weight=4, grade="A", threshold=0.5)
def intensity_fits_goal(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not lifting_matters(program):
        return None
    parts = []
    if program.goals.get(Goal.STRENGTH, 0) >= GOAL_MATTERS:
        parts.append(_heavy_share(program, subject))
    if program.goals.get(Goal.HYPERTROPHY, 0) >= GOAL_MATTERS:
        parts.append(_growth_share(program))
    return min(parts, key=lambda one: one.score) if parts else None


def _heavy_share(program: GradedProgram, subject: Subject) -> Verdict:
    heavy = HEAVY_NOVICE if subject.athlete.experience == ExperienceLevel.BEGINNER else HEAVY
    named = [week for week in program.weeks if week.phase == Phase.INTENSIFICATION]
    mains = [
        one
        for week in named or _last_third(program.loading_weeks)
        for session in week.sessions
        for one in session.section(Section.MAIN)
        if one.percent is not None
    ]
    sets = sum(one.sets for one in mains)
    if not sets:
        return Verdict(1.0, None, "No loads in percent to judge.")
    share = sum(one.sets for one in mains if (one.percent or 0) >= heavy - 0.005) / sets
    message = f"{share:.0%} of main sets in the heavy weeks are at {heavy:.0%} of 1RM or more."
    return Verdict(ramp(share, 0.0, HEAVY_SHARE), share, message)


def _last_third(weeks: list[GradedWeek]) -> list[GradedWeek]:
    """The heavy weeks of a program that names none: intensification is the last third (decisions 4)."""
    return weeks[-max(1, len(weeks) // 3) :]


def _growth_share(program: GradedProgram) -> Verdict:
    work = [
        one
        for week in program.loading_weeks
        for session in week.sessions
        for one in session.section(Section.MAIN, Section.ACCESSORY)
        if hard_sets(one) and one.reps_max is not None
    ]
    sets = sum(one.sets for one in work)
    good = sum(
        one.sets
        for one in work
        if (one.reps_max or 0) >= GROWTH_REPS[0]
        and (one.reps_min or 0) <= GROWTH_REPS[1]
        and (one.rir is None or one.rir <= GROWTH_RIR)
    )
    share = good / sets if sets else 1.0
    return Verdict(
        ramp(share, 0.2, GROWTH_SHARE), share, f"{share:.0%} of sets are in the range that grows muscle best."
    )


@criterion("C12", "Prescriptions that a body can do", kind="hard", grade="B", threshold=0)
def feasible(program: GradedProgram, subject: Subject) -> Verdict | None:
    judged = [
        (session, one)
        for session in program.sessions
        for one in session.work
        if one.percent is not None and one.reps_min is not None and one.rir is not None
    ]
    if not judged:
        return None
    found = [
        where(session, f"{one.movement.name} {one.sets} x {one.reps_min} at {one.percent:.0%}, RIR {one.rir:g}")
        for session, one in judged
        if not _can_do(one)
    ]
    if found:
        return Verdict(0.0, len(found), "A set asks for more than its load allows.", found[0])
    return Verdict(1.0, 0, "Repetitions, load and effort agree.")


def _can_do(one: GradedExercise) -> bool:
    """Lower end of the range plus reserve within what the load allows, one repetition of grace."""
    needed = (one.reps_min or 1) + (one.rir or 0) - FEASIBLE_REPS
    return needed > RELIABLE_REPS or (one.percent or 0) <= percent_at(max(1.0, needed)) + 0.001


@criterion("C21", "Every main lift is asked for a little more", weight=5, grade="A", threshold=1.0)
def overload(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not lifting_matters(program):
        return None
    cap = WEEKLY_RISE.get(subject.athlete.experience, WEEKLY_RISE_ADVANCED)
    rows: list[tuple[bool, str]] = []
    for block in _blocks(program):
        for exposures in _main_exposures(block).values():
            if len(exposures) > 1:
                fault = _overload_fault(exposures, cap)
                name = exposures[0][1].movement.name
                rows.append((not fault, f"{name}, weeks {block[0].sequence}-{block[-1].sequence}: {fault}"))
    if not rows:
        return None
    kept = share_of(sum(good for good, _ in rows), len(rows))
    witness = next((text for good, text in rows if not good), "")
    return Verdict(ramp(kept, 0.4, 1.0), kept, f"{kept:.0%} of main lifts progress within safe steps.", witness)


def _blocks(program: GradedProgram) -> list[list[GradedWeek]]:
    """Runs of loading weeks between deloads."""
    blocks: list[list[GradedWeek]] = [[]]
    for week in program.weeks:
        if week.is_deload:
            blocks.append([])
        else:
            blocks[-1].append(week)
    return [block for block in blocks if block]


def _main_exposures(block: list[GradedWeek]) -> dict[str, list[tuple[int, GradedExercise]]]:
    """Per lift and day of the week, its hardest prescription of each week in order.

    A lift written as several steps (up to a top set, back-off sets) is judged by the step that asks for most; lifts
    without repetitions have nothing to raise here.
    """
    exposures: dict[str, dict[int, GradedExercise]] = {}
    for week in block:
        for session in week.sessions:
            for one in session.section(Section.MAIN):
                if one.reps_max is not None:
                    lift = exposures.setdefault(f"{one.movement.slug}/{session.day_number}", {})
                    held = lift.get(week.sequence)
                    if held is None or _implied(one) > _implied(held):
                        lift[week.sequence] = one
    return {key: sorted(lift.items()) for key, lift in exposures.items()}


def _overload_fault(exposures: list[tuple[int, GradedExercise]], cap: float) -> str:
    first, last = exposures[0][1], exposures[-1][1]
    if not _harder(first, last):
        return "nothing rises"
    for (week, before), (next_week, after) in pairwise(exposures):
        weeks = max(1, next_week - week)
        if before.percent and after.percent and _implied(after) / _implied(before) - 1 > cap * weeks + LOADABLE_STEP:
            return f"week {next_week} jumps"
        if after.sets > before.sets * (1 + SETS_RISE) and after.sets - before.sets > 1:
            return f"week {next_week} adds {after.sets - before.sets} sets"
    return ""


def _harder(first: GradedExercise, last: GradedExercise) -> bool:
    """Whether load, repetitions, sets or effort rose from the first exposure to the last."""
    return (
        (last.percent or 0) > (first.percent or 0)
        or (last.load_kg or 0) > (first.load_kg or 0)
        or (last.reps_max or 0) > (first.reps_max or 0)
        or (last.reps_min or 0) > (first.reps_min or 0)
        or last.sets > first.sets
        or (last.rir if last.rir is not None else 9) < (first.rir if first.rir is not None else 9)
    )


def _implied(one: GradedExercise) -> float:
    """The 1RM that a prescription implies, in today's 1RMs: a wave of load and repetitions leaves it flat."""
    return (one.percent or 0) / percent_at((one.reps_min or 1) + (one.rir or 0))


@criterion("C23", "Deloads of the right depth", weight=2, grade="B", threshold=0.5)
def deload_depth(program: GradedProgram, subject: Subject) -> Verdict | None:
    pairs = [(before, week) for before, week in pairwise(program.weeks) if week.is_deload and not before.is_deload]
    if not pairs or not lifting_matters(program):
        return None
    rows = [(_depth_fault(before, week), week.sequence) for before, week in pairs]
    bad = [f"week {sequence}: {fault}" for fault, sequence in rows if fault]
    kept = 1 - share_of(len(bad), len(rows))
    return Verdict(kept, kept, f"{kept:.0%} of deloads ease enough and not too much.", bad[0] if bad else "")


def _depth_fault(before: GradedWeek, deload: GradedWeek) -> str:
    loading, eased = _work_sets(before), _work_sets(deload)
    if not loading:
        return ""
    cut = 1 - eased / loading
    missing = _main_slugs(before) - _main_slugs(deload)
    if missing:
        return f"{sorted(missing)[0]} is left out"
    if _eased_by_load(before, deload, cut):
        return ""
    if not DELOAD_CUT[0] - 0.01 <= cut <= DELOAD_CUT[1] + 0.01:
        return f"sets cut by {cut:.0%}"
    return _effort_fault(before, deload)


def _effort_fault(before: GradedWeek, deload: GradedWeek) -> str:
    """With fewer sets the mains keep nine tenths of their load or more, and leave a repetition more on average."""
    earlier = dict(_mains_of(before))
    pairs = [(earlier[key], one) for key, one in _mains_of(deload) if key in earlier]
    loads = [now.percent / old.percent for old, now in pairs if now.percent and old.percent]
    reserves = [now.rir - old.rir for old, now in pairs if now.rir is not None and old.rir is not None]
    if loads and not DELOAD_LOAD[0] - 0.01 <= sum(loads) / len(loads) <= DELOAD_LOAD[1] + 0.01:
        return f"main lifts at {sum(loads) / len(loads):.0%} of the load before"
    if reserves and sum(reserves) / len(reserves) < DELOAD_RESERVE:
        return "no easier: as near to the end as before"
    return ""


def _mains_of(week: GradedWeek) -> list[tuple[tuple[int, str], GradedExercise]]:
    return [
        ((session.day_number, one.movement.slug), one)
        for session in week.sessions
        for one in session.section(Section.MAIN)
        if one.reps_max is not None
    ]


def _eased_by_load(before: GradedWeek, deload: GradedWeek, cut: float) -> bool:
    """The other route: the sets stay, 20 to 40 % of the load goes, and no set comes nearer than four repetitions."""
    loading, eased = _mean_percent(before), _mean_percent(deload)
    if abs(cut) > SETS_KEPT or not loading or not eased:
        return False
    lower, upper = DELOAD_EASED
    far = all(_reserve(one) >= EASY_RESERVE for session in deload.sessions for one in _weighed(session))
    return far and lower - 0.01 <= 1 - eased / loading <= upper + 0.01


def _mean_percent(week: GradedWeek) -> float:
    """Mean share of 1RM over the sets that state one."""
    rows = [one for session in week.sessions for one in _weighed(session)]
    sets = sum(one.sets for one in rows)
    return sum(one.sets * (one.percent or 0.0) for one in rows) / sets if sets else 0.0


def _weighed(session: GradedSession) -> list[GradedExercise]:
    return [one for one in session.work if one.percent is not None and one.reps_max is not None]


def _reserve(one: GradedExercise) -> float:
    """Repetitions left: as stated, else what the load allows beyond those asked for."""
    if one.rir is not None:
        return one.rir
    percent = one.percent or 0.0
    beyond = max(0.0, percent_at(RELIABLE_REPS) - percent) / BEYOND_SLOPE
    return reps_at(percent) + beyond - (one.reps_max or 0)


def _work_sets(week: GradedWeek) -> int:
    lifted = (Section.MAIN, Section.ACCESSORY)
    return sum(one.sets for session in week.sessions for one in session.section(*lifted) if one.reps_max is not None)


def _main_slugs(week: GradedWeek) -> set[str]:
    return {
        one.movement.slug
        for session in week.sessions
        for one in session.section(Section.MAIN)
        if one.reps_max is not None
    }


@criterion("C24", "The week after a deload starts gently", weight=1, grade="C", threshold=1.0)
def rebound(program: GradedProgram, subject: Subject) -> Verdict | None:
    weeks = program.weeks
    triples = [
        (weeks[n - 1], weeks[n + 1])
        for n in range(1, len(weeks) - 1)
        if weeks[n].is_deload and not weeks[n - 1].is_deload
    ]
    if not triples or not lifting_matters(program):
        return None
    bad = [after.sequence for before, after in triples if _work_sets(after) > _work_sets(before)]
    kept = 1 - share_of(len(bad), len(triples))
    return Verdict(kept, kept, "Volume returns without a jump.", f"week {bad[0]} jumps" if bad else "")


@criterion("C30", "Rest that fits the work", weight=1, grade="B", threshold=0.95)
def rests(program: GradedProgram, subject: Subject) -> Verdict | None:
    rows = [
        (_rest_fits(one, program), where(session, f"{one.movement.name} rests {one.rest_seconds} s"))
        for week in program.loading_weeks  # an easy week is in no hurry
        for session in week.sessions
        for one in session.section(Section.MAIN, Section.ACCESSORY)
        if one.reps_max is not None and one.movement.pattern not in UNCOUNTED
    ]
    if not rows:
        return None
    kept = share_of(sum(good for good, _ in rows), len(rows))
    witness = next((text for good, text in rows if not good), "")
    return Verdict(ramp(kept, 0.5, 0.95), kept, f"{kept:.0%} of rests fit.", witness)


def _rest_fits(one: GradedExercise, program: GradedProgram) -> bool:
    if one.section == Section.ACCESSORY or one.superset:
        return ACCESSORY_REST[0] <= one.rest_seconds <= ACCESSORY_REST[1] + 60
    bands = [RESTS[goal] for goal in program.goals if goal in RESTS] or [MAIN_REST]
    low, high = min(low for low, _ in bands), max(high for _, high in bands)
    return min(low, MAIN_REST[0]) <= one.rest_seconds <= max(high, ACCESSORY_REST[1])


@criterion("C33", "Rep ranges wide enough for the next plate", weight=1, grade="C", threshold=0.95)
def range_width(program: GradedProgram, subject: Subject) -> Verdict | None:
    ranged = [
        (session, one)
        for session in program.sessions
        for one in session.section(Section.MAIN, Section.ACCESSORY)
        if one.load_kg and one.reps_min is not None and one.reps_max is not None and one.reps_max > one.reps_min
    ]
    if not ranged:
        return None
    step = subject.athlete.kit.load_step_kg
    rows = [(_wide_enough(one, step), where(session, one.movement.name)) for session, one in ranged]
    kept = share_of(sum(good for good, _ in rows), len(rows))
    return Verdict(
        ramp(kept, 0.5, 0.95), kept, f"{kept:.0%} of ranges bridge a step.", next((t for g, t in rows if not g), "")
    )


def _wide_enough(one: GradedExercise, step_kg: float) -> bool:
    step_percent = 100 * step_kg / (one.load_kg or step_kg)
    return (one.reps_max or 0) - (one.reps_min or 0) + 1 >= step_percent / 2.5
