"""What is the athlete's own in the library: rules, favourites, hidden movements, and movements of their own."""

from __future__ import annotations

from typing import Any

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
from movements import selectors
from movements.forms import OwnMovementForm, RuleForm
from movements.models import Movement, MovementRule
from movements.services import own, rules

NAV = "movements:list"
BACK_TO_MINE = "mine"


@require_GET
@login_required
def mine(request: AuthenticatedHttpRequest) -> HttpResponse:
    """My rules with their cadence, my favourites, my own movements, and what I have hidden."""
    context = {
        "nav": NAV,
        "rules": [(rule, _rule_form(rule)) for rule in selectors.rules_of(request.user)],
        "favorites": selectors.favorites_of(request.user),
        "own": selectors.own_of(request.user),
        "hidden": selectors.hidden_of(request.user),
        "back": BACK_TO_MINE,
    }
    return render_partial(request, "movements/mine.html", context)


def _rule_form(rule: MovementRule) -> RuleForm:
    return RuleForm(initial={"type": rule.type, "cadence": rule.cadence}, auto_id=f"rule_{rule.pk}_%s")


def back_from(request: AuthenticatedHttpRequest, movement: Movement) -> HttpResponse:
    """To where the button was pressed: "my rules", or the movement's own page."""
    if request.POST.get("back") == BACK_TO_MINE:
        return redirect("movements:mine")
    return redirect("movements:detail", key=movement.slug)


@require_POST
@login_required
def hide(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Hide a movement from lists, search and new plans (``hidden=1``) or bring it back (``hidden=0``)."""
    movement = selectors.movement_for(request.user, key)
    hidden = request.POST.get("hidden") == "1"
    rules.set_hidden(user=request.user, movement=movement, hidden=hidden)
    if hidden:
        messages.success(request, _("Hidden. You find it under “Mine” should you want it back."))
    else:
        messages.success(request, _("It is back in your lists."))
    return back_from(request, movement)


@require_http_methods(["GET", "POST"])
@login_required
def add(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Add a movement that only this athlete sees."""
    form = OwnMovementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            movement = own.create_own_movement(user=request.user, **form.attributes())
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("“%(name)s” is in your library.") % {"name": movement.name})
            return redirect("movements:detail", key=movement.slug)
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Change one of the athlete's own movements."""
    movement = selectors.own_movement_for(request.user, key)
    form = OwnMovementForm(request.POST or None, initial=OwnMovementForm.initial_of(selectors.listed(movement).record))
    if request.method == "POST" and form.is_valid():
        try:
            own.update_own_movement(user=request.user, movement=movement, **form.attributes())
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Saved. New plans use it as it is now."))
            return redirect("movements:detail", key=movement.slug)
    return _form_page(request, form, movement)


def _form_page(request: AuthenticatedHttpRequest, form: OwnMovementForm, movement: Movement | None) -> HttpResponse:
    context: dict[str, Any] = {"nav": NAV, "form": form, "movement": movement}
    return render(request, "movements/own_form.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def remove(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Remove one of the athlete's own movements."""
    movement = selectors.own_movement_for(request.user, key)
    if own.remove_own_movement(movement=movement):
        messages.success(request, _("“%(name)s” is gone.") % {"name": movement.name})
    else:
        messages.success(
            request,
            _("“%(name)s” is out of your library. What you planned or logged with it stays.") % {"name": movement.name},
        )
    return redirect("movements:mine")
