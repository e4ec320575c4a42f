"""What a phone takes along for days without signal: the coming sessions, and their workout as it would begin."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.selectors import local_today
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.vocabulary import SessionStatus
from logging_app.forms import FinishForm
from logging_app.models import WorkoutLog
from logging_app.selectors import open_workout, workout_page
from programs.models import Session
from programs.selectors import session_for, sessions_from

from .live import work_of
from .workout import show_finish, show_live

DAYS_AHEAD = 7
READY_SESSIONS = 2  # what may be begun without signal: the next one, and the one after should it be skipped
PLACEHOLDER = UUID("00000000-0000-4000-8000-000000000000")  # the phone puts the id that it makes in its place


@login_required
@require_GET
def ready(request: AuthenticatedHttpRequest, session_pk: UUID) -> HttpResponse:
    """The live page of a session that nobody has begun; nothing is stored."""
    return show_live(request, _unbegun(request, session_for(request.user, session_pk)))


@login_required
@require_GET
def ready_finish(request: AuthenticatedHttpRequest, session_pk: UUID) -> HttpResponse:
    """The page that would end it."""
    row = _unbegun(request, session_for(request.user, session_pk))
    return show_finish(request, row, workout_page(request.user, row), FinishForm())


@never_cache
@login_required
@require_GET
def offline_pages(request: AuthenticatedHttpRequest) -> JsonResponse:
    """Addresses of what is worth keeping: ``running``, fetched anew after each set, and the other ``pages``."""
    today = local_today(request.user)
    ahead = [
        one
        for one in sessions_from(request.user, today, days=DAYS_AHEAD)
        if one.status not in (SessionStatus.DONE, SessionStatus.SKIPPED)
    ]
    begun = open_workout(request.user)
    running = [] if begun is None else _each_exercise(request, begun, reverse("logging:workout", args=[begun.pk]))
    if begun is not None:
        running.append(reverse("logging:finish", args=[begun.pk]))
    pages = [reverse("logging:today")]
    pages += [reverse("programs:session", args=[one.pk]) for one in ahead]
    for one in ahead[:READY_SESSIONS]:
        pages += _each_exercise(request, _unbegun(request, one), reverse("logging:ready", args=[one.pk]))
        pages.append(reverse("logging:ready-finish", args=[one.pk]))
    return JsonResponse({"running": running, "pages": pages})


def _unbegun(request: AuthenticatedHttpRequest, session: Session) -> WorkoutLog:
    now = timezone.now()
    return WorkoutLog(
        pk=PLACEHOLDER, user=request.user, session=session, title=session.title, started_at=now, date=_day(now)
    )


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()


def _each_exercise(request: AuthenticatedHttpRequest, row: WorkoutLog, url: str) -> list[str]:
    work = work_of(workout_page(request.user, row))
    return [url, *(f"{url}?x={one.key}" for one in work if one.key)]
