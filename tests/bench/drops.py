"""False alarms of an early deload, and how soon a real drop is met: `python -m tests.bench.drops`.

The lifters of `tests.bench.alarms` on blocks of four weeks, judged every Sunday from the fifth week on by the rule that
advises an early deload, by the plateau rule and by the records. A real drop happens within one week, in every pattern,
and stays; its delay is counted from the first day on which it is felt.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass

from gainsly.lib.vocabulary import MovementPattern
from logging_app.metrics import e1rm, pattern_strength, plateaus, records
from logging_app.metrics.pattern_strength import Cycle, Exposure
from tests.bench.alarms import NOISES, PATTERNS, START, _fact

LIFTERS = 1000
SEED = 20_26
BLOCKS, BLOCK_WEEKS = 6, 4
WEEKS = BLOCKS * BLOCK_WEEKS
DROP_WEEK = 12
A_SESSION = 0.005
DROPS = (0.06, 0.08, 0.10)
SOON_WEEKS = 4
Course = Callable[[int], float]  # week, counted from 0, with two sessions in each: the strength beside the first day's


@dataclass(frozen=True, slots=True)
class Heard:
    """What one lifter was told: the weeks of an early deload and of a plateau, and the records of the first lift."""

    deloads: tuple[int, ...]
    plateaus: tuple[int, ...]
    strengths: int  # "new strength"


def flat(_half: int) -> float:
    return 1.0


def growing(half: int) -> float:
    """Half a percent a session."""
    return float((1 + A_SESSION) ** half)


def dropping(drop: float) -> Course:
    """Unchanged, then lower from the Monday of the thirteenth week on, half of it on its first day."""

    def course(half: int) -> float:
        since = half - 2 * DROP_WEEK
        return 1.0 if since < 0 else 1 - drop * min(1.0, 0.5 + 0.5 * since)

    return course


def listen(rng: random.Random, course: Course, noise: float) -> Heard:
    """Twenty-four weeks; every fourth is a deload, whose days tell nothing."""
    everything: list[Exposure] = []
    cycles = [
        Cycle(START + dt.timedelta(weeks=week), is_deload=week % BLOCK_WEEKS == BLOCK_WEEKS - 1)
        for week in range(WEEKS)
    ]
    deloads, stuck = [], []
    for week, cycle in enumerate(cycles):
        if not cycle.is_deload:
            everything += [
                _exposure(pattern, cycle.start, half, 100 * course(2 * week + half) * rng.lognormvariate(0, noise))
                for half in (0, 1)
                for pattern in PATTERNS
            ]
        sunday = cycle.start + dt.timedelta(days=6)
        if week < BLOCK_WEEKS:
            continue
        indices = pattern_strength.indices(everything, *pattern_strength.windows(cycles[: week + 1], sunday))
        if pattern_strength.early_deload(indices):
            deloads.append(week)
        lift = [e1rm.Exposure(one.on, one.e1rm, 3.0) for one in everything if one.pattern is PATTERNS[0]]
        if plateaus.plateau(lift, sunday) is not None:
            stuck.append(week)
    first = [_fact(one) for one in everything if one.pattern is PATTERNS[0]]
    found = records.of_movement(first)
    return Heard(tuple(deloads), tuple(stuck), sum(one.kind == "e1rm" and one.beyond_noise for one in found))


def _exposure(pattern: MovementPattern, monday: dt.date, half: int, kg: float) -> Exposure:
    return Exposure(monday + dt.timedelta(days=3 * half), pattern, pattern.value, kg, 1.0)


def false_blocks(heard: list[Heard]) -> float:
    """The share of blocks with an early deload advised in them; the first block is never judged."""
    blocks = sum(len({week // BLOCK_WEEKS for week in one.deloads}) for one in heard)
    return blocks / (len(heard) * (BLOCKS - 1))


def delays(heard: list[Heard]) -> list[int]:
    """Days from the drop to the first Sunday on which an early deload is advised; those never told are left out."""
    firsts = (next((week for week in one.deloads if week >= DROP_WEEK), None) for one in heard)
    return [7 * (week - DROP_WEEK) + 6 for week in firsts if week is not None]


def run(course: Course, noise: float, lifters: int, seed: int = SEED) -> list[Heard]:
    rng = random.Random(f"{seed} {noise}")
    return [listen(rng, course, noise) for _ in range(lifters)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifters", type=int, default=LIFTERS)
    count = parser.parse_args().lifters
    write = sys.stdout.write
    write("| lifter | day-to-day CV | early deload, a block | plateau | new strength, a lift |\n" + "|---" * 5 + "|\n")
    for name, course in (("no change", flat), ("+0.5 % a session", growing)):
        for noise in NOISES:
            heard = run(course, noise, count)
            stuck = sum(bool(one.plateaus) for one in heard) / count
            strengths = sum(one.strengths for one in heard) / count
            write(f"| {name} | {noise:.1%} | {false_blocks(heard):.2%} | {stuck:.0%} | {strengths:.2f} |\n")
    write("\n| drop | day-to-day CV | told within four weeks | told at all | median delay |\n" + "|---" * 5 + "|\n")
    for drop in DROPS:
        for noise in NOISES:
            found = delays(run(dropping(drop), noise, count))
            soon = sum(days <= 7 * SOON_WEEKS for days in found) / count
            middle = f"{statistics.median(found):g} days" if found else "-"
            write(f"| {drop:.0%} | {noise:.1%} | {soon:.0%} | {len(found) / count:.0%} | {middle} |\n")


if __name__ == "__main__":
    main()
