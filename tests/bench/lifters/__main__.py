"""Simulated lifters on real plans, the promises counted: `python -m tests.bench.lifters [--lifters N]`."""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter

from gainsly.lib.vocabulary import ExperienceLevel, ProgressionStyle
from programs.engine.heuristics import default_heuristics
from tests.bench.lifters.person import Nature
from tests.bench.lifters.promises import broken, growth_of_loads
from tests.bench.lifters.season import Season, athlete_of, begin, train

SEED = 20_26
LIFTERS = 40
DAY_CVS = (0.02, 0.03, 0.04)
SCALES = (0.45, 0.7, 1.0, 1.4)  # from a light beginner to a strong lifter
LEVELS = (ExperienceLevel.BEGINNER, ExperienceLevel.INTERMEDIATE, ExperienceLevel.ADVANCED)
BROKEN = ("jump", "down though made", "up after a failure", "up in a deload", "deload missing", "faults")


def someone(rng: random.Random, number: int, **changes: object) -> tuple[Nature, ExperienceLevel]:
    """A lifter of the population: gains vary between people by as much as their mean (docs/algorithms/lifters.md)."""
    level = LEVELS[number % len(LEVELS)]
    mean = default_heuristics().growth.weekly[level]
    nature = {
        "gain": rng.gauss(mean, mean),
        "day_cv": DAY_CVS[number // len(LEVELS) % len(DAY_CVS)],
        "scale": SCALES[number % len(SCALES)] * rng.lognormvariate(0, 0.1),
        "endurance": rng.lognormvariate(0.166, 0.12),
    }
    return Nature(**{**nature, **changes}), level  # type: ignore[arg-type]


def seasons_of(style: ProgressionStyle, count: int) -> list[Season]:
    rng = random.Random(f"{SEED} {style}")
    found = []
    for number in range(count):
        nature, level = someone(rng, number)
        found.append(train(begin(nature, style, rng, athlete=athlete_of(level))))
    return found


def styles(count: int) -> None:
    write = sys.stdout.write
    write("| style | exposures | made | " + " | ".join(BROKEN) + " | loads | strength |\n" + "|---" * 11 + "|\n")
    for style in ProgressionStyle:
        seasons = seasons_of(style, count)
        total = sum((broken(one) for one in seasons), Counter())
        done = [one for season in seasons for one in season.exposures]
        made = sum(one.made for one in done) / len(done)
        loads, strength = growth_of_loads(seasons)
        counts = " | ".join(str(total[name]) for name in BROKEN)
        write(f"| {style} | {len(done)} | {made:.1%} | {counts} | {loads:+.1%} | {strength:+.1%} |\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifters", type=int, default=LIFTERS, help="for each row")
    styles(parser.parse_args().lifters)


if __name__ == "__main__":
    main()
