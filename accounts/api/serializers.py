"""Bodies and answers of the accounts API."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models.profile import HEIGHT_CM, SESSION_MINUTES
from accounts.services.profile import PREFERENCE
from gainsly.core.api import StrictSerializer
from gainsly.lib.vocabulary import (
    Discipline,
    E1rmFormula,
    EffortScale,
    ExperienceLevel,
    InjuryArea,
    MovementPattern,
    NextSet,
    PersonaTone,
    Role,
    Sex,
    Theme,
    Units,
    choices_of,
)
from gainsly.lib.vocabulary import EnjoyableActivity as ActivityType

# -- signing in


class RegisterBody(StrictSerializer):
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)
    name = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class LoginBody(StrictSerializer):
    email = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)


class RefreshBody(StrictSerializer):
    refresh = serializers.CharField(max_length=2000)


class PasswordBody(StrictSerializer):
    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)


class TokenPair(serializers.Serializer):
    access = serializers.CharField(help_text=_("Good for 30 minutes."))
    refresh = serializers.CharField(help_text=_("Good for seven days and for one use."))


class Me(serializers.Serializer):
    id = serializers.UUIDField()
    email = serializers.EmailField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=choices_of(Role))
    date_joined = serializers.DateTimeField()


class DeviceSession(serializers.Serializer):
    id = serializers.UUIDField()
    device = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    current = serializers.SerializerMethodField(help_text=_("The session that this very request belongs to."))

    def get_current(self, session: object) -> bool:
        return str(session.id) == self.context.get("session_id")  # type: ignore[attr-defined]


# -- profile and settings


class DisciplineField(StrictSerializer):
    discipline = serializers.ChoiceField(choices=choices_of(Discipline))
    preference = serializers.IntegerField(min_value=PREFERENCE[0], max_value=PREFERENCE[1], default=3)
    level = serializers.ChoiceField(choices=choices_of(ExperienceLevel), allow_blank=True, default="")


class ProfileFields(StrictSerializer):
    """The profile's own keys; what depends on the athlete's gym is added where gyms are known."""

    experience_level = serializers.ChoiceField(choices=choices_of(ExperienceLevel), required=False)
    time_zone = serializers.CharField(max_length=64, required=False)
    available_weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6),
        max_length=7,
        required=False,
        help_text=_("0 is Monday, 6 is Sunday."),
    )
    first_weekday = serializers.IntegerField(min_value=0, max_value=6, required=False)
    session_minutes = serializers.IntegerField(
        min_value=SESSION_MINUTES[0], max_value=SESSION_MINUTES[1], required=False
    )
    date_of_birth = serializers.DateField(required=False, allow_null=True)
    sex = serializers.ChoiceField(choices=choices_of(Sex), required=False, allow_blank=True)
    height_cm = serializers.IntegerField(
        min_value=HEIGHT_CM[0], max_value=HEIGHT_CM[1], required=False, allow_null=True
    )
    disciplines = DisciplineField(many=True, required=False)
    mix_disciplines = serializers.BooleanField(required=False)
    cardio_own_day = serializers.BooleanField(required=False)
    long_term_goals = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    onboarding_completed_at = serializers.DateTimeField(read_only=True)


class SettingsFields(StrictSerializer):
    units = serializers.ChoiceField(choices=choices_of(Units), required=False)
    e1rm_formula = serializers.ChoiceField(choices=choices_of(E1rmFormula), required=False)
    persona_tone = serializers.ChoiceField(choices=choices_of(PersonaTone), required=False)
    persona_aggression = serializers.IntegerField(min_value=1, max_value=5, required=False)
    theme = serializers.ChoiceField(choices=choices_of(Theme), required=False)
    reminders = serializers.BooleanField(required=False)
    weekly_email = serializers.BooleanField(required=False)
    effort_scale = serializers.ChoiceField(choices=choices_of(EffortScale), required=False)
    next_set = serializers.ChoiceField(choices=choices_of(NextSet), required=False)


# -- limits and wishes


class InjuryFields(StrictSerializer):
    id = serializers.UUIDField(read_only=True)
    area = serializers.ChoiceField(choices=choices_of(InjuryArea))
    severity = serializers.IntegerField(min_value=1, max_value=3)
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False, allow_null=True)
    patterns_to_avoid = serializers.ListField(
        child=serializers.ChoiceField(choices=choices_of(MovementPattern)), required=False, max_length=17
    )
    notes = serializers.CharField(max_length=300, required=False, allow_blank=True)


class InjuryTextFields(StrictSerializer):
    text = serializers.CharField(max_length=300)


class InjuryGuessFields(serializers.Serializer):
    understood = serializers.BooleanField(help_text="False: ask the athlete; `choices` are the places.")
    areas = serializers.ListField(child=serializers.ChoiceField(choices=choices_of(InjuryArea)))
    severity = serializers.IntegerField(help_text="A guess, to be confirmed.")
    negated = serializers.ListField(child=serializers.ChoiceField(choices=choices_of(InjuryArea)))
    choices = serializers.ListField(child=serializers.CharField())


class ActivityFields(StrictSerializer):
    id = serializers.UUIDField(read_only=True)
    type = serializers.ChoiceField(choices=choices_of(ActivityType))
    custom_name = serializers.CharField(max_length=60, required=False, allow_blank=True)
    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6), max_length=7, required=False
    )
    recommend_every_days = serializers.IntegerField(min_value=1, max_value=365, required=False)
    enabled = serializers.BooleanField(required=False)
