"""What the live page asks about before it logs: an unusual weight, a set that another device logged already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gainsly.core.templatetags.ui import weight_unit, weight_value
from gainsly.lib.vocabulary import SetKind, Units
from logging_app.forms import SetForm, TypedSetsForm, shown_weight
from logging_app.metrics.doubts import Doubt, Doubted, doubted
from logging_app.metrics.set_text import TypedSet
from logging_app.models import SetLog
from logging_app.selectors.live import Usual

REASONS = {
    Doubt.TENFOLD: gettext_lazy("That is about ten times your usual %(usual)s."),
    Doubt.TENTH: gettext_lazy("That is about a tenth of your usual %(usual)s."),
    Doubt.POUNDS: gettext_lazy("Your usual is %(usual)s. Are these pounds?"),
    Doubt.KILOGRAMS: gettext_lazy("Your usual is %(usual)s. Are these kilograms?"),
    Doubt.HEAVY: gettext_lazy("That is far above your usual %(usual)s."),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the form that answers it in one tap. ``meant`` is the weight instead, in the athlete's unit."""

    form: SetForm
    title: str
    text: str
    confirm: str
    meant: float | None = None
    meant_label: str = ""


def doubt_about(usual: Usual, form: SetForm, *, waited: bool = False) -> Question | None:
    """What to ask before this set is logged; None for almost all of them. One that ``waited`` without signal comes late
    by nature, so that others were logged meanwhile tells nothing."""
    data = form.cleaned_data
    if data["confirmed"]:
        return None
    if any(row.pk == data["set_id"] for row in usual.here):
        return None
    kind = data["kind"] or SetKind.WORKING
    if kind != SetKind.WARMUP and not waited and (twin := _logged_meanwhile(form, usual.here)):
        return twin
    weight = form.weight_kg
    if kind not in (SetKind.WORKING, SetKind.FAILURE) or not weight or weight < 0:
        return None
    found = doubted(weight, usual.weights_kg, pounds=form.units == Units.IMPERIAL)
    return _weight_question(form, found, weight) if found else None


def _logged_meanwhile(form: SetForm, here: Sequence[SetLog]) -> Question | None:
    number, exercise = form.cleaned_data["number"], form.cleaned_data["exercise"]
    same = [row for row in here if (row.session_exercise_id or None) == exercise]
    if number is None or len(same) < number:
        return None
    return Question(
        form=form.renewed(),
        title=_("Set %(n)d is logged already") % {"n": number},
        text=_("It came from another page or device: %(set)s.") % {"set": _set_text(same[0], form.units)},
        confirm=_("Log it as set %(n)d") % {"n": len(same) + 1},
    )


def _set_text(row: SetLog, units: str) -> str:
    amount = row.reps if row.reps is not None else f"{row.seconds} s" if row.seconds is not None else f"{row.metres} m"
    return f"{weight_value(row.weight_kg, units)} {weight_unit(units)} × {amount}" if row.weight_kg else str(amount)


def doubt_about_typed(usual: Usual, typed: Sequence[TypedSet], form: TypedSetsForm, units: str) -> str:
    """Why a typed line is asked about before it is logged; empty for almost all."""
    data = form.cleaned_data
    if data["confirmed"] or any(row.pk == data["set_id"] for row in usual.here):
        return ""
    for one in typed:
        if one.kind not in (SetKind.WORKING, SetKind.FAILURE) or not one.weight_kg or one.weight_kg < 0:
            continue
        found = doubted(one.weight_kg, usual.weights_kg, pounds=units == Units.IMPERIAL)
        if found:
            return f"{_weight(one.weight_kg, units)}? {weight_words(found, units)}"
    return ""


def weight_words(found: Doubted, units: str) -> str:
    """Why a weight is asked about."""
    return str(REASONS[found.doubt]) % {"usual": _weight(found.usual_kg, units)}


def _weight(kilograms: float, units: str) -> str:
    return f"{weight_value(kilograms, units)} {weight_unit(units)}"


def _weight_question(form: SetForm, found: Doubted, weight: float) -> Question:
    return Question(
        form=form,
        title=_("%(weight)s?") % {"weight": _weight(weight, form.units)},
        text=weight_words(found, form.units),
        confirm=_("Log %(weight)s") % {"weight": _weight(weight, form.units)},
        meant=shown_weight(found.meant_kg, form.units),
        meant_label=_("Log %(weight)s instead") % {"weight": _weight(found.meant_kg, form.units)}
        if found.meant_kg
        else "",
    )
