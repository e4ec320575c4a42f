"""What the soreness that an athlete told may come from: their workouts and activities of the days before."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gainsly.lib.vocabulary import ActivitySource, Muscle
from logging_app.history import lifts_of, rows_of
from logging_app.metrics import recreation, soreness_cause
from logging_app.metrics.soreness_cause import Cause, Work
from logging_app.metrics.volume import is_hard
from logging_app.models import ActivityInstance, SetLog, SorenessLog, WorkoutLog
from movements.selectors import movements_by_id

WINDOW = dt.timedelta(hours=soreness_cause.GONE_HOURS)


@dataclass(frozen=True, slots=True)
class Source:
    """A workout or an activity that may have made a muscle sore; ``workout_id`` is none for an activity."""

    title: str
    date: dt.date
    workout_id: UUID | None
    cause: Cause


def causes_of(user: Any, reports: Sequence[SorenessLog]) -> dict[UUID, Source]:
    """The probable source of each report by its id, where there is one. Four queries, none without reports."""
    sore = [one for one in reports if one.level]
    if not sore:
        return {}
    since, until = min(one.at for one in sore) - WINDOW, max(one.at for one in sore)
    work, titles = _work(user, since, until)
    found = {}
    for report in sore:
        cause = soreness_cause.cause(report.at, work[Muscle(report.muscle)])
        if cause is not None:
            title, date, workout_id = titles[cause.key]
            found[report.pk] = Source(title, date, workout_id, cause)
    return found


def _work(
    user: Any, since: dt.datetime, until: dt.datetime
) -> tuple[defaultdict[Muscle, list[Work]], dict[str, tuple[str, dt.date, UUID | None]]]:
    """What each workout and activity asked of each muscle, and their titles by key."""
    work: defaultdict[Muscle, list[Work]] = defaultdict(list)
    titles: dict[str, tuple[str, dt.date, UUID | None]] = {}
    sets = rows_of(SetLog.objects.of(user).filter(performed_at__gte=since, performed_at__lte=until).order_by())
    lifts = lifts_of(movements_by_id({row.movement_id for row in sets}))
    asked: defaultdict[tuple[UUID, Muscle], float] = defaultdict(float)
    ended: dict[UUID, dt.datetime] = {}
    for row in sets:
        fact = row.fact(lifts[row.movement_id])
        ended[row.workout_id] = max(ended.get(row.workout_id, fact.at), fact.at)
        for muscle, share in fact.lift.shares.items() if is_hard(fact) else ():
            asked[row.workout_id, muscle] += share
    for pk, title, planned, day in WorkoutLog.objects.filter(pk__in=ended).values_list(
        "id", "title", "session__title", "date"
    ):
        titles[str(pk)] = (title or planned or "", day, pk)
    for (pk, muscle), share in asked.items():
        work[muscle].append(Work(str(pk), ended[pk], share))
    bouts = ActivityInstance.objects.of(user).filter(finished_at__gte=since, finished_at__lte=until, link__isnull=True)
    bouts = bouts.exclude(source=ActivitySource.PLANNED)
    for pk, name, day, started, finished, rpe, muscle, sets_per_hour in bouts.values_list(
        "id", "definition__name", "date", "started_at", "finished_at", "rpe",
        "definition__fatigue__muscle", "definition__fatigue__sets_per_hour",
    ):  # fmt: skip
        titles[str(pk)] = (name, day, None)
        if muscle:
            bout = recreation.Bout(started, finished, {Muscle(muscle): sets_per_hour}, rpe)
            for one, share in recreation.local_sets(bout).items():
                work[one].append(Work(str(pk), finished, share))
    return work, titles
