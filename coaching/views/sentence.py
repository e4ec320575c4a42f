"""The sentence above the wizard: read, kept in the session, and shown where the choices are."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from coaching.services.sentence import understand, understood_json
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError

KEY = "told"  # where the wizard looks; in the session, because words about injuries belong into no address


@login_required
@require_POST
def read(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Fill the wizard from a text; the athlete goes on from there."""
    try:
        understood = understand(user=request.user, text=request.POST.get("text", ""))
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("programs:wizard")
    request.session[KEY] = understood_json(understood)
    return redirect(f"{reverse('programs:wizard')}?{KEY}=1")
