"""How we decide: every number of the engine with its grade, its source and a plain sentence."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.vocabulary import label_of
from programs.engine.configuration import Entry
from programs.selectors.configurations import Group, evidence_groups
from programs.services.configuration import active_config_version

GRADES = (
    ("A", _("Many trials agree: a meta-analysis, or the position of a professional body.")),
    ("B", _("One good trial, or a few that point the same way.")),
    ("C", _("Coaching practice or a rule of ours. Reasonable, not proven.")),
)
TITLES = {
    "goals": _("Repetitions, effort and rest for each goal"),
    "power": _("Jumps, throws and fast lifts"),
    "volume": _("Weekly sets for each muscle"),
    "caps": _("Upper limits"),
    "cns": _("How much heavy work a day holds"),
    "interference": _("Goals that disturb each other"),
    "activity_buffer": _("Room around your sports"),
    "aggression": _("How hard the coach pushes"),
    "dose": _("Efficient, balanced or full"),
    "deload": _("Deload weeks"),
    "start": _("Where you start from"),
    "block": _("Training blocks"),
    "growth": _("How fast strength is expected to grow"),
    "time": _("How long things take"),
    "distribution": _("Sharing the week between goals"),
    "scoring": _("How movements are chosen"),
}
SWITCHES = {True: _("yes"), False: _("no"), None: _("none")}


@login_required
@require_GET
def evidence(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Grouped values of the active configuration, each with an anchor that is its path; two queries."""
    groups = [_group(one) for one in evidence_groups()]
    context = {
        "nav": "programs:current",
        "groups": groups,
        "grades": GRADES,
        "config_version": active_config_version(),
    }
    return render(request, "programs/evidence.html", context)


def _group(group: Group) -> dict[str, Any]:
    title = TITLES.get(group.slug, group.title)
    return {"slug": group.slug, "title": title, "entries": [_row(one) for one in group.entries]}


def _row(entry: Entry) -> dict[str, Any]:
    parts = entry.path.split(".")[1:] or [entry.path]
    label = ": ".join(label_of(part) for part in parts)
    return {"entry": entry, "label": label, "value": in_words(entry.path, entry.value)}


def in_words(path: str, value: Any) -> str:
    """``[150, 300]`` of a rest -> ``2.5–5 min``; mappings as ``name value`` pairs."""
    if isinstance(value, dict):
        return ", ".join(f"{_key_in_words(str(key))} {in_words(path, one)}" for key, one in value.items())
    if isinstance(value, list) and len(value) == 2 and all(isinstance(one, int | float) for one in value):
        return f"{value[0] / 60:g}–{value[1] / 60:g} min" if _is_rest(path) else f"{value[0]:g}–{value[1]:g}"
    if isinstance(value, list):
        return "; ".join(in_words(path, one) for one in value)
    if value is None or isinstance(value, bool):
        return str(SWITCHES[value])
    return str(value).replace("_", " ")


def _key_in_words(key: str) -> str:
    return str(_("No equipment")) if key == "none" else label_of(key)


def _is_rest(path: str) -> bool:
    """Rests stand in seconds; people count them in minutes."""
    return path.rpartition(".")[2] in ("main_rest", "accessory_rest", "rest")
