"""A session: what it holds, why, and moving, skipping or locking it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gainsly.core.forms import show_refusal
from gainsly.core.htmx import render_partial
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from programs.forms import MoveForm
from programs.models import Session
from programs.selectors import SessionPage, local_today, refinement_of, session_for, session_page
from programs.services.sessions import cost_of_skipping, lock_session, reschedule_session, skip_session, unskip_session

from .reasons import why_of


@login_required
@require_GET
def session(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """``?why=<exercise id>`` opens the reasons of one exercise, the first chosen one by default."""
    page = session_page(session_for(request.user, pk))
    context = {
        **_context(page, request.GET.get("why", ""), request.user),
        "is_today": page.session.date == local_today(request.user),
    }
    return render_partial(request, "programs/session.html", context, partial="why")


def _context(page: SessionPage, asked: str, user: Any) -> dict[str, Any]:
    exercises = [exercise for section in page.sections for exercise in section.exercises]
    chosen = [one for one in exercises if one.choice_id]
    shown = next((one for one in chosen if str(one.pk) == asked), None) or next(
        (one for one in chosen if one.section in ("main", "skill")), chosen[0] if chosen else None
    )
    return {
        "nav": "programs:current",
        "page": page,
        "session": page.session,
        "refined": refinement_of(page.session),
        "movements": len(exercises),
        "hard_sets": sum(one.sets for one in exercises if one.section in ("main", "accessory")),
        "has_tempo": any(one.tempo for one in exercises),
        "why": why_of(shown, user) if shown else None,
    }


@login_required
@require_http_methods(["GET", "POST"])
def move(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = session_for(request.user, pk)
    form = MoveForm(request.POST if request.method == "POST" else None, initial={"date": row.date})
    if request.method == "POST" and form.is_valid():
        try:
            moved = reschedule_session(
                session=row, body={"date": form.cleaned_data["date"]}, today=local_today(request.user)
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            _say_moved(request, moved.warnings)
            return redirect("programs:session", row.pk)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "programs/move.html", {"form": form, "session": row, "nav": "programs:current"}, status=status
    )


def _say_moved(request: AuthenticatedHttpRequest, warnings: tuple[dict[str, Any], ...]) -> None:
    messages.success(request, _("The session is moved."))
    for warning in warnings:
        messages.warning(request, warning["message"])


@login_required
@require_POST
def skip(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Skip a planned session, or take the skip back."""
    row = session_for(request.user, pk)
    return _apply(request, row, unskip_session if row.status == "skipped" else skip_session)


@login_required
@require_POST
def lock(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Lock a session against re-planning, or unlock it."""
    row = session_for(request.user, pk)
    lock_session(session=row, locked=not row.locked)
    messages.success(request, _("Locked: nothing re-plans this session.") if row.locked else _("Unlocked."))
    return redirect("programs:session", row.pk)


def _apply(request: AuthenticatedHttpRequest, row: Session, service: Any) -> HttpResponse:
    try:
        service(session=row, today=local_today(request.user))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        skipped = row.status == "skipped"
        messages.success(request, f"{_('Skipped.')} {cost_of_skipping(row)}" if skipped else _("Back in the plan."))
    return redirect("programs:session", row.pk)
