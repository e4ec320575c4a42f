"""The recovery score of a day, from whatever the athlete or a device told (docs/algorithms/readiness.md)."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FULL_SLEEP_HOURS = 8.0
TEN = 10.0
TOP = 100.0
BASELINE_DAYS = 28
LEAST_DAYS = 7  # of the baseline
WORN_Z = -1.5
LOOKED_AT_DAYS, WORN_DAYS = 5, 3  # evidence 2.5: three of five days; grade C
LEAST_SD = 5.0  # points: who always answers alike is not worn out by one point less


@dataclass(frozen=True, slots=True)
class Signals:
    """A day's signals; scales as in decisions.md 20: 10 is best for quality, mood, motivation, worst for the rest."""

    sleep_hours: float | None = None
    sleep_quality: float | None = None
    mood: float | None = None
    motivation: float | None = None
    stress: float | None = None
    fatigue: float | None = None
    soreness: float | None = None  # the worst muscle, 0-10
    readiness: float | None = None  # a device's own, 0-100


@dataclass(frozen=True, slots=True)
class Part:
    part: str
    value: float  # 0-100


@dataclass(frozen=True, slots=True)
class RecoveryScore:
    score: float  # 0-100
    worst: Part
    parts: tuple[Part, ...]


def parts_of(signals: Signals) -> list[Part]:
    """What is known, each on 0-100 with 100 as best, in a fixed order."""
    sleep = None if signals.sleep_hours is None else min(TOP, signals.sleep_hours / FULL_SLEEP_HOURS * TOP)
    values = {
        "sleep": sleep,
        "sleep_quality": _good(signals.sleep_quality),
        "mood": _good(signals.mood),
        "motivation": _good(signals.motivation),
        "stress": _bad(signals.stress),
        "fatigue": _bad(signals.fatigue),
        "soreness": _bad(signals.soreness),
        "readiness": signals.readiness,
    }
    return [Part(part=part, value=float(value)) for part, value in values.items() if value is not None]


def recovery_score(signals: Signals) -> RecoveryScore | None:
    """The mean of the known parts, weighted equally, with its weakest part; ``None`` when nothing is known."""
    parts = parts_of(signals)
    if not parts:
        return None
    score = sum(part.value for part in parts) / len(parts)
    return RecoveryScore(score=round(score, 1), worst=min(parts, key=lambda part: part.value), parts=tuple(parts))


def merged(signals: Iterable[Signals]) -> Signals:
    """One day's signals of several sources: the first source that told a value wins."""
    values: dict[str, float] = {}
    for one in signals:
        for name in Signals.__dataclass_fields__:
            value = getattr(one, name)
            if value is not None:
                values.setdefault(name, value)
    return Signals(**values)


def worn_out(scores: Mapping[dt.date, float], on: dt.date) -> bool:
    """Whether three of the last five days were far below the athlete's own four weeks before them.

    ``scores`` are recovery scores by day. ``False`` below seven days of baseline: nothing is guessed.
    """
    lately = [scores[day] for n in range(LOOKED_AT_DAYS) if (day := on - dt.timedelta(days=n)) in scores]
    first = on - dt.timedelta(days=LOOKED_AT_DAYS + BASELINE_DAYS - 1)
    before = [score for day, score in scores.items() if first <= day <= on - dt.timedelta(days=LOOKED_AT_DAYS)]
    if len(before) < LEAST_DAYS:
        return False
    limit = statistics.fmean(before) + WORN_Z * max(statistics.stdev(before), LEAST_SD)
    return sum(score <= limit for score in lately) >= WORN_DAYS


def _good(value: float | None) -> float | None:
    return None if value is None else value * TEN


def _bad(value: float | None) -> float | None:
    return None if value is None else TOP - value * TEN
