"""One exercise of a planned session: another movement in its place, its doses and order, a lock."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.selectors import settings_of
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import Section, Units
from programs.forms import ExerciseForm
from programs.models import Session
from programs.selectors import local_today, session_for
from programs.services.locking import ChangedMeanwhileError
from programs.services.sessions import edit_session
from programs.services.swapping import candidates_for, exercise_for, read_swap, swap_exercise

BAD_REQUEST = 400
WORK = (Section.SKILL, Section.MAIN, Section.ACCESSORY, Section.FINISHER)


def _refuse_stale(row: Session, version: str) -> None:
    """What the athlete saw must still be what is stored."""
    if version and version != row.updated_at.isoformat():
        raise ChangedMeanwhileError(_("This session was changed elsewhere in the meantime. Here is how it stands now."))


@login_required
@require_http_methods(["GET", "POST"])
def swap(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """``?exercise=`` shows who may stand in; posting puts one there, for this session or the rest of the block."""
    row = session_for(request.user, pk)
    if request.method == "GET":
        named = request.GET.get("exercise")
        return _candidates(request, row, named) if named else redirect("programs:session", row.pk)
    sent = request.POST
    body = {name: sent[name] for name in ("exercise_id", "movement", "scope") if sent.get(name)}
    exercise = exercise_for(row, sent.get("exercise_id", ""))
    try:
        _refuse_stale(row, sent.get("version", ""))
        order = read_swap(session=row, body=body)
        if order.movement is None:
            return _candidates(request, row, str(exercise.pk))
        today = local_today(request.user)
        done = swap_exercise(session=row, exercise=exercise, movement=order.movement, today=today, scope=order.scope)
    except DomainError as error:
        return _candidates(request, row, str(exercise.pk), error=error)
    messages.success(request, _("%s is in its place.") % order.movement.name)
    for warning in done.warnings:
        messages.warning(request, warning["message"])
    return redirect("programs:session", row.pk)


def _candidates(
    request: AuthenticatedHttpRequest, row: Session, key: str, error: DomainError | None = None
) -> HttpResponse:
    exercise = exercise_for(row, key)
    context = {
        "nav": "programs:current",
        "session": row,
        "exercise": exercise,
        "candidates": candidates_for(session=row, exercise=exercise),
        "error": error,
        "version": row.updated_at.isoformat(),
    }
    return render(request, "programs/swap.html", context, status=error.status if error else 200)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Sets, repetitions, loads and order of the working exercises."""
    row = session_for(request.user, pk)
    sent = request.POST if request.method == "POST" else None
    rows = row.exercises.filter(section__in=WORK).select_related("movement").order_by("position")
    units = settings_of(request.user).units
    forms = [ExerciseForm(sent, exercise=one, units=units) for one in rows]
    if sent is None:
        return _edit_page(request, row, forms)
    valid = [form.is_valid() for form in forms]  # all of them, so that each shows its own errors
    if not all(valid):
        return _edit_page(request, row, forms, status=422)
    changed = [form for form in forms if form.body()]
    body = {"exercises": [form.body() for form in changed]}
    try:
        _refuse_stale(row, sent.get("version", ""))
        edit_session(session=row, body=body, today=local_today(request.user))
    except DomainError as error:
        _place(error, changed)
        return _edit_page(request, row, forms, error=error, status=error.status if error.status != BAD_REQUEST else 422)
    messages.success(request, _("The session is changed."))
    return redirect("programs:session", row.pk)


def _place(error: DomainError, forms: list[ExerciseForm]) -> None:
    """A refusal stands at the exercise that it is about."""
    for number, form in enumerate(forms):
        for message in error.errors.get(f"exercises.{number}", []):
            form.add_error(None, message)


def _edit_page(
    request: AuthenticatedHttpRequest,
    row: Session,
    forms: list[ExerciseForm],
    *,
    error: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "nav": "programs:current",
        "session": row,
        "forms": forms,
        "error": error,
        "version": row.updated_at.isoformat(),
        "unit": "lb" if settings_of(request.user).units == Units.IMPERIAL else "kg",
    }
    return render(request, "programs/edit.html", context, status=status)


@login_required
@require_POST
def lock_exercise(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Lock one exercise against re-planning, or unlock it."""
    row = session_for(request.user, pk)
    if not request.POST.get("exercise_id"):
        return redirect("programs:session", row.pk)
    exercise = exercise_for(row, request.POST["exercise_id"])
    body = {"exercises": [{"id": str(exercise.pk), "locked": not exercise.locked}]}
    try:
        edit_session(session=row, body=body, today=local_today(request.user))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        words = _("Unlocked.") if exercise.locked else _("Locked: nothing re-plans this exercise.")
        messages.success(request, words)
    return redirect("programs:session", row.pk)
