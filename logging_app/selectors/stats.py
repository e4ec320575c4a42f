"""Series for charts, from the log: strength, records, volume, adherence. Each in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gainsly.lib.vocabulary import Muscle, SessionStatus, SetKind
from logging_app.history import lifts_of, rows_of
from logging_app.metrics import adherence as adherence_metric
from logging_app.metrics import volume
from logging_app.metrics.facts import SetFact
from logging_app.models import PersonalRecord, WorkoutLog
from movements.selectors import movements_by_id
from programs.models import Session
from programs.selectors import movement_json

from .spans import sets_between
from .workouts import record_json

Json = dict[str, Any]
DEFAULT_DAYS = 84
KG_DIGITS = 2
SHARE_DIGITS = 3


def e1rm_series(user: Any, *, since: dt.date, until: dt.date, movement_id: UUID | None = None) -> list[Json]:
    """The best estimate of each workout and movement, oldest first; points of deload weeks are marked. Two queries."""
    rows = sets_between(user, since, until).filter(is_top_set=True, e1rm__isnull=False)
    if movement_id is not None:
        rows = rows.filter(movement=movement_id)
    points = list(
        rows.order_by("workout__started_at", "id").values(
            "id", "movement_id", "workout_id", "workout__date", "e1rm", "e1rm_low", "e1rm_high", "e1rm_formula",
            "weight_kg", "reps", "is_pr", "workout__session__microcycle__is_deload",
        )
    )  # fmt: skip
    listed = movements_by_id({point["movement_id"] for point in points})
    return [
        {
            "date": point["workout__date"].isoformat(),
            "movement": listed[point["movement_id"]].record.slug,
            "e1rm": point["e1rm"],
            "e1rm_low": point["e1rm_low"],
            "e1rm_high": point["e1rm_high"],
            "formula": point["e1rm_formula"],
            "weight_kg": point["weight_kg"],
            "reps": point["reps"],
            "is_pr": point["is_pr"],
            "is_deload": bool(point["workout__session__microcycle__is_deload"]),
            "workout_id": str(point["workout_id"]),
            "set_id": str(point["id"]),
        }
        for point in points
    ]


def records_of(
    user: Any, *, since: dt.date | None = None, until: dt.date | None = None, movement_id: UUID | None = None
) -> QuerySet[PersonalRecord]:
    """The athlete's records and first marks, newest first."""
    rows = PersonalRecord.objects.of(user).order_by("-achieved_at", "-id")
    if movement_id is not None:
        rows = rows.filter(movement=movement_id)
    if since is not None:
        rows = rows.filter(workout__date__gte=since)
    if until is not None:
        rows = rows.filter(workout__date__lte=until)
    return rows


def record_documents(rows: Iterable[PersonalRecord]) -> list[Json]:
    """Records as JSON, in one query."""
    found = list(rows)
    listed = movements_by_id({row.movement_id for row in found})
    movements = {pk: movement_json(one) for pk, one in listed.items()}
    return [record_json(row, movements) for row in found]


def weekly_volume(user: Any, *, since: dt.date, until: dt.date, first_weekday: int = 0) -> list[Json]:
    """Per calendar week: fractional hard sets per muscle, tonnage, sets and workouts; empty weeks too. Two queries."""
    rows = rows_of(
        sets_between(user, since, until)
        .exclude(kind=SetKind.WARMUP)
        .order_by("workout__date", "workout_id", "order", "id")
    )
    lifts = lifts_of(movements_by_id({row.movement_id for row in rows}))
    best: dict[str, float] = {}
    for row in rows:
        best[str(row.movement_id)] = max(best.get(str(row.movement_id), 0.0), row.e1rm or 0.0)
    weeks: defaultdict[dt.date, list[SetFact]] = defaultdict(list)
    for row in rows:
        weeks[adherence_metric.week_of(row.workout__date, first_weekday)].append(row.fact(lifts[row.movement_id]))
    first = adherence_metric.week_of(since, first_weekday)
    starts = [first + dt.timedelta(weeks=n) for n in range((until - first).days // adherence_metric.DAYS_PER_WEEK + 1)]
    return [_week(start, weeks[start], best) for start in starts]


def _week(start: dt.date, facts: list[SetFact], best: Mapping[str, float]) -> Json:
    sets = volume.fractional_sets(facts, best)
    return {
        "week": start.isoformat(),
        "workouts": len({fact.workout for fact in facts}),
        "sets": len(facts),
        "tonnage_kg": volume.tonnage(facts),
        "muscles": [
            {"muscle": muscle.value, "fractional_sets": round(sets[muscle], KG_DIGITS)}
            for muscle in Muscle
            if muscle in sets
        ],
    }


def adherence(user: Any, *, since: dt.date, until: dt.date, today: dt.date, first_weekday: int = 0) -> Json:
    """Planned against done per week, the share, and the streak of kept weeks. Two queries.

    What is planned for today or later and not done yet is not counted as missed.
    """
    due = Session.objects.of(user).filter(date__gte=since, date__lte=until).exclude(date__gt=today)
    planned = [
        adherence_metric.PlannedDay(on=date, done=status == SessionStatus.DONE)
        for date, status in due.values_list("date", "status")
        if date < today or status == SessionStatus.DONE
    ]
    trained = WorkoutLog.objects.of(user).filter(completed=True, date__gte=since, date__lte=until)
    extra = list(trained.filter(session__isnull=True).values_list("date", flat=True))
    weeks = adherence_metric.weeks(planned, extra, since, min(until, today), first_weekday) if since <= today else []
    share = adherence_metric.share(weeks)
    return {
        "planned": sum(week.planned for week in weeks),
        "done": sum(week.done for week in weeks if week.planned),
        "share": None if share is None else round(share, SHARE_DIGITS),
        "streak_weeks": adherence_metric.streak(weeks),
        "weeks": [
            {
                "week": week.start.isoformat(),
                "planned": week.planned,
                "done": week.done,
                "share": None if week.share is None else round(week.share, SHARE_DIGITS),
                "kept": week.kept,
            }
            for week in weeks
        ],
    }
