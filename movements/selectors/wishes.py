"""An athlete's rules, favourites and hidden movements; and the circuits of the library."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from movements.models import (
    Circuit,
    CircuitExercise,
    FavoriteMovement,
    HiddenMovement,
    Movement,
    MovementRule,
)

from .pages import uuid_or_none


def rules_of(user: Any) -> QuerySet[MovementRule]:
    return MovementRule.objects.of(user).select_related("movement").order_by("type", "movement__name", "id")


def rule_about(user: Any, movement: Movement) -> MovementRule | None:
    return rules_of(user).filter(movement=movement).first()


def is_favorite(user: Any, movement: Movement) -> bool:
    return FavoriteMovement.objects.of(user).filter(movement=movement).exists()


def rule_for(user: Any, pk: UUID) -> MovementRule:
    rule = rules_of(user).filter(pk=pk).first()
    if rule is None:
        raise Http404
    return rule


def favorites_of(user: Any) -> QuerySet[FavoriteMovement]:
    return FavoriteMovement.objects.of(user).select_related("movement").order_by("movement__name", "id")


def hidden_of(user: Any) -> QuerySet[HiddenMovement]:
    return HiddenMovement.objects.of(user).select_related("movement").order_by("movement__name", "id")


def is_hidden(user: Any, movement: Movement) -> bool:
    return HiddenMovement.objects.of(user).filter(movement=movement).exists()


def own_of(user: Any) -> QuerySet[Movement]:
    """The athlete's own movements, by name."""
    return Movement.objects.filter(owner=user, is_active=True).order_by("name", "id")


def own_movement_for(user: Any, slug_or_id: str | UUID) -> Movement:
    """An athlete's own movement by slug or id; 404 for anything else, the library's movements too."""
    as_id = uuid_or_none(slug_or_id)
    row: Movement | None = own_of(user).filter(Q(pk=as_id) if as_id else Q(slug=str(slug_or_id))).first()
    if row is None:
        raise Http404
    return row


def circuits() -> QuerySet[Circuit]:
    return (
        Circuit.objects.filter(is_active=True)
        .order_by("name", "id")
        .prefetch_related("stress", "tags", Prefetch("exercises", CircuitExercise.objects.order_by("order")))
    )


def circuit_by(slug_or_id: str) -> Circuit:
    """A circuit by slug or id; 404 when there is none."""
    as_id = uuid_or_none(slug_or_id)
    row = circuits().filter(Q(pk=as_id) if as_id else Q(slug=slug_or_id)).first()
    if row is None:
        raise Http404
    return row
