"""Mending an old workout: its times, its words, its sets; and taking the last change back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.selectors import profile_of, settings_of
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import Units
from logging_app.metrics.doubts import doubted
from logging_app.models import WorkoutLog
from logging_app.selectors import workout_for
from logging_app.services.undo import copy_of, restore_workout
from logging_app.services.workouts import update_workout

from .doubts import weight_words
from .old_sets import OldSetForm
from .past_lines import sets_of_lines

UNDO = "undo_workout"  # the key in the session: one change at a time can be taken back
UNDO_MINUTES = 60
LOCAL = "%Y-%m-%dT%H:%M"
PLAIN = ("title", "perceived_difficulty", "enjoyment", "notes")


class WorkoutForm(forms.Form):
    """The workout itself; times are on the athlete's own clock."""

    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=120)
    started_at = forms.DateTimeField(
        label=gettext_lazy("Began"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
    )
    finished_at = forms.DateTimeField(
        label=gettext_lazy("Ended"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
    )
    perceived_difficulty = forms.IntegerField(
        label=gettext_lazy("Effort, 1 to 10"), required=False, min_value=1, max_value=10
    )
    enjoyment = forms.IntegerField(label=gettext_lazy("Liked it, 1 to 5"), required=False, min_value=1, max_value=5)
    notes = forms.CharField(
        label=gettext_lazy("Notes"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    more = forms.CharField(
        label=gettext_lazy("More sets, a line for each movement"),
        required=False,
        help_text=gettext_lazy("Name, colon, sets: Barbell Back Squat: 3x5x100@8"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The whole workout on one page; what follows from it (records, strength, loads) is brought up to date at once."""
    workout = workout_for(request.user, pk)
    if workout.finished_at is None:
        return redirect("logging:workout", workout.pk)
    zone = ZoneInfo(profile_of(request.user).time_zone)
    rows = list(workout.sets.select_related("movement").order_by("order", "performed_at", "id"))
    data = request.POST if request.method == "POST" else None
    form = WorkoutForm(data, initial=_initial(workout, zone))
    chosen = settings_of(request.user)
    sets = [OldSetForm(data, row=row, units=chosen.units, scale=chosen.effort_scale) for row in rows]
    question = ""
    if data is not None and all([form.is_valid(), *(one.is_valid() for one in sets)]):
        question = "" if data.get("confirmed") else _question(sets, chosen.units)
        changes = None if question else _changes(request, form, sets, workout, zone)
        copy = copy_of(workout)
        if changes is not None and _saved(request, workout, form, changes):
            remember(request, copy)
            messages.success(request, _("The workout is changed, and your records and charts with it."))
            return redirect("logging:entry", workout.pk)
    context = {
        "nav": "logging:history",
        "workout": workout,
        "form": form,
        "groups": _by_movement(sets),
        "question": question,
    }
    status = 422 if data is not None else 200
    return render(request, "logging_app/edit_workout.html", context, status=status)


def _initial(workout: WorkoutLog, zone: ZoneInfo) -> dict[str, Any]:
    local = {
        name: getattr(workout, name).astimezone(zone).replace(second=0, microsecond=0, tzinfo=None)
        for name in ("started_at", "finished_at")
    }
    return {**{name: getattr(workout, name) for name in PLAIN}, **local}


def _question(sets: Sequence[OldSetForm], units: str) -> str:
    """Why a weight is asked about that is now far above what this workout held of its movement; empty for most edits.
    A lower one takes a slip back."""
    for one in sets:
        told = one.set_input(dt.timedelta())
        stored = [row.weight_kg for other in sets if (row := other.row).movement_id == one.row.movement_id]
        usual = [weight for weight in stored if weight is not None]
        if told is None or told.weight_kg is None or told.weight_kg <= max(usual, default=0.0):
            continue
        if found := doubted(told.weight_kg, usual, pounds=units == Units.IMPERIAL):
            return f"{one.row.movement.name}: {weight_words(found, units)}"
    return ""


def _changes(
    request: AuthenticatedHttpRequest,
    form: WorkoutForm,
    sets: Sequence[OldSetForm],
    workout: WorkoutLog,
    zone: ZoneInfo,
) -> dict[str, Any] | None:
    """What ``update_workout`` is to change; ``None`` where a line of further sets cannot be read."""
    changes = {name: form.cleaned_data[name] for name in form.changed_data if name in PLAIN}
    for name in ("started_at", "finished_at"):
        if name in form.changed_data:
            changes[name] = form.cleaned_data[name].replace(tzinfo=zone)
    began = changes.get("started_at", workout.started_at)
    moved = began - workout.started_at
    pounds = settings_of(request.user).units == Units.IMPERIAL
    more, faults, searched = sets_of_lines(
        form.cleaned_data["more"], user=request.user, session=workout.session, pounds=pounds
    )
    for sentence in searched:
        messages.info(request, sentence)
    for fault in faults:
        form.add_error("more", fault)
    if faults:
        return None
    if moved or more or any(one.has_changed() for one in sets):
        kept = [told for one in sets if (told := one.set_input(moved)) is not None]
        last = max((told.order or 0 for told in kept), default=0)
        changes["sets"] = [*kept, *(replace(told, order=last + at) for at, told in enumerate(more, start=1))]
    return changes


def _saved(request: AuthenticatedHttpRequest, workout: WorkoutLog, form: WorkoutForm, changes: dict[str, Any]) -> bool:
    try:
        update_workout(user=request.user, workout_id=workout.pk, changes=changes)
    except DomainError as error:
        for name, texts in error.errors.items():
            form.add_error(name if name in form.fields else None, texts)
        if not error.errors:
            form.add_error(None, str(error))
        return False
    return True


def _by_movement(sets: Sequence[OldSetForm]) -> list[dict[str, Any]]:
    groups: dict[UUID, dict[str, Any]] = {}
    for one in sets:
        group = groups.setdefault(one.row.movement_id, {"name": one.row.movement.name, "sets": []})
        group["sets"].append(one)
    return list(groups.values())


# -- undo


def remember(request: AuthenticatedHttpRequest, copy: Any) -> None:
    """Keep what a workout was, so that its last change can be taken back for an hour."""
    request.session[UNDO] = {"copy": copy, "at": timezone.now().isoformat()}


def can_undo(request: AuthenticatedHttpRequest) -> bool:
    kept: Any = request.session.get(UNDO)
    if not kept:
        return False
    return timezone.now() - dt.datetime.fromisoformat(kept["at"]) < dt.timedelta(minutes=UNDO_MINUTES)


@login_required
@require_POST
def undo(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Put back the workout that was deleted or changed last."""
    if not can_undo(request):
        messages.error(request, _("There is nothing to undo any more."))
        return redirect("logging:history")
    workout = restore_workout(user=request.user, copy=request.session[UNDO]["copy"])
    del request.session[UNDO]
    messages.success(request, _("The workout is as it was."))
    return redirect("logging:entry", workout.pk)
