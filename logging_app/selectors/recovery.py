"""How recovered the athlete is: muscles from sets and soreness, the day from its check-in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gainsly.lib.vocabulary import Muscle
from logging_app.history import SetRow, lifts_of, recent_recreation, recent_sets, soreness_reports
from logging_app.metrics import hrv, readiness, recovery
from logging_app.metrics.facts import SetFact
from logging_app.models import BiometricEntry, RecoverySignal, SorenessLog
from movements.selectors import ListedMovement, movements_by_id

from . import standing

SORE_TODAY = dt.timedelta(hours=24)  # older reports speak of another day
MUSCLES = tuple(muscle for muscle in Muscle if muscle is not Muscle.FULL_BODY)


@dataclass(frozen=True, slots=True)
class Recovery:
    """A day's recovery score (``None`` when nothing was told) and every muscle's state, in the order of the map.

    ``falling`` are the patterns that advise an easy week, ``worn_out`` the check-ins that do; neither speaks up close
    after one. ``hrv_low`` is a week below the athlete's own normal.
    """

    score: readiness.RecoveryScore | None
    muscles: tuple[recovery.MuscleState, ...]
    falling: tuple[str, ...] = ()
    worn_out: bool = False
    hrv_low: bool = False
    running: standing.Running | None = None
    activities: tuple[standing.DayActivity, ...] = ()

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

    Four queries.
    """
    tops = standing.sets_that_matter(user, at)
    listed = movements_by_id({*(top.row.movement_id for top in tops), *movement_ids})
    told = standing.told(user, date, at)
    felt_since = at - dt.timedelta(hours=recovery.HORIZON_HOURS)
    felt = [top.row for top in tops if top.row.performed_at >= felt_since]
    eased = standing.eased_lately(tops, date)
    found = Recovery(
        score=readiness.recovery_score(readiness.merged([told.merged(date), _sore(told.soreness, at)])),
        muscles=_states(at, felt, listed, told.soreness, recent_recreation(user, at)),
        falling=() if eased else standing.falling(tops, listed, date),
        worn_out=not eased and readiness.worn_out(told.scores(), date),
        hrv_low=hrv.ease_off(told.rmssd(), date),
        running=told.running,
        activities=told.activities,
    )
    return found, listed


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


def _sore(reports: Iterable[recovery.Soreness], at: dt.datetime) -> readiness.Signals:
    """The worst muscle of the day."""
    newest = {report.muscle: report for report in reports if report.at >= at - SORE_TODAY}
    return readiness.Signals(soreness=max((report.level for report in newest.values()), default=None))
