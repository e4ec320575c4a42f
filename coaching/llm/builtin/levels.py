"""What the built-in coach adds to its facts: how hard it pushes (five levels), what it explains (by experience).

The minimalist adds nothing: who chose few words gets the facts alone.
"""

from __future__ import annotations

from collections.abc import Mapping

MINIMALIST = "minimalist"

# five levels, from careful to hard, for a session ahead and for a day of recovery; the plan's limits hold in each
EFFORT = (
    "Stop a set early whenever you doubt it; less is fine today.",
    "Keep one more repetition in reserve than the plan asks if it feels heavy.",
    "Hold to the planned effort, neither more nor less.",
    "If the warm-up moves well, go for the top of the repetition range.",
    "Take every set to the planned effort in full: that is where the work is.",
)
CARE = (
    "Take the day easy; a walk is enough.",
    "Go lighter on what is tired.",
    "Train what is fresh and spare what is not.",
    "What is fresh can work hard today.",
    "No reason to spare what has recovered: use it.",
)
COURSE = (
    "There is no hurry: the plan waits for you.",
    "Small steps keep it going.",
    "Keep the rhythm that you have.",
    "Make each planned session count.",
    "Leave no planned session out and no planned set undone.",
)
REST = (
    "Do nothing at all today, with a good conscience.",
    "A walk is plenty.",
    "Move a little, rest the most of it.",
    "Some easy movement keeps you ready.",
    "Rest it hard, then take the next session in full.",
)
PUSHES: Mapping[str, tuple[str, ...]] = {
    "session": EFFORT,
    "planned": EFFORT,
    "sore": CARE,
    "fresh": CARE,
    "track": COURSE,
    "track_mixed": COURSE,
    "adherence": COURSE,
    "week": COURSE,
    "days": COURSE,
    "rest": REST,
    "strain_some": CARE,
    "coming": COURSE,
}


def _by_experience(beginner: str, intermediate: str, advanced: str) -> Mapping[str, str]:
    return {"beginner": beginner, "intermediate": intermediate, "advanced": advanced, "expert": ""}


# what a figure means, for those who have not met it often
GLOSSES: Mapping[str, Mapping[str, str]] = {
    "planned": _by_experience(
        "The number after @ is the effort out of ten: at 8 you could still do two more repetitions. Pick the weight by "
        "that, not by what others lift.",
        "@ is the effort out of ten: @ 8 leaves two repetitions, each number lower one more. Change the weight when "
        "it is off by one.",
        "@ is the effort aimed at.",
    ),
    "lift": _by_experience(
        "An estimated max is the weight that you could about lift once, worked out from your sets. No need to try it.",
        "The estimate comes from weight, repetitions and effort, and is good to a few per cent.",
        "Read the line, not one point.",
    ),
    "volume": _by_experience(
        "A hard set is one that ends a few repetitions before you could do no more; a muscle that helps counts half.",
        "Helping muscles count half a set.",
        "Fractional counting.",
    ),
    "patterns": _by_experience(
        "Each number says how strong you are in one kind of movement, such as pushing or squatting, put together from "
        "all its exercises.",
        "It pools the estimates of all exercises of a pattern.",
        "Pooled over exercises.",
    ),
    "deload_next": _by_experience(
        "A lighter week has fewer sets and easier weights, so that the body catches up; it is part of the plan and no "
        "step back.",
        "The lighter week sheds the fatigue of the weeks before.",
        "It sheds fatigue.",
    ),
    "sore": _by_experience(
        "A muscle at 100 % has recovered from your last sets; below 90 % it is still tired, and that is normal.",
        "Recovery is worked out from your sets and what you report.",
        "Modelled, not measured.",
    ),
    "why": _by_experience(
        "Every place in your plan has a job, and the exercise that does it best with your kit and limits gets it.",
        "The choice weighs the pattern, the muscles, your goals and the time.",
        "Scored over your candidates.",
    ),
}


def closing(case: str, *, tone: str, level: int, experience: str) -> str:
    """What follows the facts of a case, with a space before it; empty where there is nothing to add."""
    if tone == MINIMALIST:
        return ""
    gloss = GLOSSES.get(case, {}).get(experience, "")
    pushes = PUSHES.get(case)
    push = pushes[min(max(level, 1), len(pushes)) - 1] if pushes else ""
    return "".join(f" {text}" for text in (gloss, push) if text)
