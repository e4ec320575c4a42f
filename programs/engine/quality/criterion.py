"""One criterion: its card (code, weight, grade) and its verdict on a program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from programs.engine.types import Check

from .model import GradedProgram, GradedSession, Subject


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a criterion found: a score of 0-1, the figure behind it, and the worst shortfall as a witness."""

    score: float
    value: float | None
    message: str
    witness: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    code: str
    name: str
    kind: str  # "hard": one violation rejects the plan; "soft": weighs in the mean
    weight: float
    grade: str
    threshold: float | None
    judge: Callable[[GradedProgram, Subject], Verdict | None]  # None: does not apply to this program

    def check(self, program: GradedProgram, subject: Subject) -> Check:
        verdict = self.judge(program, subject)
        found = verdict or Verdict(1.0, None, "Not applicable to this program.")
        return Check(
            code=self.code,
            name=self.name,
            kind=self.kind,
            applies=verdict is not None,
            passed=found.score >= PASS_SCORE,
            score=round(found.score, 4),
            value=None if found.value is None else round(found.value, 4),
            threshold=self.threshold,
            weight=self.weight,
            grade=self.grade,
            message=found.message,
            witness=found.witness,
        )


PASS_SCORE = 0.999  # a criterion passes when nothing is missing but rounding
REGISTRY: list[Criterion] = []


def criterion(
    code: str, name: str, *, kind: str = "soft", weight: float = 1.0, grade: str = "C", threshold: float | None = None
) -> Callable[[Callable[[GradedProgram, Subject], Verdict | None]], Callable[[GradedProgram, Subject], Verdict | None]]:
    """Register a judging function under its code."""

    def register(
        judge: Callable[[GradedProgram, Subject], Verdict | None],
    ) -> Callable[[GradedProgram, Subject], Verdict | None]:
        REGISTRY.append(Criterion(code, name, kind, weight, grade, threshold, judge))
        return judge

    return register


def ramp(value: float, zero: float, full: float) -> float:
    """0 at ``zero``, 1 at ``full``, linear between (``zero`` may lie above ``full``)."""
    if zero == full:
        return 1.0 if value >= full else 0.0
    return min(1.0, max(0.0, (value - zero) / (full - zero)))


def violations(found: Sequence[str], good: str, bad: str) -> Verdict:
    """A hard verdict from a list of witnesses: none passes, any fails."""
    if not found:
        return Verdict(1.0, 0, good)
    return Verdict(0.0, len(found), bad, found[0])


def where(session: GradedSession, what: str = "") -> str:
    """``Thu 3 Dec, upper: what``."""
    day = f"{session.date:%a} {session.date.day} {session.date:%b}, {session.type.replace('_', ' ')}"
    return f"{day}: {what}" if what else day


def words(name: str) -> str:
    """``side_delts`` and ``kettlebell-swing`` as people write them."""
    return name.replace("_", " ").replace("-", " ")
