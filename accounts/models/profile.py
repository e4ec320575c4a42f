"""What the engine and the pages need to know of a person: profile and settings, one row each."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gainsly.core.models import TimestampedModel, between, one_of
from gainsly.lib.vocabulary import (
    Discipline,
    E1rmFormula,
    EffortScale,
    ExperienceLevel,
    NextSet,
    PersonaAggression,
    PersonaTone,
    Sex,
    Theme,
    Units,
    choices_of,
    values_of,
)

WEEKDAYS = (0, 1, 2, 3, 4, 5, 6)  # 0 is Monday
SESSION_MINUTES = (20, 150)
HEIGHT_CM = (100, 250)


def all_weekdays() -> list[int]:
    return list(WEEKDAYS)


class Profile(TimestampedModel):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    date_of_birth = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=8, choices=choices_of(Sex), blank=True)
    height_cm = models.PositiveSmallIntegerField(null=True, blank=True)
    experience_level = models.CharField(
        max_length=16, choices=choices_of(ExperienceLevel), default=ExperienceLevel.BEGINNER
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    available_weekdays = ArrayField(models.PositiveSmallIntegerField(), default=all_weekdays)
    first_weekday = models.PositiveSmallIntegerField(default=0)
    session_minutes = models.PositiveSmallIntegerField(default=60)
    mix_disciplines = models.BooleanField(default=True)
    cardio_own_day = models.BooleanField(default=False)
    long_term_goals = models.TextField(blank=True, max_length=2000)
    needs_medical_advice = models.BooleanField(default=False)
    screened_at = models.DateTimeField(null=True, blank=True)
    onboarding_completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("experience_level", values_of(ExperienceLevel), "accounts_profile_experience_known"),
            one_of("sex", ["", *values_of(Sex)], "accounts_profile_sex_known"),
            between("session_minutes", *SESSION_MINUTES, "accounts_profile_session_minutes_range"),
            between("height_cm", *HEIGHT_CM, "accounts_profile_height_range"),
            between("first_weekday", 0, 6, "accounts_profile_first_weekday_range"),
            models.CheckConstraint(
                condition=Q(available_weekdays__contained_by=list(WEEKDAYS)) & Q(available_weekdays__len__gte=1),
                name="accounts_profile_weekdays_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Profile of {self.user}"


class DisciplineProfile(TimestampedModel):
    """How much an athlete likes a discipline (1-5) and how far they are in it."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="disciplines")
    discipline = models.CharField(max_length=20, choices=choices_of(Discipline))
    preference = models.PositiveSmallIntegerField(default=3)
    level = models.CharField(max_length=16, choices=choices_of(ExperienceLevel), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "discipline"], name="accounts_discipline_once"),
            one_of("discipline", values_of(Discipline), "accounts_discipline_known"),
            one_of("level", ["", *values_of(ExperienceLevel)], "accounts_discipline_level_known"),
            between("preference", 1, 5, "accounts_discipline_preference_range"),
        ]


class Settings(TimestampedModel):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="settings")
    units = models.CharField(max_length=8, choices=choices_of(Units), default=Units.METRIC)
    e1rm_formula = models.CharField(max_length=10, choices=choices_of(E1rmFormula), default=E1rmFormula.BLEND)
    persona_tone = models.CharField(max_length=16, choices=choices_of(PersonaTone), default=PersonaTone.SUPPORTIVE)
    persona_aggression = models.PositiveSmallIntegerField(default=PersonaAggression.BALANCED)
    theme = models.CharField(max_length=8, choices=choices_of(Theme), default=Theme.DARK)
    reminders = models.BooleanField(default=False)  # an e-mail in the evening when no check-in was made
    weekly_email = models.BooleanField(default=False)
    effort_scale = models.CharField(max_length=4, choices=choices_of(EffortScale), default=EffortScale.RPE)
    next_set = models.CharField(max_length=4, choices=choices_of(NextSet), default=NextSet.REPS)

    class Meta:
        verbose_name_plural = "settings"
        constraints = [
            one_of("effort_scale", values_of(EffortScale), "accounts_settings_effort_known"),
            one_of("next_set", values_of(NextSet), "accounts_settings_next_set_known"),
            one_of("units", values_of(Units), "accounts_settings_units_known"),
            one_of("e1rm_formula", values_of(E1rmFormula), "accounts_settings_formula_known"),
            one_of("persona_tone", values_of(PersonaTone), "accounts_settings_tone_known"),
            one_of("theme", values_of(Theme), "accounts_settings_theme_known"),
            between("persona_aggression", 1, 5, "accounts_settings_aggression_range"),
        ]

    def __str__(self) -> str:
        return f"Settings of {self.user}"
