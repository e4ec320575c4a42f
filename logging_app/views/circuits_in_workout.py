"""Circuits inside a workout: their clock, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from logging_app.forms import CircuitForm, new_set_id
from logging_app.metrics.agenda import Change, circuits_of, results_of
from logging_app.models import WorkoutLog
from logging_app.selectors import workout_for
from logging_app.services.changes import change_workout, log_circuit
from movements.models import Circuit
from movements.selectors import CircuitPage, circuit_by, circuit_page, circuits, doable_circuits, timer_json


@dataclass(frozen=True, slots=True)
class CircuitCard:
    """A circuit of a workout with its clock, the form for its result, and the result where there is one."""

    page: CircuitPage
    timer: dict[str, Any]
    form: CircuitForm
    result: Change | None

    @property
    def circuit(self) -> Circuit:
        return self.page.circuit


def circuit_cards(workout: WorkoutLog) -> list[CircuitCard]:
    """The plan's circuits and those added by hand. No query for a workout without any."""
    slugs = circuits_of(workout.changes)
    planned = []
    if workout.session_id and workout.session:
        planned = [one for one in (workout.session.main_circuit_id, workout.session.finisher_circuit_id) if one]
    if not slugs and not planned:
        return []
    known = {row.pk: row for row in circuits().filter(pk__in=planned)} if planned else {}
    rows = [known[pk] for pk in planned if pk in known]
    rows += [row for slug in slugs if (row := circuits().filter(slug=slug).first()) and row.pk not in known]
    results = results_of(workout.changes)
    return [_card(row, results.get(row.slug)) for row in rows]


def _card(circuit: Circuit, result: Change | None) -> CircuitCard:
    page = circuit_page(circuit)
    form = CircuitForm(auto_id=False, initial={"change_id": new_set_id(), "rounds": circuit.rounds})
    return CircuitCard(page=page, timer=timer_json(page), form=form, result=result)


@login_required
@require_GET
def choose_circuit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Add a circuit that the athlete's kit allows."""
    row = workout_for(request.user, pk)
    found = doable_circuits(request.user, circuits()).order_by("name")
    context = {"workout": row, "circuits": found, "change_id": new_set_id(), "nav": "logging:train"}
    return render(request, "logging_app/choose_circuit.html", context)


@login_required
@require_POST
def add_circuit(request: AuthenticatedHttpRequest, pk: UUID, key: str) -> HttpResponse:
    row = workout_for(request.user, pk)
    circuit = circuit_by(key)
    try:
        change_id = UUID(request.POST.get("change_id", ""))
        change_workout(
            user=request.user, workout_id=row.pk, change_id=change_id, op="circuit", values={"circuit": circuit.slug}
        )
    except ValueError:
        messages.error(request, _("Load the page again and add the circuit once more."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("logging:workout", row.pk)


@login_required
@require_POST
def finish_circuit(request: AuthenticatedHttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Log what came of a circuit: full rounds, what is beyond them, the time."""
    row = workout_for(request.user, pk)
    circuit = circuit_by(key)
    form = CircuitForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("logging:workout", row.pk)
    data = form.cleaned_data
    try:
        log_circuit(
            user=request.user,
            workout_id=row.pk,
            change_id=data["change_id"],
            circuit=circuit,
            rounds=data["rounds"] or 0,
            reps=data["reps"] or 0,
            seconds=form.total_seconds,
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is logged.") % {"name": circuit.name})
    return redirect("logging:workout", row.pk)
