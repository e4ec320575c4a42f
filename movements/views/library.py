"""The library's pages: browse and search, and one movement with what the athlete wants of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gainsly.core.htmx import render_partial
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.vocabulary import Muscle, label_of
from movements import selectors
from movements.catalogue.records import MovementRecord
from movements.forms import MovementFilter, RuleForm
from movements.models import Movement
from movements.services import rules
from movements.views.mine import back_from

PAGE_SIZE = 40
SIMILAR_SHOWN = 8
MOST_FOUND = 200  # of a search by words
NAV = "movements:list"
RELATION_WORDS = {
    "easier": gettext_lazy("Easier"),
    "harder": gettext_lazy("Harder"),
    "variation": gettext_lazy("Variations"),
    "equivalent": gettext_lazy("Does the same job"),
    "antagonist": gettext_lazy("Trains the opposite side"),
    "prep": gettext_lazy("Prepares you for it"),
}


@require_GET
@login_required
def movement_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The library and the athlete's own movements; narrows as one types or picks."""
    found = MovementFilter(request.GET, queryset=selectors.browse(request.user), request=request)
    page = Paginator(_found(request, found), PAGE_SIZE).get_page(request.GET.get("page"))
    listed = selectors.movements_by_id(page.object_list)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "nav": NAV,
        "form": found.form,
        "page": page,
        "query": f"{query.urlencode()}&" if query else "",
        "movements": [listed[pk] for pk in page],
        "narrowed": any(found.form.cleaned_data.values()) if found.form.is_valid() else True,
        "muscle_links": _muscle_links(request),
        "levels": {request.GET.get("muscle", ""): "p"},
        "filters_open": any(request.GET.get(name) for name in found.form.fields if name != "q"),
    }
    return render_partial(request, "movements/list.html", context, partial="results")


def _muscle_links(request: AuthenticatedHttpRequest) -> dict[str, str]:
    """Where a tap on a muscle leads: the same list for that muscle, or for all where it was chosen already."""
    links = {}
    for muscle in Muscle:
        query = request.GET.copy()
        query.pop("page", None)
        if query.pop("muscle", None) != [muscle.value]:
            query["muscle"] = muscle.value
        links[muscle.value] = f"?{query.urlencode()}"
    return links


def _found(request: AuthenticatedHttpRequest, narrowed: MovementFilter) -> Any:
    """Ids of what the filters leave: by name, or the best match first where there are words."""
    words = narrowed.form.cleaned_data.get("q") if narrowed.form.is_valid() else ""
    if not words:
        return narrowed.qs.values_list("pk", flat=True)
    rest = request.GET.copy()
    rest.pop("q")
    rows = MovementFilter(rest, queryset=selectors.browse(request.user), request=request).qs
    return [hit.movement.id for hit in selectors.search(request.user, words, limit=MOST_FOUND, rows=rows)]


@require_GET
@login_required
def movement_detail(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """What a movement trains and needs, how to do it, and what the athlete wants of it."""
    movement = selectors.movement_for(request.user, key)
    return render_partial(request, "movements/detail.html", _detail(request, movement))


def _detail(request: AuthenticatedHttpRequest, movement: Movement, form: RuleForm | None = None) -> dict[str, Any]:
    listed = selectors.listed(movement)
    rule = selectors.rule_about(request.user, movement)
    initial = {"type": rule.type, "cadence": rule.cadence} if rule else None
    return {
        "nav": NAV,
        "movement": movement,
        "listed": listed,
        "record": listed.record,
        "levels": {**dict.fromkeys(listed.record.secondary, "s"), **dict.fromkeys(listed.record.primary, "p")},
        "muscle_words": _muscle_words(listed.record),
        "similar": selectors.similar(request.user, movement, limit=SIMILAR_SHOWN),
        "relations": [(RELATION_WORDS[kind], kind, rows) for kind, rows in selectors.relations_of(movement).items()],
        "equipment_names": selectors.equipment_names(listed.record.equipment),
        "alternatives": [selectors.equipment_names(pieces) for pieces in listed.record.alternatives],
        "rule": rule,
        "is_favorite": selectors.is_favorite(request.user, movement),
        "is_hidden": selectors.is_hidden(request.user, movement),
        "form": form or RuleForm(initial=initial),
    }


def _muscle_words(record: MovementRecord) -> str:
    """The muscle map in words."""
    most = ", ".join(label_of(muscle) for muscle in record.primary)
    also = ", ".join(label_of(muscle) for muscle in record.secondary)
    if not also:
        return _("Trains %(most)s.") % {"most": most}
    return _("Trains %(most)s; as well %(also)s.") % {"most": most, "also": also}


@require_POST
@login_required
def rule_save(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Set the athlete's rule about a movement."""
    movement = selectors.movement_for(request.user, key)
    form = RuleForm(request.POST)
    if not form.is_valid():
        context = _detail(request, movement, form)
        return render_partial(request, "movements/detail.html", context, partial="rule", status=422)
    rules.set_rule(user=request.user, movement=movement, **form.cleaned_data)
    messages.success(request, _("Your rule is saved. Programs keep to it from now on."))
    return back_from(request, movement)


@require_POST
@login_required
def rule_drop(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Drop the athlete's rule about a movement, if there is one."""
    movement = selectors.movement_for(request.user, key)
    rule = selectors.rule_about(request.user, movement)
    if rule is not None:
        rules.remove_rule(rule=rule)
        messages.success(request, _("Your rule is gone."))
    return back_from(request, movement)


@require_POST
@login_required
def favorite(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Add to the favourites (``wanted=1``) or take out (``wanted=0``)."""
    movement = selectors.movement_for(request.user, key)
    rules.set_favorite(user=request.user, movement=movement, wanted=request.POST.get("wanted") == "1")
    return back_from(request, movement)
