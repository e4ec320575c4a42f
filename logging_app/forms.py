"""What the pages of the diary ask for. Forms parse and convert units; the services decide what may be logged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gainsly.lib.errors import DomainError
from gainsly.lib.ids import uuid7
from gainsly.lib.units import KG_PER_LB, kg_to_lb, lb_to_kg, round_half_up
from gainsly.lib.vocabulary import MetricType, SetKind, Units
from logging_app.services.inputs import WEIGHT_KG, SetInput
from movements.models import Movement

RPE_CHIPS = ("6", "7", "7.5", "8", "8.5", "9", "9.5", "10")
KIND_LABELS = {
    SetKind.WORKING: _("Working"),
    SetKind.WARMUP: _("Warm-up"),
    SetKind.DROP: _("Drop"),
    SetKind.FAILURE: _("To failure"),
}
SLEEP_CHIPS = (("4.5", _("< 5")), ("6", "6"), ("7", "7"), ("8", "8"), ("9", _("9 +")))
FEEL_CHIPS = (("2", _("Flat")), ("4", _("Low")), ("6", _("Fair")), ("8", _("Good")), ("10", _("Great")))
POUND_STEP = 5
DECIMALS = 2


class DecimalField(forms.FloatField):
    """A number with a point or, as half of the world writes it, a comma: ``102,5``."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class SetForm(forms.Form):
    """One set of one movement. Its fields follow how the movement is measured; weight is in the athlete's unit."""

    set_id = forms.UUIDField(widget=forms.HiddenInput)  # made with the page: the same tap twice is one set
    exercise = forms.UUIDField(required=False, widget=forms.HiddenInput)
    movement = forms.SlugField(widget=forms.HiddenInput, max_length=140)
    kind = forms.ChoiceField(choices=list(KIND_LABELS.items()), initial=SetKind.WORKING, required=False)
    weight = DecimalField(required=False, min_value=0, label=_("Weight"))
    reps = forms.IntegerField(required=False, min_value=0, label=_("Reps"))
    seconds = forms.IntegerField(required=False, min_value=0, label=_("Seconds"))
    metres = DecimalField(required=False, min_value=0, label=_("Metres"))
    rpe = forms.TypedChoiceField(
        label=_("Effort (RPE)"),
        required=False,
        coerce=float,
        empty_value=None,
        choices=[("", _("No idea")), *((chip, chip) for chip in RPE_CHIPS)],
        widget=forms.RadioSelect,
    )
    rest_seconds = forms.IntegerField(required=False, min_value=0, max_value=86_400, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units

    @property
    def heaviest(self) -> int:
        """The most that may be logged, in the athlete's unit."""
        return int(kg_to_lb(WEIGHT_KG[1]) if self.units == Units.IMPERIAL else WEIGHT_KG[1])

    def clean_weight(self) -> float | None:
        weight: float | None = self.cleaned_data["weight"]
        if weight is not None and weight > self.heaviest:
            raise forms.ValidationError(_("Must be at most %(limit)d."), params={"limit": self.heaviest})
        return weight

    def refuse(self, error: DomainError) -> None:
        """A refused set's reasons at the fields that the athlete sees; ``sets.0.rpe`` and ``rpe`` are the same one."""
        placed = False
        for name, messages in error.errors.items():
            field = {"weight_kg": "weight"}.get(name.split(".")[-1], name.split(".")[-1])
            if field in self.fields and not self.fields[field].widget.is_hidden:
                self.add_error(field, [forms.ValidationError(message) for message in messages])
                placed = True
        if not placed:
            self.add_error(None, str(error))

    def renewed(self) -> SetForm:
        """The same numbers as a set of its own: what follows when the page's id is taken by an earlier set."""
        data = {name: value for name, value in self.data.items() if name != "set_id"}
        form = SetForm({**data, "set_id": new_set_id()}, units=self.units)
        form.is_valid()
        return form

    def set_input(self, *, planned: bool) -> SetInput:
        """The set in kilograms; of no planned exercise where the plan is gone meanwhile. Call after ``is_valid``."""
        data = self.cleaned_data
        weight = data["weight"]
        if weight is not None and self.units == Units.IMPERIAL:
            weight = round_half_up(lb_to_kg(weight), DECIMALS)
        return SetInput(
            id=data["set_id"],
            movement=data["movement"],
            session_exercise_id=data["exercise"] if planned else None,
            kind=data["kind"] or SetKind.WORKING.value,
            weight_kg=weight,
            reps=data["reps"],
            seconds=data["seconds"],
            metres=data["metres"],
            rpe=data["rpe"],
            rest_seconds=data["rest_seconds"],
        )


def shown_weight(kilograms: float | None, units: str) -> float | None:
    """Kilograms as the athlete's own number, to half pounds or hundredths of a kilogram."""
    if kilograms is None:
        return None
    return round_half_up(kg_to_lb(kilograms) * 2) / 2 if units == Units.IMPERIAL else round_half_up(kilograms, DECIMALS)


def weight_step(load_step_kg: float, units: str) -> float:
    """What one tap on + adds: the gym's smallest step, or five pounds."""
    return (
        max(1, round(load_step_kg / KG_PER_LB / POUND_STEP)) * POUND_STEP if units == Units.IMPERIAL else load_step_kg
    )


def measured_fields(movement: Movement) -> tuple[str, ...]:
    """The fields of a set beside weight, by how the movement is measured."""
    if movement.metric_type == MetricType.DISTANCE:
        return ("metres",)
    return ("reps",) if movement.metric_type == MetricType.REPS else ("seconds",)


def new_set_id() -> str:
    return str(uuid7())


class FinishForm(forms.Form):
    perceived_difficulty = forms.TypedChoiceField(
        label=_("How hard was it?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(str(n), str(n)) for n in range(1, 11)],
        widget=forms.RadioSelect,
        help_text=_("1 is very easy, 10 is all you had."),
    )
    enjoyment = forms.TypedChoiceField(
        label=_("How did you like it?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(str(n), str(n)) for n in range(1, 6)],
        widget=forms.RadioSelect,
        help_text=_("1 is not at all, 5 is very much."),
    )
    feedback_tags = forms.MultipleChoiceField(
        label=_("What stood out?"),
        required=False,
        choices=[
            ("strong", _("Felt strong")),
            ("tired", _("Tired")),
            ("short_on_time", _("Short on time")),
            ("sore", _("Sore")),
            ("crowded_gym", _("Crowded gym")),
            ("new_technique", _("New technique")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    notes = forms.CharField(label=_("Notes"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class CheckInForm(forms.Form):
    """Two taps: hours slept, and how you feel (kept as sleep hours and mood)."""

    sleep_hours = forms.TypedChoiceField(
        label=_("Hours slept"),
        required=False,
        coerce=float,
        empty_value=None,
        choices=SLEEP_CHIPS,
        widget=forms.RadioSelect,
    )
    mood = forms.TypedChoiceField(
        label=_("How you feel"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=FEEL_CHIPS,
        widget=forms.RadioSelect,
    )
