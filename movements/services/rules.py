"""What an athlete wants of a movement: never, at least once a cadence, preferred; and favourites."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gainsly.lib.vocabulary import MovementRuleType, RuleCadence
from movements.models import FavoriteMovement, Movement, MovementRule


@transaction.atomic
def set_rule(
    *,
    user: Any,
    movement: Movement,
    type: MovementRuleType,
    cadence: RuleCadence = RuleCadence.PER_MICROCYCLE,
    notes: str = "",
) -> tuple[MovementRule, bool]:
    """The athlete's one rule about this movement, replacing an earlier one; and whether it is new."""
    return MovementRule.objects.update_or_create(
        user=user, movement=movement, defaults={"type": type, "cadence": cadence, "notes": notes}
    )


@transaction.atomic
def remove_rule(*, rule: MovementRule) -> None:
    rule.delete()


@transaction.atomic
def set_favorite(*, user: Any, movement: Movement, wanted: bool) -> bool:
    """Keep the movement among the favourites or not; true when that changed something."""
    if wanted:
        return FavoriteMovement.objects.get_or_create(user=user, movement=movement)[1]
    deleted, _per_model = FavoriteMovement.objects.of(user).filter(movement=movement).delete()
    return deleted > 0
