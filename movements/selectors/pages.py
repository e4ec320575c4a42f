"""Movements for people: pages of them, one, and how they are related."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from gainsly.lib.vocabulary import (
    RelationshipType,
)
from movements.catalogue.kits import EQUIPMENT_NAMES, can_do
from movements.models import (
    Equipment,
    Movement,
    MovementRelationship,
)

from .kit import kit_for
from .library import ListedMovement, held_library, listed_movements, movements_by_id


def movement_for(user: Any, slug_or_id: str | UUID) -> Movement:
    """A movement that the athlete may see, by slug or id; 404 for anything else."""
    rows = Movement.objects.visible_to(user)
    as_id = uuid_or_none(slug_or_id)
    row: Movement | None = rows.filter(Q(pk=as_id) if as_id else Q(slug=str(slug_or_id).replace("\x00", ""))).first()
    if row is None:
        raise Http404
    return row


def uuid_or_none(value: str | UUID) -> UUID | None:
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return None


def browse(user: Any) -> QuerySet[Movement]:
    """Movements that the athlete may see and has not hidden, by name; filters (movements/forms.py) narrow it."""
    return Movement.objects.offered_to(user).order_by("name", "id")


def listed(row: Movement) -> ListedMovement:
    """The record of one row."""
    return movements_by_id([row.pk])[row.pk]


def doable_ids(user: Any) -> list[UUID]:
    """Ids of the movements for which the athlete's kit holds everything."""
    kit = kit_for(user).equipment
    own = listed_movements(Movement.objects.filter(owner=user, is_active=True))
    everything = [*held_library().by_id.values(), *own.values()]
    return [one.id for one in everything if can_do(one.record, kit)]


def relations_of(movement: Movement) -> dict[str, list[Movement]]:
    """Related movements in the reader's words: easier, harder, variation, antagonist, prep, equivalent."""
    edges = (
        MovementRelationship.objects.filter(Q(source=movement) | Q(target=movement))
        .filter(source__is_active=True, target__is_active=True)
        .select_related("source", "target")
    )
    related: dict[str, dict[UUID, Movement]] = {}
    for edge in edges:
        forward = edge.source_id == movement.pk
        other = edge.target if forward else edge.source
        kind = _seen_from_here(RelationshipType(edge.type), forward=forward)
        if kind:
            related.setdefault(kind, {})[other.pk] = other
    return {
        kind: sorted(related[kind].values(), key=lambda row: row.name) for kind in RELATION_KINDS if kind in related
    }


RELATION_KINDS = ("easier", "harder", "variation", "equivalent", "antagonist", "prep")


def _seen_from_here(kind: RelationshipType, *, forward: bool) -> str | None:
    """What an edge means for the movement whose page is open; preparation counts only for what it prepares."""
    if kind in (RelationshipType.PROGRESSION, RelationshipType.REGRESSION):
        return "harder" if forward == (kind is RelationshipType.PROGRESSION) else "easier"
    if kind is RelationshipType.PREP:
        return None if forward else "prep"
    return kind.value


def equipment_names(slugs: Iterable[str]) -> list[str]:
    """What people call these pieces; a piece that an admin added after the start goes by its slug."""
    return [EQUIPMENT_NAMES.get(slug, slug.replace("_", " ").capitalize()) for slug in slugs]


def equipment_list() -> list[Equipment]:
    return list(Equipment.objects.order_by("sort_order", "slug"))
