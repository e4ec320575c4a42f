"""What is like a movement, and what may take its place: graph first, then vectors, then attributes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gainsly.lib.vocabulary import label_of
from movements.catalogue.records import MovementRecord
from movements.catalogue.substitution import Alternative, Origin
from movements.catalogue.substitution import alternatives as ranked_alternatives
from movements.models import Movement, MovementEmbedding

from . import embedders
from .library import ListedMovement, movements_by_id
from .pages import listed, relations_of
from .search import SearchHit, nearest_ids

NEAREST = 30  # neighbours by vector that are considered


def similar(user: Any, movement: Movement, *, limit: int) -> list[SearchHit]:
    """The movements most like this one among all that the athlete may see."""
    return alternatives_for(user, movement, lambda _record: True)[:limit]


def alternatives_for(user: Any, movement: Movement, allowed: Callable[[MovementRecord], bool]) -> list[SearchHit]:
    """What may take a movement's place, of those that are allowed, with the reason."""
    record = listed(movement).record
    others = _offered(user)
    relations = {row.slug: kind for kind, rows in relations_of(movement).items() for row in rows}
    nearest = {others[pk].record.slug for pk in _neighbours(user, movement) if pk in others}
    by_slug = {one.record.slug: one for one in others.values() if allowed(one.record)}
    found = ranked_alternatives(record, [one.record for one in by_slug.values()], relations, nearest)
    return [
        SearchHit(by_slug[one.slug], one.score, _reason(record, by_slug[one.slug].record, one), one.origin)
        for one in found
    ]


def origins_of_alternatives(user: Any, movement_id: UUID) -> dict[str, Origin]:
    """Where each movement that may take another's place was found, by slug."""
    hits = alternatives_for(user, Movement.objects.get(pk=movement_id), lambda one: True)
    return {hit.movement.record.slug: hit.origin for hit in hits if hit.origin}


def _offered(user: Any) -> dict[UUID, ListedMovement]:
    return movements_by_id(Movement.objects.offered_to(user).values_list("pk", flat=True))


def _neighbours(user: Any, movement: Movement) -> list[UUID]:
    """Ids by vector: in the chosen model's space where the movement stands in it, else in the built-in one."""
    held = dict(MovementEmbedding.objects.filter(movement=movement).values_list("model_name", "vector"))
    for model in (embedders.chosen_embedder().model, embedders.builtin.model):
        if model in held:
            return nearest_ids(Movement.objects.offered_to(user), model, held[model], most=NEAREST)
    return []


EDGES = {
    "equivalent": lambda: _("Does the same job"),
    "variation": lambda: _("A variation of it"),
    "easier": lambda: _("A step easier"),
    "harder": lambda: _("A step harder"),
}


def _reason(record: MovementRecord, other: MovementRecord, found: Alternative) -> str:
    """Why this one, in words: its edge, or what both have in common."""
    shared = ", ".join(label_of(muscle).lower() for muscle in record.primary if muscle in other.primary)
    if found.origin is Origin.GRAPH:
        edge = EDGES[found.relation]()
        return _("%(edge)s, trains %(muscles)s too") % {"edge": edge, "muscles": shared} if shared else edge
    if record.pattern is other.pattern and shared:
        return _("Same pattern, trains %(muscles)s too") % {"muscles": shared}
    if shared:
        return _("Trains %(muscles)s too") % {"muscles": shared}
    return _("Moves alike")
