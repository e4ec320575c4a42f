"""What a day's page knows of the athlete, in few queries: the sets that still matter, and what they have told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import JSONObject

from accounts.models import EnjoyableActivity
from gainsly.lib.vocabulary import ActivitySource, Muscle, label_of
from gainsly.lib.vocabulary import EnjoyableActivity as ActivityType
from logging_app.history import SORENESS_DAYS, SetRow
from logging_app.metrics import hrv, pattern_strength, readiness, recovery
from logging_app.metrics.pattern_strength import Cycle, Exposure
from logging_app.models import ActivityInstance, RecoverySignal, SetLog, SorenessLog, WorkoutLog
from movements.selectors import ListedMovement

STRIP_DAYS = 6  # the week strip holds no day further away
LOOK_BACK = dt.timedelta(days=120)  # four microcycles of at most 14 days, with deloads between them
EASY_WEEKS_APART = dt.timedelta(weeks=4)  # an easy week that began later has its effect still before it
_CYCLE = ("is_top_set", "workout__completed", "workout__session__microcycle__start_date",
          "workout__session__microcycle__is_deload")  # fmt: skip
_SIGNALS = ("sleep_hours", "sleep_quality", "mood", "motivation", "stress", "fatigue", "readiness")


class TopSet(NamedTuple):
    """A stored set with what the index of its pattern asks for."""

    row: SetRow
    is_top: bool
    completed: bool
    cycle: dt.date | None
    is_deload: bool | None


@dataclass(frozen=True, slots=True)
class Running:
    """The workout that is open."""

    pk: UUID
    title: str
    session_id: UUID | None


@dataclass(frozen=True, slots=True)
class DayActivity:
    """An activity of a day of the week: done, planned, or declared as a habit."""

    date: dt.date
    name: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What the athlete told: soreness of the last week, signals of the last weeks by day, the running workout, and
    the activities of the days around."""

    soreness: tuple[recovery.Soreness, ...]
    signals: Mapping[dt.date, Sequence[dict[str, Any]]]
    running: Running | None
    activities: tuple[DayActivity, ...] = ()

    def merged(self, on: dt.date) -> readiness.Signals:
        """A day's signals: what the athlete said wins over what a device said."""
        rows = sorted(self.signals.get(on, ()), key=lambda row: (row["source"] != "manual", row["source"]))
        return readiness.merged(readiness.Signals(**{name: row[name] for name in _SIGNALS}) for row in rows)

    def scores(self) -> dict[dt.date, float]:
        """The recovery score of every day of which something was told."""
        found = {day: readiness.recovery_score(self.merged(day)) for day in self.signals}
        return {day: score.score for day, score in found.items() if score is not None}

    def rmssd(self) -> dict[dt.date, float]:
        return {day: row["hrv"] for day, rows in self.signals.items() for row in rows if row["hrv"] is not None}


def sets_that_matter(user: Any, at: dt.datetime) -> list[TopSet]:
    """The sets that may still be felt, and the top sets of the last months; workout by workout. One query."""
    felt = Q(performed_at__gte=at - dt.timedelta(hours=recovery.HORIZON_HOURS))
    top = Q(is_top_set=True, e1rm__isnull=False)
    rows = SetLog.objects.of(user).filter(felt | top, performed_at__gte=at - LOOK_BACK, performed_at__lte=at)
    values = rows.order_by("workout_id", "order", "id").values_list(*SetRow._fields, *_CYCLE)
    width = len(SetRow._fields)
    return [TopSet(SetRow._make(row[:width]), *row[width:]) for row in values]


