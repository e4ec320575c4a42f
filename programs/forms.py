"""What the program pages ask for. The form only parses; programs.services.requests decides."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gainsly.lib.ids import uuid7
from gainsly.lib.units import kg_to_lb, lb_to_kg
from gainsly.lib.vocabulary import (
    EQUIPMENT,
    MAJOR_MUSCLES,
    Discipline,
    Dose,
    Goal,
    Muscle,
    ProgressionStyle,
    SplitTemplate,
    Units,
    choices_of,
    label_of,
)
from movements.catalogue.kits import EQUIPMENT_NAMES
from programs.models import SessionExercise
from programs.models.program import DAYS_PER_WEEK, DELOAD_EVERY, GOAL_POINTS, SESSION_MINUTES, WEEKS

WEEKDAY_LABELS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
PRIORITY_MUSCLES = [muscle for muscle in Muscle if muscle in MAJOR_MUSCLES] + [
    Muscle.FRONT_DELTS,
    Muscle.SIDE_DELTS,
    Muscle.REAR_DELTS,
    Muscle.BICEPS,
    Muscle.TRICEPS,
    Muscle.CALVES,
    Muscle.CORE,
]
DISCIPLINE_WEIGHT = 4  # of 5
NO_KIT = "nothing"  # ticked alone: the floor is enough; beside nothing ticked at all, which is the usual gym
SPLIT_LABELS = {
    "": _("By days"),
    SplitTemplate.UPPER_LOWER: _("Upper, lower"),
    SplitTemplate.PPL: _("Push, pull, legs"),
    SplitTemplate.FULL_BODY: _("Full body"),
    SplitTemplate.HYBRID: _("Hybrid"),
}


class ProgramForm(forms.Form):
    """The wizard: ten points over the goals, and the shape of the week. Blank means "you choose"."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    start_date = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    duration_weeks = forms.TypedChoiceField(
        label=_("Weeks"), coerce=int, choices=[(weeks, str(weeks)) for weeks in WEEKS], widget=forms.RadioSelect
    )
    days_per_week = forms.IntegerField(label=_("Days a week"), min_value=DAYS_PER_WEEK[0], max_value=DAYS_PER_WEEK[1])
    session_minutes = forms.IntegerField(
        label=_("Minutes a session"), min_value=SESSION_MINUTES[0], max_value=SESSION_MINUTES[1]
    )
    available_weekdays = forms.TypedMultipleChoiceField(
        label=_("Days you can train"),
        coerce=int,
        choices=list(enumerate(WEEKDAY_LABELS)),
        widget=forms.CheckboxSelectMultiple,
    )
    split_template = forms.ChoiceField(
        label=_("Split"), required=False, choices=list(SPLIT_LABELS.items()), widget=forms.RadioSelect
    )
    progression_style = forms.ChoiceField(
        label=_("Progression"), required=False, choices=[("", _("By experience")), *choices_of(ProgressionStyle)]
    )
    dose = forms.ChoiceField(label=_("Dose"), required=False, choices=[("", _("Balanced")), *choices_of(Dose)])
    deload_every = forms.TypedChoiceField(
        label=_("Deload every"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("By experience")),
            *((weeks, _("%d weeks") % weeks) for weeks in range(DELOAD_EVERY[0], DELOAD_EVERY[1] + 1)),
        ],
    )
    priority_muscles = forms.MultipleChoiceField(
        label=_("Muscles first"),
        required=False,
        choices=[(muscle.value, label_of(muscle)) for muscle in PRIORITY_MUSCLES],
        widget=forms.CheckboxSelectMultiple,
    )
    equipment = forms.MultipleChoiceField(
        label=_("Kit for this program"),
        required=False,
        help_text=_("Tick nothing to plan with the kit of your profile."),
        choices=[(NO_KIT, _("No kit at all")), *((slug, EQUIPMENT_NAMES[slug]) for slug in EQUIPMENT)],
        widget=forms.CheckboxSelectMultiple,
    )
    disciplines = forms.MultipleChoiceField(
        label=_("In the manner of"),
        required=False,
        help_text=_("Tick nothing to plan by the disciplines of your profile."),
        choices=choices_of(Discipline),
        widget=forms.CheckboxSelectMultiple,
    )
    goals = forms.CharField(required=False, widget=forms.HiddenInput)  # carries the errors of the ten points
    request_id = forms.UUIDField(required=False, widget=forms.HiddenInput)  # the same click twice is one program

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for goal in Goal:
            self.fields[goal.value] = forms.IntegerField(
                label=label_of(goal), min_value=0, max_value=GOAL_POINTS, required=False
            )

    def points(self) -> dict[str, int]:
        """Points per goal as they stand, also while the form is incomplete."""
        return {goal.value: _whole(self[goal.value].value()) for goal in Goal}

    def body(self) -> dict[str, Any]:
        """The create body of the API. Call after ``is_valid``."""
        plain = ("name", "start_date", "split_template", "progression_style", "dose", "deload_every")
        body: dict[str, Any] = {key: self.cleaned_data[key] for key in plain if self.cleaned_data.get(key)}
        return (
            body
            | self._special()
            | {
                "duration_weeks": self.cleaned_data["duration_weeks"],
                "days_per_week": self.cleaned_data["days_per_week"],
                "session_minutes": self.cleaned_data["session_minutes"],
                "available_weekdays": self.cleaned_data["available_weekdays"],
                "priority_muscles": self.cleaned_data["priority_muscles"],
                "goals": [
                    {"goal": goal.value, "weight": self.cleaned_data[goal.value]}
                    for goal in sorted(Goal, key=lambda one: -(self.cleaned_data.get(one.value) or 0))
                    if self.cleaned_data.get(goal.value)
                ],
            }
        )

    def _special(self) -> dict[str, Any]:
        """Kit and disciplines of this program alone, where any are ticked."""
        kit, disciplines = self.cleaned_data["equipment"], self.cleaned_data["disciplines"]
        body: dict[str, Any] = {"equipment": [one for one in kit if one != NO_KIT]} if kit else {}
        if disciplines:
            body["disciplines"] = [{"discipline": one, "weight": DISCIPLINE_WEIGHT} for one in disciplines]
        return body


