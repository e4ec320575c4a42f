"""What hurts: the list, one more, a change, the end."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import selectors
from accounts.forms import InjuryForm, InjuryWordsForm
from accounts.services import injuries
from gainsly.core.forms import show_refusal
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from gainsly.lib.injury_words import Guess, read_injury


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
    words = InjuryWordsForm(request.GET or None)
    guess = _guess(words)
    form = InjuryForm(request.POST or None, initial=_first_guess(request, guess))
    if request.method == "POST" and form.is_valid():
        try:
            injuries.add_injury(user=request.user, **form.cleaned_data)
        except DomainError as error:
            show_refusal(form, error)
        else:
            return _noted(request, guess)
    return _form(request, form, None, words=words, guess=guess)


def _guess(words: InjuryWordsForm) -> Guess | None:
    """What the athlete's own words say; words that say no area are asked about at the field."""
    if not words.is_valid():
        return None
    guess = read_injury(words.cleaned_data["words"])
    if not guess.areas:
        words.add_error("words", _question(guess))
    return guess


def _question(guess: Guess) -> str:
    if guess.negated:
        return _("That reads as if nothing hurts. If something does, choose the place below.")
    return _("We cannot tell from this where it hurts. Choose the place below; nothing is saved until you do.")


def _first_guess(request: AuthenticatedHttpRequest, guess: Guess | None) -> dict[str, Any]:
    """The form as the words read, without an area that is already noted."""
    initial: dict[str, Any] = {"since": selectors.local_today(request.user)}
    if guess and guess.areas:
        initial |= {"area": _open_areas(request, guess)[0], "severity": guess.severity}
        initial["notes"] = request.GET["words"]
    return initial


def _open_areas(request: AuthenticatedHttpRequest, guess: Guess) -> list[str]:
    noted = {row.area for row in selectors.injuries_on(request.user, selectors.local_today(request.user))}
    return [area for area in guess.areas if area not in noted] or list(guess.areas)


def _noted(request: AuthenticatedHttpRequest, guess: Guess | None) -> HttpResponse:
    """On to the next area that the words named, else back to the list."""
    noted = {row.area for row in selectors.injuries_on(request.user, selectors.local_today(request.user))}
    if guess and any(area not in noted for area in guess.areas):
        messages.success(request, _("Noted. You named another place as well; check it and save."))
        return redirect(f"{reverse('accounts:injury-add')}?{urlencode({'words': request.GET['words']})}")
    return _back(request, _("Noted. Your next program and every adaptation will spare it."))


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


def _form(request: AuthenticatedHttpRequest, form: InjuryForm, injury: object, **more: object) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/injury.html", {"form": form, "injury": injury, **more}, status=status)
