"""The graph of movements: what is easier, harder, equal, opposite, or prepares for it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gainsly.core.models import UUIDModel, one_of
from gainsly.lib.vocabulary import RelationshipType, choices_of, values_of

from .movement import Movement


class MovementRelationship(UUIDModel):
    source = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="relations_out")
    target = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="relations_in")
    type = models.CharField(max_length=12, choices=choices_of(RelationshipType))
    notes = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "type"], name="movements_edge_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="movements_edge_not_to_itself"),
            one_of("type", values_of(RelationshipType), "movements_edge_type_known"),
        ]
