"""How recovered each muscle is, from hard sets and soreness (docs/algorithms/recovery.md).

R(t) = 1 - D exp(-t / tau), D = min(1, hard sets / 8): 90 % after 48 hours, or after 72 when the sets went to failure
(Moran-Navarro 2017, Eur J Appl Physiol 117:2387; grade B). Several workouts add up, soreness overrides downward.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from gainsly.lib.vocabulary import Muscle
from logging_app.metrics.facts import SetFact
from logging_app.metrics.volume import is_hard

SETS_THAT_EMPTY = 8.0  # fractional hard sets in one workout that leave nothing (evidence 2.7; grade C)
TAU_HOURS = 20.8
TAU_FAILURE_HOURS = 31.3
SORENESS_SCALE = 10.0
READY = 0.90
HORIZON_HOURS = 240.0  # nothing is remembered longer
STEP_HOURS = 0.1
SECONDS_PER_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Dose:
    """What one workout did to one muscle: depth 0-1, and the time constant in hours with which it fades."""

    at: dt.datetime
    depth: float
    tau_hours: float


@dataclass(frozen=True, slots=True)
class Soreness:
    muscle: Muscle
    level: int  # 0-10
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class MuscleState:
    muscle: Muscle
    recovery: float  # 0 spent - 1 fresh
    hours_to_ready: float  # until 90 %, if nothing more is done


def doses(sets: Iterable[SetFact]) -> dict[Muscle, list[Dose]]:
    """Per muscle one dose for each workout, at the time of its last hard set; sets come workout by workout."""
    found: dict[Muscle, list[Dose]] = defaultdict(list)
    for _, grouped in groupby(sets, key=lambda fact: fact.workout):
        for muscle, dose in _doses_of_workout([fact for fact in grouped if is_hard(fact)]).items():
            found[muscle].append(dose)
    return dict(found)


def _doses_of_workout(hard: Sequence[SetFact]) -> dict[Muscle, Dose]:
    total: dict[Muscle, float] = defaultdict(float)
    failed: dict[Muscle, float] = defaultdict(float)
    for fact in hard:
        for muscle, share in fact.lift.shares.items():
            total[muscle] += share
            failed[muscle] += share if fact.to_failure else 0.0
    last = max((fact.at for fact in hard), default=None)
    if last is None:
        return {}
    return {
        muscle: Dose(at=last, depth=min(1.0, sets / SETS_THAT_EMPTY), tau_hours=_tau(failed[muscle] / sets))
        for muscle, sets in total.items()
        if sets > 0
    }


def _tau(share_to_failure: float) -> float:
    """Between the two published constants by the share of sets that went to failure."""
    return TAU_HOURS + (TAU_FAILURE_HOURS - TAU_HOURS) * share_to_failure


def recovery_at(at: dt.datetime, muscle_doses: Iterable[Dose], soreness: Soreness | None = None) -> float:
    """Recovery 0-1 of one muscle. What lies after ``at`` has not happened yet."""
    spent = sum(_spent(dose, at) for dose in muscle_doses if dose.at <= at)
    return 1.0 - max(min(1.0, spent), _soreness_left(soreness, at))


def states(
    at: dt.datetime,
    sets: Iterable[SetFact],
    reports: Iterable[Soreness] = (),
    recreation: Mapping[Muscle, Sequence[Dose]] | None = None,
) -> list[MuscleState]:
    """Every muscle that was trained or is sore, least recovered first; the newest soreness report of each counts.

    ``recreation`` holds what activities did, as doses (metrics/recreation.py); it only ever lowers recovery.
    """
    by_muscle = doses(sets)
    for muscle, more in (recreation or {}).items():
        by_muscle[muscle] = [*by_muscle.get(muscle, []), *more]
    sore: dict[Muscle, Soreness] = {}
    for report in sorted(reports, key=lambda one: one.at):
        if report.at <= at:
            sore[report.muscle] = report
    found = [_state(muscle, at, by_muscle.get(muscle, []), sore.get(muscle)) for muscle in sorted({*by_muscle, *sore})]
    return sorted(found, key=lambda state: (state.recovery, state.muscle))


def _state(muscle: Muscle, at: dt.datetime, muscle_doses: Sequence[Dose], soreness: Soreness | None) -> MuscleState:
    recovery = recovery_at(at, muscle_doses, soreness)
    return MuscleState(muscle=muscle, recovery=recovery, hours_to_ready=_hours_to_ready(at, muscle_doses, soreness))


def _hours_to_ready(at: dt.datetime, muscle_doses: Sequence[Dose], soreness: Soreness | None) -> float:
    """Hours until 90 %, to a tenth: recovery only rises while nothing is done, so halving finds it."""
    left = [(_spent(dose, at), dose.tau_hours) for dose in muscle_doses if dose.at <= at]
    sore = _soreness_left(soreness, at)
    low, high = 0, round(HORIZON_HOURS / STEP_HOURS)
    while low < high:
        middle = (low + high) // 2
        hours = middle * STEP_HOURS
        spent = sum(part * math.exp(-hours / tau) for part, tau in left)
        if 1.0 - max(min(1.0, spent), sore * math.exp(-hours / TAU_FAILURE_HOURS)) >= READY:
            high = middle
        else:
            low = middle + 1
    return round(low * STEP_HOURS, 1)


def _spent(dose: Dose, at: dt.datetime) -> float:
    """What is left of a dose at a moment, 0-1."""
    return dose.depth * math.exp(-_hours(dose.at, at) / dose.tau_hours)


def _soreness_left(soreness: Soreness | None, at: dt.datetime) -> float:
    if soreness is None or soreness.at > at:
        return 0.0
    return soreness.level / SORENESS_SCALE * math.exp(-_hours(soreness.at, at) / TAU_FAILURE_HOURS)


def _hours(start: dt.datetime, end: dt.datetime) -> float:
    return (end - start).total_seconds() / SECONDS_PER_HOUR
