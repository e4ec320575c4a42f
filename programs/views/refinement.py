"""A model going over the plan: how far it is, asking again, and taking a session back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from programs.selectors import local_today, program_for, refinement_progress, session_for
from programs.services.refining import is_wanted, request_refinement, undo_refinement


@login_required
@require_GET
def progress(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The panel of the program page alone; it asks for itself while a model is at work."""
    row = program_for(request.user, pk)
    context = {"program": row, "refinement": refinement_progress(row), "model_is_on": is_wanted()}
    return render(request, "programs/_refinement.html", context)


@login_required
@require_POST
def ask(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Go over what lies ahead, or over what failed."""
    row = program_for(request.user, pk)
    if request_refinement(program=row):
        messages.success(request, _("The coach's model goes over your sessions. The plan is whole all the while."))
    else:
        messages.info(request, _("No model is set up here. The engine's plan and the built-in coach stand."))
    return redirect("programs:program", row.pk)


@login_required
@require_POST
def undo(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    session = session_for(request.user, pk)
    try:
        undo_refinement(session=session, today=local_today(request.user))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The engine's session is back."))
    return redirect("programs:session", session.pk)
