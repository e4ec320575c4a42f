"""What an athlete told in a sentence, as the wizard shows it: what was understood, what goes into the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.vocabulary import (
    Discipline,
    Dose,
    EnjoyableActivity,
    ExperienceLevel,
    Goal,
    InjuryArea,
    Muscle,
    ProgressionStyle,
    SplitTemplate,
    label_of,
)
from movements.catalogue.kits import EQUIPMENT_NAMES
from programs.forms import WEEKDAY_LABELS
from programs.services import sentence

KEY = "told"  # in the session
KIT_SHOWN = 5
CLOSED = {
    "split_template": SplitTemplate,
    "progression_style": ProgressionStyle,
    "dose": Dose,
    "experience_level": ExperienceLevel,
}
SEVERITY = {1: gettext_lazy("ease it"), 2: gettext_lazy("spare it"), 3: gettext_lazy("avoid it")}
Json = dict[str, Any]


def told_of(request: AuthenticatedHttpRequest) -> Json | None:
    """The sentence that this visit to the wizard goes by, if any."""
    told: Json | None = request.session.get(KEY)
    return told if told is not None and (request.method == "POST" or KEY in request.GET) else None


def told_card(request: AuthenticatedHttpRequest, told: Json | None) -> Json:
    """The context of the card; empty without a sentence."""
    if told is None:
        return {}
    names = sentence.movement_names(request.user, told["settings"])
    rows = [
        {"label": _label(one, {}), "words": one["words"], "asked": one["asked"], "by": one["by"]}
        for one in told["heard"]
        if one["field"] not in sentence.IN_SETTINGS
    ]
    notes = [{"id": one["id"], "label": _label(one, names), "words": one["words"]} for one in told["settings"]]
    return {
        "told": {"text": told["text"], "rows": rows, "notes": notes, "unread": told["unread"], "model": told["model"]}
    }


def chosen_notes(request: AuthenticatedHttpRequest) -> list[Json]:
    """The entries for the settings that were left ticked."""
    told = request.session.get(KEY) or {"settings": []}
    ticked = set(request.POST.getlist("note"))
    return [one for one in told["settings"] if one["id"] in ticked]


def _label(one: Mapping[str, Any], names: Mapping[str, str]) -> str:
    field, value = one["field"], one["value"]
    if field in CLOSED:
        return label_of(CLOSED[field](value))
    writer = WRITERS.get(field)
    return writer(value, names) if writer else str(value)


def _days(value: int, _names: Mapping[str, str]) -> str:
    return ngettext("%d day a week", "%d days a week", value) % value


def _weekdays(value: list[int], _names: Mapping[str, str]) -> str:
    return ", ".join(str(WEEKDAY_LABELS[day]) for day in value)


def _goals(value: list[Json], _names: Mapping[str, str]) -> str:
    return ", ".join(f"{label_of(Goal(one['goal']))} {one['weight']}" for one in value)


def _kit(value: list[str], _names: Mapping[str, str]) -> str:
    if not value:
        return _("No kit at all")
    if len(value) > KIT_SHOWN * 2:
        return _("%d kinds of kit") % len(value)
    return ", ".join(EQUIPMENT_NAMES[slug] for slug in value)


def _injury(value: Json, _names: Mapping[str, str]) -> str:
    return _("%(area)s: %(how)s") % {"area": label_of(InjuryArea(value["area"])), "how": SEVERITY[value["severity"]]}


def _movement(value: Json, names: Mapping[str, str]) -> str:
    name = names.get(value["movement"], value["movement"])
    return (_("Never %s") if value["type"] == "hard_no" else _("Gladly %s")) % name


def _recreation(value: Json, names: Mapping[str, str]) -> str:
    name = value["custom_name"].capitalize() or label_of(EnjoyableActivity(value["type"]))
    return f"{name}, {_weekdays(value['weekdays'], names)}" if value["weekdays"] else name


WRITERS = {
    "days_per_week": _days,
    "available_weekdays": _weekdays,
    "session_minutes": lambda value, _names: _("%d minutes a session") % value,
    "duration_weeks": lambda value, _names: _("%d weeks") % value,
    "deload_every": lambda value, _names: _("A deload every %d weeks") % value,
    "start_date": lambda value, _names: _("From %s on") % value,
    "goals": _goals,
    "equipment": _kit,
    "priority_muscles": lambda value, _names: ", ".join(label_of(Muscle(one)) for one in value),
    "disciplines": lambda value, _names: ", ".join(label_of(Discipline(one)) for one in value),
    "injuries": _injury,
    "movements": _movement,
    "recreation": _recreation,
}
