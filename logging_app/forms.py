"""What the pages of the diary ask for. Forms parse and convert units; the services decide what may be logged."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gainsly.lib.errors import DomainError
from gainsly.lib.ids import uuid7
from gainsly.lib.units import KG_PER_LB, kg_to_lb, lb_to_kg, round_half_up
from gainsly.lib.vocabulary import MetricType, MovementPattern, SetKind, Units
from logging_app.services.inputs import REPS, WEIGHT_KG, SetInput
from movements.models import Movement

RPE_CHIPS = ("6", "7", "7.5", "8", "8.5", "9", "9.5", "10")
RIR_CHIPS = ("4", "3", "2.5", "2", "1.5", "1", "0.5", "0")  # the same efforts, told the other way
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
CLOCK_PARTS, CLOCK_MOST = 3, 10_000


class DecimalField(forms.FloatField):
    """A number with a point or, as half of the world writes it, a comma: ``102,5``."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class ClockField(forms.Field):
    """Minutes as they are told: ``22:30``, ``1:05:00``, ``22.5`` or ``22,5``; seconds come of it."""

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        parts = text.replace(",", ".").split(":")
        try:
            numbers = [float(part) for part in parts]
        except ValueError as error:
            raise forms.ValidationError(_("Write minutes, such as 22:30 or 22.5.")) from error
        if len(parts) > CLOCK_PARTS or any(not 0 <= one < CLOCK_MOST for one in numbers):
            raise forms.ValidationError(_("Write minutes, such as 22:30 or 22.5."))
        if len(numbers) == 1:
            return round(numbers[0] * 60)
        return round(sum(one * 60**place for place, one in enumerate(reversed(numbers))))


def shown_clock(seconds: int | None) -> str:
    """Seconds as the field of minutes takes them: 1800 is 30, 1350 is 22:30."""
    if seconds is None:
        return ""
    return f"{seconds // 60}" if seconds % 60 == 0 else f"{seconds // 60}:{seconds % 60:02}"


