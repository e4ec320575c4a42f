"""Four short steps after sign-up, and the questions about health before them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts import selectors
from accounts.forms import PreferencesForm, ScreeningForm, WeekForm, YouForm
from accounts.services import preferences, profile
from gainsly.core.forms import show_refusal
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError

from .steps import first_page_after, step


@login_required
@require_GET
def start(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Where to go on: the questions about health until they are answered, then the first step."""
    screened = selectors.profile_of(request.user).screened_at
    return redirect("accounts:onboarding-you" if screened else "accounts:onboarding-safety")


@login_required
@require_http_methods(["GET", "POST"])
def safety(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = ScreeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        needed = form.needs_medical_advice()
        profile.record_screening(user=request.user, needs_medical_advice=needed)
        return redirect("accounts:onboarding-advice" if needed else step("safety").next_url)
    return _page(request, "accounts/onboarding_safety.html", form, "safety")


@login_required
@require_GET
def advice(request: AuthenticatedHttpRequest) -> HttpResponse:
    return render(request, "accounts/onboarding_advice.html", {"step": step("safety")})


@login_required
@require_http_methods(["GET", "POST"])
def you(request: AuthenticatedHttpRequest) -> HttpResponse:
    known = YouForm.initial_of(selectors.profile_of(request.user), selectors.settings_of(request.user))
    form = YouForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            preferences.save_person(user=request.user, **form.cleaned_data)
            return redirect(step("you").next_url)
        except DomainError as error:
            show_refusal(form, error)
    return _page(request, "accounts/onboarding_you.html", form, "you")


@login_required
@require_http_methods(["GET", "POST"])
def week(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = WeekForm(request.POST or None, initial=WeekForm.initial_of(selectors.profile_of(request.user)))
    if request.method == "POST" and form.is_valid():
        try:
            profile.update_profile(user=request.user, **form.cleaned_data)
            return redirect(step("week").next_url)
        except DomainError as error:
            show_refusal(form, error)
    return _page(request, "accounts/onboarding_week.html", form, "week")


@login_required
@require_http_methods(["GET", "POST"])
def likes(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = PreferencesForm(request.POST or None, initial=likes_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            preferences.save_preferences(user=request.user, **chosen(form))
            return redirect(step("preferences").next_url)
        except DomainError as error:
            show_refusal(form, error)
    return _page(request, "accounts/onboarding_preferences.html", form, "preferences")


@login_required
@require_http_methods(["GET", "POST"])
def done(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The last page confirms with a POST, since a GET must not write."""
    if request.method == "POST":
        profile.complete_onboarding(user=request.user)
        return redirect(first_page_after())
    return render(request, "accounts/onboarding_done.html", {"profile": selectors.profile_of(request.user)})


def likes_of(request: AuthenticatedHttpRequest) -> dict[str, Any]:
    """What the preferences form begins with."""
    user = request.user
    return PreferencesForm.initial_of(
        selectors.settings_of(user), selectors.disciplines_of(user), list(selectors.activities_of(user))
    )


def chosen(form: PreferencesForm) -> dict[str, Any]:
    """A valid preferences form as arguments of ``save_preferences``."""
    names = ("persona_tone", "persona_aggression", "activities")
    return {**{name: form.cleaned_data[name] for name in names}, "disciplines": form.disciplines()}


def _page(request: AuthenticatedHttpRequest, template: str, form: object, name: str) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, "step": step(name)}, status=status)
