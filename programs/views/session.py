"""A session: what it holds, why, and moving, skipping or locking it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gainsly.core.forms import show_refusal
from gainsly.core.htmx import render_partial
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import MuscleRole
from movements.selectors import movements_by_slug
from programs.forms import MoveForm
from programs.models import Session, SessionExercise
from programs.selectors import SessionPage, local_today, refinement_of, session_for, session_page
from programs.services.sessions import cost_of_skipping, lock_session, reschedule_session, skip_session, unskip_session

DIMENSIONS = (
    ("pattern_alignment", gettext_lazy("Pattern alignment")),
    ("muscle_coverage", gettext_lazy("Muscle coverage")),
    ("discipline_preference", gettext_lazy("Discipline preference")),
    ("compound_bonus", gettext_lazy("Compound bonus")),
    ("specialization", gettext_lazy("Specialization")),
    ("goal_alignment", gettext_lazy("Goal alignment")),
    ("time_utilization", gettext_lazy("Time utilization")),
)


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
        "why": _why(shown, user) if shown else None,
    }


def _why(exercise: SessionExercise, user: Any) -> dict[str, Any]:
    choice = exercise.choice
    assert choice is not None
    rows = exercise.movement.muscles.all()
    roles = {row.muscle: "p" if row.role == MuscleRole.PRIMARY else "s" for row in rows if row.share > 0}
    return {
        "exercise": exercise,
        "choice": choice,
        "scores": [
            {"label": words, "value": choice.scores.get(name, 0.0), "weight": choice.weights.get(name, 0.0)}
            for name, words in DIMENSIONS
        ],
        "levels": roles,
        "runners_up": _named(choice.runners_up, user),
        "primary": [row.muscle for row in rows if row.role == MuscleRole.PRIMARY],
        "secondary": [row.muscle for row in rows if row.role == MuscleRole.SECONDARY],
    }


def _named(runners_up: list[dict[str, Any]], user: Any) -> list[dict[str, Any]]:
    """Runners-up with the names people know; one that left the library keeps its slug."""
    listed = movements_by_slug([one["movement"] for one in runners_up], user)
    named = {slug: movement.record.name for slug, movement in listed.items()}
    return [{**one, "name": named.get(one["movement"], one["movement"])} for one in runners_up]


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
