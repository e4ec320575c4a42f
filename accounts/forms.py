"""What the account pages ask. Forms parse; the services hold the rules."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, SignupForm
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.models import DisciplineProfile, EnjoyableActivity, Injury, Profile, Settings, User
from accounts.models.profile import SESSION_MINUTES
from accounts.services.profile import PREFERENCE, time_zones
from accounts.services.registration import RegistrationError
from gainsly.lib.vocabulary import (
    Discipline,
    E1rmFormula,
    EffortScale,
    ExperienceLevel,
    InjuryArea,
    MovementPattern,
    NextSet,
    PersonaAggression,
    PersonaTone,
    Sex,
    Theme,
    Units,
    choices_of,
)
from gainsly.lib.vocabulary import EnjoyableActivity as ActivityType

YES_NO = [("no", _("No")), ("yes", _("Yes"))]
WEEKDAY_NAMES = [
    (0, _("Mon")),
    (1, _("Tue")),
    (2, _("Wed")),
    (3, _("Thu")),
    (4, _("Fri")),
    (5, _("Sat")),
    (6, _("Sun")),
]
DISCIPLINE_PREFIX = "likes_"
TONES = [
    (PersonaTone.SUPPORTIVE, _("Supportive: notices what went well")),
    (PersonaTone.ANALYTICAL, _("Analytical: numbers and reasons")),
    (PersonaTone.MOTIVATIONAL, _("Motivational: looks ahead")),
    (PersonaTone.MINIMALIST, _("Minimal: few words")),
    (PersonaTone.DRILL_SERGEANT, _("Drill sergeant: blunt")),
]
PACES = [
    (PersonaAggression.CONSERVATIVE, _("Gentle")),
    (PersonaAggression.MODERATE_CONSERVATIVE, _("Careful")),
    (PersonaAggression.BALANCED, _("Balanced")),
    (PersonaAggression.MODERATE_AGGRESSIVE, _("Brisk")),
    (PersonaAggression.AGGRESSIVE, _("Hard")),
]
EXPERIENCE = [
    (ExperienceLevel.BEGINNER, _("New: under a year")),
    (ExperienceLevel.INTERMEDIATE, _("One to three years")),
    (ExperienceLevel.ADVANCED, _("Three years or more")),
    (ExperienceLevel.EXPERT, _("I compete")),
]
SEVERITIES = [
    (1, _("It grumbles: ease the load")),
    (2, _("It hurts: swap what loads it heavily")),
    (3, _("It is injured: avoid its movements")),
]
FORMULAS = [
    (E1rmFormula.BLEND, _("Blend of the four (default)")),
    (E1rmFormula.EPLEY, "Epley"),
    (E1rmFormula.BRZYCKI, "Brzycki"),
    (E1rmFormula.LOMBARDI, "Lombardi"),
    (E1rmFormula.OCONNER, "O'Conner"),
]


class SignInForm(LoginForm):
    """allauth's form in our words; the page links to the forgotten password itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["login"].label = _("E-mail address")
        self.fields["remember"].label = _("Keep me signed in on this device")
        drop_placeholders(self)


