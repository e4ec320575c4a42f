"""The live workout: start, one set after another, undo, finish."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.selectors import local_today, profile_of, settings_of
from gainsly.core.forms import show_refusal
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from logging_app.forms import FinishForm, SetForm
from logging_app.models import WorkoutLog
from logging_app.selectors import open_workout, workout_for, workout_page
from logging_app.services.changes import undo_last
from logging_app.services.sets import IdTakenError
from logging_app.services.workouts import add_sets, finish_workout, start_workout
from movements.selectors import movement_for, search
from programs.selectors import session_for, session_on

from .live import live_context, work_of

FOUND_MOVEMENTS = 20


@login_required
@require_GET
def train(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Where "Train" leads: the running workout, else what could be started."""
    running = open_workout(request.user)
    if running:
        return redirect("logging:workout", running.pk)
    session = session_on(request.user, local_today(request.user))
    return render(request, "logging_app/train.html", {"session": session, "nav": "logging:train"})


@login_required
@require_POST
def start(request: AuthenticatedHttpRequest, session_pk: UUID) -> HttpResponse:
    """Start a planned session; a workout that is running already is opened instead."""
    session = session_for(request.user, session_pk)
    row, _is_new = start_workout(user=request.user, session=session, title=session.title)
    if row.session_id != session.pk:
        _say_running(request)
    return redirect("logging:workout", row.pk)


@login_required
@require_POST
def start_empty(request: AuthenticatedHttpRequest) -> HttpResponse:
    row, _is_new = start_workout(user=request.user, title=_("Workout"))
    if row.session_id is not None:
        _say_running(request)
    return redirect("logging:workout", row.pk)


def _say_running(request: AuthenticatedHttpRequest) -> None:
    messages.info(request, _("This workout is still running. Finish it before you start another."))


@login_required
@require_GET
def workout(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """One set at a time. ``?x=<session exercise>`` or ``?m=<movement slug>`` chooses what is trained now."""
    row = workout_for(request.user, pk)
    if row.finished_at is not None:
        return redirect("logging:entry", row.pk)
    return _live(request, row)


def _live(request: AuthenticatedHttpRequest, row: WorkoutLog, form: SetForm | None = None) -> HttpResponse:
    page = workout_page(request.user, row)
    chosen = request.POST if form else request.GET
    extra = chosen.get("m") or (form and not chosen.get("exercise") and chosen.get("movement"))
    context = live_context(
        page,
        user=request.user,
        units=settings_of(request.user).units,
        exercise_id=chosen.get("x") or chosen.get("exercise") or "",
        extra=movement_for(request.user, extra) if extra else None,
        form=form,
    )
    context["zone"] = profile_of(request.user).time_zone
    return render(request, "logging_app/workout.html", context, status=422 if form else 200)


@login_required
@require_POST
def add_set(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Log one set and come back for the next."""
    row = workout_for(request.user, pk)
    form = SetForm(request.POST, units=settings_of(request.user).units)
    if form.is_valid():
        try:
            add_sets(user=request.user, workout_id=row.pk, sets=[form.set_input(planned=row.session_id is not None)])
        except IdTakenError:
            form = form.renewed()  # the browser's back button brought an old page with other numbers
            form.add_error(
                None, _("That set is logged already. Undo it to change it, or log these numbers as one more.")
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return redirect(_after_set(row, form))
    return _live(request, row, form)


def _after_set(row: WorkoutLog, form: SetForm) -> str:
    """Stay with a movement that is not in the plan; the plan leads on by itself."""
    url = reverse("logging:workout", args=[row.pk])
    return url if form.cleaned_data["exercise"] else f"{url}?m={form.cleaned_data['movement']}"


@login_required
@require_POST
def undo(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = workout_for(request.user, pk)
    try:
        taken_back = undo_last(user=request.user, workout_id=row.pk)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The last set is taken back.") if taken_back else _("There is no set to undo."))
    return redirect("logging:workout", row.pk)


@login_required
@require_GET
def choose_movement(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Add a movement that is not in the plan: search, then tap."""
    row = workout_for(request.user, pk)
    query = request.GET.get("q", "").strip()
    found = [hit.movement.record for hit in search(request.user, query, limit=FOUND_MOVEMENTS)] if query else []
    context = {"workout": row, "query": query, "found": found, "nav": "logging:train"}
    return render(request, "logging_app/choose_movement.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def finish(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = workout_for(request.user, pk)
    if request.method == "GET" and row.finished_at is not None:
        return redirect("logging:entry", row.pk)
    form = FinishForm(request.POST if request.method == "POST" else None, initial={"notes": row.notes})
    if request.method == "POST" and form.is_valid():
        try:
            finish_workout(user=request.user, workout_id=row.pk, **_answers(form))
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Well done. Your workout is in the book."))
            return redirect("logging:entry", row.pk)
    status = 422 if request.method == "POST" else 200
    page = workout_page(request.user, row)
    context = {
        "form": form,
        "workout": row,
        "sets": sum(len(one.sets) for one in page.exercises),
        "left": sum(max(0, one.planned - one.done) for one in work_of(page)),
        "nav": "logging:train",
    }
    return render(request, "logging_app/finish.html", context, status=status)


def _answers(form: FinishForm) -> dict[str, Any]:
    names = ("perceived_difficulty", "enjoyment", "feedback_tags", "notes")
    return {name: form.cleaned_data[name] for name in names}
