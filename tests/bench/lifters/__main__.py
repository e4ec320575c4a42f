"""Simulated lifters on real plans, counted: `python -m tests.bench.lifters [--lifters N] [--careers N]`."""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter

from gainsly.lib.vocabulary import ExperienceLevel, ProgressionStyle
from programs.engine.heuristics import default_heuristics
from tests.bench.grid import athlete_with
from tests.bench.lifters.bands import Told, coverage, forecasts, stopping
from tests.bench.lifters.person import Nature
from tests.bench.lifters.promises import broken, growth_of_loads
from tests.bench.lifters.season import Season, athlete_of, begin, train
from tests.bench.lifters.trouble import TROUBLES, Trouble, complaints

SEED = 20_26
LIFTERS, CAREERS = 24, 200
DAY_CVS = (0.02, 0.03, 0.04)
SCALES = (0.6, 0.8, 1.0, 1.4)  # from a light beginner to a strong lifter
LEVELS = (ExperienceLevel.BEGINNER, ExperienceLevel.INTERMEDIATE, ExperienceLevel.ADVANCED)
STYLES = tuple(ProgressionStyle)
ENDURANCE = (0.166, 0.12)  # of the lognormal: 18 % more repetitions than the chart, an eighth to either side
BROKEN = (
    "jump",
    "down though made",
    "up after a failure",
    "up twice a week",
    "up in a deload",
    "deload missing",
    "faults",
)

OTHERS: dict[str, tuple[str, dict[str, object]]] = {
    "strength alone, a deload every sixth week": ("full_gym", {"goals": {"strength": 10}, "deload_every": 6}),
    "muscle alone, a deload every fifth week": ("full_gym", {"goals": {"hypertrophy": 10}, "deload_every": 5}),
    "endurance first, three full-body days": (
        "full_gym", {"goals": {"strength": 3, "endurance": 7}, "days": 3, "split": "full_body"},
    ),
    "six days of push, pull, legs": ("full_gym", {"days": 6, "split": "ppl"}),
    "dumbbells": ("dumbbells", {}),
    "a barbell at home": ("home_barbell", {}),
}  # fmt: skip


def someone(rng: random.Random, number: int, **changes: object) -> tuple[Nature, ExperienceLevel]:
    """A lifter of the population: gains vary between people by as much as their mean (docs/algorithms/lifters.md)."""
    level = LEVELS[number % len(LEVELS)]
    mean = default_heuristics().growth.weekly[level]
    nature = {
        "gain": max(-mean, rng.gauss(mean, mean)),
        "day_cv": DAY_CVS[number // len(LEVELS) % len(DAY_CVS)],
        "scale": SCALES[number % len(SCALES)] * rng.lognormvariate(0, 0.1),
        "endurance": rng.lognormvariate(*ENDURANCE),
    }
    return Nature(**{**nature, **changes}), level  # type: ignore[arg-type]


def seasons_of(style: ProgressionStyle, count: int) -> list[Season]:
    rng = random.Random(f"{SEED} {style}")
    found = []
    for number in range(count):
        nature, level = someone(rng, number)
        found.append(train(begin(nature, style, rng, athlete=athlete_of(level))))
    return found


def troubled(name: str, trouble: Trouble, count: int) -> list[Season]:
    """Intermediate lifters in this trouble, over the five styles."""
    rng = random.Random(f"{SEED} {name}")
    found = []
    for number in range(count):
        nature, level = someone(rng, 1 + len(LEVELS) * number, **{"gain": 0.006, **trouble.nature})
        season = begin(nature, STYLES[number % len(STYLES)], rng, athlete=athlete_of(level))
        found.append(train(season, trouble.misses))
    return found


def careers(level: ExperienceLevel, day_cv: float, count: int, *, stops: bool = False) -> list[Told]:
    """The forecasts of so many lifters of one level."""
    rng = random.Random(f"{SEED} {level} {day_cv}")
    mean = default_heuristics().growth.weekly[level]
    found: list[Told] = []
    for _ in range(count):
        nature = Nature(gain=rng.gauss(mean, mean), day_cv=day_cv, endurance=rng.lognormvariate(*ENDURANCE))
        found += forecasts(stopping(nature) if stops else nature, level, rng)
    return found


def _row(*cells: object) -> None:
    sys.stdout.write("| " + " | ".join(str(one) for one in cells) + " |\n")


def _head(*cells: str) -> None:
    _row(*cells)
    sys.stdout.write("|---" * len(cells) + "|\n")


def _made(seasons: list[Season]) -> str:
    done = [one for season in seasons for one in season.exposures]
    return f"{sum(one.made for one in done) / len(done):.1%}"


def styles(count: int) -> None:
    """The promises of each style."""
    _head("style", "exposures", "made", *BROKEN, "loads", "strength")
    for style in STYLES:
        seasons = seasons_of(style, count)
        total = sum((broken(one) for one in seasons), Counter())
        loads, strength = growth_of_loads(seasons)
        done = sum(len(one.exposures) for one in seasons)
        _row(style, done, _made(seasons), *(total[name] for name in BROKEN), f"{loads:+.1%}", f"{strength:+.1%}")


def others() -> None:
    """One season of each style on other goals, weeks, deloads and kits."""
    _head("asked for", "exposures", "made", "promises broken")
    for name, (kit, wishes) in OTHERS.items():
        seasons = []
        for style in STYLES:
            rng = random.Random(f"{SEED} {name} {style}")
            nature, level = someone(rng, 1)
            athlete = athlete_with(kit, level.value, bodyweight_kg=80.0)
            seasons.append(train(begin(nature, style, rng, athlete=athlete, **wishes)))
        found = sum((broken(one) for one in seasons), Counter())
        _row(name, sum(len(one.exposures) for one in seasons), _made(seasons), dict(found) or "none")


def troubles(count: int) -> None:
    """What a coach would object to in seasons that go wrong."""
    _head("lifter", "seasons", "made", "loads", "strength", "seasons objected to", "the commonest objection")
    for name, trouble in TROUBLES.items():
        seasons = troubled(name, trouble, count)
        found = [complaints(one, trouble) for one in seasons]
        loads, strength = growth_of_loads(seasons)
        common = Counter(line for lines in found for line in lines).most_common(1)
        objection = common[0][0] if common else "none"
        objected = sum(map(bool, found))
        _row(name, count, _made(seasons), f"{loads:+.1%}", f"{strength:+.1%}", objected, objection)


def bands(count: int) -> None:
    """How often the forecast's band of nine in ten holds, from the first day and after four weeks of log."""
    asked = [(since, weeks) for since in (0, 4) for weeks in (4, 8, 12) if since + weeks <= 12]
    columns = [f"{'first day' if since == 0 else 'week 4'} + {weeks}" for since, weeks in asked]
    _head("lifter", "day-to-day CV", *columns)
    for stops in (False, True):
        for level in LEVELS:
            for day_cv in DAY_CVS:
                found = coverage(careers(level, day_cv, count, stops=stops))
                name = f"{level}, gains nothing more" if stops else level
                _row(name, f"{day_cv:.0%}", *(f"{found[key].held:.0%}" for key in asked))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifters", type=int, default=LIFTERS, help="seasons for each row")
    parser.add_argument("--careers", type=int, default=CAREERS, help="lifters for each row of the forecast")
    chosen = parser.parse_args()
    styles(chosen.lifters)
    sys.stdout.write("\n")
    others()
    sys.stdout.write("\n")
    troubles(chosen.lifters)
    sys.stdout.write("\n")
    bands(chosen.careers)


if __name__ == "__main__":
    main()
