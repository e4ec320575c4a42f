"""The page that adapts a day: how the athlete is, what changes and why, and the athlete's word on it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.selectors import local_today, settings_of
from coaching.forms import AdaptForm
from coaching.models import Adaptation
from coaching.selectors import adaptation_for, adaptation_in_force
from coaching.services import adaptation
from coaching.services.check_in import worst_part
from gainsly.core.forms import show_refusal
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from logging_app.selectors import signals_of, soreness_of
from programs.selectors import session_on

from .diff import diff_rows

NAV = "logging:today"
MOST_MINUTES = 120  # on the slider
SORE_SINCE = dt.timedelta(hours=18)  # what was told this morning still holds
PREFILLED = ("sleep_hours", "sleep_quality", "stress", "motivation")


@login_required
@require_http_methods(["GET", "POST"])
def adapt(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Today's check-in; sent, it leads to the proposal. Works without scripts."""
    today = local_today(request.user)
    session = session_on(request.user, today)
    if session is None:
        messages.info(request, _("There is no session today to adapt."))
        return redirect("logging:today")
    form = AdaptForm(request.POST or None, initial=_known(request.user, today, session.estimated_minutes))
    if request.method == "POST" and form.is_valid():
        try:
            row = adaptation.preview(user=request.user, date=today, signals=form.told())
            return redirect("coaching:adaptation", row.pk)
        except DomainError as error:
            show_refusal(form, error)
    context = {
        "form": form,
        "session": session,
        "most_minutes": max(MOST_MINUTES, session.estimated_minutes),
        "in_force": adaptation_in_force(request.user, today),
        "nav": NAV,
    }
    return render(request, "coaching/adapt.html", context, status=422 if form.errors else 200)


def _known(user: Any, today: dt.date, minutes: int) -> dict[str, Any]:
    """What the diary knows of today already, and the minutes that are planned."""
    row = signals_of(user).filter(date=today).first()
    known = {name: getattr(row, name) for name in PREFILLED} if row else {}
    since = timezone.now() - SORE_SINCE
    reports = soreness_of(user).filter(at__gte=since).order_by("at").values_list("muscle", "level")
    return {**known, **{f"sore_{muscle}": level for muscle, level in reports}, "minutes": minutes}


@login_required
@require_GET
def proposal(request: AuthenticatedHttpRequest, adaptation_pk: UUID) -> HttpResponse:
    """The changes as a diff beside the coach's words."""
    row = adaptation_for(request.user, None, adaptation_pk)
    context = {
        "row": row,
        "changes": diff_rows(row.changes, user=request.user, units=settings_of(request.user).units),
        "worst": worst_part(row.inputs),
        "session": row.session,
        "sizes": adaptation.sizes_of(row),
        **_said(request, row),
        "nav": NAV,
    }
    return render(request, "coaching/adaptation.html", context)


@login_required
@require_GET
def words(request: AuthenticatedHttpRequest, adaptation_pk: UUID) -> HttpResponse:
    """The coach's words and suggestions as they stand, in place of what streamed."""
    row = adaptation_for(request.user, None, adaptation_pk)
    return render(request, "coaching/_words.html", {"row": row, **_said(request, row)})


def _said(request: AuthenticatedHttpRequest, row: Adaptation) -> dict[str, Any]:
    suggestions = diff_rows(row.suggestions, user=request.user, units=settings_of(request.user).units)
    held_back = row.turn is not None and any(not one["why"].startswith("suggestion") for one in row.turn.refused)
    return {"turn": row.turn, "suggestions": suggestions, "held_back": held_back}


@login_required
@require_POST
def decide(request: AuthenticatedHttpRequest, adaptation_pk: UUID) -> HttpResponse:
    """Accept all, accept what is ticked, keep the plan, or undo: the button tapped says which."""
    op, row = request.POST.get("op"), adaptation_for(request.user, None, adaptation_pk)
    day = row.session.date
    try:
        if op in ("all", "some"):
            chosen = request.POST.getlist("change") if op == "some" else None
            adaptation.accept(user=request.user, date=day, adaptation_id=row.pk, change_ids=chosen)
            messages.success(request, _("Today's session is adapted."))
        elif op == "undo":
            adaptation.undo(user=request.user, date=day, adaptation_id=row.pk)
            messages.success(request, _("The session is as it was planned."))
        elif op == "reject":
            adaptation.reject(user=request.user, date=day, adaptation_id=row.pk)
            messages.info(request, _("The plan stays as it is."))
        else:
            return redirect("coaching:adaptation", row.pk)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("coaching:adaptation", row.pk)
    return redirect("logging:today")


@login_required
@require_GET
def panel(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What the page of today shows of an adaptation in force; empty where there is none."""
    row = adaptation_in_force(request.user, local_today(request.user))
    return render(request, "coaching/_adapted.html", {"row": row})
