"""The check-in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.selectors import local_today
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import RecoverySource
from logging_app.forms import CheckInForm
from logging_app.services.readiness import record_recovery


@login_required
@require_POST
def check_in(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Store today's two answers; what is not told stays as it was."""
    form = CheckInForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose from the answers shown."))
        return redirect("logging:today")
    signals = {name: value for name, value in form.cleaned_data.items() if value is not None}
    try:
        record_recovery(
            user=request.user, date=local_today(request.user), source=RecoverySource.MANUAL.value, signals=signals
        )
    except DomainError as error:
        messages.error(request, "; ".join(text for texts in error.errors.values() for text in texts) or str(error))
    else:
        messages.success(request, _("Checked in."))
    return redirect("logging:today")