class SetForm(forms.Form):
    """One set of one movement. Its fields follow how the movement is measured; weight is in the athlete's unit."""

    set_id = forms.UUIDField(widget=forms.HiddenInput)  # made with the page: the same tap twice is one set
    exercise = forms.UUIDField(required=False, widget=forms.HiddenInput)
    movement = forms.SlugField(widget=forms.HiddenInput, max_length=140)
    kind = forms.ChoiceField(choices=list(KIND_LABELS.items()), initial=SetKind.WORKING, required=False)
    weight = DecimalField(required=False, min_value=0, label=_("Weight"))
    reps = forms.IntegerField(required=False, min_value=0, label=_("Reps"))
    seconds = forms.IntegerField(required=False, min_value=0, label=_("Seconds"))
    clock = ClockField(required=False, label=_("Minutes"))  # of what is long: a run, a row
    metres = DecimalField(required=False, min_value=0, label=_("Metres"))
    rpe = forms.TypedChoiceField(
        label=_("Effort (RPE)"),
        required=False,
        coerce=float,
        empty_value=None,
        choices=[("", _("No idea")), *((chip, chip) for chip in RPE_CHIPS)],
        widget=forms.RadioSelect,
    )
    rir = forms.TypedChoiceField(
        label=_("Repetitions left (RIR)"),
        required=False,
        coerce=float,
        empty_value=None,
        choices=[("", _("No idea")), *((chip, chip) for chip in RIR_CHIPS)],
        widget=forms.RadioSelect,
    )
    helped = forms.BooleanField(required=False, label=_("Assisted: the weight helps you"))
    left = forms.IntegerField(required=False, min_value=0, label=_("Left"))
    right = forms.IntegerField(required=False, min_value=0, label=_("Right"))
    notes = forms.CharField(required=False, max_length=300, label=_("Note to this set"))
    rest_seconds = forms.IntegerField(required=False, min_value=0, max_value=86_400, widget=forms.HiddenInput)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)  # which set of the exercise the page showed
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)  # asked about, and meant
    instead = DecimalField(required=False, widget=forms.HiddenInput)  # asked about: this weight was meant

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

    def clean(self) -> dict[str, Any]:
        """Sides that differ are one set: the weaker one decides its count."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("instead") is not None:
            data["weight"], data["confirmed"] = data["instead"], True
        if data.get("clock") is not None:
            data["seconds"] = data["clock"]
        sides = [data[name] for name in ("left", "right") if data.get(name) is not None]
        if len(sides) == 1:
            self.add_error("right" if data.get("right") is None else "left", _("Give both sides, or neither."))
        elif sides and min(sides) > REPS[1] and data.get("reps") is not None:
            self.add_error("left", _("Must be at most %(limit)d.") % {"limit": REPS[1]})
        return data

    @property
    def weight_kg(self) -> float | None:
        """What was typed, in kilograms; help is less than nothing. Call after ``is_valid``."""
        weight: float | None = self.cleaned_data["weight"]
        if weight is not None and self.units == Units.IMPERIAL:
            weight = round_half_up(lb_to_kg(weight), DECIMALS)
        return -weight if weight and self.cleaned_data["helped"] else weight

    def refuse(self, error: DomainError) -> None:
        """A refused set's reasons at the fields that the athlete sees; ``sets.0.rpe`` and ``rpe`` are the same one."""
        placed = False
        for name, messages in error.errors.items():
            field = {"weight_kg": "weight"}.get(name.split(".")[-1], name.split(".")[-1])
            field = "clock" if field == "seconds" and self.cleaned_data.get("clock") is not None else field
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
        sides = None if data["left"] is None else min(data["left"], data["right"])
        timed = data["seconds"] is not None and data["reps"] is None
        return SetInput(
            id=data["set_id"],
            movement=data["movement"],
            session_exercise_id=data["exercise"] if planned else None,
            kind=data["kind"] or SetKind.WORKING.value,
            weight_kg=self.weight_kg,
            reps=data["reps"] if sides is None or timed else sides,
            seconds=sides if sides is not None and timed else data["seconds"],
            metres=data["metres"],
            left=data["left"],
            right=data["right"],
            rpe=data["rpe"],
            rir=data["rir"],
            rest_seconds=data["rest_seconds"],
            notes=data["notes"],
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
    """The fields of a set beside weight, by how the movement is measured: a run or a row by time and way."""
    if movement.pattern == MovementPattern.CARDIO:
        return ("clock", "metres")
    if movement.metric_type == MetricType.DISTANCE:
        return ("metres",)
    return ("reps",) if movement.metric_type == MetricType.REPS else ("seconds",)


def new_set_id() -> str:
    return str(uuid7())


class TypedSetsForm(forms.Form):
    """Sets typed in one line, for the exercise of now."""

    set_id = forms.UUIDField(widget=forms.HiddenInput({"id": "typed_set_id"}))  # the form of one set has the plain ids
    exercise = forms.UUIDField(required=False, widget=forms.HiddenInput({"id": "typed_exercise"}))
    movement = forms.SlugField(widget=forms.HiddenInput({"id": "typed_movement"}), max_length=140)
    text = forms.CharField(
        label=_("Type it"),
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": "100x8@9", "autocapitalize": "off", "autocomplete": "off"}),
        help_text=_("Weight x reps @ effort: 100x8@9, bw+10x8, 3x8x100, 225lbx5, 60s."),
    )
    confirmed = forms.BooleanField(required=False)  # asked about, and meant


class ChangeForm(forms.Form):
    """One change of a running workout's plan; ``op`` is the button that was tapped."""

    change_id = forms.UUIDField(widget=forms.HiddenInput)
    op = forms.ChoiceField(
        choices=[
            (one, one) for one in ("up", "down", "remove", "pair", "unpair", "add", "swap", "note", "rest", "sets")
        ]
    )
    key = forms.UUIDField(required=False)
    movement = forms.CharField(required=False, max_length=140)
    load_kg = forms.FloatField(required=False, min_value=0, max_value=1000)
    note = forms.CharField(required=False, max_length=300, strip=True)
    rest = forms.IntegerField(required=False, min_value=0, max_value=1800)
    sets = forms.IntegerField(required=False, min_value=1, max_value=20)


class CircuitForm(forms.Form):
    """What came of a circuit."""

    change_id = forms.UUIDField(widget=forms.HiddenInput)
    rounds = forms.IntegerField(required=False, min_value=0, max_value=100, label=_("Full rounds"))
    reps = forms.IntegerField(required=False, min_value=0, max_value=10_000, label=_("Reps beyond them"))
    minutes = forms.IntegerField(required=False, min_value=0, max_value=600, label=_("Minutes"))
    seconds = forms.IntegerField(required=False, min_value=0, max_value=59, label=_("Seconds"))

    @property
    def total_seconds(self) -> int | None:
        minutes, seconds = self.cleaned_data["minutes"], self.cleaned_data["seconds"]
        return None if minutes is None and seconds is None else (minutes or 0) * 60 + (seconds or 0)


class PastWorkoutForm(forms.Form):
    """A workout written down afterwards, one line for each movement."""

    workout_id = forms.UUIDField(widget=forms.HiddenInput)  # made with the page: the same tap twice is one workout
    title = forms.CharField(label=_("What was it?"), required=False, max_length=120)
    date = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    began = forms.TimeField(label=_("Began"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, initial=60)
    lines = forms.CharField(
        label=_("What you did, one movement a line"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 7, "placeholder": "Barbell Back Squat: 3x5x100@8"}),
        help_text=_("Name, colon, sets: Barbell Bench Press: 80x8, 80x8, 80x7@9"),
    )
    long_is_meant = forms.BooleanField(required=False, label=_("It really took that long"))


class FinishForm(forms.Form):
    ended = forms.ChoiceField(label=_("When did you finish?"), required=False, widget=forms.RadioSelect)
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

    def ask_end(self, probably: dt.datetime, *, now: dt.datetime) -> None:
        """A workout that was open for very long: ask when it ended, most probably at its last set."""
        hours = _("just now, %(time)s") % {"time": now.strftime("%H:%M")}
        self.fields["ended"].choices = [  # type: ignore[attr-defined]
            ("last", _("at %(time)s, with the last set") % {"time": probably.strftime("%H:%M")}),
            ("now", hours),
        ]
        self.initial["ended"] = "last"


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
