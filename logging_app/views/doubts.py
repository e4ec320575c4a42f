"""What the live page asks about before it logs: an unusual weight, a set that another device logged already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gainsly.core.templatetags.ui import weight_unit, weight_value
from gainsly.lib.vocabulary import SetKind, Units
from logging_app.forms import SetForm, shown_weight
from logging_app.metrics.doubts import Doubt, Doubted, doubted
from logging_app.models import SetLog
from logging_app.selectors.live import Usual


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


def _weight_question(form: SetForm, found: Doubted, weight: float) -> Question:
    def words(kilograms: float) -> str:
        return f"{weight_value(kilograms, form.units)} {weight_unit(form.units)}"

    reasons = {
        Doubt.TENFOLD: _("That is about ten times your usual %(usual)s."),
        Doubt.TENTH: _("That is about a tenth of your usual %(usual)s."),
        Doubt.POUNDS: _("Your usual is %(usual)s. Are these pounds?"),
        Doubt.KILOGRAMS: _("Your usual is %(usual)s. Are these kilograms?"),
        Doubt.HEAVY: _("That is far above your usual %(usual)s."),
    }
    return Question(
        form=form,
        title=_("%(weight)s?") % {"weight": words(weight)},
        text=reasons[found.doubt] % {"usual": words(found.usual_kg)},
        confirm=_("Log %(weight)s") % {"weight": words(weight)},
        meant=shown_weight(found.meant_kg, form.units),
        meant_label=_("Log %(weight)s instead") % {"weight": words(found.meant_kg)} if found.meant_kg else "",
    )
