"""A change of a session in an athlete's words: what stood, what would stand, and by which rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gainsly.core.templatetags.ui import number, weight_unit, weight_value
from gainsly.lib.vocabulary import label_of
from movements.selectors import movements_by_slug

RULES = {
    "hard_no": gettext_lazy("Your no-go list"),
    "injury": gettext_lazy("Your limits"),
    "equipment": gettext_lazy("The kit at hand"),
    "soreness": gettext_lazy("Sore muscles: 4 to 6 eases, 7 and 8 halves, 9 and 10 spares"),
    "recovery": gettext_lazy("Recovery from your check-in, HRV only ever downwards"),
    "recreation": gettext_lazy("Sport beside training"),
    "superset": gettext_lazy("Supersets need two"),
    "suggestion": gettext_lazy("The model's own idea; it keeps every rule"),
    "minutes": gettext_lazy("Your minutes: small work goes first, the main lifts keep their intensity"),
}
Words = Mapping[str, Any]


def diff_rows(changes: Sequence[Words], *, user: Any, units: str) -> list[dict[str, Any]]:
    """Each change with its words before and after; one query for the names of stand-ins."""
    slugs = {change["after"]["movement"] for change in changes if change["after"] and "movement" in change["after"]}
    names = {slug: listed.record.name for slug, listed in movements_by_slug(slugs, user).items()} if slugs else {}
    return [
        {
            **change,
            "was": words_of(change["before"], units, names),
            "becomes": "" if change["after"] is None else words_of(change["after"], units, names),
            "rule_words": RULES.get(change["rule"].split(":")[0], label_of(change["rule"].split(":")[0])),
        }
        for change in changes
    ]


def words_of(values: Words, units: str, names: Mapping[str, str]) -> str:
    """``3 sets, 6–8 reps, 2 left in reserve, 60 kg, 90 s rest``: only what the change touches."""
    parts = [
        names.get(values["movement"], "") if "movement" in values else "",
        ngettext("%d set", "%d sets", values["sets"]) % values["sets"] if values.get("sets") else "",
        _reps(values),
        _("%d s") % values["seconds"] if values.get("seconds") else "",
        _("%d m") % values["metres"] if values.get("metres") else "",
        _effort(values),
        f"{weight_value(values['target_load_kg'], units)} {weight_unit(units)}" if values.get("target_load_kg") else "",
        (_("in a superset") if values["superset_group"] else _("on its own")) if "superset_group" in values else "",
        _("%d s rest") % values["rest_seconds"] if values.get("rest_seconds") else "",
    ]
    return ", ".join(part for part in parts if part)


def _reps(values: Words) -> str:
    low, high = values.get("reps_min"), values.get("reps_max")
    if low is None and high is None:
        return ""
    span = f"{low}–{high}" if low is not None and high is not None and low != high else str(high or low)
    return _("%s reps") % span


def _effort(values: Words) -> str:
    if values.get("target_rir") is not None:
        return _("%s left in reserve") % number(values["target_rir"], 1)
    return f"RPE {number(values['target_rpe'], 1)}" if values.get("target_rpe") is not None else ""
