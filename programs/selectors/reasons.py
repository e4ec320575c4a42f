"""How a whole program was decided: what its choices score, how far places were loosened, and on which evidence."""

from __future__ import annotations

from collections import Counter
from statistics import fmean

from gainsly.lib.vocabulary import ChosenBy, Goal, Section
from programs.engine.configuration import ENGINE, Entry, entries
from programs.engine.scoring import DIMENSIONS
from programs.models import Choice, Program, SessionExercise

from .configurations import active_version
from .explanations import evidence_url
from .trees import Json

WORK = (Section.SKILL, Section.MAIN, Section.ACCESSORY, Section.FINISHER)
OF_A_GOAL = ("reps", "rir", "main_rest", "band")  # the numbers of a goal that shape every session
OF_EVERY_PROGRAM = ("block.shortest_days", "deload.volume", "growth.weekly")
DIGITS = 4


def program_explanation(program: Program) -> Json:
    """Over the exercises that stand in the program now: mean scores and weights, steps, who chose, and the evidence.

    Two queries.
    """
    standing = SessionExercise.objects.filter(session__microcycle__program=program, section__in=WORK)
    rows = list(
        Choice.objects.filter(program=program, pk__in=standing.values("choice_id")).values_list(
            "scores", "weights", "total", "relaxation_step", "chosen_by", "rules"
        )
    )
    planned = [row for row in rows if row[4] == ChosenBy.PLAN]
    return {
        "choices": len(rows),
        "chosen_by": {one.value: sum(row[4] == one for row in rows) for one in ChosenBy},
        "relaxation_steps": {str(step): count for step, count in sorted(Counter(row[3] for row in planned).items())},
        "scores": _means([row[0] for row in planned]),
        "weights": _means([row[1] for row in planned]),
        "total": round(fmean(row[2] for row in planned), DIGITS) if planned else None,
        "rules": sorted({rule for row in rows for rule in row[5]}),
        "evidence": [_evidence(one) for one in _numbers(program)],
    }


def _means(told: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(fmean(one.get(name, 0.0) for one in told), DIGITS) for name in DIMENSIONS} if told else {}


def _numbers(program: Program) -> list[Entry]:
    """The configured numbers that shape this program: those of its goals by weight, then those of every program."""
    goals = [Goal(goal) for goal, _weight in sorted(program.goals, key=lambda pair: -pair[1])]
    paths = [f"goals.{goal}.{name}" for goal in goals for name in OF_A_GOAL]
    known = {one.path: one for one in entries(active_version(ENGINE).full)}
    return [known[path] for path in (*paths, *OF_EVERY_PROGRAM) if path in known]


def _evidence(entry: Entry) -> Json:
    return {
        "path": entry.path,
        "value": entry.value,
        "claim": entry.because,
        "grade": entry.grade,
        "source": entry.source,
        "url": evidence_url(entry.because),
    }
