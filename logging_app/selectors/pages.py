"""What the pages of the diary need: today, a workout, the history. Plain rows and facts, ready for templates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery

from gainsly.lib.vocabulary import SetKind
from logging_app.metrics.agenda import Item, lay
from logging_app.models import PersonalRecord, SetLog, WorkoutLog
from movements.models import Movement
from movements.selectors import ListedMovement
from programs.models import Program, Session, SessionExercise
from programs.selectors import active_program

from .days import advice, main_muscles, moment_of
from .recovery import Recovery, recovery_on
from .standing import DayActivity, Running
from .workouts import broken_records

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of the week strip."""

    date: dt.date
    session: Session | None
    is_today: bool
    activities: tuple[DayActivity, ...] = ()


@dataclass(frozen=True, slots=True)
class TodayPage:
    date: dt.date
    program: Program | None
    session: Session | None
    exercises: tuple[SessionExercise, ...]
    movements: dict[UUID, ListedMovement]
    week: tuple[StripDay, ...]
    recovery: Recovery
    advice: list[dict[str, Any]]
    open_workout: Running | None


@dataclass(slots=True)
class WorkoutExercise:
    """One movement of a workout: what is asked, what is done so far, and what was done last time."""

    movement: Movement
    exercise: SessionExercise | None = None
    item: Item | None = None  # what is asked, with the athlete's changes; none for what is done beside it
    sets: list[SetLog] = field(default_factory=list)
    last_time: list[SetLog] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.item.key if self.item else ""

    @property
    def letter(self) -> str:
        """Its superset; empty without one."""
        return (self.item.group or "")[:1] if self.item else ""

    @property
    def planned(self) -> int:
        return self.item.sets if self.item and self.item.sets else len(self.sets)

    @property
    def done(self) -> int:
        return sum(row.kind != SetKind.WARMUP for row in self.sets)

    @property
    def is_complete(self) -> bool:
        return self.item is not None and self.item.sets is not None and self.done >= self.item.sets

    @property
    def suggestion(self) -> SetLog | None:
        """The set to fill the fields from: the last one of this workout, else the same one of last time."""
        if self.sets:
            return self.sets[-1]
        working = [row for row in self.last_time if row.kind != SetKind.WARMUP]
        return working[0] if working else None


@dataclass(frozen=True, slots=True)
class WorkoutPage:
    workout: WorkoutLog
    exercises: tuple[WorkoutExercise, ...]
    current: WorkoutExercise | None  # the first that is not complete
    records: tuple[PersonalRecord, ...]


def today_page(user: Any, on: dt.date, *, now: dt.datetime, zone: ZoneInfo, first_weekday: int = 0) -> TodayPage:
    """Today with its week: six queries on a training day."""
    start = on - dt.timedelta(days=(on.weekday() - first_weekday) % WEEK_DAYS)
    dates = [start + dt.timedelta(days=offset) for offset in range(WEEK_DAYS)]
    week = _active_sessions(user, dates[0], dates[-1])
    session = week.get(on)
    exercises = tuple(session.exercises.order_by("position")) if session else ()
    recovery, listed = recovery_on(user, on, moment_of(on, now, zone), {one.movement_id for one in exercises})
    any_session = next(iter(week.values()), None)
    muscles = main_muscles(exercises, listed)
    return TodayPage(
        date=on,
        program=any_session.microcycle.program if any_session else active_program(user),
        session=session,
        exercises=exercises,
        movements=dict(listed),
        week=tuple(
            StripDay(date, week.get(date), date == on, tuple(one for one in recovery.activities if one.date == date))
            for date in dates
        ),
        recovery=recovery,
        advice=advice(recovery, muscles, session.microcycle if session else None),
        open_workout=recovery.running,
    )


def _active_sessions(user: Any, first: dt.date, last: dt.date) -> dict[dt.date, Session]:
    rows = Session.objects.of(user).filter(microcycle__program__is_active=True, date__gte=first, date__lte=last)
    light = rows.defer("quality", "microcycle__program__quality", "microcycle__program__warnings")  # long, not shown
    return {row.date: row for row in light.select_related("microcycle__program")}


