"""What the coach's pages read: a question, a title."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.models.conversation import CONTENT_LENGTH, TITLE_LENGTH
from coaching.models.standing import MINUTES, TEXT_LENGTH
from coaching.services.check_in import Told
from gainsly.lib.vocabulary import InjuryArea, Muscle, choices_of, label_of
from movements.catalogue.kits import KIT_PRESETS
from movements.selectors import equipment_list

MUSCLES = tuple(one for one in Muscle if one is not Muscle.FULL_BODY)
MAP_STEPS = (1, 4, 7)
SIGNALS = ("sleep_hours", "sleep_quality", "stress", "motivation")


class QuestionForm(forms.Form):
    content = forms.CharField(
        label=_("Your question"),
        max_length=CONTENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "enterkeyhint": "send"}),
    )


class TitleForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)


class StandingNoteForm(forms.Form):
    """What is so for some days. Only the kind and the last day are needed."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            ("ill", _("Ill")),
            ("travelling", _("Travelling")),
            ("sore", _("Sore spot")),
            ("busy", _("Little time")),
            ("other", _("Something else")),
        ],
        widget=forms.RadioSelect,
        initial="travelling",
    )
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    text = forms.CharField(label=_("In your own words"), required=False, max_length=TEXT_LENGTH)
    minutes = forms.IntegerField(
        label=_("At most so many minutes"), required=False, min_value=MINUTES[0], max_value=MINUTES[1]
    )
    room = forms.ChoiceField(
        label=_("Kit there"),
        required=False,
        choices=[
            ("", _("As usual")),
            ("bodyweight", _("No kit")),
            ("bands", _("Bands")),
            ("dumbbells", _("Dumbbells")),
            ("hotel", _("Hotel gym")),
        ],
    )
    area = forms.ChoiceField(label=_("Where it is sore"), required=False, choices=[("", "-"), *choices_of(InjuryArea)])
    severity = forms.TypedChoiceField(
        label=_("How much"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "-"), ("1", _("Ease it")), ("2", _("Spare it")), ("3", _("Leave it out"))],
    )

    def note(self) -> dict[str, Any]:
        """Keywords of ``write_note``. Call after ``is_valid``."""
        data = dict(self.cleaned_data)
        room = data.pop("room")
        data["severity"] = data["severity"] if data["area"] else None
        return {**data, "equipment": list(KIT_PRESETS[room]) if room else None}


class Scale(forms.IntegerField):
    """One to ten; nothing or 0, where a slider rests, is not said: what is left out is never invented."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(label=label, required=False, min_value=0, max_value=10)

    def clean(self, value: Any) -> int | None:
        return super().clean(value) or None


class AdaptForm(forms.Form):
    """How the athlete is today; every field may stay empty."""

    sleep_hours = forms.FloatField(label=_("Hours slept"), required=False, min_value=0, max_value=24)
    sleep_quality = Scale(label=_("Sleep quality"))
    stress = Scale(label=_("Stress"))
    motivation = Scale(label=_("Motivation"))
    minutes = forms.IntegerField(label=_("Minutes you have"), required=False, min_value=10, max_value=240)
    equipment = forms.MultipleChoiceField(
        label=_("Equipment at hand"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing if you are in your usual gym."),
    )
    notes = forms.CharField(
        label=_("Anything else?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["equipment"].choices = [(one.slug, one.name) for one in equipment_list()]  # type: ignore[attr-defined]
        for muscle in MUSCLES:
            self.fields[f"sore_{muscle}"] = Scale(label=label_of(muscle))

    @property
    def scales(self) -> list[forms.BoundField]:
        return [self["sleep_quality"], self["motivation"], self["stress"]]

    @property
    def sore_fields(self) -> list[tuple[str, forms.BoundField, bool]]:
        """Muscle, field, and whether something is told of it; what is told comes first."""
        found = [(muscle.value, self[f"sore_{muscle}"], bool(self._level(muscle))) for muscle in MUSCLES]
        return sorted(found, key=lambda one: not one[2])

    @property
    def levels(self) -> dict[str, int]:
        """How the muscle map is painted: a little, some, far."""
        return {muscle.value: sum(self._level(muscle) >= least for least in MAP_STEPS) for muscle in MUSCLES}

    def _level(self, muscle: Muscle) -> int:
        value = str(self[f"sore_{muscle}"].value() or 0)
        return int(value) if value.isdecimal() else 0

    @property
    def links(self) -> dict[str, str]:
        return {muscle.value: f"#sore-{muscle}" for muscle in MUSCLES}

    def told(self) -> Told:
        """Only what was said. Call after ``is_valid``."""
        data = self.cleaned_data
        return Told(
            soreness={muscle.value: data[f"sore_{muscle}"] for muscle in MUSCLES if data[f"sore_{muscle}"]},
            readiness={name: data[name] for name in SIGNALS if data[name] is not None},
            minutes=data["minutes"],
            equipment=data["equipment"] or None,
            notes=data["notes"],
        )
