"""Movements the athlete wants in the plan: where each comes to stand. See docs/algorithms/selection.md."""

from __future__ import annotations

from dataclasses import dataclass, field

from gainsly.lib.vocabulary import MovementPattern, MovementRuleType, RuleCadence, Section
from movements.catalogue.records import MovementRecord
from programs.engine.scoring import Shelf
from programs.engine.selection import Slot
from programs.engine.types import Athlete

DAYS_PER_WEEK = 7
FREE = (MovementPattern.CARDIO, MovementPattern.CONDITIONING, MovementPattern.MOBILITY)


@dataclass(slots=True)
class Wishes:
    """How often each wanted movement still has to be placed in a microcycle."""

    left: dict[str, int] = field(default_factory=dict)

    def take(self, slot: Slot, shelf: Shelf) -> int | None:
        """The row of a wanted movement that suits this slot, counted off; None when there is none."""
        for slug, count in self.left.items():
            row = shelf.row.get(slug)
            if row is not None and count > 0 and _suits(slot, shelf.movements[row]):
                self.left[slug] = count - 1
                return row
        return None

    @property
    def unmet(self) -> list[str]:
        return [slug for slug, count in self.left.items() if count > 0]

    def copy(self) -> Wishes:
        return Wishes(dict(self.left))


def wishes_of(athlete: Athlete, microcycle_days: int) -> Wishes:
    """Hard wishes before soft ones; a weekly wish counts for each week of a longer microcycle."""
    rules = [rule for rule in athlete.rules if rule.type is not MovementRuleType.HARD_NO]
    rules.sort(key=lambda rule: (rule.type is not MovementRuleType.HARD_YES, rule.movement))
    weeks = max(1, round(microcycle_days / DAYS_PER_WEEK))
    return Wishes({rule.movement: weeks if rule.cadence is RuleCadence.WEEKLY else 1 for rule in rules})


def _suits(slot: Slot, movement: MovementRecord) -> bool:
    """A wanted movement takes a slot of its pattern, or any open accessory slot for its muscles."""
    if slot.section in (Section.WARMUP, Section.COOLDOWN):
        return slot.section in movement.sections and not {Section.MAIN, Section.ACCESSORY} & set(movement.sections)
    if movement.pattern in slot.patterns:
        return slot.any_section or slot.section in movement.sections
    lifted = movement.pattern not in FREE
    return slot.section is Section.ACCESSORY and lifted and bool(set(slot.muscles) & set(movement.primary))
