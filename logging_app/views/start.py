"""Where a workout begins: from the plan, from nothing, from an old one, or written down afterwards."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.selectors import local_today, profile_of, settings_of
from gainsly.core.forms import show_refusal
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import SessionStatus, Units
from logging_app.forms import PastWorkoutForm, new_set_id
from logging_app.models import WorkoutLog
from logging_app.selectors import open_workout, templates_of, workout_for, workout_page
from logging_app.selectors.live import last_set_of
from logging_app.services.changes import repeat_workout
from logging_app.services.inputs import WorkoutInput
from logging_app.services.workouts import delete_workout, finish_workout, log_workout, start_workout
from programs.models import Session
from programs.selectors import session_for, session_on

from .past_lines import lines_of_session, sets_of_lines

LONG_MINUTES = 300
USUAL_MINUTES = 60
EVENING = dt.time(18)  # when most people train, for a day of which nothing is known
FINISH, DISCARD, AGAIN = "finish", "discard", "again"


@login_required
@require_GET
def train(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Where "Train" leads: the running workout, else what could be started."""
    running = open_workout(request.user)
    if running:
        return redirect("logging:workout", running.pk)
    session = session_on(request.user, local_today(request.user))
    context = {"session": session, "templates": templates_of(request.user), "nav": "logging:train"}
    return render(request, "logging_app/train.html", context)


@login_required
@require_POST
def start(request: AuthenticatedHttpRequest, session_pk: UUID) -> HttpResponse:
    """Start a planned session. Another workout that still runs, or the session logged already, is asked about."""
    session = session_for(request.user, session_pk)
    running = open_workout(request.user)
    if running is not None and running.session_id == session.pk:
        return redirect("logging:workout", running.pk)
    if running is not None and not _settled(request, running):
        return _ask_which(request, running, wanted=session.title)
    logged = session.workouts.filter(completed=True).order_by("-started_at").first()
    if logged is not None and session.status == SessionStatus.DONE and request.POST.get("choice") != AGAIN:
        context = {"logged": logged, "wanted": session.title, "action": request.path, "nav": "logging:train"}
        return render(request, "logging_app/which.html", context, status=422)
    row, _is_new = start_workout(user=request.user, session=session, title=session.title)
    return redirect("logging:workout", row.pk)


@login_required
@require_POST
def start_empty(request: AuthenticatedHttpRequest) -> HttpResponse:
    running = open_workout(request.user)
    if running is not None and running.session_id is None and not running.sets.exists() and not running.changes:
        return redirect("logging:workout", running.pk)
    if running is not None and not _settled(request, running):
        return _ask_which(request, running, wanted=_("Empty workout"))
    row, _is_new = start_workout(user=request.user, title=_("Workout"))
    return redirect("logging:workout", row.pk)


@login_required
@require_POST
def repeat(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Train an old workout once more: its movements in their order, with what was lifted as the target."""
    old = workout_for(request.user, pk)
    running = open_workout(request.user)
    if running is not None and not _settled(request, running):
        return _ask_which(request, running, wanted=old.title or _("Workout"))
    row = repeat_workout(user=request.user, workout_id=old.pk)
    return redirect("logging:workout", row.pk)


def _settled(request: AuthenticatedHttpRequest, running: WorkoutLog) -> bool:
    """Whether the athlete has said what becomes of the workout that still runs, and it is done."""
    choice = request.POST.get("choice")
    if choice == FINISH:
        last = last_set_of(workout_page(request.user, running))
        at = max(last.performed_at, running.started_at) if last else running.started_at
        finish_workout(user=request.user, workout_id=running.pk, finished_at=at)
        messages.success(request, _("The earlier workout is finished and in the book."))
        return True
    if choice == DISCARD:
        delete_workout(user=request.user, workout_id=running.pk)
        messages.success(request, _("The earlier workout is discarded."))
        return True
    return False


def _ask_which(request: AuthenticatedHttpRequest, running: WorkoutLog, *, wanted: str) -> HttpResponse:
    context = {
        "running": running,
        "sets": running.sets.count(),
        "zone": profile_of(request.user).time_zone,
        "wanted": wanted,
        "action": request.path,
        "nav": "logging:train",
    }
    return render(request, "logging_app/which.html", context, status=422)


@login_required
@require_http_methods(["GET", "POST"])
def past(request: AuthenticatedHttpRequest, session_pk: UUID | None = None) -> HttpResponse:
    """Write down a workout afterwards; with a session, what was planned is filled in."""
    zone = _zone_of(request)
    session = session_for(request.user, session_pk) if session_pk else None
    form = PastWorkoutForm(request.POST if request.method == "POST" else None, initial=_past_initial(request, session))
    long = False
    if request.method == "POST" and form.is_valid():
        long = form.cleaned_data["minutes"] > LONG_MINUTES and not form.cleaned_data["long_is_meant"]
        if not long and (row := _log_past(request, form, zone, session)):
            messages.success(request, _("Your workout is in the book."))
            return redirect("logging:entry", row.pk)
    context = {"form": form, "session": session, "ask_long": long, "nav": "logging:history"}
    return render(request, "logging_app/past.html", context, status=422 if request.method == "POST" else 200)


def _zone_of(request: AuthenticatedHttpRequest) -> ZoneInfo:
    return ZoneInfo(profile_of(request.user).time_zone)


def _past_initial(request: AuthenticatedHttpRequest, session: Session | None) -> dict[str, Any]:
    minutes = session.estimated_minutes if session else USUAL_MINUTES
    latest = timezone.now().astimezone(_zone_of(request)) - dt.timedelta(minutes=minutes)  # so that it is over by now
    date = min(session.date, latest.date()) if session else latest.date()
    evening = date < latest.date() or latest.time() >= EVENING
    initial: dict[str, Any] = {
        "workout_id": new_set_id(),
        "date": date,
        "began": EVENING if evening else latest.time().replace(minute=latest.minute // 5 * 5, second=0, microsecond=0),
        "minutes": minutes,
    }
    if session is not None:
        pounds = settings_of(request.user).units == Units.IMPERIAL
        initial |= {"title": session.title, "lines": lines_of_session(session, pounds=pounds)}
    return initial


def _log_past(
    request: AuthenticatedHttpRequest, form: PastWorkoutForm, zone: ZoneInfo, session: Session | None
) -> WorkoutLog | None:
    """Store it; None with the reasons at the fields where it cannot be."""
    data = form.cleaned_data
    began = dt.datetime.combine(data["date"], data["began"], tzinfo=zone)
    ended = began + dt.timedelta(minutes=data["minutes"])
    if ended > timezone.now() + dt.timedelta(minutes=5):
        form.add_error("date" if began > timezone.now() else "minutes", _("This lies in the future."))
        return None
    sets, faults, searched = sets_of_lines(
        data["lines"], user=request.user, session=session, pounds=settings_of(request.user).units == Units.IMPERIAL
    )
    if faults:
        form.add_error("lines", faults)
        return None
    try:
        row, _is_new = log_workout(
            user=request.user,
            workout=WorkoutInput(
                id=data["workout_id"],
                started_at=began,
                finished_at=ended,
                session_id=session.pk if session else None,
                title=data["title"] or _("Workout"),
                sets=sets,
            ),
        )
    except DomainError as error:
        show_refusal(form, error)
        return None
    for sentence in searched:
        messages.info(request, sentence)
    return row
