"""Changing a workout while it is trained: add, swap, move, pair, remove, note, rest."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from logging_app.forms import ChangeForm, new_set_id
from logging_app.models import WorkoutLog
from logging_app.selectors import WorkoutExercise, workout_for, workout_page
from logging_app.services.changes import change_workout
from movements.models import Movement
from movements.selectors import movement_for, search
from programs.services.substitutes import converted_load, substitutes_for

FOUND_MOVEMENTS = 20
STEPS = {"up": -1, "down": 1}


@login_required
@require_POST
def change(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """One change of the plan for today only; the program stays as it is."""
    row = workout_for(request.user, pk)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That could not be changed: %(why)s") % {"why": _first_error(form)})
        return redirect("logging:workout", row.pk)
    try:
        op, values = _change(request, row, form.cleaned_data)
        change_workout(
            user=request.user, workout_id=row.pk, change_id=form.cleaned_data["change_id"], op=op, values=values
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Changed for this workout."))
    return redirect(_next_page(row, form.cleaned_data))


def _first_error(form: ChangeForm) -> str:
    return str(next(iter(form.errors.values()))[0])


def _next_page(row: WorkoutLog, data: dict[str, Any]) -> str:
    """Stay with the exercise; go to what was added; go on with the plan after a removal."""
    url = reverse("logging:workout", args=[row.pk])
    key = data["change_id"] if data["op"] == "add" else data["key"]
    return url if data["op"] in ("remove", *STEPS) or not key else f"{url}?x={key}"


def _change(request: AuthenticatedHttpRequest, row: WorkoutLog, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """What is kept of a change: its kind and its values. Raises ``Http404`` for an unknown movement."""
    op, key = data["op"], str(data["key"] or "")
    if op == "add":
        return op, {"movement": str(movement_for(request.user, data["movement"]).pk)}
    if op == "swap":
        now = _exercise(request, row, key)
        left = None if now.item is None or now.item.sets is None else max(1, now.item.sets - now.done)
        stand_in = movement_for(request.user, data["movement"])
        load = data["load_kg"] if data["load_kg"] is not None else _load_of(request, now, stand_in)
        return op, {"key": key, "movement": str(stand_in.pk), "load_kg": load, "sets": left}
    if op in STEPS:
        return "move", {"key": key, "by": STEPS[op]}
    named = {"note": "note", "rest": "rest", "sets": "sets"}.get(op)
    if named == "rest":
        return op, {"key": key, "rest_seconds": data["rest"] or 0}
    return op, {"key": key, named: data[named]} if named else {"key": key}


def _load_of(request: AuthenticatedHttpRequest, now: WorkoutExercise, stand_in: Movement) -> float | None:
    """The load of a stand-in that was searched for by its name."""
    if now.item is None or now.item.load_kg is None:
        return None
    return converted_load(user=request.user, movement=now.movement, stand_in=stand_in, load_kg=now.item.load_kg)


def _exercise(request: AuthenticatedHttpRequest, row: WorkoutLog, key: str) -> WorkoutExercise:
    found = next((one for one in workout_page(request.user, row).exercises if one.key == key), None)
    if found is None:
        raise Http404
    return found


@login_required
@require_GET
def choose_movement(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Add a movement that is not in the plan: search, then tap."""
    row = workout_for(request.user, pk)
    return render(request, "logging_app/choose_movement.html", {**_search(request), "workout": row})


@login_required
@require_GET
def choose_stand_in(request: AuthenticatedHttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """What can be done in an exercise's place, each with the load converted from the one at hand; or any other."""
    row = workout_for(request.user, pk)
    exercise = _exercise(request, row, str(key))
    load = exercise.item.load_kg if exercise.item else None
    context = {
        **_search(request),
        "workout": row,
        "exercise": exercise,
        "substitutes": substitutes_for(user=request.user, movement=exercise.movement, load_kg=load),
    }
    return render(request, "logging_app/choose_movement.html", context)


def _search(request: AuthenticatedHttpRequest) -> dict[str, Any]:
    query = request.GET.get("q", "").strip()
    found = [hit.movement.record for hit in search(request.user, query, limit=FOUND_MOVEMENTS)] if query else []
    return {"query": query, "found": found, "change_id": new_set_id(), "nav": "logging:train"}
