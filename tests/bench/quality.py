"""``make quality``: thousands of athletes and requests under the published rubric.

``python -m tests.bench.quality --athletes 2000`` writes plans for athletes drawn over goals, splits, days, minutes,
kits, experience, injuries, rules, recreation, length of the microcycle, deload cadence and own hybrid weeks, judges
each, and prints hard failures, the distribution of the score, the pass rate of every criterion, the session criteria,
diversity, relaxation and the worst ten with their witnesses; beside it the nine known programs and random plans that
respect the kit. It ends with an error where a hard criterion fails.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from gainsly.lib.vocabulary import (
    EnjoyableActivity,
    MovementPattern,
    MovementRuleType,
    Section,
    SessionType,
    SplitTemplate,
)
from programs.engine.constraints import Infeasible
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.quality import assess, graded
from programs.engine.reference_plan import Ground, draft_of, request_of
from programs.engine.references import read_reference
from programs.engine.types import (
    Athlete,
    Catalogue,
    Check,
    Draft,
    History,
    HybridDay,
    HybridDefinition,
    QualityReport,
    Recreation,
    Request,
    RuleFact,
)
from tests.bench.grid import FIXTURES, START, athlete_with, load_catalogue, quantile, request_for, sample_cases

WORST = 10
SIX = ("structure", "movements", "time", "patterns", "muscles", "limits")
MICROCYCLES = {8: (7, 8, 14), 10: (7, 10, 14), 12: (7, 12, 14)}
Case = tuple[str, Athlete, Request]


@dataclass(slots=True)
class Row:
    """What is kept of one plan."""

    label: str
    score: float
    seconds: float
    checks: tuple[Check, ...]
    figures: dict[str, float]
    steps: Counter[int]
    kept: dict[str, float]  # share of sessions that keep each of the six session criteria
    days_off: list[float] = field(default_factory=list)


def wide_cases(count: int, seed: int, catalogue: Catalogue) -> Iterator[Case]:
    """Athletes and requests over everything that a body may hold."""
    rng = random.Random(seed)
    slugs = sorted(
        slug for slug, one in catalogue.movements.items() if {Section.MAIN, Section.ACCESSORY} & set(one.sections)
    )
    for label, athlete, request in sample_cases(count, seed):
        own, asked, notes = {}, {}, []  # type: dict[str, object], dict[str, object], list[str]
        if rng.random() < 0.3:
            banned = rng.sample(slugs, rng.randint(1, 12))
            own["rules"] = tuple(RuleFact(slug, MovementRuleType.HARD_NO) for slug in banned)
            notes.append(f"{len(banned)} no-gos")
        if rng.random() < 0.2:
            activity = rng.choice(list(EnjoyableActivity))
            own["recreation"] = (Recreation(activity, (rng.randrange(7),)),)
            notes.append(activity)
        if rng.random() < 0.3:
            asked["microcycle_days"] = rng.choice(MICROCYCLES[request.duration_weeks])
            notes.append(f"{asked['microcycle_days']}-day weeks")
        elif request.split is SplitTemplate.HYBRID and rng.random() < 0.5:
            asked["hybrid"] = _own_week(request.days_per_week, rng)
            notes.append("own week")
        own["aggression"] = rng.choice((1, 3, 3, 5))
        yield "/".join([label, *notes]), replace(athlete, **own), replace(request, **asked)  # type: ignore[arg-type]


def _own_week(days: int, rng: random.Random) -> HybridDefinition:
    kinds = (SessionType.UPPER, SessionType.LOWER, SessionType.FULL_BODY, SessionType.CARDIO)
    return HybridDefinition(days=tuple(HybridDay(day, rng.choice(kinds)) for day in range(1, days + 1)))


def judge(case: Case, catalogue: Catalogue) -> Row | tuple[str, str]:
    """The row of a case, or its label and the words with which it is refused."""
    label, athlete, request = case
    begun = time.process_time()
    try:
        draft = generate_plan(athlete, request, catalogue, History(), default_heuristics())
    except Infeasible as refusal:
        return label, str(refusal)
    seconds = time.process_time() - begun
    report = report_of(draft, athlete, request, catalogue)
    steps = Counter(choice.relaxation_step for choice in draft.choices)
    kept = {name: sum(getattr(one, name) for one in report.sessions) / len(report.sessions) for name in SIX}
    figures = dict(report.figures)
    return Row(label, report.score, seconds, report.checks, figures, steps, kept, _minutes_off(draft, request))


def report_of(draft: Draft, athlete: Athlete, request: Request, catalogue: Catalogue) -> QualityReport:
    program = graded(draft.microcycles, request, catalogue.movements, draft.warnings, draft.choices)
    return assess(program, athlete, catalogue.movements.values())


def _minutes_off(draft: Draft, request: Request) -> list[float]:
    loading = [week for week in draft.microcycles if not week.is_deload]
    return [session.estimated_minutes / request.session_minutes - 1 for week in loading for session in week.sessions]


_CATALOGUE: Catalogue | None = None


def _judge_here(case: Case) -> Row | tuple[str, str]:
    global _CATALOGUE  # noqa: PLW0603 - each process reads the library once
    _CATALOGUE = _CATALOGUE or load_catalogue()
    return judge(case, _CATALOGUE)


def run(cases: Sequence[Case], processes: int) -> tuple[list[Row], list[tuple[str, str]]]:
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        answers = pool.map(_judge_here, cases, chunksize=25)
    return [one for one in answers if isinstance(one, Row)], [one for one in answers if isinstance(one, tuple)]


def describe(rows: Sequence[Row], refused: Sequence[tuple[str, str]]) -> str:
    """The table in words and numbers."""
    hard = Counter(c.code for row in rows for c in row.checks if c.kind == "hard" and c.applies and not c.passed)
    lines = [f"plans {len(rows)}, refused {len(refused)}, hard failures {dict(hard) or 'none'}", _spread(rows), ""]
    lines += ["criterion  applies  passed", *_pass_rates(rows), ""]
    steps: Counter[int] = sum((row.steps for row in rows), Counter())
    total = sum(steps.values())
    lines.append("relaxation " + "  ".join(f"{step}: {steps[step] / total:.2%}" for step in sorted(steps)))
    lines += ["", f"worst {WORST}"]
    for row in sorted(rows, key=lambda one: one.score)[:WORST]:
        lines.append(f"  {row.score:.3f} {row.label}: {_shortfalls(row)}")
    lines += ["", *(f"refused: {label}: {words}" for label, words in islice(refused, WORST))]
    return "\n".join(lines)


def _spread(rows: Sequence[Row]) -> str:
    scores = [row.score for row in rows]
    off = [one for row in rows for one in row.days_off]
    named = [
        ("score", scores),
        ("sessions that succeed", [row.figures["session_success_rate"] for row in rows]),
        ("movement diversity", [row.figures["movement_diversity"] for row in rows]),
        ("minutes off", off),
        ("engine CPU s", [row.seconds for row in rows]),
    ]
    lines = [
        f"{name:22} " + "  ".join(f"p{share * 100:g} {quantile(values, share):.3f}" for share in (0, 0.05, 0.5, 0.95))
        for name, values in named
    ]
    within = sum(abs(one) <= 0.05 for one in off) / max(1, len(off))
    six = "  ".join(f"{name} {sum(row.kept[name] for row in rows) / len(rows):.2%}" for name in SIX)
    overall = sum(row.figures["session_success_rate"] for row in rows) / max(1, len(rows))
    lines.append(f"sessions that keep all six {overall:.2%}: {six}")
    return "\n".join([*lines, f"sessions within 5 % of their minutes {within:.2%}"])


def _pass_rates(rows: Sequence[Row]) -> list[str]:
    applies: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    for row in rows:
        for check in row.checks:
            applies[check.code] += check.applies
            passed[check.code] += check.applies and check.passed
    return [
        f"{code:9}  {applies[code]:7}  {passed[code] / applies[code]:7.1%}" for code in sorted(applies) if applies[code]
    ]


def _shortfalls(row: Row) -> str:
    missed = sorted((one for one in row.checks if one.applies and not one.passed), key=lambda one: one.score)
    return "; ".join(f"{one.code} {one.score:.2f} {one.witness or one.message}" for one in missed[:4])


def beside(catalogue: Catalogue, randoms: int) -> str:
    """Ours, the nine known programs and random plans that respect the kit, for three kinds of athlete.

    By the soft mean, because no known program keeps every hard criterion.
    """
    kinds = {
        "beginner, strength": ("beginner", {"strength": 10}),
        "intermediate, size": ("intermediate", {"hypertrophy": 10}),
        "advanced, strength and size": ("advanced", {"strength": 5, "hypertrophy": 5}),
    }
    lines = []
    for name, (experience, goals) in kinds.items():
        athlete = athlete_with(experience=experience)
        request = request_for(goals)
        ours = generate_plan(athlete, request, catalogue, History(), default_heuristics())
        lines.append(f"{name}: ours {report_of(ours, athlete, request, catalogue).figures['soft_score']:.2f}")
        for path in sorted((FIXTURES / "templates").glob("*.yaml")):
            lines.append(f"  {path.stem:18} {_known(path, athlete, request, catalogue):.2f}")
        scores = [_random_plan(ours, athlete, request, catalogue, seed) for seed in range(randoms)]
        cuts = f"p50 {quantile(scores, 0.5):.2f}, best {max(scores):.2f}"
        lines.append(f"  {len(scores)} random plans   {cuts}")
    return "\n".join(lines)


def _known(path: Path, athlete: Athlete, request: Request, catalogue: Catalogue) -> float:
    reference = read_reference(path.stem, path.read_text(encoding="utf-8"))
    ground = Ground(athlete, History(), catalogue.movements, default_heuristics())
    draft = draft_of(reference, START, reference.weekdays, ground)
    wanted = replace(request_of(reference, draft, START), goals=request.goals)
    return report_of(draft, athlete, wanted, catalogue).figures["soft_score"]


def _random_plan(ours: Draft, athlete: Athlete, request: Request, catalogue: Catalogue, seed: int) -> float:
    """The same frame with movements and doses thrown together, each session of its own."""
    rng = random.Random(seed)
    pool = [
        slug
        for slug, one in catalogue.movements.items()
        if athlete.kit.equipment.issuperset(one.equipment)
        and {Section.MAIN, Section.ACCESSORY} & set(one.sections)
        and one.pattern not in (MovementPattern.MOBILITY, MovementPattern.CARDIO)
    ]
    weeks = []
    for week in ours.microcycles:
        sessions = []
        for session in week.sessions:
            exercises = tuple(
                replace(one, movement=rng.choice(pool), sets=rng.randint(1, 6), target_load_kg=None)
                if one.section in (Section.MAIN, Section.ACCESSORY)
                else one
                for one in session.exercises
            )
            sessions.append(replace(session, exercises=exercises))
        weeks.append(replace(week, sessions=tuple(sessions)))
    draft = replace(ours, microcycles=tuple(weeks), choices=())
    return report_of(draft, athlete, request, catalogue).figures["soft_score"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--athletes", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--random", type=int, default=200)
    options = parser.parse_args()
    catalogue = load_catalogue()
    begun = time.monotonic()
    rows, refused = run(list(wide_cases(options.athletes, options.seed, catalogue)), options.processes)
    sys.stdout.write(describe(rows, refused) + "\n\n")
    sys.stdout.write(beside(catalogue, options.random) + f"\n\n{time.monotonic() - begun:.0f} s\n")
    if any(not check.passed for row in rows for check in row.checks if check.kind == "hard" and check.applies):
        raise SystemExit("A hard criterion fails.")


if __name__ == "__main__":
    main()