def told_values(body: Mapping[str, Any]) -> dict[str, Any]:
    """Keys of a create body as the wizard's fields hold them."""
    values = {key: value for key, value in body.items() if key not in ("goals", "disciplines", "equipment")}
    if "goals" in body:
        values |= dict.fromkeys((goal.value for goal in Goal), 0)
        values |= {one["goal"]: one["weight"] for one in body["goals"]}
    if "disciplines" in body:
        values["disciplines"] = [one["discipline"] for one in body["disciplines"]]
    if "equipment" in body:
        values["equipment"] = list(body["equipment"]) or [NO_KIT]
    return values


def standing_values(form: ProgramForm) -> dict[str, Any]:
    """What stands in a wizard, to show it again."""
    return {name: form[name].value() for name in form.fields if name != "goals"}


def wizard_defaults(*, weekdays: list[int], minutes: int, today: dt.date) -> dict[str, Any]:
    """What the wizard opens with: two goals shared evenly, and the week of the profile."""
    return {
        Goal.STRENGTH.value: 5,
        Goal.HYPERTROPHY.value: 5,
        "duration_weeks": WEEKS[0],
        "days_per_week": max(DAYS_PER_WEEK[0], min(4, len(weekdays))),
        "session_minutes": minutes,
        "available_weekdays": weekdays,
        "start_date": today.isoformat(),
        "split_template": "",
        "request_id": str(uuid7()),
    }


class MoveForm(forms.Form):
    date = forms.DateField(label=_("New day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ExerciseForm(forms.Form):
    """One planned exercise as its athlete may change it; the load in their own unit."""

    sets = forms.IntegerField(label=_("Sets"), min_value=1, max_value=12)
    reps_min = forms.IntegerField(label=_("Repetitions from"), min_value=1, max_value=60, required=False)
    reps_max = forms.IntegerField(label=_("Repetitions to"), min_value=1, max_value=60, required=False)
    load = forms.FloatField(label=_("Load"), min_value=0, max_value=2200, required=False)
    order = forms.IntegerField(label=_("Place"), min_value=1, max_value=40)

    def __init__(self, *args: Any, exercise: SessionExercise, units: str, **kwargs: Any) -> None:
        self.exercise, self.units = exercise, units
        load = exercise.target_load_kg
        shown = load if load is None or units != Units.IMPERIAL else round(kg_to_lb(load), 1)
        initial = {
            "sets": exercise.sets,
            "reps_min": exercise.reps_min,
            "reps_max": exercise.reps_max,
            "load": int(shown) if shown is not None and shown % 1 == 0 else shown,  # 60, not 60.0
            "order": exercise.order,
        }
        super().__init__(*args, initial=initial, prefix=str(exercise.pk), **kwargs)
        if exercise.reps_min is None:
            del self.fields["reps_min"], self.fields["reps_max"]

    def body(self) -> dict[str, Any]:
        """What was changed, as an item of the session's ``exercises``; empty where nothing was."""
        names = {"load": "target_load_kg"}
        changed = {names.get(name, name): self.cleaned_data[name] for name in self.changed_data}
        load = changed.get("target_load_kg")
        if load is not None and self.units == Units.IMPERIAL:
            changed["target_load_kg"] = round(lb_to_kg(load), 2)
        return {"id": str(self.exercise.pk), **changed} if changed else {}


def _whole(value: Any) -> int:
    """A number as typed so far; nothing readable counts as no points."""
    return int(value) if str(value or "").isdigit() else 0


class TemplateForm(forms.Form):
    """When a known program starts, and on which days."""

    start_date = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    available_weekdays = forms.TypedMultipleChoiceField(
        label=_("Days you train"),
        coerce=int,
        choices=list(enumerate(WEEKDAY_LABELS)),
        widget=forms.CheckboxSelectMultiple,
    )

    def body(self) -> dict[str, Any]:
        """The start body of the API. Call after ``is_valid``."""
        return {key: value for key, value in self.cleaned_data.items() if value}


MOST_PLAN_BYTES = 4_000_000


class GradeForm(forms.Form):
    """A plan JSON as a file or as text; ``cleaned_data["document"]`` holds what it says."""

    file = forms.FileField(label=_("Plan file (JSON)"), required=False)
    text = forms.CharField(
        label=_("Or paste it here"), required=False, widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload, text = cleaned.get("file"), cleaned.get("text", "")
        if not upload and not text.strip():
            raise forms.ValidationError(_("Choose a file or paste a plan."))
        if upload and upload.size > MOST_PLAN_BYTES:
            raise forms.ValidationError({"file": _("The file is larger than 4 MB; a plan is far smaller.")})
        try:
            cleaned["document"] = json.loads(upload.read() if upload else text)
        except UnicodeDecodeError as error:
            raise forms.ValidationError({"file": _("This file is not text, so it is no plan JSON.")}) from error
        except json.JSONDecodeError as error:
            place = {"line": error.lineno, "column": error.colno, "what": error.msg}
            words = _("This is not JSON: line %(line)d, column %(column)d: %(what)s.") % place
            raise forms.ValidationError({"file" if upload else "text": words}) from error
        return cleaned
