"""What hurts: the list, one more, a change, the end."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import selectors
from accounts.forms import InjuryForm
from accounts.services import injuries
from gainsly.core.forms import show_refusal
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError


@login_required
@require_GET
def index(request: AuthenticatedHttpRequest) -> HttpResponse:
    today = selectors.local_today(request.user)
    rows = list(selectors.injuries_of(request.user))
    ended = [row for row in rows if row.until and row.until < today]
    context = {"current": [row for row in rows if row not in ended], "ended": ended, "today": today}
    return render(request, "accounts/injuries.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = InjuryForm(request.POST or None, initial={"since": selectors.local_today(request.user)})
    if request.method == "POST" and form.is_valid():
        try:
            injuries.add_injury(user=request.user, **form.cleaned_data)
        except DomainError as error:
            show_refusal(form, error)
        else:
            return _back(request, _("Noted. Your next program and every adaptation will spare it."))
    return _form(request, form, None)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    injury = selectors.injury_for(request.user, pk)
    form = InjuryForm(request.POST or None, initial=InjuryForm.initial_of(injury))
    if request.method == "POST" and form.is_valid():
        try:
            injuries.change_injury(injury=injury, **form.cleaned_data)
        except DomainError as error:
            show_refusal(form, error)
        else:
            return _back(request, _("Saved."))
    return _form(request, form, injury)


@login_required
@require_POST
def end(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """It has healed: the last day was yesterday, so that today's session is free of it."""
    injury = selectors.injury_for(request.user, pk)
    injuries.end_injury(injury=injury)
    return _back(request, _("Good to hear. It no longer limits your training."))


@login_required
@require_POST
def remove(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    injuries.remove_injury(injury=selectors.injury_for(request.user, pk))
    return _back(request, _("Removed."))


def _back(request: AuthenticatedHttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("accounts:injuries")


def _form(request: AuthenticatedHttpRequest, form: InjuryForm, injury: object) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/injury.html", {"form": form, "injury": injury}, status=status)
