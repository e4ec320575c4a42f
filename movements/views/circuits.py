"""Circuits: the list, and one with its clock."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from gainsly.core.htmx import render_partial
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.vocabulary import CircuitType
from movements import selectors
from movements.forms import CircuitFilter
from movements.selectors import CircuitPage

PAGE_SIZE = 40
NAV = "movements:list"
DIFFICULTY_WORDS = {1: _("Easy"), 2: _("Moderate"), 3: _("Hard"), 4: _("Very hard"), 5: _("Brutal")}
TYPE_WORDS = {
    CircuitType.AMRAP: _("As many rounds as you can before the time is up"),
    CircuitType.EMOM: _("A new turn begins with every minute; what is left of it is your rest"),
    CircuitType.TABATA: _("Short bouts of hard work with shorter rests"),
    CircuitType.ROUNDS_FOR_TIME: _("A number of rounds, as fast as good form allows"),
    CircuitType.LADDER: _("The numbers change from round to round"),
    CircuitType.CHIPPER: _("One long list, done once from top to bottom"),
    CircuitType.STATION: _("You move from station to station by the clock"),
}


@require_GET
@login_required
def circuit_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Circuits by name; narrows as one picks."""
    found = CircuitFilter(request.GET, queryset=selectors.circuits(), request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "nav": NAV,
        "form": found.form,
        "page": page,
        "query": f"{query.urlencode()}&" if query else "",
        "circuits": [(circuit, DIFFICULTY_WORDS[circuit.difficulty]) for circuit in page],
        "narrowed": any(found.form.cleaned_data.values()) if found.form.is_valid() else True,
    }
    return render_partial(request, "movements/circuits.html", context, partial="results")


@require_GET
@login_required
def circuit_detail(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """What a circuit asks for, and the clock that runs it."""
    page = selectors.circuit_page(selectors.circuit_by(key))
    context = {
        "nav": NAV,
        "page": page,
        "circuit": page.circuit,
        "difficulty": DIFFICULTY_WORDS[page.circuit.difficulty],
        "type_words": TYPE_WORDS[CircuitType(page.circuit.type)],
        "levels": _levels(page),
        "timer": selectors.timer_json(page),
    }
    return render_partial(request, "movements/circuit.html", context)


def _levels(page: CircuitPage) -> dict[str, str]:
    """The muscles of all stations together; one that any of them trains most counts as such."""
    records = [station.movement.record for station in page.stations]
    along = {muscle: "s" for record in records for muscle in record.secondary}
    return {**along, **{muscle: "p" for record in records for muscle in record.primary}}
