"""A stored set as a form: what is left as it was stays exactly as it was stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gainsly.lib.errors import DomainError
from gainsly.lib.units import lb_to_kg
from gainsly.lib.vocabulary import EffortScale, Units
from logging_app.forms import KIND_LABELS, DecimalField, shown_weight
from logging_app.models import SetLog
from logging_app.services.inputs import SetInput

KEPT = ("kind", "weight_kg", "reps", "seconds", "metres", "left", "right", "rpe", "rir", "rest_seconds", "notes")
MEASURES = ("reps", "seconds", "metres")


class OldSetForm(forms.Form):
    """One stored set. What is left as it was stays exactly as it was stored."""

    weight = DecimalField(label=gettext_lazy("Weight"), required=False)
    reps = forms.IntegerField(label=gettext_lazy("Reps"), required=False, min_value=0)
    seconds = forms.IntegerField(label=gettext_lazy("Seconds"), required=False, min_value=0)
    metres = DecimalField(label=gettext_lazy("Metres"), required=False, min_value=0)
    rpe = DecimalField(label=gettext_lazy("RPE"), required=False, min_value=1, max_value=10)
    rir = DecimalField(label=gettext_lazy("RIR"), required=False, min_value=0, max_value=10)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(KIND_LABELS.items()))
    remove = forms.BooleanField(label=gettext_lazy("Remove"), required=False)

    def __init__(self, data: Any, *, row: SetLog, units: str, scale: str) -> None:
        self.row, self.units = row, units
        initial = {
            "weight": shown_weight(row.weight_kg, units),
            **{name: getattr(row, name) for name in (*MEASURES, "kind")},
            **{name: _whole(getattr(row, name)) for name in ("rpe", "rir")},
        }
        super().__init__(data, prefix=f"s{row.pk}", initial=initial)
        for name in _hidden(row, scale):
            del self.fields[name]

    def set_input(self, moved: dt.timedelta) -> SetInput | None:
        """The set as it shall be, none when it is removed. Call after ``is_valid``."""
        data = self.cleaned_data
        if data["remove"]:
            return None
        row = self.row
        told = SetInput(
            id=row.pk,
            movement=str(row.movement_id),
            session_exercise_id=row.session_exercise_id,
            performed_at=row.performed_at + moved,
            order=row.order,
            **{name: getattr(row, name) for name in KEPT},
        )
        changes = {name: data[name] for name in self.changed_data if name not in ("weight", "remove")}
        if "weight" in self.changed_data:
            pounds = self.units == Units.IMPERIAL and data["weight"] is not None
            changes["weight_kg"] = lb_to_kg(data["weight"]) if pounds else data["weight"]
        if {"reps", "seconds"} & changes.keys():
            changes |= {"left": None, "right": None}
        if {"rpe", "rir"} & changes.keys():
            changes = {"rpe": None, "rir": None, **changes}  # told one way, not both
        return replace(told, **changes)

    def refuse(self, error: DomainError) -> None:
        """A refused set's reasons at its fields, else above them."""
        for name, texts in error.errors.items():
            field = name.replace("weight_kg", "weight")
            self.add_error(field if field in self.fields else None, texts)
        if not error.errors:
            self.add_error(None, str(error))


def _hidden(row: SetLog, scale: str) -> list[str]:
    """Fields that say nothing of this set: what it was not measured in, and the other scale of effort."""
    unused = [name for name in MEASURES if getattr(row, name) is None]
    told_left = row.rir is not None or (row.rpe is None and scale == EffortScale.RIR)
    return [*(unused if len(unused) < len(MEASURES) else []), "rpe" if told_left else "rir"]


def _whole(value: float | None) -> float | None:
    """8.0 stands in its field as 8."""
    return int(value) if value is not None and value == int(value) else value
