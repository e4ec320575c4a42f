"""How recovered the athlete is: muscles from sets and soreness, the day from its check-in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gainsly.lib.vocabulary import Muscle, RecoverySource
from logging_app.history import SetRow, lifts_of, recent_recreation, recent_sets, soreness_reports
from logging_app.metrics import readiness, recovery
from logging_app.metrics.facts import SetFact
from logging_app.models import BiometricEntry, RecoverySignal, SorenessLog
from movements.selectors import ListedMovement, movements_by_id

SORE_TODAY = dt.timedelta(hours=24)  # older reports speak of another day
MUSCLES = tuple(muscle for muscle in Muscle if muscle is not Muscle.FULL_BODY)


@dataclass(frozen=True, slots=True)
class Recovery:
    """A day's recovery score (``None`` when nothing was told) and every muscle's state, in the order of the map."""

    score: readiness.RecoveryScore | None
    muscles: tuple[recovery.MuscleState, ...]

    def document(self) -> dict[str, Any]:
        worst = self.score.worst if self.score else None
        return {
            "score": self.score.score if self.score else None,
            "worst": {"part": worst.part, "value": worst.value} if worst else None,
            "muscles": {state.muscle.value: round(state.recovery, 2) for state in self.muscles},
        }


def soreness_of(user: Any) -> QuerySet[SorenessLog]:
    return SorenessLog.objects.of(user).order_by("-at", "-id")


def signals_of(user: Any) -> QuerySet[RecoverySignal]:
    return RecoverySignal.objects.of(user).order_by("-date", "-id")


def biometrics_of(user: Any, kind: str | None = None) -> QuerySet[BiometricEntry]:
    rows = BiometricEntry.objects.of(user).order_by("-taken_at", "-id")
    return rows.filter(kind=kind) if kind else rows


def muscle_states(user: Any, at: dt.datetime) -> tuple[recovery.MuscleState, ...]:
    """Every muscle's recovery at a moment, untouched ones fresh. Four queries."""
    rows = recent_sets(user, at)
    listed = movements_by_id({row.movement_id for row in rows})
    return _states(at, rows, listed, soreness_reports(user, at), recent_recreation(user, at))


def recovery_on(
    user: Any, date: dt.date, at: dt.datetime, movement_ids: Iterable[UUID] = ()
) -> tuple[Recovery, Mapping[UUID, ListedMovement]]:
    """Recovery at a moment of a day, and the movements asked for beside it (one look into the library for both).

    Five queries.
    """
    rows = recent_sets(user, at)
    listed = movements_by_id({*(row.movement_id for row in rows), *movement_ids})
    reports = soreness_reports(user, at)
    signals = list(RecoverySignal.objects.of(user).filter(date=date))
    score = readiness.recovery_score(_signals(signals, reports, at))
    return Recovery(score=score, muscles=_states(at, rows, listed, reports, recent_recreation(user, at))), listed


def _states(
    at: dt.datetime,
    rows: Iterable[SetRow],
    listed: Mapping[UUID, ListedMovement],
    reports: Iterable[recovery.Soreness],
    activities: Mapping[Muscle, Sequence[recovery.Dose]],
) -> tuple[recovery.MuscleState, ...]:
    lifts = lifts_of(listed)
    facts: list[SetFact] = [row.fact(lifts[row.movement_id]) for row in rows]
    known = {state.muscle: state for state in recovery.states(at, facts, reports, activities)}
    return tuple(known.get(muscle) or recovery.MuscleState(muscle, 1.0, 0.0) for muscle in MUSCLES)


def _signals(
    rows: Iterable[RecoverySignal], reports: Iterable[recovery.Soreness], at: dt.datetime
) -> readiness.Signals:
    """The day's signals: what the athlete said wins over what a device said."""
    ordered = sorted(rows, key=lambda row: (row.source != RecoverySource.MANUAL, row.source))
    newest: dict[Muscle, recovery.Soreness] = {}
    for report in reports:
        if report.at >= at - SORE_TODAY and (report.muscle not in newest or report.at >= newest[report.muscle].at):
            newest[report.muscle] = report
    told = [
        readiness.Signals(
            sleep_hours=row.sleep_hours,
            sleep_quality=row.sleep_quality,
            mood=row.mood,
            motivation=row.motivation,
            stress=row.stress,
            fatigue=row.fatigue,
            readiness=row.readiness,
        )
        for row in ordered
    ]
    sore = max((report.level for report in newest.values()), default=None)
    return readiness.merged([*told, readiness.Signals(soreness=sore)])