class NewPasswordForm(ChangePasswordForm):
    """The same for the change of a password by someone who is signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
        drop_placeholders(self)


def drop_placeholders(form: forms.BaseForm) -> None:
    """A placeholder that repeats the label only gets in the way."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignUpForm(SignupForm):
    """allauth's form with the name we call the athlete by."""

    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ["name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        drop_placeholders(self)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """allauth's, and the case that the same form came twice at one moment: the first made the account."""
        try:
            return super().try_save(request)  # type: ignore[no-any-return]  # allauth ships no types
        except RegistrationError as error:
            if "email" not in error.errors:
                raise
            messages.info(request, str(error))
            return None, redirect("account_login")


class YesNoField(forms.ChoiceField):
    """A question that has to be answered."""

    def __init__(self, label: Any) -> None:
        unanswered = {"required": _("Please answer yes or no.")}
        super().__init__(label=label, choices=YES_NO, widget=forms.RadioSelect, error_messages=unanswered)


class ScreeningForm(forms.Form):
    """The questions about health; one yes is enough for advice."""

    heart = YesNoField(_("Has a doctor ever told you that you have a heart condition or high blood pressure?"))
    chest_pain = YesNoField(_("Do you feel pain in your chest at rest, in daily life or when you train?"))
    dizziness = YesNoField(_("Have you been dizzy to the point of losing balance, or fainted, in the last year?"))
    advised_against = YesNoField(_("Has a doctor advised you against exercise, or only to train under supervision?"))
    age = YesNoField(_("Are you younger than 16 or older than 70?"))

    def needs_medical_advice(self) -> bool:
        """Whether any answer is a yes."""
        return "yes" in self.cleaned_data.values()


class YouForm(forms.Form):
    experience_level = forms.ChoiceField(
        label=_("How long have you lifted weights?"), choices=EXPERIENCE, widget=forms.RadioSelect
    )
    units = forms.ChoiceField(
        label=_("Units"),
        choices=[(Units.METRIC, _("Kilograms")), (Units.IMPERIAL, _("Pounds"))],
        widget=forms.RadioSelect,
    )
    date_of_birth = forms.DateField(
        label=_("Date of birth"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
    )
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[("", _("Rather not say")), *choices_of(Sex)], widget=forms.RadioSelect
    )
    height_cm = forms.IntegerField(
        label=_("Height in centimetres"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("5 ft 9 in is 175 cm."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("A training day is a day where you are."),
        widget=forms.Select(attrs={"data-time-zone": ""}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in sorted(time_zones())]  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(profile: Profile, chosen: Settings) -> dict[str, Any]:
        names = ("experience_level", "date_of_birth", "sex", "height_cm", "time_zone")
        return {**{name: getattr(profile, name) for name in names}, "units": chosen.units}


class WeekForm(forms.Form):
    available_weekdays = forms.TypedMultipleChoiceField(
        label=_("Days on which you can train"),
        choices=WEEKDAY_NAMES,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All that are possible. How many of them you use is the program's choice."),
        error_messages={"required": _("Choose at least one day of the week.")},
    )
    session_minutes = forms.IntegerField(
        label=_("Minutes a session"), min_value=SESSION_MINUTES[0], max_value=SESSION_MINUTES[1]
    )
    first_weekday = forms.TypedChoiceField(
        label=_("Your week begins on"),
        choices=[(0, _("Monday")), (6, _("Sunday")), (5, _("Saturday"))],
        coerce=int,
        widget=forms.RadioSelect,
    )
    mix_disciplines = forms.BooleanField(label=_("Different kinds of training may share a session"), required=False)
    cardio_own_day = forms.BooleanField(label=_("Keep cardio for days of its own"), required=False)

    @staticmethod
    def initial_of(profile: Profile) -> dict[str, Any]:
        names = ("available_weekdays", "session_minutes", "first_weekday", "mix_disciplines", "cardio_own_day")
        return {name: getattr(profile, name) for name in names}


class PreferencesForm(forms.Form):
    """One field for each discipline (``likes_powerlifting``: 1-5), the coach's manner, and what one does for fun."""

    persona_tone = forms.ChoiceField(label=_("How your coach speaks"), choices=TONES, widget=forms.RadioSelect)
    persona_aggression = forms.TypedChoiceField(
        label=_("How hard your coach pushes"), choices=PACES, coerce=int, widget=forms.RadioSelect
    )
    activities = forms.MultipleChoiceField(
        label=_("What you do for fun"),
        required=False,
        choices=[pair for pair in choices_of(ActivityType) if pair[0] != ActivityType.OTHER],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Your program keeps clear of it, and reminds you of it now and then."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        low, high = PREFERENCE
        for value, label in choices_of(Discipline):
            self.fields[f"{DISCIPLINE_PREFIX}{value}"] = forms.TypedChoiceField(
                label=label,
                choices=[(number, str(number)) for number in range(low, high + 1)],
                coerce=int,
                widget=forms.RadioSelect,
            )

    def discipline_fields(self) -> list[forms.BoundField]:
        return [self[f"{DISCIPLINE_PREFIX}{discipline.value}"] for discipline in Discipline]

    def disciplines(self) -> dict[str, int]:
        """``{discipline: preference}`` of a valid form."""
        return {one.value: self.cleaned_data[f"{DISCIPLINE_PREFIX}{one.value}"] for one in Discipline}

    @staticmethod
    def initial_of(
        chosen: Settings, disciplines: list[dict[str, object]], activities: list[EnjoyableActivity]
    ) -> dict[str, Any]:
        liked = {str(row["discipline"]): row["preference"] for row in disciplines}
        unasked = DisciplineProfile._meta.get_field("preference").default
        return {
            **{f"{DISCIPLINE_PREFIX}{one.value}": liked.get(one.value, unasked) for one in Discipline},
            "persona_tone": chosen.persona_tone,
            "persona_aggression": chosen.persona_aggression,
            "activities": [row.type for row in activities if row.enabled],
        }


class DisplayForm(forms.Form):
    theme = forms.ChoiceField(
        label=_("Theme"),
        choices=[(Theme.DARK, _("Dark")), (Theme.LIGHT, _("Light")), (Theme.SYSTEM, _("As my device"))],
        widget=forms.RadioSelect,
    )
    units = forms.ChoiceField(
        label=_("Units"),
        choices=[(Units.METRIC, _("Kilograms")), (Units.IMPERIAL, _("Pounds"))],
        widget=forms.RadioSelect,
    )
    e1rm_formula = forms.ChoiceField(
        label=_("Formula for the estimated one-repetition maximum"),
        choices=FORMULAS,
        help_text=_("The weight that you could lift once, worked out from a set of several repetitions."),
    )
    effort_scale = forms.ChoiceField(
        label=_("How you tell the effort of a set"),
        choices=[
            (EffortScale.RPE, _("RPE: 10 is all you had")),
            (EffortScale.RIR, _("RIR: repetitions left")),
            (EffortScale.OFF, _("Not at all")),
        ],
        required=False,
    )
    next_set = forms.ChoiceField(
        label=_("When a set was harder or easier than planned"),
        choices=[
            (NextSet.REPS, _("Keep the repetitions, suggest another weight")),
            (NextSet.LOAD, _("Keep the weight, suggest other repetitions")),
            (NextSet.OFF, _("Suggest nothing")),
        ],
        required=False,
    )

    weekly_email = forms.BooleanField(label=_("Send me my week by e-mail"), required=False)
    reminders = forms.BooleanField(
        label=_("Remind me by e-mail when I have not checked in by the evening"), required=False
    )

    def clean_effort_scale(self) -> str:
        return self.cleaned_data["effort_scale"] or EffortScale.RPE.value

    def clean_next_set(self) -> str:
        return self.cleaned_data["next_set"] or NextSet.REPS.value

    @staticmethod
    def initial_of(chosen: Settings) -> dict[str, Any]:
        names = ("theme", "units", "e1rm_formula", "effort_scale", "next_set", "weekly_email", "reminders")
        return {name: getattr(chosen, name) for name in names}


class InjuryWordsForm(forms.Form):
    """What hurts in the athlete's own words; read, shown and confirmed, never stored by itself."""

    words = forms.CharField(
        label=_("In your own words"),
        max_length=300,
        help_text=_("For example: my rotator cuff, a wonky knee, tennis elbow."),
    )


class InjuryForm(forms.Form):
    area = forms.ChoiceField(label=_("Where"), choices=choices_of(InjuryArea), widget=forms.RadioSelect)
    severity = forms.TypedChoiceField(label=_("How bad"), choices=SEVERITIES, coerce=int, widget=forms.RadioSelect)
    since = forms.DateField(label=_("Since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty while you do not know."),
    )
    patterns_to_avoid = forms.MultipleChoiceField(
        label=_("Movements to avoid in any case"),
        required=False,
        choices=choices_of(MovementPattern),
        widget=forms.CheckboxSelectMultiple,
    )
    notes = forms.CharField(label=_("Note"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    @staticmethod
    def initial_of(injury: Injury) -> dict[str, Any]:
        names = ("area", "severity", "since", "until", "patterns_to_avoid", "notes")
        return {name: getattr(injury, name) for name in names}
