"""An athlete's own rules about movements, the favourites, and what they never want to see."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gainsly.core.models import OwnedQuerySet, TimestampedModel, one_of
from gainsly.lib.vocabulary import MovementRuleType, RuleCadence, choices_of, values_of

from .movement import Movement


class MovementRule(TimestampedModel):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="movement_rules")
    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="rules")
    type = models.CharField(max_length=10, choices=choices_of(MovementRuleType))
    cadence = models.CharField(max_length=16, choices=choices_of(RuleCadence), default=RuleCadence.PER_MICROCYCLE)
    notes = models.CharField(max_length=300, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["type", "movement__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "movement"], name="movements_rule_once"),
            one_of("type", values_of(MovementRuleType), "movements_rule_type_known"),
            one_of("cadence", values_of(RuleCadence), "movements_rule_cadence_known"),
        ]


class FavoriteMovement(TimestampedModel):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favorite_movements")
    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="favorites")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "movement"], name="movements_favorite_once")]


class HiddenMovement(TimestampedModel):
    """A movement that the athlete wants out of lists, search and plans; its page stays, for what was logged."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hidden_movements")
    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="hidings")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "movement"], name="movements_hidden_once")]
