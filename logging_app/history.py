"""The diary as planning reads it: implements ``programs.history.TrainingHistory`` (settings.TRAINING_HISTORY)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from accounts.selectors import profile_of
from gainsly.lib.strength import MAX_RPE
from gainsly.lib.vocabulary import ActivitySource, EnjoyableActivity, Muscle, Section, SessionStatus, SetKind
from logging_app.metrics import e1rm, recovery, recreation
from logging_app.metrics.facts import Lift, SetFact, fact_of, lift_of
from logging_app.models import ActivityInstance, SetLog, SorenessLog, WorkoutLog
from movements.selectors import ListedMovement, movements_by_id
from programs.engine.progression import pause_of
from programs.engine.recreation import Outing
from programs.engine.standing import Logged
from programs.engine.stepping import Exposure
from programs.engine.types import History, StrengthFact
from programs.history import Diary
from programs.models import Session, SessionExercise

ADHERENCE_DAYS = 28
MAINS_DAYS = 84  # mains of the last twelve weeks are "previous"
SORENESS_DAYS = 7
KG_DIGITS = 2
SHARE_DIGITS = 3


class SetRow(NamedTuple):
    """What the metrics read of a stored set, without a model around it: a block has a thousand of them."""

    id: UUID
    movement_id: UUID
    workout_id: UUID
    performed_at: dt.datetime
    kind: str
    weight_kg: float | None
    reps: int | None
    rpe: float | None
    rir: float | None
    seconds: int | None
    metres: float | None
    bodyweight_kg: float | None
    e1rm: float | None
    workout__date: dt.date

    def fact(self, lift: Lift) -> SetFact:
        return fact_of(self, lift)


class RecordedHistory:
    """What the log knows of an athlete on a day; a fixed number of queries, whatever was logged."""

    def snapshot(self, user: Any, on: dt.date) -> History:
        """Strength, fatigue, earlier mains and adherence up to the end of the day ``on``; empty for a newcomer."""
        zone = ZoneInfo(profile_of(user).time_zone)
        at = dt.datetime.combine(on + dt.timedelta(days=1), dt.time(), tzinfo=zone)
        tops = _top_sets(user, on)
        recent = recent_sets(user, at)
        listed = movements_by_id({row.movement_id for row in tops} | {row.movement_id for row in recent})
        return History(
            strength=_strength(tops, listed, on),
            fatigue=_fatigue(recent, listed, soreness_reports(user, at), recent_recreation(user, at), at),
            previous_mains=_previous_mains(user, on),
            adherence=_adherence(user, on),
        )

    def diary(self, user: Any, since: dt.date, on: dt.date) -> Diary:
        """Exposures, training days and sessions begun; three queries, whatever was logged."""
        workouts = WorkoutLog.objects.of(user)
        done = workouts.filter(completed=True, date__gte=since, date__lte=on)
        begun = workouts.filter(session__isnull=False, date__gte=since).values_list("session_id", flat=True)
        return Diary(
            logged=_exposures(user, since, on),
            trained_on=tuple(sorted(set(done.values_list("date", flat=True)))),
            begun=frozenset(begun),
        )

    def outings(self, user: Any, first: dt.date, last: dt.date) -> tuple[Outing, ...]:
        """Recreation of those days, done or planned; what is a logged workout too is left out. One query."""
        rows = ActivityInstance.objects.of(user).filter(date__range=(first, last), link__isnull=True)
        told = rows.order_by("date", "id").values_list("definition__activity", "definition__name", "date")
        return tuple(Outing(EnjoyableActivity(kind), name, date) for kind, name, date in told)


def _exposures(user: Any, since: dt.date, on: dt.date) -> dict[str, tuple[Logged, ...]]:
    """The working sets of finished workouts, one exposure for each workout and movement. One query."""
    rows = SetLog.objects.of(user).filter(
        kind=SetKind.WORKING,
        workout__completed=True,
        workout__date__gte=since,
        workout__date__lte=on,
        reps__gt=0,
        weight_kg__gt=0,
    )
    fields = (
        "workout_id", "movement__slug", "workout__date", "workout__session__microcycle__is_deload", "weight_kg", "reps",
        "rir", "rpe", "asked_reps_min", "asked_rpe", "e1rm", "workout__session_id",
        "session_exercise__tempo",
    )  # fmt: skip
    grouped: defaultdict[tuple[str, UUID], list[_Done]] = defaultdict(list)
    for workout, slug, *told in rows.order_by("workout__started_at", "order", "id").values_list(*fields):
        grouped[slug, workout].append(_Done(*told))
    found: defaultdict[str, list[Logged]] = defaultdict(list)
    for (slug, _workout), sets in grouped.items():
        found[slug].append(_exposure(sets))
    return {slug: tuple(logged) for slug, logged in found.items()}


class _Done(NamedTuple):
    on: dt.date
    is_deload: bool | None
    weight_kg: float
    reps: int
    rir: float | None
    rpe: float | None
    asked: int | None
    asked_rpe: float | None
    e1rm: float | None
    session: UUID | None
    tempo: str | None


def _exposure(sets: Sequence[_Done]) -> Logged:
    """The sets at the weight that most were done with (the heavier of two), as one exposure."""
    weights = [one.weight_kg for one in sets]
    load = max(weights, key=lambda weight: (weights.count(weight), weight))
    at_load = [one for one in sets if one.weight_kg >= load]
    done = tuple(one.reps for one in at_load)
    asked = [one.asked for one in at_load if one.asked]
    reserves = [_reserve(one) for one in at_load]
    left = [one for one in reserves if one is not None]
    return Logged(
        on=sets[0].on,
        exposure=Exposure(
            load,
            done,
            min(asked) if asked else min(done),
            pause=pause_of(at_load[-1].tempo),
            is_deload=bool(sets[0].is_deload),
        ),
        rir=round(sum(left) / len(left), 1) if left else None,
        e1rm_kg=max((one.e1rm for one in at_load if one.e1rm), default=None),
        session=str(sets[0].session) if sets[0].session else None,
        asked_rir=None if at_load[-1].asked_rpe is None else MAX_RPE - at_load[-1].asked_rpe,
    )


def _reserve(one: _Done) -> float | None:
    if one.rir is not None:
        return one.rir
    return None if one.rpe is None else MAX_RPE - one.rpe


def rows_of(sets: QuerySet[SetLog]) -> list[SetRow]:
    """The rows of a query, in its order."""
    return [SetRow._make(values) for values in sets.values_list(*SetRow._fields)]


def recent_sets(user: Any, at: dt.datetime) -> list[SetRow]:
    """The sets that may still be felt at a moment, workout by workout. One query."""
    since = at - dt.timedelta(hours=recovery.HORIZON_HOURS)
    rows = SetLog.objects.of(user).filter(performed_at__gte=since, performed_at__lte=at)
    return rows_of(rows.order_by("workout_id", "order", "id"))


def soreness_reports(user: Any, at: dt.datetime) -> list[recovery.Soreness]:
    """The soreness told in the last week before a moment, oldest first. One query."""
    since = at - dt.timedelta(days=SORENESS_DAYS)
    rows = SorenessLog.objects.of(user).filter(at__gte=since, at__lte=at).order_by("at", "id")
    return [recovery.Soreness(Muscle(row.muscle), row.level, row.at) for row in rows]


def recent_recreation(user: Any, at: dt.datetime) -> dict[Muscle, list[recovery.Dose]]:
    """What activities did to the muscles in the days before a moment; linked ones count as their workout. One query."""
    since = at - dt.timedelta(hours=recovery.HORIZON_HOURS)
    rows = ActivityInstance.objects.of(user).filter(
        finished_at__gte=since, finished_at__lte=at, link__isnull=True, definition__fatigue__isnull=False
    )
    rows = rows.exclude(source=ActivitySource.PLANNED)
    values = rows.order_by("finished_at", "id", "definition__fatigue__muscle").values_list(
        "started_at", "finished_at", "rpe", "definition__fatigue__muscle", "definition__fatigue__sets_per_hour"
    )
    return recreation.doses(
        recreation.Bout(started, finished, {Muscle(muscle): sets}, rpe)
        for started, finished, rpe, muscle, sets in values
    )


def lifts_of(listed: Mapping[UUID, ListedMovement]) -> dict[UUID, Lift]:
    """Library movements as the metrics read them, by id."""
    return {pk: lift_of(str(pk), one.record) for pk, one in listed.items()}


def _top_sets(user: Any, on: dt.date) -> list[SetLog]:
    """The best set per workout and movement of the last 90 days; deload sessions are left out (engine.md, Metrics)."""
    since = on - dt.timedelta(days=e1rm.WINDOW_DAYS)
    rows = SetLog.objects.of(user).filter(
        is_top_set=True, e1rm__isnull=False, workout__date__gte=since, workout__date__lte=on
    )
    rows = rows.exclude(workout__session__microcycle__is_deload=True)
    return list(rows.select_related("workout").order_by("workout__started_at", "id"))


def _strength(tops: Sequence[SetLog], listed: Mapping[UUID, ListedMovement], on: dt.date) -> dict[str, StrengthFact]:
    by_movement: defaultdict[UUID, list[e1rm.Exposure]] = defaultdict(list)
    for row in tops:
        sd = ((row.e1rm_high or 0.0) - (row.e1rm_low or 0.0)) / 2
        by_movement[row.movement_id].append(e1rm.Exposure(on=row.workout.date, e1rm=row.e1rm or 0.0, sd=sd))
    facts: dict[str, StrengthFact] = {}
    for movement_id, exposures in by_movement.items():
        found = e1rm.current_strength(exposures, on)
        if found is not None:
            facts[listed[movement_id].record.slug] = StrengthFact(
                e1rm_kg=round(found.e1rm, KG_DIGITS),
                sd_kg=round(found.sd, KG_DIGITS),
                on=found.on,
                exposures=found.exposures,
            )
    return dict(sorted(facts.items()))


def _fatigue(
    rows: Iterable[SetRow],
    listed: Mapping[UUID, ListedMovement],
    reports: Iterable[recovery.Soreness],
    activities: Mapping[Muscle, Sequence[recovery.Dose]],
    at: dt.datetime,
) -> dict[Muscle, float]:
    lifts = lifts_of(listed)
    states = recovery.states(at, [row.fact(lifts[row.movement_id]) for row in rows], reports, activities)
    return {state.muscle: round(1 - state.recovery, SHARE_DIGITS) for state in states}


def _previous_mains(user: Any, on: dt.date) -> tuple[str, ...]:
    """Slugs of the mains that were trained in the last twelve weeks."""
    rows = SessionExercise.objects.of(user).filter(
        section=Section.MAIN,
        session__status=SessionStatus.DONE,
        session__date__gte=on - dt.timedelta(days=MAINS_DAYS),
        session__date__lte=on,
    )
    return tuple(rows.order_by("movement__slug").values_list("movement__slug", flat=True).distinct())


def _adherence(user: Any, on: dt.date) -> float | None:
    """Part of the sessions due in the last four weeks that were done; ``None`` when none were due."""
    rows = Session.objects.of(user).filter(date__gt=on - dt.timedelta(days=ADHERENCE_DAYS), date__lt=on)
    statuses = list(rows.values_list("status", flat=True))
    if not statuses:
        return None
    return round(statuses.count(SessionStatus.DONE) / len(statuses), SHARE_DIGITS)
