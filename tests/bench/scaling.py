"""How the engine grows with its library and its weeks, and how often more never means worse.

`python -m tests.bench.scaling [--copies 1 10 100] [--grid N]` prints figures and ratios, never a verdict.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections import Counter
from dataclasses import replace
from math import log

from gainsly.lib.vocabulary import MovementPattern, MovementRuleType, Section
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.objective import objective
from programs.engine.types import Athlete, Catalogue, Draft, History, Request, RuleFact
from tests.bench.grid import athlete_with, load_catalogue, request_for
from tests.bench.optimum import models_of

BASE = 600
ROUNDS = 3


def library_of(catalogue: Catalogue, size: int) -> Catalogue:
    """A library of this size: the first movements evenly over the slugs, then copies under other slugs."""
    slugs = sorted(catalogue.movements)
    first = [catalogue.movements[slugs[number * len(slugs) // BASE]] for number in range(BASE)]
    made = {
        slug: replace(movement, slug=slug)
        for copy in range(size // BASE)
        for movement in first
        for slug in (movement.slug if not copy else f"{movement.slug}-{copy}",)
    }
    return Catalogue(made, f"synthetic-{size}")


def cpu(athlete: Athlete, request: Request, catalogue: Catalogue) -> tuple[float, int]:
    """The least CPU seconds of a few rounds, and the sessions of the plan."""
    best, sessions = float("inf"), 0
    for _ in range(ROUNDS):
        begun = time.process_time()
        draft = generate_plan(athlete, request, catalogue, History(), default_heuristics())
        best = min(best, time.process_time() - begun)
        sessions = sum(len(week.sessions) for week in draft.microcycles)
    return best, sessions


def scaling(catalogue: Catalogue, copies: list[int]) -> None:
    athlete, goals, before = athlete_with(), {"hypertrophy": 6, "strength": 4}, 0.0
    for weeks in (8, 10, 12):
        seconds, sessions = cpu(athlete, request_for(goals, "ppl", 6, weeks), catalogue)
        sys.stdout.write(
            f"{weeks} weeks x 6, {len(catalogue.movements)} movements: {seconds * 1000:.0f} ms CPU, "
            f"{seconds / sessions * 1000:.2f} ms a session\n"
        )
    for size in (BASE * many for many in copies):
        seconds, _ = cpu(athlete, request_for(goals, "ppl", 6, 12), library_of(catalogue, size))
        grown = size * log(size) / (size / 10 * log(size / 10))
        ratio = f", {seconds / before:.1f}x for ten times as many (n log n: {grown:.1f}x)" if before else ""
        sys.stdout.write(f"{size} movements: {seconds * 1000:.0f} ms CPU{ratio}\n")
        before = seconds


def patterns_of(draft: Draft, catalogue: Catalogue) -> list[list[MovementPattern]]:
    """The patterns that lead each day: a wider kit may lead with others, and then it is not the same choice."""
    return [
        [catalogue.movements[one.movement].pattern for one in session.exercises if one.section is Section.MAIN]
        for session in draft.microcycles[0].sessions
    ]


def shares_kept(catalogue: Catalogue, cells: int) -> None:
    """Over a grid: how often more kit and more time do not lower the objective, and a veto does not raise it.

    A veto is asked of the block that chose, whose objective the search maximises, and of the mean of all blocks: the
    next block must change its assistance, and has more left to choose from where its favourite was not spent before.
    """
    kept: Counter[str] = Counter()
    asked: Counter[str] = Counter()

    def plan(athlete: Athlete, request: Request) -> Draft:
        return generate_plan(athlete, request, catalogue, History(), default_heuristics())

    def first(athlete: Athlete) -> float:
        return objective(*models_of(athlete, request, catalogue).models[0])

    axes = list(
        itertools.product(
            ("hypertrophy", "strength", "fat_loss"),
            ("full_body", "upper_lower", "ppl"),
            range(2, 7),
            ("dumbbells", "home_barbell"),
            ("beginner", "intermediate", "advanced"),
        )
    )
    for goal, split, days, kit, level in axes[:: max(1, len(axes) // cells)]:
        request, athlete = request_for({goal: 10}, split, days), athlete_with(kit, level)
        here, wider = plan(athlete, request), plan(athlete_with("full_gym", level), request)
        frame = "in the same frame" if patterns_of(here, catalogue) == patterns_of(wider, catalogue) else "in another"
        holds = {
            f"more equipment, {frame}": wider.objective >= here.objective,
            "more time": plan(athlete, replace(request, session_minutes=75)).objective >= here.objective,
        }
        chosen = next((one.movement for one in here.choices if one.key.startswith("accessory/")), None)
        if chosen:
            vetoed = replace(athlete, rules=(RuleFact(chosen, MovementRuleType.HARD_NO),))
            holds["a hard_no, the block that chose it"] = first(vetoed) <= first(athlete)
            holds["a hard_no, all blocks"] = plan(vetoed, request).objective <= here.objective
        asked.update(holds.keys())
        kept.update(name for name, held in holds.items() if held)
    for name in asked:
        sys.stdout.write(f"{name}: kept in {kept[name]} of {asked[name]} ({kept[name] / asked[name]:.1%})\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, nargs="*", default=[1, 10, 100])
    parser.add_argument("--grid", type=int, default=270)
    options = parser.parse_args()
    catalogue = load_catalogue()
    scaling(catalogue, options.copies)
    shares_kept(catalogue, options.grid)


if __name__ == "__main__":
    main()
