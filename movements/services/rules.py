"""What an athlete wants of a movement: never, at least once a cadence, preferred; favourites; and out of sight.

To hide a movement takes back what asked for it, and to ask for it brings it back into sight. A ``hard_no`` and a hidden
movement go together: the rule says "never plan it", hiding says "nor show it to me".
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gainsly.lib.vocabulary import MovementRuleType, RuleCadence
from movements.models import FavoriteMovement, HiddenMovement, Movement, MovementRule


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
    if type != MovementRuleType.HARD_NO:
        HiddenMovement.objects.of(user).filter(movement=movement).delete()
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
        HiddenMovement.objects.of(user).filter(movement=movement).delete()
        return FavoriteMovement.objects.get_or_create(user=user, movement=movement)[1]
    deleted, _per_model = FavoriteMovement.objects.of(user).filter(movement=movement).delete()
    return deleted > 0


@transaction.atomic
def set_hidden(*, user: Any, movement: Movement, hidden: bool) -> bool:
    """Take the movement out of the athlete's lists, searches and new plans, or bring it back; true when that is new."""
    if not hidden:
        return HiddenMovement.objects.of(user).filter(movement=movement).delete()[0] > 0
    MovementRule.objects.of(user).filter(movement=movement).exclude(type=MovementRuleType.HARD_NO).delete()
    FavoriteMovement.objects.of(user).filter(movement=movement).delete()
    return HiddenMovement.objects.get_or_create(user=user, movement=movement)[1]
