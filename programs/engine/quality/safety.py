"""Hard limits: what an athlete cannot, must not or may not do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import combinations_with_replacement

from gainsly.lib.vocabulary import (
    SKILL_RANK,
    ExperienceLevel,
    JointStress,
    MovementPattern,
    MovementRuleType,
    Section,
)
from movements.catalogue.records import MovementRecord
from programs.engine.types import Athlete, Kit

from .counting import consecutive, lifting_matters, main_patterns, share_of, weekly_muscle_sets
from .criterion import Verdict, criterion, ramp, violations, where, words
from .model import GradedExercise, GradedProgram, GradedSession, Subject

NOVICE_MUSCLE_SETS = 12
NOVICE_SESSION_SETS = 25
NOVICE_RIR = 2.0
INJURY_SWAP, INJURY_AVOID = 2, 3
OUT_AT_WORST = frozenset({  # patterns that the worst severity rules out whole (evidence 3.3)
    ("shoulder", "vertical_push"), ("wrist", "olympic"), ("lower_back", "olympic"), ("hip", "lunge"), ("knee", "lunge"),
    ("ankle", "carry"),
})  # fmt: skip
POWER_PATTERNS = (MovementPattern.PLYOMETRIC, MovementPattern.OLYMPIC)
POWER_REPS = 24  # repetitions x sets of explosive work per lift and session (ACSM 2026)
BAR_LIKE = ("barbell", "trap_bar", "safety_bar", "ez_bar", "smith_machine", "landmine", "log")
BELL_STEP_KG = 4.0
COMMON_BARS_KG = (7.5, 10.0, 15.0, 20.0, 25.0)
LOAD_TOLERANCE_KG = 0.01
KEPT_KG = 0.005  # half of the hundredth to which a weight cast in pounds is kept
MAX_PLATE_PAIRS = 10


@criterion("C01", "Equipment, your no-go list and injuries respected", kind="hard", grade="-", threshold=0)
def respects_limits(program: GradedProgram, subject: Subject) -> Verdict:
    found = [
        where(session, reason)
        for session in program.under_limits
        for one in session.exercises
        if (reason := limit_of(one.movement, subject.athlete, session.date))
    ]
    return violations(found, "Every movement fits your kit, rules and injuries.", "Something you cannot do is planned.")


def limit_of(movement: MovementRecord, athlete: Athlete, on: dt.date | None = None) -> str:
    """Why this athlete cannot, must not or should not do a movement on a day; empty where nothing stands against it.

    Without a day every injury counts, also one that will have healed.
    """
    if any(rule.movement == movement.slug and rule.type == MovementRuleType.HARD_NO for rule in athlete.rules):
        return f"{movement.name} is on your no-go list"
    kit = athlete.kit.equipment
    if not any(kit.issuperset(needed) for needed in (movement.equipment, *movement.alternatives)):
        return f"{movement.name} needs {', '.join(movement.equipment)}"
    for injury in athlete.injuries:
        if on and injury.until and injury.until < on:
            continue
        stress = movement.joints.get(injury.area)
        heavy = injury.severity >= INJURY_SWAP and stress == JointStress.HEAVY
        avoided = injury.severity >= INJURY_AVOID and (
            stress is not None
            or movement.pattern in injury.patterns_to_avoid
            or (injury.area, movement.pattern) in OUT_AT_WORST
        )
        if heavy or avoided:
            return f"{movement.name} loads your {injury.area.replace('_', ' ')}"
    return ""


@criterion("C13", "Power work fresh, short and not on consecutive days", kind="hard", grade="A", threshold=0)
def power_is_fresh(program: GradedProgram, subject: Subject) -> Verdict | None:
    planned = [session for session in program.sessions if _power(session)]
    if not planned:
        return None
    found = [
        where(session, f"{one.movement.name}, {one.sets} x {one.reps_max}")
        for session in planned
        for one in _power(session)
        if one.movement.pattern == MovementPattern.OLYMPIC and one.sets * (one.reps_max or 0) > POWER_REPS
    ]
    found += [
        where(second, f"jumps again, a day after {where(first)}")
        for first, second in consecutive(program.sessions)
        if _jumps(first) and _jumps(second)
    ]
    return violations(found, "Power work is short and comes fresh.", "Power work is too long or comes back too soon.")


def _power(session: GradedSession) -> list[GradedExercise]:
    return [one for one in session.section(Section.SKILL, Section.MAIN) if one.movement.pattern in POWER_PATTERNS]


def _jumps(session: GradedSession) -> bool:
    return any(one.movement.pattern == MovementPattern.PLYOMETRIC for one in _power(session))


@criterion("C16", "No main pattern on two days running", kind="hard", grade="C", threshold=0)
def mains_recover(program: GradedProgram, subject: Subject) -> Verdict:
    found = [
        where(second, f"{pattern.replace('_', ' ')} again, a day after {where(first)}")
        for first, second in consecutive(program.sessions)
        for pattern in sorted(main_patterns(first) & main_patterns(second))
    ]
    return violations(found, "Every main pattern has a day between.", "A main pattern stands on two days running.")


@criterion("C32", "Loads that your iron can make", kind="hard", grade="A", threshold=0)
def loads_exist(program: GradedProgram, subject: Subject) -> Verdict | None:
    loaded = [
        (session, one) for session in program.under_limits for one in session.exercises if one.load_kg is not None
    ]
    if not loaded:
        return None
    kit = subject.athlete.kit
    loadable: dict[tuple[str, float], bool] = {}
    for _, one in loaded:
        key = (one.movement.slug, one.load_kg or 0.0)
        if key not in loadable:
            loadable[key] = _loadable(key[1], one.movement, kit)
    found = [
        where(session, f"{one.movement.name} at {one.load_kg:g} kg")
        for session, one in loaded
        if not loadable[one.movement.slug, one.load_kg or 0.0]
    ]
    return violations(found, "Every load can be put together.", "A load cannot be put together with your iron.")


def _loadable(load: float, movement: MovementRecord, kit: Kit) -> bool:
    if any(item in movement.equipment for item in BAR_LIKE):
        bars = {kit.bar_kg, 0.0, *COMMON_BARS_KG}
        return any(_plates_make((load - bar) / 2, kit.plates_kg) for bar in bars if load >= bar - LOAD_TOLERANCE_KG)
    if "dumbbell" in movement.equipment and kit.dumbbells_kg:
        return any(abs(load - one) < LOAD_TOLERANCE_KG for one in kit.dumbbells_kg)
    if "kettlebell" in movement.equipment and _multiple(load, BELL_STEP_KG):
        return True
    step = movement.load_step_kg or kit.load_step_kg
    return load == 0 or _multiple(load, step) or _multiple(load, kit.load_step_kg) or _plates_make(load, kit.plates_kg)


def _multiple(load: float, step: float) -> bool:
    """Whether so many steps make the load; iron cast in pounds is kept to a hundredth of a kilogram a step."""
    count = round(load / step)
    return abs(load - count * step) < LOAD_TOLERANCE_KG + (KEPT_KG * count if _in_pounds([step]) else 0)


def _in_pounds(pieces: Iterable[float]) -> bool:
    """Whether the kept kilograms look converted: no set of kilogram iron has hundredths beside the fives."""
    return any(round(piece * 100) % 5 for piece in pieces)


def _plates_make(side: float, plates: tuple[float, ...]) -> bool:
    """Whether some plates weigh ``side`` together, but for what is lost by keeping pounds in kilograms."""
    units = round(side * 100)
    sizes = sorted({round(plate * 100) for plate in plates if plate > 0}, reverse=True)
    if units == 0:
        return True
    if units < 0 or not sizes:
        return False
    slack = round(MAX_PLATE_PAIRS * KEPT_KG * 100) if _in_pounds(plates) else 0
    reachable = {0}
    for _ in range(MAX_PLATE_PAIRS):
        reachable |= {base + size for base in reachable for size in sizes if base + size <= units + slack}
        if any(near in reachable for near in range(units - slack, units + slack + 1)):
            return True
    return any(sum(pick) == units for pick in combinations_with_replacement(sizes, 2))


@criterion("C35", "Fits your experience", kind="hard", grade="C", threshold=0)
def skill_fits(program: GradedProgram, subject: Subject) -> Verdict:
    rank = SKILL_RANK[subject.athlete.experience]
    novice = subject.athlete.experience == ExperienceLevel.BEGINNER
    found = [
        where(session, f"{one.movement.name} is {one.movement.skill}")
        for session in program.under_limits
        for one in session.exercises
        if SKILL_RANK[one.movement.skill] > rank
    ]
    found += [
        where(session, f"{one.movement.name} as a main")
        for session in program.under_limits
        for one in session.section(Section.MAIN)
        if novice and one.movement.pattern == MovementPattern.OLYMPIC
    ]
    return violations(found, "Nothing asks for more skill than you have.", "A movement asks for more skill.")


@criterion("C35S", "A beginner's dose stays a beginner's dose", weight=2, grade="C", threshold=1.0)
def novice_dose(program: GradedProgram, subject: Subject) -> Verdict | None:
    if subject.athlete.experience != ExperienceLevel.BEGINNER or not lifting_matters(program):
        return None
    checks: list[tuple[bool, str]] = []
    for week in program.loading_weeks:
        for muscle, sets in weekly_muscle_sets(week).items():
            checks.append((sets <= NOVICE_MUSCLE_SETS + 0.5, f"week {week.sequence}: {words(muscle)} {sets:.1f} sets"))
        for session in week.sessions:
            lifted = [one for one in session.section(Section.MAIN, Section.ACCESSORY) if one.reps_max is not None]
            sets = sum(one.sets for one in lifted)
            checks.append((sets <= NOVICE_SESSION_SETS, where(session, f"{sets} hard sets")))
            checks += [
                (one.rir is None or one.rir >= NOVICE_RIR, where(session, f"{one.movement.name} at RIR {one.rir:g}"))
                for one in lifted
                if one.rir is not None
            ]
    kept = share_of(sum(good for good, _ in checks), len(checks))
    witness = next((text for good, text in checks if not good), "")
    return Verdict(ramp(kept, 0.5, 1.0), kept, f"{kept:.0%} of the beginner's limits are kept.", witness)
