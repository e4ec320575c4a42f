"""What was trained: the list, one workout, and deleting it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.selectors import profile_of
from gainsly.core.htmx import render_partial
from gainsly.core.http import AuthenticatedHttpRequest
from logging_app.selectors import history_page, workout_for, workout_page
from logging_app.selectors.movement import movement_history
from logging_app.services.workouts import delete_workout
from movements.selectors import movement_for

SHOWN_WORKOUTS = 5


@login_required
@require_GET
def history(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Newest first; ``?before=<workout id>`` goes on from there."""
    before = request.GET.get("before")
    page = history_page(request.user, before=workout_for(request.user, before) if before else None)
    context = {"page": page, "nav": "logging:history", "is_first": not before}
    return render_partial(request, "logging_app/history.html", context, partial="more")


@login_required
@require_GET
def entry(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = workout_for(request.user, pk)
    if row.finished_at is None:
        return redirect("logging:workout", row.pk)
    page = workout_page(request.user, row)
    context = {
        "page": page,
        "workout": row,
        "zone": profile_of(request.user).time_zone,
        "nav": "logging:history",
    }
    return render(request, "logging_app/entry.html", context)


@login_required
@require_POST
def delete(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = workout_for(request.user, pk)
    delete_workout(user=request.user, workout_id=row.pk)
    if row.finished_at is None:
        messages.success(request, _("The workout is discarded."))
        return redirect("logging:today")
    messages.success(request, _("The workout is deleted, and your records are as they were without it."))
    return redirect("logging:history")


@login_required
@require_GET
def of_movement(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """What the athlete did with one movement; a fragment of the movement's own page."""
    movement = movement_for(request.user, key)
    history = movement_history(request.user, movement, workouts=SHOWN_WORKOUTS)
    context = {"movement": movement, "history": history, "nav": "movements:list"}
    return render_partial(request, "logging_app/movement_history.html", context, partial="movement-history")
