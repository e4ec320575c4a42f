"""What today is about, in a sentence or two. See docs/algorithms/explain.md."""

from __future__ import annotations

from gainsly.lib.vocabulary import Phase, SessionType, label_of
from programs.engine.goals import GoalMix
from programs.engine.periodization import Week
from programs.engine.prescription import Facts
from programs.engine.progression import reserve
from programs.engine.splits import Day, Kind

MOST_CHARACTERS = 200
TITLES = {SessionType.FULL_BODY: "Full body"}
PHASES = {
    Phase.ACCUMULATION: "Build: end each set with about {rir} good repetitions left, and beat last week by a little.",
    Phase.INTENSIFICATION: "Heavier today: fewer repetitions, longer focus. Stop each set with about {rir} left.",
    Phase.DELOAD: "Easy week: half the sets, crisp repetitions. You should leave fresher than you came.",
    Phase.REALIZATION: "Show what you have built: few sets, full effort.",
}
FIRST_WEEK = "Week one: find weights that leave about {rir} good repetitions in every set, and write them down."
KINDS = {
    Kind.CARDIO: "Steady work: a pace at which you can still speak. Breathe through the nose when you can.",
    Kind.CONDITIONING: "Intervals: work hard, rest as planned, and keep the last round as clean as the first.",
    Kind.MOBILITY: "Slow and easy: breathe into each position, and stop short of pain.",
}


def title_of(day: Day) -> str:
    """``Upper A``."""
    return f"{TITLES.get(day.session_type, label_of(day.session_type))} {day.letter}"


def intent_of(day: Day, week: Week, mix: GoalMix) -> tuple[str, ...]:
    """Tags: the phase, the kind of session, and the goal that leads it."""
    leading = str(mix.main_goal) if day.lifted else str(day.kind)
    return tuple(dict.fromkeys((str(week.phase), str(day.kind), leading)))


def coach_note(day: Day, week: Week, facts: Facts) -> str:
    """At most 200 characters, about today, without a medical claim."""
    if day.kind in KINDS:
        note = KINDS[day.kind]
        return f"Easy week, so a shorter one. {note}" if week.is_deload else note
    first = week.window.sequence == 1 and not facts.history.strength

    rir = f"{reserve(week, facts.mix.rir):g}"
    return (FIRST_WEEK if first else PHASES[week.phase]).format(rir=rir)[:MOST_CHARACTERS]
