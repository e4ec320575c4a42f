"""Base models: ids that nobody can guess, time stamps, rows that have an owner; and the idempotency keys."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from gainsly.lib.ids import uuid7


class OwnedQuerySet(models.QuerySet[Any]):
    """Rows that belong to one athlete. ``owner_field`` names the path to the user."""

    owner_field = "user"

    def of(self, user: Any) -> Self:
        """This athlete's rows and nobody else's."""
        return self.filter(**{self.owner_field: user})


class UUIDModel(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class TimestampedModel(UUIDModel):
    created_at = models.DateTimeField(auto_now_add=True, db_default=Now())
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    class Meta:
        abstract = True


class IdempotencyKey(UUIDModel):
    """The first answer to a create request, kept for 24 hours (decisions.md 22)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=255)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True, db_default=Now(), db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="core_idempotency_key_once")]


def one_of(field: str, values: list[str], name: str) -> models.CheckConstraint:
    """A check constraint for a closed value set: bad data is refused by the database."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


def between(field: str, low: Any, high: Any, name: str) -> models.CheckConstraint:
    """A check constraint for a range, both ends included; null passes."""
    return models.CheckConstraint(condition=Q(**{f"{field}__gte": low, f"{field}__lte": high}), name=name)


def not_after(first: str, second: str, name: str) -> models.CheckConstraint:
    """A check constraint that ``first`` <= ``second``; null passes."""
    return models.CheckConstraint(condition=Q(**{f"{first}__lte": F(second)}), name=name)
