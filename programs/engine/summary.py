"""What the athlete should know about the whole plan: shortfalls, and minutes by goal. See docs/algorithms/timing.md."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gainsly.lib.vocabulary import Goal, MovementPattern, Section
from programs.engine.blocks import Week as Frame
from programs.engine.calendars import DAYS_PER_WEEK
from programs.engine.goals import RESISTANCE, GoalMix
from programs.engine.notes import title_of
from programs.engine.prescription import Facts
from programs.engine.programme import Blocks
from programs.engine.recreation import Settled, recreation_advice
from programs.engine.scoring import MUSCLES, Shelf
from programs.engine.slots import normal_rest
from programs.engine.splits import KIND_OF, MATTERS_FROM, Kind
from programs.engine.types import PlannedMicrocycle, Warning
from programs.engine.volume import HALF_SET, LEAST_SETS, floor_of, misses_many

NEARLY = 0.75  # of the preferred dose; what is nearer to it is not worth a word
MIDDLE = (Section.SKILL, Section.MAIN, Section.ACCESSORY, Section.FINISHER)
REQUIRED = (
    MovementPattern.SQUAT, MovementPattern.HINGE, MovementPattern.HORIZONTAL_PUSH, MovementPattern.VERTICAL_PUSH,
    MovementPattern.HORIZONTAL_PULL, MovementPattern.VERTICAL_PULL,
)  # fmt: skip


TAIL = "tail/"  # choices of cardio that fills minutes left over


def minutes_by_goal(microcycles: Sequence[PlannedMicrocycle], mix: GoalMix) -> dict[str, float]:
    """Middle minutes of the first microcycle, per week and bucket."""
    first = microcycles[0]
    minutes = {"lifting": 0.0, "conditioning": 0.0, "cardio": 0.0, "mobility": 0.0}
    for session in first.sessions:
        kind = KIND_OF.get(session.session_type, Kind.LIFTING)
        middle = sum(session.minutes[section] for section in MIDDLE)
        tail = sum(one.seconds or 0 for one in session.exercises if (one.choice or "").startswith(TAIL)) / 60
        finisher = max(session.minutes[Section.FINISHER], tail)
        minutes["conditioning"] += finisher
        bucket = str(kind) if mix.lifted or kind is not Kind.LIFTING else "conditioning"
        minutes[bucket] += middle - finisher
    lifting = minutes.pop("lifting")
    points = {goal: mix.weight(goal) for goal in RESISTANCE if mix.weight(goal)} or {Goal.STRENGTH: 1}
    weeks = first.length_days / 7
    shared = {str(goal): lifting * weight / sum(points.values()) for goal, weight in points.items()}
    return {name: round(value / weeks, 1) for name, value in {**shared, **minutes}.items() if value}


def advice_for(
    microcycles: Sequence[PlannedMicrocycle], frame: Frame, shelf: Shelf, blocks: Blocks, facts: Facts
) -> list[Warning]:
    """What the plan could not do, and why."""
    return [
        *_missing_patterns(frame, shelf, facts),
        *_unmet(blocks),
        *_minutes(microcycles, facts),
        *_doses(microcycles[0], blocks, shelf, facts),
        *_from_the_log(facts),
    ]


def beside_recreation(settled: Settled, blocks: Blocks, frame: Frame) -> list[Warning]:
    """What declared recreation moved, and what it made lighter."""
    lightened = {
        day: [
            one.item.movement.pattern
            for one in entries
            if one.light and one.item.movement.pattern in settled.clash(day)
        ]
        for day, entries in blocks.entries[0].items()
    }
    names = {day.ordinal: title_of(day) for day in frame.days}
    return recreation_advice(settled, {day: patterns for day, patterns in lightened.items() if patterns}, names)


def _missing_patterns(frame: Frame, shelf: Shelf, facts: Facts) -> list[Warning]:
    if not facts.mix.lifted:
        return []
    out = [one for one in REQUIRED if not shelf.of_patterns((one,)).any()]
    names = ", ".join(one.replace("_", " ") for one in out)
    message = f"Nothing you can do with your equipment and rules trains: {names}. The plan works around it."
    return [Warning("pattern_untrainable", message, 0.4)] if out else []


def _doses(first: PlannedMicrocycle, blocks: Blocks, shelf: Shelf, facts: Facts) -> list[Warning]:
    """Muscles that get less than their preferred dose, and what gave way for them, in the written order."""
    if facts.mix.lifting_points < MATTERS_FROM:
        return []
    weeks = facts.request.microcycle_days / DAYS_PER_WEEK
    bands, floor = blocks.bands, floor_of(blocks.bands, facts.config)
    given = sum(
        (
            one.sets * shelf.shares[one.item.row]
            for entries in blocks.entries[0].values()
            for one in entries
            if one.lifted
        ),
        np.zeros(len(MUSCLES)),
    )
    short = [at for at in np.flatnonzero(bands.worth >= 1) if given[at] < NEARLY * bands.target[at] and given[at] > 0]
    if not short:
        return []
    names = ", ".join(
        f"{MUSCLES[at].replace('_', ' ')} {given[at] / weeks:.0f} of {bands.target[at] / weeks:.0f}" for at in short
    )
    below = any(given[at] < floor[at] - HALF_SET for at in short)
    message = (
        f"Your time holds less than the preferred weekly sets: {names}. {_gave_way(first, facts)}"
        f"{' That is below the floor; more minutes or another day would mend it.' if below else ''}"
    )
    return [Warning("dose_below_preferred", message, 0.4 if below else 0.1)]


def _gave_way(first: PlannedMicrocycle, facts: Facts) -> str:
    """What yielded so far: rests first, then pairs and assistance at their least, main lifts last."""
    lifted = [one for session in first.sessions for one in session.exercises if one.reps_max]
    mains = [one for one in lifted if one.section is Section.MAIN]
    others = [one for one in lifted if one.section is Section.ACCESSORY]
    yielded = []
    if any(one.rest_seconds < normal_rest(facts.mix.main_rest) for one in mains):
        yielded.append("shorter rests")
    if any(one.superset_group for one in others):
        yielded.append("assistance in pairs")
    if others and all(one.sets <= LEAST_SETS for one in others):
        yielded.append("assistance at its least sets")
    if any(one.sets < facts.config.caps.main_sets[0] for one in mains) and not facts.novice:
        yielded.append("main lifts at their least sets")
    return f"What gave way, in this order: {', '.join(yielded)}." if yielded else ""


def _from_the_log(facts: Facts) -> list[Warning]:
    """What the log made smaller: tired muscles in the first week, and a dose after many missed sessions."""
    advice = []
    start = facts.config.start
    tired = sorted(one for one, spent in facts.history.fatigue.items() if spent >= start.tired_from)
    if tired:
        names = ", ".join(one.replace("_", " ") for one in tired)
        advice.append(
            Warning("tired_start", f"Still tired from your last sessions: {names}. Week one is lighter for it.", 0.2)
        )
    if misses_many(facts.history, facts.config):
        message = (
            f"You made {facts.history.adherence:.0%} of your sessions lately, so this plan asks for fewer sets: "
            "a plan that fits your weeks beats a bigger one."
        )
        advice.append(Warning("dose_eased", message, 0.2))
    return advice


def _unmet(blocks: Blocks) -> list[Warning]:
    return [Warning("wish_unplaced", f"{slug} found no fitting place in your week.", 0.3) for slug in blocks.unmet]


def _minutes(microcycles: Sequence[PlannedMicrocycle], facts: Facts) -> list[Warning]:
    target = facts.request.session_minutes
    tolerance = facts.config.time.tolerance
    loading = [session for one in microcycles if not one.is_deload for session in one.sessions]
    short = [one for one in loading if one.estimated_minutes < target * (1 - tolerance)]
    long = [one for one in loading if one.estimated_minutes > target * (1 + tolerance)]
    warnings = []
    if short:
        message = (
            f"{len(short)} sessions are shorter than your {target} minutes: every dose is at its upper end, "
            "and more would not help."
        )
        warnings.append(Warning("shorter_than_asked", message, 0.2))
    if long:
        message = f"{len(long)} sessions run a little over {target} minutes: a complete session does not get shorter."
        warnings.append(Warning("longer_than_asked", message, 0.3))
    return warnings
