"""An athlete's right to leave without a trace."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction

from accounts.models import User


@transaction.atomic
def erase_account(*, user: User) -> None:
    """Delete everything that this person owns, in every app, and the account itself."""
    for model, field in _owned_models():
        model._default_manager.filter(**{field: user}).delete()
    user.delete()


def _owned_models() -> Iterator[tuple[type[models.Model], str]]:
    """Every model with a foreign key to the user, from the top of the app line down.

    The order matters: what was logged protects the movement that it names, so the diary goes before the library.
    """
    for config in reversed(list(apps.get_app_configs())):
        for model in config.get_models():
            for field in model._meta.get_fields():
                if isinstance(field, models.ForeignKey) and field.related_model is User:
                    yield model, field.name
