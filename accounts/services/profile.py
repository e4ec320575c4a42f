"""Profile and settings: one rule set for the form and the API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar
from zoneinfo import available_timezones

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import DisciplineProfile, Profile, Settings, User
from accounts.models.profile import HEIGHT_CM, SESSION_MINUTES, WEEKDAYS
from gainsly.lib.errors import DomainError
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
    values_of,
)

Row = TypeVar("Row", Profile, Settings)

AGE_YEARS = (13, 110)
PREFERENCE = (1, 5)
LONG_TERM_GOALS_LENGTH = 2000

Errors = dict[str, list[str]]

_CHOICES: dict[str, list[str]] = {
    "experience_level": values_of(ExperienceLevel),
    "sex": ["", *values_of(Sex)],
    "units": values_of(Units),
    "effort_scale": values_of(EffortScale),
    "next_set": values_of(NextSet),
    "e1rm_formula": values_of(E1rmFormula),
    "persona_tone": values_of(PersonaTone),
    "theme": values_of(Theme),
}
_RANGES: dict[str, tuple[int, int]] = {
    "session_minutes": SESSION_MINUTES,
    "height_cm": HEIGHT_CM,
    "first_weekday": (0, 6),
    "persona_aggression": (min(PersonaAggression), max(PersonaAggression)),
}
_OPTIONAL = {"height_cm", "date_of_birth"}
PROFILE_FIELDS = {
    "date_of_birth",
    "sex",
    "height_cm",
    "experience_level",
    "time_zone",
    "available_weekdays",
    "first_weekday",
    "session_minutes",
    "mix_disciplines",
    "cardio_own_day",
    "long_term_goals",
}
SETTINGS_FIELDS = {
    *("units", "e1rm_formula", "persona_tone", "persona_aggression", "theme", "reminders"),
    *("effort_scale", "next_set", "weekly_email"),
}


class ProfileInvalidError(DomainError):
    """One or more fields of profile or settings are not acceptable; ``errors`` says which."""


@cache
def time_zones() -> frozenset[str]:
    """The zone names of the IANA database that this machine knows."""
    return frozenset(available_timezones())


def errors_of(fields: Mapping[str, Any], *, today: dt.date) -> Errors:
    """What is wrong with these fields of profile or settings, by field; empty when all is well."""
    errors: Errors = {}
    for name, value in fields.items():
        message = _error_of(name, value, today)
        if message:
            errors[name] = [message]
    return errors


def _error_of(name: str, value: Any, today: dt.date) -> str | None:
    if value is None:
        return None if name in _OPTIONAL else _("This field cannot be empty.")
    if name in _CHOICES:
        return None if value in _CHOICES[name] else _("“%(value)s” is not one of the choices.") % {"value": value}
    if name in _RANGES:
        low, high = _RANGES[name]
        allowed = {"low": low, "high": high}
        return None if low <= value <= high else _("Choose a number from %(low)s to %(high)s.") % allowed
    return _error_of_own_kind(name, value, today)


def _error_of_own_kind(name: str, value: Any, today: dt.date) -> str | None:
    if name == "time_zone" and value not in time_zones():
        return _("There is no time zone “%(name)s”. Write it like Europe/Berlin.") % {"name": value}
    if name == "available_weekdays":
        return weekdays_error(value)
    if name == "date_of_birth":
        return _birth_error(value, today)
    if name == "disciplines":
        return _disciplines_error(value)
    if name == "long_term_goals" and len(value) > LONG_TERM_GOALS_LENGTH:
        return _("Keep it to %(limit)s characters.") % {"limit": LONG_TERM_GOALS_LENGTH}
    return None


def weekdays_error(value: Sequence[int], *, may_be_empty: bool = False) -> str | None:
    """What is wrong with a list of weekdays (0 Monday to 6 Sunday)."""
    if not value and not may_be_empty:
        return _("Choose at least one day of the week.")
    if any(day not in WEEKDAYS for day in value):
        return _("Days of the week are numbered 0 (Monday) to 6 (Sunday).")
    if len(set(value)) != len(value):
        return _("A day of the week may be named once only.")
    return None


def _birth_error(value: dt.date, today: dt.date) -> str | None:
    low, high = AGE_YEARS
    if value > today:
        return _("A date of birth lies in the past.")
    had_birthday = (today.month, today.day) >= (value.month, value.day)
    if not low <= today.year - value.year - (not had_birthday) <= high:
        return _("Gainsly is for people from %(low)s to %(high)s years.") % {"low": low, "high": high}
    return None


def _disciplines_error(value: Sequence[Mapping[str, Any]]) -> str | None:
    names = [row["discipline"] for row in value]
    if any(name not in values_of(Discipline) for name in names):
        return _("One of the disciplines is not known.")
    if len(set(names)) != len(names):
        return _("A discipline may be named once only.")
    low, high = PREFERENCE
    if any(not low <= row.get("preference", low) <= high for row in value):
        return _("A preference is a number from %(low)s to %(high)s.") % {"low": low, "high": high}
    if any(row.get("level", "") not in ["", *values_of(ExperienceLevel)] for row in value):
        return _("One of the levels is not known.")
    return None


@transaction.atomic
def update_profile(*, user: User, **fields: Any) -> Profile:
    """Set these fields of the athlete's profile; what is not named stays.

    ``fields`` are those of ``PROFILE_FIELDS`` and ``disciplines``, a list of
    ``{"discipline", "preference" 1-5, "level"}`` that replaces the one before.
    Raises ``ProfileInvalidError`` with ``errors`` by field; nothing is saved then.
    """
    _refuse(fields, PROFILE_FIELDS | {"disciplines"})
    profile = _locked(Profile, user, "profile")
    disciplines = fields.pop("disciplines", None)
    for name, value in fields.items():
        setattr(profile, name, sorted(value) if name == "available_weekdays" else value)
    profile.save()
    if disciplines is not None:
        _replace_disciplines(profile, disciplines)
    return profile


def _replace_disciplines(profile: Profile, rows: Sequence[Mapping[str, Any]]) -> None:
    profile.disciplines.all().delete()
    DisciplineProfile.objects.bulk_create(
        DisciplineProfile(
            profile=profile,
            discipline=row["discipline"],
            preference=row.get("preference", 3),
            level=row.get("level", ""),
        )
        for row in rows
    )


@transaction.atomic
def update_settings(*, user: User, **fields: Any) -> Settings:
    """Set these of ``SETTINGS_FIELDS``; raises ``ProfileInvalidError``."""
    _refuse(fields, SETTINGS_FIELDS)
    chosen = _locked(Settings, user, "settings")
    for name, value in fields.items():
        setattr(chosen, name, value)
    chosen.save()
    return chosen


@transaction.atomic
def record_screening(*, user: User, needs_medical_advice: bool) -> Profile:
    """Keep the outcome of the questions about health; a yes among them sets the coach to its gentlest pace."""
    profile = _locked(Profile, user, "profile")
    profile.needs_medical_advice = needs_medical_advice
    profile.screened_at = timezone.now()
    profile.save()
    if needs_medical_advice:
        update_settings(user=user, persona_aggression=PersonaAggression.CONSERVATIVE)
    return profile


@transaction.atomic
def complete_onboarding(*, user: User) -> Profile:
    """Onboarding is done; a second call keeps the first date."""
    profile = _locked(Profile, user, "profile")
    if profile.onboarding_completed_at is None:
        profile.onboarding_completed_at = timezone.now()
        profile.save()
    return profile


def _locked(model: type[Row], user: User, name: str) -> Row:
    """The athlete's row, made where there is none. What ``user`` remembers of it is forgotten: it may change now."""
    row, _made = model.objects.select_for_update().get_or_create(user=user)
    remembered: Any = User._meta.get_field(name)
    if remembered.is_cached(user):
        remembered.delete_cached_value(user)
    return row


def _refuse(fields: Mapping[str, Any], known: set[str]) -> None:
    unknown = set(fields) - known
    if unknown:
        raise TypeError(f"unknown fields: {sorted(unknown)}")
    # A birthday on the date line is a day either way: UTC's date will do.
    errors = errors_of(fields, today=timezone.now().date())
    if errors:
        first = next(iter(errors.values()))[0]
        raise ProfileInvalidError(first, errors=errors)
