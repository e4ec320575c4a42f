"""What the coach's pages read: a question, a title."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.models.conversation import CONTENT_LENGTH, TITLE_LENGTH
from coaching.services.check_in import Told
from gainsly.lib.vocabulary import Muscle, label_of
from movements.selectors import equipment_list

MUSCLES = tuple(one for one in Muscle if one is not Muscle.FULL_BODY)
SIGNALS = ("sleep_hours", "sleep_quality", "stress", "motivation")


class QuestionForm(forms.Form):
    content = forms.CharField(
        label=_("Your question"),
        max_length=CONTENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "enterkeyhint": "send"}),
    )


class TitleForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)


def _scale(label: Any, help_text: Any) -> forms.TypedChoiceField:
    """One to ten, or nothing said: what is left out is never invented."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not said")), *((str(n), str(n)) for n in range(1, 11))],
    )


class AdaptForm(forms.Form):
    """How the athlete is today; every field may stay empty."""

    sleep_hours = forms.FloatField(label=_("Hours slept"), required=False, min_value=0, max_value=24)
    sleep_quality = _scale(_("Sleep quality"), _("10 is best."))
    stress = _scale(_("Stress"), _("10 is worst."))
    motivation = _scale(_("Motivation"), _("10 is best."))
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
            self.fields[f"sore_{muscle}"] = forms.TypedChoiceField(
                label=label_of(muscle),
                required=False,
                coerce=int,
                empty_value=0,
                choices=[(str(n), str(n)) for n in range(11)],
            )

    @property
    def sore_fields(self) -> list[forms.BoundField]:
        return [self[f"sore_{muscle}"] for muscle in MUSCLES]

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