def workout_page(user: Any, workout: WorkoutLog) -> WorkoutPage:
    """A workout with its plan and the last time each movement was trained: at most six queries."""
    planned = (
        list(SessionExercise.objects.filter(session=workout.session_id).select_related("movement").order_by("position"))
        if workout.session_id
        else []
    )
    sets = list(workout.sets.select_related("movement").order_by("order", "performed_at", "id"))
    exercises = _exercises(agenda_of(planned, workout), planned, sets)
    last_time = _last_time(user, workout, {one.movement.pk for one in exercises})
    for one in exercises:
        one.last_time = last_time.get(one.movement.pk, [])
    return WorkoutPage(
        workout=workout,
        exercises=tuple(exercises),
        current=next((one for one in exercises if not one.is_complete), None),
        records=tuple(broken_records([workout.pk]).select_related("movement")),
    )


def agenda_of(planned: Sequence[SessionExercise], workout: WorkoutLog) -> tuple[Item, ...]:
    """What the workout asks for, in order: the plan with the athlete's changes."""
    return lay([_item(one) for one in planned], workout.changes)


def _item(row: SessionExercise) -> Item:
    return Item(
        key=str(row.pk),
        movement=str(row.movement_id),
        sets=row.sets,
        load_kg=row.target_load_kg,
        reps_min=row.reps_min,
        reps_max=row.reps_max,
        seconds=row.seconds,
        metres=row.metres,
        rpe=row.target_rpe,
        rest_seconds=row.rest_seconds,
        group=row.superset_group,
    )


def _exercises(
    agenda: Sequence[Item], planned: Sequence[SessionExercise], sets: Sequence[SetLog]
) -> list[WorkoutExercise]:
    """What is asked in its order, then what was done beside it, in the order in which it was done. One query where the
    athlete brought movements that have no set yet."""
    rows = {str(one.pk): one for one in planned}
    movements = {str(one.movement_id): one.movement for one in planned}
    movements |= {str(one.movement_id): one.movement for one in sets}
    missing = {one.movement for one in agenda} - movements.keys()
    if missing:
        movements |= {str(pk): row for pk, row in Movement.objects.in_bulk(missing).items()}
    found = [
        WorkoutExercise(movement=movements[one.movement], exercise=rows.get(one.key), item=one)
        for one in agenda
        if one.movement in movements  # deleted meanwhile
    ]
    by_key = {one.key: one for one in found}
    extra: dict[UUID, WorkoutExercise] = {}
    by_movement = {one.movement.pk: one for one in reversed(found)}
    for row in sets:
        home = by_key.get(str(row.session_exercise_id)) if row.session_exercise_id else by_movement.get(row.movement_id)
        if home is None or home.movement.pk != row.movement_id:
            home = extra.setdefault(row.movement_id, WorkoutExercise(movement=row.movement))
        home.sets.append(row)
    return [*found, *extra.values()]


def _last_time(user: Any, workout: WorkoutLog, movement_ids: set[UUID]) -> dict[UUID, list[SetLog]]:
    """The sets of the newest earlier workout that holds each movement. One query."""
    earlier = SetLog.objects.of(user).filter(movement=OuterRef("pk"), workout__started_at__lt=workout.started_at)
    newest = Subquery(earlier.order_by("-performed_at").values("workout")[:1])  # by its index, however long the log is
    workouts = Movement.objects.filter(pk__in=movement_ids).order_by().values_list(newest)
    rows = SetLog.objects.filter(movement__in=movement_ids, workout__in=workouts).select_related("workout")
    last: dict[UUID, UUID] = {}
    found: defaultdict[UUID, list[SetLog]] = defaultdict(list)
    for row in rows.order_by("-workout__started_at", "-workout_id", "order", "id"):
        if last.setdefault(row.movement_id, row.workout_id) == row.workout_id:
            found[row.movement_id].append(row)
    return dict(found)
