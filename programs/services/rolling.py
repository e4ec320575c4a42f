"""What time does to programs: weeks pass, sessions are missed, interrupted work is given up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import DateField, DurationField, ExpressionWrapper, F, Func, Q, QuerySet, Value

from accounts.models import Profile
from gainsly.core.jobs import enqueue
from gainsly.lib.vocabulary import MicrocycleStatus, RefinementStatus, SessionStatus
from programs.models import Microcycle, Program, Session
from programs.selectors import local_today

from .replanning import generate_next

STUCK_AFTER = dt.timedelta(minutes=30)
DEFAULT_ZONE = "UTC"
AHEAD = dt.timedelta(days=2)  # so early the next microcycle is written from what was logged
NEXT_TASK = "programs.tasks.write_next"


@dataclass(frozen=True, slots=True)
class Rolled:
    microcycles: int
    missed: int


@transaction.atomic
def roll_forward(*, now: dt.datetime) -> Rolled:
    """Mirror the statuses of microcycles and mark what was not trained as missed, each by the athlete's own date.

    Statements grow with the number of time zones, not of athletes. Running it again changes nothing.
    """
    zones = set(Profile.objects.values_list("time_zone", flat=True).distinct()) | {DEFAULT_ZONE}
    rolled = [_roll_zone(zone, now.astimezone(ZoneInfo(zone)).date()) for zone in sorted(zones)]
    return Rolled(sum(one.microcycles for one in rolled), sum(one.missed for one in rolled))


def _roll_zone(zone: str, today: dt.date) -> Rolled:
    in_zone = Q(program__user__profile__time_zone=zone)
    if zone == DEFAULT_ZONE:
        in_zone |= Q(program__user__profile__isnull=True)
    microcycles = Microcycle.objects.filter(in_zone).exclude(status=MicrocycleStatus.CANCELLED)
    ended = microcycles.annotate(end=_end_date())
    changed = (
        _become(ended.filter(start_date__gt=today), MicrocycleStatus.PLANNED)
        + _become(ended.filter(start_date__lte=today, end__gt=today), MicrocycleStatus.ACTIVE)
        + _become(ended.filter(end__lte=today), MicrocycleStatus.COMPLETE)
    )
    # Only the active program is being trained; what an athlete put aside is not missed.
    missed = Session.objects.filter(
        microcycle__in=microcycles.filter(program__is_active=True), date__lt=today, status=SessionStatus.PLANNED
    )
    return Rolled(changed, missed.update(status=SessionStatus.MISSED.value))


def _become(microcycles: QuerySet[Microcycle], status: MicrocycleStatus) -> int:
    late = microcycles.exclude(status=status).values("pk")
    return Microcycle.objects.filter(pk__in=late).update(status=status.value)


def _end_date() -> ExpressionWrapper[Any]:
    """The first day after the microcycle."""
    length = Func(F("length_days"), function="make_interval", template="%(function)s(days => %(expressions)s)")
    length.output_field = DurationField()
    return ExpressionWrapper(F("start_date") + length, output_field=DateField())


def send_for_next(*, now: dt.datetime) -> int:
    """A task for each active program whose next microcycle begins within two days and is not written from the log."""
    zones = set(Profile.objects.values_list("time_zone", flat=True).distinct()) | {DEFAULT_ZONE}
    sent = 0
    for zone in sorted(zones):
        today = now.astimezone(ZoneInfo(zone)).date()
        near = _unwritten(today).filter(program__user__profile__time_zone=zone)
        for program_id in near.order_by().values_list("program_id", flat=True).distinct():
            enqueue(NEXT_TASK, program_id=program_id)
            sent += 1
    return sent


def _unwritten(today: dt.date) -> QuerySet[Microcycle]:
    rows: QuerySet[Microcycle] = Microcycle.objects.filter(
        program__is_active=True, start_date__gt=today, start_date__lte=today + AHEAD, written_at__isnull=True
    )
    return rows


@transaction.atomic
def write_next(*, program_id: UUID | str, now: dt.datetime) -> bool:
    """Write a program's next microcycle from what was logged, once; whether there was one to write."""
    program = Program.objects.select_for_update(no_key=True).select_related("user").filter(pk=program_id).first()
    if program is None:
        return False
    today = local_today(program.user)
    due = _unwritten(today).filter(program=program).first()
    if due is None:
        return False
    generate_next(program=program, today=today)
    return bool(Microcycle.objects.filter(pk=due.pk).update(written_at=now))


def give_up_stuck(*, now: dt.datetime) -> int:
    """Weeks that no worker has gone over for half an hour have failed; the engine's plan stands as it is.

    A week whose sessions still wait in a queue is not stuck: ``refining.pick_up_lost`` sees to it.
    """
    stuck = Microcycle.objects.filter(
        refinement_status__in=[RefinementStatus.PENDING, RefinementStatus.RUNNING], updated_at__lt=now - STUCK_AFTER
    ).exclude(sessions__refinement__status__in=[RefinementStatus.PENDING, RefinementStatus.RUNNING])
    return stuck.update(
        refinement_status=RefinementStatus.FAILED.value,
        refinement_reason=Value("The work was interrupted; the plan is unchanged."),
        updated_at=now,
    )
