"""What the athlete trains with: a step of the onboarding, and a page of the settings."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.selectors import settings_of
from accounts.views.steps import step
from gainsly.core.forms import show_refusal
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from movements import selectors
from movements.forms import KitForm, WeightsForm
from movements.services import gyms


@login_required
@require_http_methods(["GET", "POST"])
def onboarding_kit(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = KitForm(request.POST or None, initial=KitForm.initial_of(selectors.kit_for(request.user)))
    if request.method == "POST" and form.is_valid():
        try:
            gyms.set_default_gym_equipment(user=request.user, slugs=form.chosen_equipment())
            return redirect(step("kit").next_url)
        except DomainError as error:
            show_refusal(form, error)
    status = 422 if request.method == "POST" else 200
    return render(request, "movements/onboarding_kit.html", {"form": form, "step": step("kit")}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def kit(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = KitForm(request.POST or None, initial=KitForm.initial_of(selectors.kit_for(request.user)))
    if request.method == "POST" and form.is_valid():
        try:
            gyms.set_default_gym_equipment(user=request.user, slugs=form.chosen_equipment())
        except DomainError as error:
            show_refusal(form, error)
        else:
            return _saved(request)
    return _page(request, form, _weights_form(request))


@login_required
@require_POST
def weights(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = _weights_form(request, bound=True)
    if form.is_valid():
        try:
            gyms.update_gym(user=request.user, changes=form.changes())
        except DomainError as error:
            show_refusal(form, error)
        else:
            return _saved(request)
    return _page(request, KitForm(initial=KitForm.initial_of(selectors.kit_for(request.user))), form)


def _weights_form(request: AuthenticatedHttpRequest, *, bound: bool = False) -> WeightsForm:
    units = settings_of(request.user).units
    known = WeightsForm.initial_of(selectors.kit_for(request.user), units)
    return WeightsForm(request.POST if bound else None, initial=known, units=units)


def _saved(request: AuthenticatedHttpRequest) -> HttpResponse:
    messages.success(request, _("Saved. New sessions use it; those already planned stay as they are."))
    return redirect("movements:kit")


def _page(request: AuthenticatedHttpRequest, form: KitForm, weights_form: WeightsForm) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "movements/kit.html", {"form": form, "weights_form": weights_form}, status=status)
