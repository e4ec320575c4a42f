"""What the page of progress shows beside the series: the lifts to choose from, what is still planned, the program."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, F, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.selectors import profile_of
from gainsly.lib.strength import MAX_RPE
from gainsly.lib.vocabulary import ExperienceLevel, Muscle, RecoverySource, Section, SessionStatus, SetKind
from logging_app.metrics import e1rm, landmarks, plateaus
from logging_app.metrics.volume import HARD_SET_RESERVE, WITHOUT_HARD_SETS
from logging_app.models import BiometricEntry, PersonalRecord, RecordKind, RecoverySignal
from movements.models import Movement
from movements.selectors import ListedMovement, movements_by_id
from programs.models import Session, SessionExercise
from programs.selectors import active_program
from programs.services.configuration import active_heuristics

from .spans import sets_between
from .stats import adherence

Json = dict[str, Any]
LIFTS = 6
HABIT_DAYS = 28
COUNTED = (Section.SKILL, Section.MAIN, Section.ACCESSORY, Section.FINISHER)


@dataclass(frozen=True, slots=True)
class Standstill:
    """A lift's plateau with what to try."""

    plateau: plateaus.Plateau
    tries: tuple[plateaus.Try, ...]


def lifts_in(user: Any, since: dt.date, until: dt.date) -> list[ListedMovement]:
    """The movements with the most estimates in a range, most first. Two queries."""
    rows = sets_between(user, since, until).filter(is_top_set=True, e1rm__isnull=False)
    counted = rows.values("movement_id").annotate(times=Count("id")).order_by("-times", "movement__name", "movement_id")
    ids = [row["movement_id"] for row in counted[:LIFTS]]
    listed = movements_by_id(ids)
    return [listed[pk] for pk in ids]


def e1rm_records(user: Any, movement_id: UUID, since: dt.date, until: dt.date) -> dict[str, str]:
    """Which sets of a lift were records, by the set's id: ``new_strength`` or ``best_yet``. One query."""
    rows = PersonalRecord.objects.of(user).filter(
        movement=movement_id,
        kind=RecordKind.E1RM,
        previous__isnull=False,
        workout__date__gte=since,
        workout__date__lte=until,
    )
    values = rows.values_list("set_log_id", "beyond_noise")
    return {str(pk): "new_strength" if beyond else "best_yet" for pk, beyond in values}


def exposures_of(series: Sequence[Json]) -> list[e1rm.Exposure]:
    """A series of one lift as exposures; deload days are left out."""
    return [
        e1rm.Exposure(
            on=dt.date.fromisoformat(point["date"]),
            e1rm=point["e1rm"],
            sd=(point["e1rm_high"] - point["e1rm_low"]) / 2,
        )
        for point in series
        if not point["is_deload"]
    ]


def course_of(series: Sequence[Json], on: dt.date) -> tuple[e1rm.Strength | None, e1rm.Change | None]:
    """Where a lift stands on that day and how it changed over its series, for the page and for the coach alike."""
    exposures = exposures_of(series)
    return e1rm.current_strength(exposures, on), e1rm.change_over(exposures)


def standstill(
    user: Any,
    movement: ListedMovement | Movement,
    series: Sequence[Json],
    on: dt.date,
    *,
    below: bool,
    falling: bool,
) -> Standstill | None:
    """Whether a lift has stopped moving, and what to try. Three queries, none while it moves."""
    exposures = exposures_of(series)
    found = plateaus.plateau(exposures, on)
    if found is None:
        return None
    since = on - dt.timedelta(days=plateaus.WINDOW_DAYS)
    sets = sets_between(user, since, on).filter(movement=movement.id)
    reserve = sets.exclude(kind=SetKind.WARMUP).aggregate(mean=Avg(Coalesce(F("rir"), Value(MAX_RPE) - F("rpe"))))[
        "mean"
    ]
    done = adherence(user, since=on - dt.timedelta(days=HABIT_DAYS), until=on, today=on)
    habits = plateaus.Habits(
        adherence=done["share"],
        reserve=reserve,
        sets_below_band=below,
        falling_patterns=falling,
        exposures_a_week=found.exposures / (found.days / plateaus.DAYS_PER_WEEK),
    )
    return Standstill(found, plateaus.what_to_try(habits))


def planned_sets(user: Any, since: dt.date, until: dt.date) -> dict[Muscle, float]:
    """Fractional hard sets that the plan still holds from one day to another. Two queries."""
    rows = SessionExercise.objects.of(user).filter(
        session__date__gte=since,
        session__date__lte=until,
        session__status=SessionStatus.PLANNED,
        session__microcycle__program__is_active=True,
        section__in=COUNTED,
    )
    values = list(rows.order_by("id").values_list("movement_id", "sets", "target_rir"))
    listed = movements_by_id({movement_id for movement_id, _, _ in values})
    totals: defaultdict[Muscle, float] = defaultdict(float)
    for movement_id, sets, rir in values:
        record = listed[movement_id].record
        if record.pattern not in WITHOUT_HARD_SETS and (rir is None or rir <= HARD_SET_RESERVE):
            for muscle, share in record.muscle_shares().items():
                totals[muscle] += share * sets
    return dict(totals)


def landmarks_of(user: User) -> dict[Muscle, landmarks.Landmark]:
    """The athlete's useful bands of weekly sets. At most three queries."""
    program = active_program(user)
    planned: Mapping[str, tuple[float, float]] = (program.quality or {}).get("bands", {}) if program else {}
    return landmarks.landmarks(ExperienceLevel(profile_of(user).experience_level), active_heuristics(), planned)


def program_weeks(user: Any, today: dt.date) -> list[Json]:
    """The active program's weeks with a state per session: done, missed, today or ahead. One query."""
    rows = Session.objects.filter(microcycle__program__user=user, microcycle__program__is_active=True)
    values = rows.order_by("microcycle__sequence", "date", "id").values_list(
        "microcycle__sequence", "microcycle__is_deload", "date", "status"
    )
    weeks: dict[int, Json] = {}
    for sequence, is_deload, date, status in values:
        week = weeks.setdefault(sequence, {"week": sequence, "is_deload": is_deload, "sessions": []})
        week["sessions"].append(_state(date, status, today))
    return list(weeks.values())


def measures(user: Any, since: dt.date, until: dt.date) -> list[BiometricEntry]:
    """Body weight and other measures of a range, oldest first. One query."""
    rows = BiometricEntry.objects.of(user).filter(taken_at__date__gte=since, taken_at__date__lte=until)
    return list(rows.order_by("taken_at", "id"))


def sleep(user: Any, since: dt.date, until: dt.date) -> dict[dt.date, float]:
    """Hours slept by day, oldest first; the athlete's own word wins over a device. One query."""
    rows = RecoverySignal.objects.of(user).filter(date__gte=since, date__lte=until, sleep_hours__isnull=False)
    found: dict[dt.date, float] = {}
    for day, source, hours in rows.order_by("date", "source").values_list("date", "source", "sleep_hours"):
        if day not in found or source == RecoverySource.MANUAL:
            found[day] = hours
    return found


def _state(date: dt.date, status: str, today: dt.date) -> str:
    if status == SessionStatus.DONE:
        return "done"
    if status in (SessionStatus.MISSED, SessionStatus.SKIPPED) or date < today:
        return "missed"
    return "today" if date == today else "ahead"
