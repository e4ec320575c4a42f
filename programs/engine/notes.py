"""What today is about, in a sentence or two. See docs/algorithms/explain.md."""

from __future__ import annotations

from collections.abc import Mapping

from gainsly.lib.vocabulary import PersonaTone, Phase, SessionType, label_of
from programs.engine.goals import GoalMix
from programs.engine.periodization import Week
from programs.engine.prescription import Facts
from programs.engine.progression import reserve
from programs.engine.splits import Day, Kind

MOST_CHARACTERS = 200
TITLES = {SessionType.FULL_BODY: "Full body"}
NOTES: Mapping[PersonaTone, Mapping[Phase | Kind | None, str]] = {
    PersonaTone.SUPPORTIVE: {
        Phase.ACCUMULATION: "Build: end each set with about {rir} good repetitions left, and beat last week a little.",
        Phase.INTENSIFICATION: "Heavier today: fewer repetitions, longer focus. Stop each set with about {rir} left.",
        Phase.DELOAD: "Easy week: half the sets, crisp repetitions. You should leave fresher than you came.",
        Phase.REALIZATION: "Show what you have built: few sets, full effort.",
        None: "Week one: find weights that leave about {rir} good repetitions in every set, and write them down.",
        Kind.CARDIO: "Steady work: a pace at which you can still speak. Breathe through the nose when you can.",
        Kind.CONDITIONING: "Intervals: work hard, rest as planned, and keep the last round as clean as the first.",
        Kind.MOBILITY: "Slow and easy: breathe into each position, and stop short of pain.",
    },
    PersonaTone.DRILL_SERGEANT: {
        Phase.ACCUMULATION: "Every set: stop with {rir} left, not more. Beat last week. No drifting.",
        Phase.INTENSIFICATION: "The weight goes up, the talking stops. {rir} left in each set, no grinding.",
        Phase.DELOAD: "Orders: half the sets, light, clean. Whoever adds weight today misses the point.",
        Phase.REALIZATION: "This is what you trained for. Few sets. All of you.",
        None: "Week one. Find the weights that leave {rir} repetitions. Write each one down.",
        Kind.CARDIO: "One pace, held to the end. If you cannot speak, slow down.",
        Kind.CONDITIONING: "Work hard, rest as ordered. The last round is as clean as the first.",
        Kind.MOBILITY: "Breathe. Hold. Do not force it.",
    },
    PersonaTone.ANALYTICAL: {
        Phase.ACCUMULATION: "Volume phase: {rir} repetitions in reserve per set, slightly more than last week.",
        Phase.INTENSIFICATION: "Intensity phase: load up, repetitions down, {rir} in reserve; full rests between sets.",
        Phase.DELOAD: "Deload: about half the sets at lower effort, so that fatigue falls while skill stays.",
        Phase.REALIZATION: "Realisation: little volume, full effort; what was built shows once fatigue is low.",
        None: "Week one calibrates: log loads that leave {rir} repetitions; later loads follow from them.",
        Kind.CARDIO: "Steady state: an intensity at which whole sentences are possible, without drift.",
        Kind.CONDITIONING: "Intervals: effort high, rests as planned; equal quality across rounds is the measure.",
        Kind.MOBILITY: "Range work: slow breaths, mild stretch only, each position for its full time.",
    },
    PersonaTone.MOTIVATIONAL: {
        Phase.ACCUMULATION: "Brick by brick! Leave about {rir} in each set and take a little more than last week!",
        Phase.INTENSIFICATION: "Now it gets heavy, and you are ready! Strong sets, {rir} left in each!",
        Phase.DELOAD: "Easy week: this is where you get stronger! Half the sets, and leave full of energy!",
        Phase.REALIZATION: "Your day! Few sets, everything you have built: show it!",
        None: "A fresh start! Find weights that leave about {rir} repetitions and write down your first marks!",
        Kind.CARDIO: "Find your rhythm and enjoy it: a pace at which you can still talk!",
        Kind.CONDITIONING: "Give each round your best, rest well, and finish as clean as you began!",
        Kind.MOBILITY: "Time for your body: breathe deep and win a little room in each position!",
    },
    PersonaTone.MINIMALIST: {
        Phase.ACCUMULATION: "{rir} left per set. A little more than last week.",
        Phase.INTENSIFICATION: "Heavier. {rir} left per set.",
        Phase.DELOAD: "Easy week. Half the sets.",
        Phase.REALIZATION: "Few sets, full effort.",
        None: "Find weights with {rir} left. Log them.",
        Kind.CARDIO: "Steady. You can still speak.",
        Kind.CONDITIONING: "Hard rounds, clean form.",
        Kind.MOBILITY: "Slow. Breathe.",
    },
}
# how hard the athlete wants to be pushed, 1-5; a level pushes within the plan, never beyond it
LEVELS = {
    1: "In doubt, do less.",
    2: "If it feels heavy, keep one more in reserve.",
    3: "",
    4: "If the warm-up moves well, aim for the top of the range.",
    5: "Take each set to its planned effort in full.",
}
HARDEST_OF_EASY = 2  # an easy week is not pushed


def title_of(day: Day) -> str:
    """``Upper A``."""
    return f"{TITLES.get(day.session_type, label_of(day.session_type))} {day.letter}"


def intent_of(day: Day, week: Week, mix: GoalMix) -> tuple[str, ...]:
    """Tags: the phase, the kind of session, and the goal that leads it."""
    leading = str(mix.main_goal) if day.lifted else str(day.kind)
    return tuple(dict.fromkeys((str(week.phase), str(day.kind), leading)))


def coach_note(day: Day, week: Week, facts: Facts) -> str:
    """At most 200 characters, about today, in the athlete's tone and level, without a medical claim."""
    athlete = facts.athlete
    notes = NOTES[athlete.tone]
    if day.kind in notes:
        note = notes[day.kind]
        return f"Easy week, so a shorter one. {note}" if week.is_deload else note
    first = week.window.sequence == 1 and not facts.history.strength
    note = notes[None if first else week.phase].format(rir=f"{reserve(week, facts.mix.rir):g}")
    level = min(athlete.aggression, HARDEST_OF_EASY) if week.is_deload else athlete.aggression
    pushed = "" if athlete.tone is PersonaTone.MINIMALIST else LEVELS.get(level, "")
    return f"{note} {pushed}".strip()[:MOST_CHARACTERS]
