"""Fetching through the owner: what is not the athlete's own does not exist."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404

from programs.models import Program, Session


def program_for(user: Any, pk: UUID) -> Program:
    """The athlete's own program. Raises ``Http404``."""
    program: Program | None = Program.objects.of(user).filter(pk=pk).first()
    if program is None:
        raise Http404
    return program


def session_for(user: Any, pk: UUID) -> Session:
    """The athlete's own session with its week and program. Raises ``Http404``."""
    session: Session | None = _sessions_of(user).filter(pk=pk).first()
    if session is None:
        raise Http404
    return session


def active_program(user: Any) -> Program | None:
    program: Program | None = Program.objects.of(user).filter(is_active=True).first()
    return program


def session_on(user: Any, date: dt.date) -> Session | None:
    """The active program's session of a day; None on a rest day and outside the program."""
    session: Session | None = _sessions_of(user).filter(microcycle__program__is_active=True, date=date).first()
    return session


def sessions_from(user: Any, date: dt.date, *, days: int) -> list[Session]:
    """The active program's sessions of so many days, the first one's included, in their order."""
    mine = _sessions_of(user).filter(microcycle__program__is_active=True)
    return list(mine.filter(date__gte=date, date__lt=date + dt.timedelta(days=days)).order_by("date", "day_number"))


def _sessions_of(user: Any) -> Any:
    return Session.objects.of(user).select_related("microcycle__program")
