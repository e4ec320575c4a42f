"""The pages behind the avatar: who you are, when you train, what you like, how it looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import selectors
from accounts.forms import DisplayForm, PreferencesForm, WeekForm, YouForm
from accounts.services import preferences
from accounts.services import profile as profile_service
from gainsly.core.forms import show_refusal
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError

from .onboarding import chosen, likes_of


@login_required
@require_GET
def index(request: AuthenticatedHttpRequest) -> HttpResponse:
    user = request.user
    context = {
        "profile": selectors.profile_of(user),
        "injury_count": selectors.injuries_on(user, selectors.local_today(user)).count(),
    }
    return render(request, "accounts/settings.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def person(request: AuthenticatedHttpRequest) -> HttpResponse:
    known = YouForm.initial_of(selectors.profile_of(request.user), selectors.settings_of(request.user))
    form = YouForm(request.POST or None, initial=known)
    return _edit(
        request,
        "accounts/settings_person.html",
        form,
        lambda: preferences.save_person(user=request.user, **form.cleaned_data),
    )


@login_required
@require_http_methods(["GET", "POST"])
def week(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = WeekForm(request.POST or None, initial=WeekForm.initial_of(selectors.profile_of(request.user)))
    return _edit(
        request,
        "accounts/settings_week.html",
        form,
        lambda: profile_service.update_profile(user=request.user, **form.cleaned_data),
    )


@login_required
@require_http_methods(["GET", "POST"])
def likes(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = PreferencesForm(request.POST or None, initial=likes_of(request))
    return _edit(
        request,
        "accounts/settings_preferences.html",
        form,
        lambda: preferences.save_preferences(user=request.user, **chosen(form)),
    )


@login_required
@require_http_methods(["GET", "POST"])
def display(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = DisplayForm(request.POST or None, initial=DisplayForm.initial_of(selectors.settings_of(request.user)))
    return _edit(
        request,
        "accounts/settings_display.html",
        form,
        lambda: profile_service.update_settings(user=request.user, **form.cleaned_data),
    )


def _edit(request: AuthenticatedHttpRequest, template: str, form: forms.Form, save: Callable[[], Any]) -> HttpResponse:
    """One form, one service call; a refusal stands at its field."""
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:settings")
    return render(request, template, {"form": form}, status=422 if request.method == "POST" else 200)