def told(user: Any, on: dt.date, at: dt.datetime) -> Told:
    """Soreness, signals, activities and the running workout. One query for all: they are a few rows each."""
    first = on - dt.timedelta(days=hrv.WEEK_DAYS + hrv.BASELINE_DAYS)
    sore = SorenessLog.objects.of(user).filter(at__gte=at - dt.timedelta(days=SORENESS_DAYS), at__lte=at)
    signals = RecoverySignal.objects.of(user).filter(date__gte=first, date__lte=on)
    running = WorkoutLog.objects.of(user).filter(finished_at__isnull=True)
    week = (on - dt.timedelta(days=STRIP_DAYS), on + dt.timedelta(days=STRIP_DAYS))
    around = ActivityInstance.objects.of(user).filter(date__range=week, link__isnull=True)
    habits = EnjoyableActivity.objects.of(user).filter(enabled=True).exclude(weekdays=[])
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    parts = [
        _as_json(sore, "soreness", "muscle", "level", "at"),
        _as_json(signals, "signal", "date", "source", "hrv", *_SIGNALS),
        _as_json(running, "running", "id", "title", "session_id"),
        _as_json(around, "activity", "date", "definition__name", "source"),
        _as_json(habits, "habit", "type", "custom_name", "weekdays"),
    ]
    for what, row in parts[0].union(*parts[1:], all=True):
        found[what].append(row)
    by_day: dict[dt.date, list[dict[str, Any]]] = {}
    for row in found["signal"]:
        by_day.setdefault(dt.date.fromisoformat(row["date"]), []).append(row)
    reports = [
        recovery.Soreness(Muscle(row["muscle"]), row["level"], dt.datetime.fromisoformat(row["at"]))
        for row in found["soreness"]
    ]
    return Told(
        soreness=tuple(sorted(reports, key=lambda one: one.at)),
        signals=by_day,
        running=next((_running(row) for row in found["running"]), None),
        activities=_activities(found["activity"], found["habit"], *week),
    )


def _activities(
    told: Sequence[dict[str, Any]], habits: Sequence[dict[str, Any]], first: dt.date, last: dt.date
) -> tuple[DayActivity, ...]:
    """What is told of a day; a habit stands on its weekdays where nothing is told yet."""
    found = [
        DayActivity(
            dt.date.fromisoformat(row["date"]), row["definition__name"], row["source"] != ActivitySource.PLANNED
        )
        for row in told
    ]
    taken = {one.date for one in found}
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    found += [
        DayActivity(day, row["custom_name"] or label_of(ActivityType(row["type"])), is_done=False)
        for day in days
        for row in habits
        if day.weekday() in row["weekdays"] and day not in taken
    ]
    return tuple(sorted(found, key=lambda one: (one.date, one.name)))


def _as_json(rows: Any, what: str, *fields: str) -> Any:
    """A table's rows as (what, document), so that different tables fit into one query."""
    return (
        rows.order_by()
        .annotate(
            what=Value(what, output_field=TextField()), document=JSONObject(**{field: F(field) for field in fields})
        )
        .values_list("what", "document")
    )


def _running(row: dict[str, Any]) -> Running:
    return Running(UUID(row["id"]), row["title"], UUID(row["session_id"]) if row["session_id"] else None)


def falling(rows: Sequence[TopSet], listed: Mapping[UUID, ListedMovement], on: dt.date) -> tuple[str, ...]:
    """The patterns in which strength has fallen, when they are enough to advise an easy week; else none."""
    exposures = []
    for top in rows:
        record = listed[top.row.movement_id].record
        ratio = pattern_strength.ratio_of(record)
        if top.is_top and top.row.e1rm and ratio and not top.is_deload:
            exposures.append(
                Exposure(top.row.workout__date, record.pattern, str(top.row.movement_id), top.row.e1rm, ratio)
            )
    indices = pattern_strength.indices(exposures, *pattern_strength.windows(cycles_of(rows), on))
    return tuple(one.pattern.value for one in indices if one.fallen) if pattern_strength.early_deload(indices) else ()


def cycles_of(rows: Sequence[TopSet]) -> list[Cycle]:
    """The microcycles in which something was finished."""
    known = {(top.cycle, bool(top.is_deload)) for top in rows if top.completed and top.cycle is not None}
    return [Cycle(start, is_deload) for start, is_deload in sorted(known)]


def eased_lately(rows: Sequence[TopSet], on: dt.date) -> bool:
    """Whether an easy week lies so close behind that another would be one too many (engine.md: never within three)."""
    return any(cycle.is_deload and cycle.start > on - EASY_WEEKS_APART for cycle in cycles_of(rows))
