"""How strength per pattern and training load have moved: series for charts, each in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Avg, Case, FloatField, OuterRef, Subquery, When

from gainsly.lib.vocabulary import ActivitySource, SetKind
from logging_app.metrics import pattern_strength, workload
from logging_app.metrics.adherence import DAYS_PER_WEEK, week_of
from logging_app.metrics.pattern_strength import Cycle, Exposure, Index
from logging_app.models import ActivityInstance, SetLog, WorkoutLog
from movements.selectors import movements_by_id
from programs.models import Microcycle

from .spans import sets_between
from .standing import LOOK_BACK

Json = dict[str, Any]
KG_DIGITS = 1
SHARE_DIGITS = 3
SECONDS_PER_MINUTE = 60
ONE_DAY = dt.timedelta(days=1)


class DayLoad(NamedTuple):
    """What one workout or activity weighed, in arbitrary units."""

    on: dt.date
    load: float


# -- strength by pattern


def pattern_exposures(user: Any, since: dt.date, until: dt.date) -> list[Exposure]:
    """The top set of each workout and movement that has a place in a pattern, deloads left out. Two queries."""
    rows = sets_between(user, since, until).filter(is_top_set=True, e1rm__isnull=False)
    rows = rows.exclude(workout__session__microcycle__is_deload=True)
    values = list(rows.order_by("workout__date", "id").values_list("workout__date", "movement_id", "e1rm"))
    listed = movements_by_id({movement_id for _, movement_id, _ in values})
    found = []
    for on, movement_id, e1rm in values:
        record = listed[movement_id].record
        ratio = pattern_strength.ratio_of(record)
        if ratio and e1rm is not None:
            found.append(Exposure(on=on, pattern=record.pattern, lift=str(movement_id), e1rm=e1rm, ratio=ratio))
    return found


def trained_cycles(user: Any, until: dt.date) -> list[Cycle]:
    """The microcycles in which something was logged. One query."""
    rows = Microcycle.objects.filter(
        program__user=user, start_date__lte=until, sessions__workouts__completed=True
    ).distinct()
    return [Cycle(start, is_deload) for start, is_deload in rows.values_list("start_date", "is_deload")]


def psi(user: Any, *, since: dt.date, until: dt.date) -> Json:
    """The index of every pattern at the end of a range, and its course week by week. Three queries."""
    exposures = pattern_exposures(user, since - LOOK_BACK, until)
    cycles = trained_cycles(user, until)
    now, before = pattern_strength.windows(cycles, until)
    current = pattern_strength.indices(exposures, now, before)
    return {
        "from": now.start.isoformat(),
        "to": now.end.isoformat(),
        "patterns": [_index_json(one) for one in current],
        "early_deload": pattern_strength.early_deload(current),
        "series": [point for day in _ends(since, until) for point in _points(exposures, cycles, day)],
    }


def _points(exposures: Sequence[Exposure], cycles: Iterable[Cycle], day: dt.date) -> list[Json]:
    """One day of the course; exposures come by date, so that years of them are not walked for each week."""
    now, before = pattern_strength.windows(cycles, day)
    first = bisect_left(exposures, before.start, key=attrgetter("on"))
    last = bisect_right(exposures, now.end, key=attrgetter("on"))
    known = pattern_strength.indices(exposures[first:last], now, before)
    return [
        {"date": day.isoformat(), "pattern": one.pattern.value, "psi": _kg(one.value), "se": _kg(one.se)}
        for one in known
        if one.value is not None
    ]


def _ends(since: dt.date, until: dt.date) -> list[dt.date]:
    """The last day of the range and every seventh before it, oldest first."""
    count = (until - since).days // DAYS_PER_WEEK
    return [until - dt.timedelta(weeks=back) for back in range(count, -1, -1)]


def _index_json(one: Index) -> Json:
    return {
        "pattern": one.pattern.value,
        "reference": pattern_strength.REFERENCES[one.pattern],
        "status": "not_yet" if one.value is None else "ready",
        "exposures": one.exposures,
        "psi": _kg(one.value),
        "se": _kg(one.se),
        "trend": _share(one.trend),
        "trend_se": _share(one.trend_se),
        "significant": one.moved,
    }


# -- load


def load(user: Any, *, since: dt.date, until: dt.date, first_weekday: int = 0) -> Json:
    """Session load per week with monotony and strain, and the last seven days of the range. Two queries."""
    first = min(week_of(since, first_weekday), until - dt.timedelta(days=DAYS_PER_WEEK - 1))
    loads, unrated = _loads(user, first, until)
    daily: defaultdict[dt.date, float] = defaultdict(float)
    for one in loads:
        daily[one.on] += one.load
    starts = [
        start
        for n in range((until - first).days // DAYS_PER_WEEK + 1)
        if (start := week_of(since, first_weekday) + dt.timedelta(weeks=n)) <= until
    ]
    weeks = [_seven(daily, start) for start in starts]
    last = _seven(daily, until - dt.timedelta(days=DAYS_PER_WEEK - 1))
    whole = [week.load for start, week in zip(starts, weeks, strict=True) if _is_over(start, until)]
    return {
        "last_seven_days": _week_json(last),
        "ramp": _share(workload.ramp(whole)),
        "unrated_workouts": unrated,
        "weeks": [
            {"week": start.isoformat(), "complete": _is_over(start, until), **_week_json(week)}
            for start, week in zip(starts, weeks, strict=True)
        ],
        "days": [{"date": day.isoformat(), "load": round(daily[day], KG_DIGITS)} for day in sorted(daily)],
    }


def _loads(user: Any, since: dt.date, until: dt.date) -> tuple[list[DayLoad], int]:
    """Every workout and activity of a range; and how many workouts nobody rated.

    Where the athlete did not rate a workout, the mean effort of its sets stands in.
    """
    told = SetLog.objects.filter(workout=OuterRef("pk")).exclude(kind=SetKind.WARMUP).order_by().values("workout")
    mean = Subquery(told.values(mean=Avg("rpe")), output_field=FloatField())
    effort = Case(When(perceived_difficulty__isnull=True, then=mean), output_field=FloatField())  # asked for only there
    rows = WorkoutLog.objects.of(user).filter(completed=True, date__gte=since, date__lte=until)
    loads, unrated = [], 0
    values = rows.annotate(effort=effort).values_list(
        "date", "started_at", "finished_at", "perceived_difficulty", "effort"
    )
    for on, started, finished, told, felt in values.order_by("date", "id"):
        rpe = told if told is not None else felt
        if rpe is None:
            unrated += 1
        else:
            loads.append(DayLoad(on, workload.session_load(rpe, _minutes(started, finished))))
    return [*loads, *_recreation(user, since, until)], unrated


def _recreation(user: Any, since: dt.date, until: dt.date) -> list[DayLoad]:
    rows = ActivityInstance.objects.of(user).filter(date__gte=since, date__lte=until, link__isnull=True)
    rows = rows.exclude(source=ActivitySource.PLANNED)
    values = rows.order_by("date", "id").values_list("date", "started_at", "finished_at", "rpe", "definition__met")
    return [
        DayLoad(on, workload.activity_load(rpe, met, _minutes(started, finished)))
        for on, started, finished, rpe, met in values
    ]


def _seven(daily: defaultdict[dt.date, float], start: dt.date) -> workload.Week:
    return workload.week([daily.get(start + n * ONE_DAY, 0.0) for n in range(DAYS_PER_WEEK)])


def _is_over(start: dt.date, until: dt.date) -> bool:
    return start + dt.timedelta(days=DAYS_PER_WEEK - 1) <= until


def _week_json(week: workload.Week) -> Json:
    monotony = round(week.monotony, 2) if isinstance(week.monotony, float) else week.monotony
    strain = None if week.strain is None else round(week.strain)
    return {"load": round(week.load, KG_DIGITS), "monotony": monotony, "strain": strain, "monotonous": week.monotonous}


def _minutes(started: dt.datetime, finished: dt.datetime) -> float:
    return (finished - started).total_seconds() / SECONDS_PER_MINUTE


def _kg(value: float | None) -> float | None:
    return None if value is None else round(value, KG_DIGITS)


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, SHARE_DIGITS)
