"""People and what is known of them. Names and addresses are made up by the sequence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import (
    DisciplineProfile,
    EnjoyableActivity,
    Injury,
    Profile,
    RefreshSession,
    Settings,
    User,
)

PASSWORD = "treadle-Marmot-41"


class ProfileFactory(DjangoModelFactory):
    class Meta:
        model = Profile
        django_get_or_create = ("user",)

    user = factory.SubFactory("tests.factories.accounts.UserFactory", profile=None)


class SettingsFactory(DjangoModelFactory):
    class Meta:
        model = Settings
        django_get_or_create = ("user",)

    user = factory.SubFactory("tests.factories.accounts.UserFactory", settings=None)


class UserFactory(DjangoModelFactory):
    """A user as registration makes one, with profile and settings; ``PASSWORD`` signs in."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"athlete-{number}@example.com")
    name = factory.Sequence(lambda number: f"Athlete {number}")
    profile = factory.RelatedFactory(ProfileFactory, factory_related_name="user")
    settings = factory.RelatedFactory(SettingsFactory, factory_related_name="user")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> User:
        return User.objects.create_user(fields.pop("email"), fields.pop("password", PASSWORD), **fields)


class DisciplineProfileFactory(DjangoModelFactory):
    class Meta:
        model = DisciplineProfile

    profile = factory.SubFactory(ProfileFactory)
    discipline = "powerlifting"
    preference = 4


class InjuryFactory(DjangoModelFactory):
    class Meta:
        model = Injury

    user = factory.SubFactory(UserFactory)
    area = "knee"
    severity = 2
    since = dt.date(2026, 1, 10)


class EnjoyableActivityFactory(DjangoModelFactory):
    class Meta:
        model = EnjoyableActivity

    user = factory.SubFactory(UserFactory)
    type = "bouldering"


class RefreshSessionFactory(DjangoModelFactory):
    class Meta:
        model = RefreshSession

    user = factory.SubFactory(UserFactory)
    device = "A phone"
    current_jti = factory.Sequence(lambda number: f"token-{number}")
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=7))
    last_used_at = factory.LazyFunction(timezone.now)
