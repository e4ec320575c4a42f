"""Past workouts: the list with its search, and the month beside it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from logging_app.models import ActivityInstance, PersonalRecord, SetLog, WorkoutLog
from movements.models import Movement
from programs.models import Session

from .workouts import broken_records, workouts_of

PAGE_SIZE = 20
MOST_MOVEMENTS = 200  # that a search by name looks for
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """``movements`` are names in the order in which they were trained."""

    workout: WorkoutLog
    movements: tuple[str, ...]
    sets: int
    records: tuple[PersonalRecord, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    entries: tuple[HistoryEntry, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One day of the calendar; ``planned`` is a session still ahead or missed, ``activities`` are names."""

    date: dt.date
    inside: bool
    is_today: bool
    workouts: tuple[tuple[UUID, str], ...]
    planned: tuple[UUID, str] | None
    activities: tuple[str, ...]


def history_page(
    user: Any,
    *,
    before: WorkoutLog | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    search: str = "",
    size: int = PAGE_SIZE,
) -> HistoryPage:
    """A page of past workouts, newest first, older than ``before``: three queries, one more for a search."""
    rows = workouts_of(user, since=since, until=until).filter(completed=True).select_related("session")
    if search:
        rows = _matching(user, rows, search)
    if before is not None:
        rows = rows.filter(Q(started_at__lt=before.started_at) | Q(started_at=before.started_at, id__lt=before.pk))
    workouts = list(rows[: size + 1])
    page = workouts[:size]
    ids = [one.pk for one in page]
    trained = SetLog.objects.filter(workout__in=ids).order_by().values("workout_id", "movement__name")
    names: defaultdict[UUID, list[str]] = defaultdict(list)
    sets: defaultdict[UUID, int] = defaultdict(int)
    for row in trained.annotate(first=Min("order"), count=Count("id")).order_by("first", "movement__name"):
        names[row["workout_id"]].append(row["movement__name"])
        sets[row["workout_id"]] += row["count"]
    records: defaultdict[UUID, list[PersonalRecord]] = defaultdict(list)
    for record in broken_records(ids):
        records[record.workout_id].append(record)
    return HistoryPage(
        entries=tuple(HistoryEntry(one, tuple(names[one.pk]), sets[one.pk], tuple(records[one.pk])) for one in page),
        next_cursor=str(page[-1].pk) if len(workouts) > size else None,
    )


def _matching(user: Any, rows: QuerySet[WorkoutLog], search: str) -> QuerySet[WorkoutLog]:
    """Workouts with the words in a movement's name, the title, a note or a tag."""
    named = Movement.objects.visible_to(user).filter(name__icontains=search).order_by().values_list("pk", flat=True)
    sets = SetLog.objects.of(user).filter(workout=OuterRef("pk"))  # the database may read all of them at once
    trained = sets.filter(movement__in=list(named[:MOST_MOVEMENTS]))
    noted = sets.exclude(notes="").filter(notes__icontains=search)
    told = Q(title__icontains=search) | Q(notes__icontains=search) | Q(session__title__icontains=search)
    return rows.filter(
        told | Q(feedback_tags__contains=[search.lower().replace(" ", "_")]) | Exists(trained) | Exists(noted)
    )


def month_of(user: Any, month: dt.date, today: dt.date, first_weekday: int = 0) -> list[list[MonthDay]]:
    """The weeks of a month with what was trained, what is planned and what else was done. Three queries."""
    weeks = calendar.Calendar(first_weekday).monthdatescalendar(month.year, month.month)
    first, last = weeks[0][0], weeks[-1][-1]
    trained: defaultdict[dt.date, list[tuple[UUID, str]]] = defaultdict(list)
    rows = workouts_of(user, since=first, until=last).filter(completed=True)
    for day, pk, title in rows.order_by("started_at", "id").values_list("date", "id", "title"):
        trained[day].append((pk, title))
    planned = {
        day: (pk, title)
        for day, pk, title in Session.objects.of(user)
        .filter(microcycle__program__is_active=True, date__gte=first, date__lte=last)
        .values_list("date", "id", "title")
    }
    others: defaultdict[dt.date, list[str]] = defaultdict(list)
    done = ActivityInstance.objects.of(user).filter(date__gte=first, date__lte=last, link__isnull=True)
    for day, name in done.order_by("started_at", "id").values_list("date", "definition__name"):
        others[day].append(name)
    return [
        [
            MonthDay(
                date=day,
                inside=day.month == month.month,
                is_today=day == today,
                workouts=tuple(trained[day]),
                planned=planned.get(day),
                activities=tuple(others[day]),
            )
            for day in week
        ]
        for week in weeks
    ]


def templates_of(user: Any) -> QuerySet[WorkoutLog]:
    """Workouts that the athlete keeps under a name."""
    return WorkoutLog.objects.of(user).exclude(template_name="").order_by("template_name", "id")
