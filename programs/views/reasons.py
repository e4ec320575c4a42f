"""Why a movement stands where it stands, in an athlete's words: what the page of a session shows of a choice."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from accounts.selectors import profile_of
from gainsly.lib.vocabulary import ChosenBy, MuscleRole
from movements.selectors import movements_by_slug
from programs.models import Choice, Program, SessionExercise
from programs.selectors import evidence_url, program_explanation

from .evidence import in_words

SCORES = (
    ("pattern_alignment", gettext_lazy("Moves the way this place asks for")),
    ("muscle_coverage", gettext_lazy("Trains what your week still lacks")),
    ("discipline_preference", gettext_lazy("Your kind of training")),
    ("compound_bonus", gettext_lazy("Many joints at once, for a main lift")),
    ("specialization", gettext_lazy("Yours or a staple: favourites, lifts you know, priorities")),
    ("goal_alignment", gettext_lazy("Its equipment serves your goals")),
    ("time_utilization", gettext_lazy("Quick to set up and to do")),
    ("named", gettext_lazy("Named in the library as a stand-in")),
    ("pattern", gettext_lazy("Same movement pattern")),
    ("primary", gettext_lazy("Same leading muscles")),
    ("secondary", gettext_lazy("Same helping muscles")),
    ("equipment", gettext_lazy("Same kind of equipment")),
    ("skill", gettext_lazy("As hard to learn")),
    ("unilateral", gettext_lazy("Both sides at once, or one, as before")),
)
RULES = {
    "equipment": gettext_lazy("the equipment you have"),
    "injuries": gettext_lazy("your injuries"),
    "skill": gettext_lazy("your level"),
    "hard_no": gettext_lazy("what you ruled out"),
    "rotation": gettext_lazy("exercises that take turns"),
    "weekly_balance": gettext_lazy("the balance of your week"),
    "wished": gettext_lazy("what you asked for"),
}
STEPS = (
    gettext_lazy("It fits this place exactly; nothing had to be loosened."),
    gettext_lazy("Nothing exact was left, so a related movement pattern was let in (step 1 of 6)."),
    gettext_lazy("Nothing nearer was left, so movements for the helping muscles were let in (step 2 of 6)."),
    gettext_lazy("Nothing nearer was left, so your kind of training counted less (step 3 of 6)."),
    gettext_lazy("Nothing nearer was left, so exercises for single muscles were let in (step 4 of 6)."),
    gettext_lazy("Nothing nearer was left, so any pattern that trains something was let in (step 5 of 6)."),
    gettext_lazy("Hardly anything fits your equipment and rules here, so anything allowed was taken (step 6 of 6)."),
)
HEADS = {
    ChosenBy.PLAN: gettext_lazy("Why this exercise"),
    ChosenBy.STAND_IN: gettext_lazy("Why this took another's place"),
    ChosenBy.ATHLETE: gettext_lazy("You chose this"),
    ChosenBy.MODEL: gettext_lazy("The coach's model chose this"),
}


def why_of(exercise: SessionExercise, user: Any) -> dict[str, Any]:
    """What the card beside a session shows of an exercise that has a choice."""
    choice = exercise.choice
    assert choice is not None
    rows = exercise.movement.muscles.all()
    by = ChosenBy(choice.chosen_by)
    return {
        "exercise": exercise,
        "choice": choice,
        "head": HEADS[by],
        "is_plan": by is ChosenBy.PLAN,
        "scores": _scores(choice),
        "levels": {row.muscle: "p" if row.role == MuscleRole.PRIMARY else "s" for row in rows if row.share > 0},
        "runners_up": _named(choice.runners_up, user),
        "primary": [row.muscle for row in rows if row.role == MuscleRole.PRIMARY],
        "secondary": [row.muscle for row in rows if row.role == MuscleRole.SECONDARY],
        "rules": [RULES.get(one, one) for one in choice.rules],
        "step": STEPS[choice.relaxation_step] if by is ChosenBy.PLAN else "",
        "evidence": [{**one, "url": evidence_url(one["claim"])} for one in choice.evidence],
    }


WAYS = {
    ChosenBy.STAND_IN: gettext_lazy("in place of what no longer fitted"),
    ChosenBy.ATHLETE: gettext_lazy("chosen by you"),
    ChosenBy.MODEL: gettext_lazy("chosen by the coach's model"),
}
NUMBERS = {
    "reps": gettext_lazy("repetitions of main lifts"),
    "rir": gettext_lazy("repetitions left at the end of a set"),
    "main_rest": gettext_lazy("rest between sets of main lifts"),
    "band": gettext_lazy("hard sets a muscle and week"),
    "block.shortest_days": gettext_lazy("days that main lifts stay the same, at least"),
    "deload.volume": gettext_lazy("of the sets stay in an easy week"),
    "growth.weekly": gettext_lazy("planned growth of strength a week"),
}


SHARES = ("deload.volume", "growth.weekly")


def why_of_program(program: Program, user: Any) -> dict[str, Any]:
    """What the page of a program shows of how it was decided."""
    told, level = program_explanation(program), profile_of(user).experience_level
    scores = [
        {"label": words, "value": told["scores"][name], "weight": told["weights"][name]}
        for name, words in SCORES
        if name in told["scores"]
    ]
    steps = {int(step): count for step, count in told["relaxation_steps"].items()}
    return {
        "choices": told["choices"],
        "total": told["total"],
        "scores": scores,
        "exact": steps.get(0, 0),
        "loosened": sum(count for step, count in steps.items() if step),
        "others": [(words, told["chosen_by"][by]) for by, words in WAYS.items() if told["chosen_by"][by]],
        "rules": [RULES.get(one, one) for one in RULES if one in told["rules"]],
        "evidence": [_number(one, level) for one in told["evidence"]],
    }


def _number(entry: dict[str, Any], level: str) -> dict[str, Any]:
    """One number with what it is called and what it is for this athlete."""
    chapter, _, name = entry["path"].partition(".")
    goal = name.partition(".")[0] if chapter == "goals" else ""
    called = NUMBERS[entry["path"] if not goal else entry["path"].rpartition(".")[2]]
    value = entry["value"]
    if isinstance(value, dict):
        value = value.get(level)
    shown = f"{100 * value:g} %" if entry["path"] in SHARES else in_words(entry["path"], value)
    return {**entry, "goal": goal, "called": called, "shown": shown}


def _scores(choice: Choice) -> list[dict[str, Any]]:
    """Each score with the share of the total that it decides."""
    return [
        {"label": words, "value": choice.scores[name], "weight": choice.weights.get(name, 0.0)}
        for name, words in SCORES
        if name in choice.scores
    ]


def _named(runners_up: list[dict[str, Any]], user: Any) -> list[dict[str, Any]]:
    """Runners-up with the names people know; one that left the library keeps its slug."""
    listed = movements_by_slug([one["movement"] for one in runners_up], user)
    named = {slug: movement.record.name for slug, movement in listed.items()}
    return [{**one, "name": named.get(one["movement"], one["movement"])} for one in runners_up]
