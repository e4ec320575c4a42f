"""Whether a plan says why: a reason for every choice, few of them relaxed; and whether adapting a day is stable."""

from __future__ import annotations

from collections.abc import Sequence

from gainsly.lib.vocabulary import ChosenBy, Section
from programs.engine.types import Choice

from .counting import share_of
from .criterion import Verdict, criterion, ramp, violations
from .model import GradedExercise, GradedProgram, GradedSession, Subject

DIMENSIONS = 7
FAR_RELAXED = 2  # beyond this step a choice is far from what its slot asked for
FAR_SHARE, FAR_SHARE_ZERO = 0.10, 0.40
CUT_MOST = 0.60


@criterion("C38", "Every choice says why", kind="hard", grade="-", threshold=0)
def reasons_given(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not program.choices:
        return None
    found = [f"{one.key}: {one.movement} has no reason" for one in program.choices if not _has_reason(one)]
    return violations(found, "Every movement was chosen for a reason that you can read.", "A choice has no reason.")


def _has_reason(choice: Choice) -> bool:
    if choice.chosen_by is not ChosenBy.PLAN:  # it took another's place, for a reason that it tells
        return bool(choice.reason)
    return len(choice.scores) >= DIMENSIONS and len(choice.weights) >= DIMENSIONS


@criterion("C38S", "Few second-best choices", weight=2, grade="-", threshold=FAR_SHARE)
def few_relaxed(program: GradedProgram, subject: Subject) -> Verdict | None:
    if not program.choices:
        return None
    far = [one for one in program.choices if one.relaxation_step > FAR_RELAXED]
    share = share_of(len(far), len(program.choices))
    words = f"{share:.0%} of choices are far from what their place asked for."
    return Verdict(ramp(share, FAR_SHARE_ZERO, FAR_SHARE), share, words, far[0].key if far else "")


def stability_fault(
    plan: GradedSession, untouched: GradedSession, adapted: GradedSession, again: GradedSession, *, excused: int = 0
) -> str:
    """C40 of one adapted day, in words; empty where it holds.

    ``untouched`` is what adapting without any signal gave, ``adapted`` what today's signals gave and ``again`` the
    same signals once more; ``excused`` counts the sets that a hard rule (kit, limits, no-go) took out.
    """
    if untouched.exercises != plan.exercises:
        return "the plan changes without a signal"
    if again.exercises != adapted.exercises:
        return "the second time gives another plan than the first"
    before, after = working_sets(plan.exercises), working_sets(adapted.exercises)
    if before and before - after - excused > CUT_MOST * before:
        return f"{before} sets are cut to {after}"
    return ""


def working_sets(exercises: Sequence[GradedExercise]) -> int:
    """Sets of what is lifted: mains, skill work and accessories."""
    lifted = (Section.SKILL, Section.MAIN, Section.ACCESSORY)
    return sum(one.sets for one in exercises if one.section in lifted)
