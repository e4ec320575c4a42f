"""How often the rules of progress speak up by chance: simulated lifters, counted. `python -m tests.bench.alarms`.

A lifter trains each of three patterns twice a week for twelve weeks; the e1RM grows steadily and varies from day to
day. Nothing else happens, so every plateau of a lifter who grows, every fall and every "new strength" of one who does
not is a false alarm. A last row is a lifter who truly falls by 8 % in every pattern over the last four weeks: there
silence is the fault.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections import Counter

from gainsly.lib.vocabulary import MovementPattern, SetKind
from logging_app.metrics import e1rm, pattern_strength, plateaus, records
from logging_app.metrics.facts import Lift, SetFact
from logging_app.metrics.pattern_strength import Exposure

LIFTERS = 1000
WEEKS = 12
SEED = 20_26
PATTERNS = (MovementPattern.SQUAT, MovementPattern.HINGE, MovementPattern.HORIZONTAL_PUSH)
START = dt.date(2026, 1, 5)
NOISES = (0.015, 0.03, 0.042)
GROWTHS = (0.0, 0.0025, 0.005, 0.01)  # a week; half a percent a session is the last
DROP = 0.08  # of the 1RM, in all patterns, over the last weeks: a real fall
DROP_WEEKS = 4
COLUMNS = ("plateau", "psi moved", "psi fell", "early deload", "new strength", "best yet")


def lifter(rng: random.Random, growth: float, noise: float, drop: float = 0.0) -> dict[MovementPattern, list[Exposure]]:
    """Two days a week in each pattern, kg; 100 at the start; ``drop`` is the share lost over the last four weeks."""
    days = [START + dt.timedelta(days=7 * week + day) for week in range(WEEKS) for day in (0, 3)]
    return {
        pattern: [
            Exposure(
                day,
                pattern,
                pattern.value,
                _true(day, growth, drop) * rng.lognormvariate(0, noise),
                1.0,
            )
            for day in days
        ]
        for pattern in PATTERNS
    }


def _true(day: dt.date, growth: float, drop: float) -> float:
    """What the lifter could lift on a day, kg."""
    weeks = (day - START).days / 7
    lost = drop * max(0.0, weeks - (WEEKS - DROP_WEEKS)) / DROP_WEEKS
    return 100 * (1 + growth * weeks) * (1 - lost)


def alarms(training: dict[MovementPattern, list[Exposure]]) -> Counter[str]:
    """Which rules spoke up at least once in the twelve weeks, judged every Sunday; records as counts a lift."""
    found: Counter[str] = Counter()
    everything = [one for exposures in training.values() for one in exposures]
    first = training[PATTERNS[0]]
    lift = [e1rm.Exposure(one.on, one.e1rm, 3.0) for one in first]
    for week in range(4, WEEKS):
        sunday = START + dt.timedelta(days=7 * week + 6)
        known = [one for one in everything if one.on <= sunday]
        indices = pattern_strength.indices(known, *pattern_strength.windows([], sunday))
        found["plateau"] |= plateaus.plateau([one for one in lift if one.on <= sunday], sunday) is not None
        found["psi moved"] |= indices[0].moved
        found["psi fell"] |= indices[0].fallen
        found["early deload"] |= pattern_strength.early_deload(indices)
    for record in records.of_movement([_fact(one) for one in first]):
        if record.kind == "e1rm" and record.previous is not None:
            found["new strength" if record.beyond_noise else "best yet"] += 1
    return found


def _fact(one: Exposure) -> SetFact:
    at = dt.datetime.combine(one.on, dt.time(18), tzinfo=dt.UTC)
    lift = Lift(key="squat", pattern=one.pattern)
    return SetFact(one.on.isoformat(), lift, one.on.isoformat(), at, SetKind.WORKING, 80, 5, e1rm=one.e1rm)


def main() -> None:
    rng = random.Random(SEED)
    write = sys.stdout.write
    write("| growth a week | day-to-day CV | " + " | ".join(COLUMNS) + " |\n" + "|---" * 8 + "|\n")
    for growth, drop in [*((growth, 0.0) for growth in GROWTHS), (0.0, DROP)]:
        for noise in NOISES:
            total: Counter[str] = Counter()
            for _ in range(LIFTERS):
                total.update(alarms(lifter(rng, growth, noise, drop)))
            shares = [f"{total[column] / LIFTERS:.0%}" for column in COLUMNS[:4]]
            counts = [f"{total[column] / LIFTERS:.2f}" for column in COLUMNS[4:]]
            name = f"{growth:.2%}" if not drop else f"falls by {drop:.0%}"
            write(f"| {name} | {noise:.1%} | " + " | ".join([*shares, *counts]) + " |\n")


if __name__ == "__main__":
    main()
