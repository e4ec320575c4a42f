"""What was trained: the month and the list, one workout, deleting it and keeping it as a template."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.selectors import local_today, profile_of
from gainsly.core.htmx import render_partial
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from logging_app import selectors
from logging_app.selectors.history import MonthDay
from logging_app.selectors.movement import movement_history
from logging_app.services.templates import keep_as_template
from logging_app.services.undo import copy_of
from logging_app.services.workouts import delete_workout
from movements.selectors import movement_for

from .edit_workout import can_undo, remember

SHOWN_WORKOUTS = 5
SEARCH_LENGTH = 80


@login_required
@require_GET
def history(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Newest first; ``?before=<workout id>`` goes on from there, ``?q=`` searches, ``?day=`` shows one day,
    ``?month=2026-11`` turns the calendar."""
    before, search = request.GET.get("before"), request.GET.get("q", "").strip()[:SEARCH_LENGTH]
    day = _day(request.GET.get("day", ""))
    page = selectors.history_page(
        request.user,
        before=selectors.workout_for(request.user, before) if before else None,
        since=day,
        until=day,
        search=search.replace("\x00", ""),
    )
    query = request.GET.copy()
    query.pop("before", None)
    context: dict[str, Any] = {
        "page": page,
        "nav": "logging:history",
        "is_first": not before,
        "search": search,
        "day": day,
        "query": query.urlencode(),
    }
    if not (request.headers.get("HX-Request") and before):
        today = local_today(request.user)
        month = _month(request.GET.get("month", "")) or (day or today).replace(day=1)
        context |= {"calendar": _calendar(request, month, today), "can_undo": can_undo(request)}
    return render_partial(request, "logging_app/history.html", context, partial="more")


def _day(text: str) -> dt.date | None:
    """A day whose month has another before and behind it."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if dt.date.min.year < day.year < dt.date.max.year else None


def _month(text: str) -> dt.date | None:
    return _day(f"{text}-01")


def _calendar(request: AuthenticatedHttpRequest, month: dt.date, today: dt.date) -> dict[str, Any]:
    weeks = selectors.month_of(request.user, month, today, profile_of(request.user).first_weekday)
    return {
        "month": month,
        "previous": (month - dt.timedelta(days=1)).strftime("%Y-%m"),
        "next": (month + dt.timedelta(days=31)).strftime("%Y-%m"),
        "names": [date_format(day.date, "D") for day in weeks[0]],
        "weeks": [
            [{"day": day, "words": _words(day), "mark": _mark(day, today), "url": _url(day)} for day in week]
            for week in weeks
        ],
    }


def _url(day: MonthDay) -> str:
    """Where a day leads: to what was trained, else to what is planned."""
    if day.workouts:
        return f"?day={day.date.isoformat()}"
    return reverse("programs:session", args=[day.planned[0]]) if day.planned else ""


def _mark(day: MonthDay, today: dt.date) -> str:
    if day.workouts:
        return "done"
    if day.planned is not None:
        return "missed" if day.date < today else "planned"
    return "activity" if day.activities else ""


def _words(day: MonthDay) -> str:
    """A day in words, for who does not see its mark."""
    parts = [date_format(day.date, "l j F")]
    if day.workouts:
        parts.append(ngettext("%(n)d workout", "%(n)d workouts", len(day.workouts)) % {"n": len(day.workouts)})
    elif day.planned is not None:
        parts.append(_("planned: %(title)s") % {"title": day.planned[1]})
    return ", ".join([*parts, *day.activities])


@login_required
@require_GET
def entry(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = selectors.workout_for(request.user, pk)
    if row.finished_at is None:
        return redirect("logging:workout", row.pk)
    page = selectors.workout_page(request.user, row)
    context = {
        "page": page,
        "workout": row,
        "zone": profile_of(request.user).time_zone,
        "nav": "logging:history",
        "can_undo": can_undo(request),
    }
    return render(request, "logging_app/entry.html", context)


@login_required
@require_POST
def delete(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Delete a workout; a finished one can be put back for an hour."""
    row = selectors.workout_for(request.user, pk)
    copy = copy_of(row)
    delete_workout(user=request.user, workout_id=row.pk)
    if row.finished_at is None:
        messages.success(request, _("The workout is discarded."))
        return redirect("logging:today")
    remember(request, copy)
    messages.success(request, _("The workout is deleted, and your records are as they were without it."))
    return redirect("logging:history")


@login_required
@require_POST
def keep(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Keep a workout as a template under the name told; without a name it is one no longer."""
    row = selectors.workout_for(request.user, pk)
    name = request.POST.get("name", "").strip()
    try:
        keep_as_template(user=request.user, workout_id=row.pk, name=name)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Kept: you can start it from Train.") if name else _("It is no template any more."))
    return redirect("logging:entry", row.pk)


@login_required
@require_GET
def of_movement(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """What the athlete did with one movement; a fragment of the movement's own page."""
    movement = movement_for(request.user, key)
    history = movement_history(request.user, movement, workouts=SHOWN_WORKOUTS)
    context = {"movement": movement, "history": history, "nav": "movements:list"}
    return render_partial(request, "logging_app/movement_history.html", context, partial="movement-history")
