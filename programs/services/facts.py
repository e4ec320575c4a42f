"""What planning knows of an athlete before anything is asked, gathered in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from accounts.selectors import AthleteFacts, athlete_facts, local_today
from gainsly.lib.vocabulary import MovementRuleType, RuleCadence
from movements.catalogue.kits import KitFacts
from movements.selectors import default_gym, equipment_list, favorites_of, hidden_of, kit_of, rules_of
from programs.engine.types import Athlete, InjuryFact, Kit, Recreation, RuleFact

from .requests import Order, Standing


@dataclass(frozen=True, slots=True)
class Facts:
    """``athlete`` trains in the default gym until an order narrows the kit."""

    standing: Standing
    athlete: Athlete
    gym_id: UUID | None


def facts_of(user: Any) -> Facts:
    """Profile, settings, limits, wishes and kit of one athlete, as of their own today."""
    today = local_today(user)
    known = athlete_facts(user, today)
    gym = default_gym(user)
    kit = kit_of(gym)
    standing = Standing(
        today=today,
        experience=known.experience,
        weekdays=known.available_weekdays,
        session_minutes=known.session_minutes,
        equipment=kit.equipment,
        known_equipment=tuple(equipment.slug for equipment in equipment_list()),
        tone=known.tone,
        aggression=known.aggression,
    )
    return Facts(standing=standing, athlete=_athlete(user, known, kit), gym_id=None if gym is None else gym.pk)


def athlete_for(facts: Facts, order: Order) -> Athlete:
    """The athlete as this order trains: its weekdays, its kit, its tone."""
    return replace(
        facts.athlete,
        available_weekdays=order.weekdays,
        kit=replace(facts.athlete.kit, equipment=frozenset(order.equipment)),
        aggression=order.aggression,
        tone=order.tone,
    )


def _athlete(user: Any, known: AthleteFacts, kit: KitFacts) -> Athlete:
    return Athlete(
        experience=known.experience,
        kit=Kit(
            equipment=frozenset(kit.equipment),
            bar_kg=kit.bar_kg,
            plates_kg=kit.plates_kg,
            dumbbells_kg=kit.dumbbells_kg,
            load_step_kg=kit.load_step_kg,
        ),
        available_weekdays=known.available_weekdays,
        injuries=tuple(
            InjuryFact(injury.area, injury.severity, injury.since, injury.until, injury.patterns_to_avoid)
            for injury in known.injuries
        ),
        rules=_rules(user),
        favorites=frozenset(favorites_of(user).values_list("movement__slug", flat=True)),
        disciplines=known.disciplines,
        cardio_own_day=known.cardio_own_day,
        recreation=tuple(Recreation(one.type, one.weekdays) for one in known.recreation if one.weekdays),
    )


def _rules(user: Any) -> tuple[RuleFact, ...]:
    """The athlete's rules by slug; what they have hidden is never planned either."""
    stated = {
        rule.movement.slug: RuleFact(rule.movement.slug, MovementRuleType(rule.type), RuleCadence(rule.cadence))
        for rule in rules_of(user)
    }
    hidden = {slug: RuleFact(slug, MovementRuleType.HARD_NO) for slug in _hidden_slugs(user)}
    return tuple(rule for _slug, rule in sorted({**stated, **hidden}.items()))


def _hidden_slugs(user: Any) -> list[str]:
    return list(hidden_of(user).values_list("movement__slug", flat=True))
