"""The grid of the first issue: plans over splits, days, lengths, goals and kits, judged by the quality report.

``python -m tests.bench.grid`` prints the published table; ``--sample N`` judges N requests drawn over wider ranges
(goal mixes, experience, minutes, kits, injuries) instead.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gainsly.lib.vocabulary import (
    ExperienceLevel,
    Goal,
    InjuryArea,
    ProgressionStyle,
    SplitTemplate,
)
from movements.catalogue.fixture import parse_library
from movements.catalogue.kits import DUMBBELLS_KG, KIT_PRESETS
from programs.engine.constraints import Infeasible
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.quality.assess import assess
from programs.engine.quality.model import graded
from programs.engine.types import (
    Athlete,
    Catalogue,
    Draft,
    GoalWeight,
    History,
    InjuryFact,
    Kit,
    QualityReport,
    Request,
)

FIXTURES = Path(__file__).parents[2] / "fixtures"
START = dt.date(2026, 11, 23)
TABLE_KITS = ("full_gym", "home_barbell", "dumbbells", "bodyweight")
STYLES = {
    ExperienceLevel.BEGINNER: ProgressionStyle.SINGLE,
    ExperienceLevel.INTERMEDIATE: ProgressionStyle.DOUBLE,
    ExperienceLevel.ADVANCED: ProgressionStyle.WAVE,
    ExperienceLevel.EXPERT: ProgressionStyle.WAVE,
}


def load_catalogue() -> Catalogue:
    """The published library."""
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted((FIXTURES / "movements").glob("*.json"))}
    relations = {name: text for name, text in files.items() if name.startswith("relations")}
    movements = {name: text for name, text in files.items() if name not in relations}
    return Catalogue(parse_library(movements=movements, relations={}, circuits={}).movements, "fixtures")


def athlete_with(kit: str = "full_gym", experience: str = "intermediate", **changes: object) -> Athlete:
    return Athlete(
        experience=ExperienceLevel(experience),
        kit=Kit(equipment=frozenset(KIT_PRESETS[kit]), dumbbells_kg=DUMBBELLS_KG),
        **changes,  # type: ignore[arg-type]
    )


def request_for(
    goals: dict[str, int], split: str = "upper_lower", days: int = 4, weeks: int = 8, **changes: object
) -> Request:
    defaults: dict[str, object] = {"progression": ProgressionStyle.DOUBLE, "deload_every": 4, "start_date": START}
    return Request(
        duration_weeks=weeks,
        days_per_week=days,
        goals=tuple(GoalWeight(Goal(goal), weight) for goal, weight in goals.items()),
        split=SplitTemplate(split),
        **{**defaults, **changes},  # type: ignore[arg-type]
    )


@dataclass
class Tally:
    """What a run over many requests found."""

    plans: int = 0
    refused: int = 0
    hard: Counter[str] = field(default_factory=Counter)
    soft: Counter[str] = field(default_factory=Counter)
    witnesses: dict[str, str] = field(default_factory=dict)
    scores: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    deviations: list[float] = field(default_factory=list)  # minutes beside the target, loading weeks

    def add(self, label: str, draft: Draft, request: Request, report: QualityReport, seconds: float) -> None:
        self.plans += 1
        self.seconds.append(seconds)
        self.scores.append(report.score)
        for check in report.checks:
            if check.applies and not check.passed:
                (self.hard if check.kind == "hard" else self.soft)[check.code] += 1
                self.witnesses.setdefault(check.code, f"{label}: {check.message} [{check.witness}]")
        self.deviations += [
            session.estimated_minutes / request.session_minutes - 1
            for one in draft.microcycles
            if not one.is_deload
            for session in one.sessions
        ]


def run(cases: Iterable[tuple[str, Athlete, Request]], catalogue: Catalogue, *, verbose: bool = False) -> Tally:
    tally, config = Tally(), default_heuristics()
    for label, athlete, request in cases:
        begun = time.process_time()
        try:
            draft = generate_plan(athlete, request, catalogue, History(), config)
        except Infeasible as error:
            tally.refused += 1
            tally.witnesses.setdefault("refused", f"{label}: {error}")
            continue
        spent = time.process_time() - begun
        program = graded(draft.microcycles, request, catalogue.movements, draft.warnings)
        report = assess(program, athlete, catalogue.movements.values())
        tally.add(label, draft, request, report, spent)
        if verbose and not report.success:
            sys.stdout.write(
                f"{label}: {[check.code for check in report.checks if check.applies and not check.passed]}\n"
            )
    return tally


def table_cases() -> Iterator[tuple[str, Athlete, Request]]:
    """4 splits x 6 day counts x 3 lengths x 7 single goals x 4 kits."""
    axes = itertools.product(SplitTemplate, range(2, 8), (8, 10, 12), Goal, TABLE_KITS)
    for split, days, weeks, goal, kit in axes:
        yield f"{split}/{days}d/{weeks}w/{goal}/{kit}", athlete_with(kit), request_for({goal: 10}, split, days, weeks)


def sample_cases(count: int, seed: int = 1) -> Iterator[tuple[str, Athlete, Request]]:
    """Requests drawn over everything an athlete may ask for."""
    rng = random.Random(seed)
    for _ in range(count):
        goals = rng.sample(list(Goal), rng.choice((1, 2, 2, 3)))
        points = _ten(len(goals), rng)
        experience = rng.choice(list(ExperienceLevel))
        kit = rng.choice(list(KIT_PRESETS))
        injuries = (InjuryFact(rng.choice(list(InjuryArea)), rng.choice((1, 2, 3))),) if rng.random() < 0.25 else ()
        days = rng.randint(2, 7)
        weekdays = tuple(sorted(rng.sample(range(7), rng.randint(days, 7))))
        athlete = athlete_with(kit, experience, injuries=injuries, available_weekdays=weekdays)
        request = request_for(
            dict(zip(goals, points, strict=True)),
            rng.choice(list(SplitTemplate)),
            days,
            rng.choice((8, 10, 12)),
            progression=rng.choice([STYLES[experience], *ProgressionStyle]),
            session_minutes=rng.choice((20, 30, 40, 45, 60, 60, 75, 90, 120, 150)),
            deload_every=rng.choice((4, 4, 5, 6) if experience != "beginner" else (6, 6, 8)),
            seed=rng.randint(0, 99),
        )
        mix = "+".join(f"{one.goal}{one.weight}" for one in request.goals)
        hurt = "".join(f"/{one.area}{one.severity}" for one in injuries)
        yield (
            f"{request.split}/{days}d/{request.duration_weeks}w/{mix}/{kit}/{experience}/{request.session_minutes}min{hurt}",
            athlete,
            request,
        )


def _ten(parts: int, rng: random.Random) -> list[int]:
    cuts = sorted(rng.sample(range(1, 10), parts - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, 10], strict=True)]


def quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def describe(tally: Tally) -> str:
    """The table in words and numbers."""
    lines = [f"plans {tally.plans}, refused {tally.refused}", f"hard failures {dict(tally.hard.most_common())}"]
    lines.append(f"soft shortfalls {dict(tally.soft.most_common())}")
    for name, values in (("score", tally.scores), ("cpu s", tally.seconds), ("minutes off", tally.deviations)):
        cuts = "  ".join(f"p{int(share * 100)} {quantile(values, share):.3f}" for share in (0, 0.05, 0.5, 0.95, 0.999))
        lines.append(f"{name:12} {cuts}")
    within = [abs(one) <= 0.05 for one in tally.deviations]
    lines.append(f"within 5 % {sum(within) / max(1, len(within)):.4f}")
    return "\n".join([*lines, *(f"  {code}: {text}" for code, text in sorted(tally.witnesses.items()))])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="only every n-th cell of the table")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    cases = sample_cases(options.sample, options.seed) if options.sample else table_cases()
    tally = run(itertools.islice(cases, 0, None, options.every), load_catalogue(), verbose=options.verbose)
    sys.stdout.write(describe(tally) + "\n")


if __name__ == "__main__":
    main()
