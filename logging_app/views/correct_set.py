"""One set of a running workout, to mend: other numbers, or out with it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.selectors import settings_of
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import Units
from logging_app.forms import new_set_id, weight_step
from logging_app.metrics.doubts import doubted
from logging_app.models import SetLog, WorkoutLog
from logging_app.selectors import workout_for
from logging_app.selectors.live import workout_with_usual
from logging_app.services.corrections import correct_set, remove_set
from logging_app.services.inputs import SetInput
from movements.selectors import default_gym, kit_of

from .doubts import weight_words
from .old_sets import MEASURES, OldSetForm


class ChangeIdForm(forms.Form):
    """Which change it is: made with the page, so that the same tap twice is one change."""

    change_id = forms.UUIDField()
    confirmed = forms.BooleanField(required=False)  # asked about, and meant


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: AuthenticatedHttpRequest, pk: UUID, set_pk: UUID) -> HttpResponse:
    """The numbers of a set that stands already; what is saved or removed here can be undone like a set."""
    workout = workout_for(request.user, pk)
    if workout.finished_at is not None:
        return redirect("logging:edit", workout.pk)
    row = workout.sets.filter(pk=set_pk).select_related("movement").first()
    chosen = settings_of(request.user)
    if request.method == "POST":
        return _posted(request, workout, row, chosen)
    if row is None:
        raise Http404
    return _show(request, workout, OldSetForm(None, row=row, units=chosen.units, scale=chosen.effort_scale))


def _posted(request: AuthenticatedHttpRequest, workout: WorkoutLog, row: SetLog | None, chosen: Any) -> HttpResponse:
    if row is None:  # a double tap on "remove", or another device's
        messages.info(request, _("That set is not in this workout any more."))
        return redirect("logging:workout", workout.pk)
    change = ChangeIdForm(request.POST)
    form = OldSetForm(request.POST, row=row, units=chosen.units, scale=chosen.effort_scale)
    if not change.is_valid() or not form.is_valid():
        return _show(request, workout, form)
    told = form.set_input(dt.timedelta())
    question = "" if told is None or change.cleaned_data["confirmed"] else _doubt(request, row, told, chosen.units)
    if question:
        return _show(request, workout, form, question=question)
    try:
        _write(request, workout, row, change.cleaned_data["change_id"], told)
    except DomainError as error:
        form.refuse(error)
        return _show(request, workout, form)
    return redirect(_back_to(workout, row))


def _write(
    request: AuthenticatedHttpRequest, workout: WorkoutLog, row: SetLog, change_id: UUID, told: SetInput | None
) -> None:
    if told is None:
        remove_set(user=request.user, workout_id=workout.pk, change_id=change_id, set_id=row.pk)
        messages.success(request, _("The set is removed."))
    else:
        correct_set(user=request.user, workout_id=workout.pk, change_id=change_id, told=told)
        messages.success(request, _("The set is changed."))


def _doubt(request: AuthenticatedHttpRequest, row: SetLog, told: SetInput, units: str) -> str:
    """A question about a weight that looks like a slip; empty for almost all."""
    if not told.weight_kg or told.weight_kg < 0 or told.weight_kg == row.weight_kg:
        return ""
    _workout, usual = workout_with_usual(request.user, row.workout_id, slug=row.movement.slug)
    found = doubted(told.weight_kg, usual.weights_kg, pounds=units == Units.IMPERIAL)
    return weight_words(found, units) if found else ""


def _back_to(workout: WorkoutLog, row: SetLog) -> str:
    url = reverse("logging:workout", args=[workout.pk])
    return f"{url}?x={row.session_exercise_id}" if row.session_exercise_id else f"{url}?m={row.movement.slug}"


def _show(request: AuthenticatedHttpRequest, workout: WorkoutLog, form: OldSetForm, question: str = "") -> HttpResponse:
    context = {
        "workout": workout,
        "row": form.row,
        "form": form,
        "measures": [form[name] for name in MEASURES if name in form.fields],
        "lowest": "" if form.row.movement.bodyweight_share else 0,  # help is less than nothing
        "back": _back_to(workout, form.row),
        "weight_step": weight_step(kit_of(default_gym(request.user)).load_step_kg, form.units),
        "question": question,
        "change_id": new_set_id(),
        "nav": "logging:train",
    }
    return render(request, "logging_app/correct_set.html", context, status=422 if form.is_bound else 200)
