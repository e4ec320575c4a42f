"""What one page needs, in a fixed number of queries: the list, the calendar, a week, a session."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from gainsly.lib.vocabulary import MicrocycleStatus, Section, SessionStatus
from programs.models import Microcycle, Program, Session, SessionExercise

from .documents import goals_json, microcycle_status
from .trees import Json

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One date of a program: usually one session, none on a rest day."""

    date: dt.date
    sessions: tuple[Session, ...]
    is_today: bool
    is_past: bool


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """One microcycle as a row of days."""

    microcycle: Microcycle
    status: str
    days: tuple[CalendarDay, ...]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class SessionSection:
    section: Section
    minutes: float
    exercises: tuple[SessionExercise, ...]


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A session with its sections in training order and its neighbours in the program."""

    session: Session
    microcycle: Microcycle
    program: Program
    sections: tuple[SessionSection, ...]
    previous: Session | None
    following: Session | None


def programs_of(user: Any) -> QuerySet[Program]:
    """The athlete's programs, each with ``sessions_total`` and ``sessions_done``."""
    done = Q(microcycles__sessions__status=SessionStatus.DONE)
    rows: QuerySet[Program] = (
        Program.objects.of(user)
        .defer("quality")  # the long report of each would be read and not shown
        .annotate(
            sessions_total=Count("microcycles__sessions"),
            sessions_done=Count("microcycles__sessions", filter=done),
        )
        .order_by("-start_date", "-id")
    )
    return rows


def progress_of(program: Any) -> float:
    """Share of the program's sessions that were trained, 0-1, of a row of ``programs_of``."""
    return round(program.sessions_done / program.sessions_total, 3) if program.sessions_total else 0.0


def program_row_json(program: Any) -> Json:
    return {
        "id": str(program.id),
        "name": program.name,
        "start_date": program.start_date.isoformat(),
        "duration_weeks": program.duration_weeks,
        "days_per_week": program.days_per_week,
        "goals": goals_json(program),
        "is_active": program.is_active,
        "progress": progress_of(program),
    }


def end_of(program: Program) -> dt.date:
    """The last day of the program."""
    return program.start_date + dt.timedelta(weeks=program.duration_weeks, days=-1)


def week_number(program: Program, on: dt.date) -> int | None:
    """Which calendar week of the program a date falls into, from 1; None outside."""
    if not program.start_date <= on <= end_of(program):
        return None
    return (on - program.start_date).days // WEEK_DAYS + 1


def calendar(program: Program, *, today: dt.date) -> tuple[CalendarWeek, ...]:
    """All weeks and days of a program; two queries."""
    sessions = Session.objects.filter(microcycle__program=program).order_by("date", "day_number")
    return _weeks(program.microcycles.order_by("sequence"), sessions, today)


def week(microcycle: Microcycle, *, today: dt.date) -> CalendarWeek:
    """One week, with every session's exercises and movements prefetched; three queries."""
    sessions = microcycle.sessions.order_by("date", "day_number").prefetch_related("exercises__movement")
    return _weeks([microcycle], sessions, today)[0]


def week_on(program: Program, date: dt.date) -> Microcycle | None:
    """The microcycle that a date falls into."""
    last: Microcycle | None = program.microcycles.filter(start_date__lte=date).order_by("-sequence").first()
    if last is None or date >= last.start_date + dt.timedelta(days=last.length_days):
        return None
    return last


def session_page(session: Session) -> SessionPage:
    """A session of ``session_for`` with what its page shows; four queries."""
    grouped: defaultdict[str, list[SessionExercise]] = defaultdict(list)
    for exercise in session.exercises.select_related("movement", "choice").order_by("position"):
        grouped[exercise.section].append(exercise)
    siblings = Session.objects.filter(microcycle__program_id=session.microcycle.program_id)
    return SessionPage(
        session=session,
        microcycle=session.microcycle,
        program=session.microcycle.program,
        sections=tuple(
            SessionSection(section, getattr(session, f"minutes_{section.value}"), tuple(grouped[section.value]))
            for section in Section
            if grouped[section.value]
        ),
        previous=siblings.filter(date__lt=session.date).order_by("-date").first(),
        following=siblings.filter(date__gt=session.date).order_by("date").first(),
    )


def _weeks(microcycles: Iterable[Microcycle], sessions: Iterable[Session], today: dt.date) -> tuple[CalendarWeek, ...]:
    # By date, not by microcycle: a session that was moved shows on the day it is trained.
    by_date: defaultdict[dt.date, list[Session]] = defaultdict(list)
    for session in sessions:
        by_date[session.date].append(session)
    return tuple(_week(microcycle, by_date, today) for microcycle in microcycles)


def _week(microcycle: Microcycle, by_date: dict[dt.date, list[Session]], today: dt.date) -> CalendarWeek:
    dates = [microcycle.start_date + dt.timedelta(days=offset) for offset in range(microcycle.length_days)]
    days = tuple(
        CalendarDay(date, tuple(by_date.get(date, ())), is_today=date == today, is_past=date < today) for date in dates
    )
    sessions = [session for day in days for session in day.sessions]
    return CalendarWeek(
        microcycle=microcycle,
        status=microcycle_status(microcycle, today=today),
        days=days,
        done=sum(session.status == SessionStatus.DONE for session in sessions),
        total=len(sessions),
    )


def current_week(weeks: Iterable[CalendarWeek]) -> CalendarWeek | None:
    return next((week for week in weeks if week.status == MicrocycleStatus.ACTIVE), None)
