"""What planning knows of an athlete before anything is asked, gathered in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from gainsly.lib.vocabulary import (
    Discipline,
    ExperienceLevel,
    InjuryArea,
    MovementPattern,
    MovementRuleType,
    PersonaTone,
    RuleCadence,
)
from gainsly.lib.vocabulary import EnjoyableActivity as ActivityType
from movements.catalogue.kits import KitFacts
from movements.selectors import default_gym, equipment_list, favorites_of, kit_of, rules_of
from programs.engine.types import Athlete, InjuryFact, Kit, Recreation, RuleFact
from programs.selectors import local_today

from .requests import Order, Standing


@dataclass(frozen=True, slots=True)
class Facts:
    """``athlete`` trains in the default gym until an order narrows the kit."""

    standing: Standing
    athlete: Athlete
    gym_id: UUID | None


def facts_of(user: Any) -> Facts:
    """Profile, settings, limits, wishes and kit of one athlete."""
    gym = default_gym(user)
    kit = kit_of(gym)
    return Facts(standing=_standing(user, kit), athlete=_athlete(user, kit), gym_id=None if gym is None else gym.pk)


def athlete_for(facts: Facts, order: Order) -> Athlete:
    """The athlete as this order trains: its weekdays, its kit, its tone."""
    return replace(
        facts.athlete,
        available_weekdays=order.weekdays,
        kit=replace(facts.athlete.kit, equipment=frozenset(order.equipment)),
        aggression=order.aggression,
        tone=order.tone,
    )


def _standing(user: Any, kit: KitFacts) -> Standing:
    profile = user.profile
    return Standing(
        today=local_today(user),
        experience=ExperienceLevel(profile.experience_level),
        weekdays=tuple(sorted(profile.available_weekdays)),
        session_minutes=profile.session_minutes,
        equipment=kit.equipment,
        known_equipment=tuple(equipment.slug for equipment in equipment_list()),
        tone=PersonaTone(user.settings.persona_tone),
        aggression=user.settings.persona_aggression,
    )


def _athlete(user: Any, kit: KitFacts) -> Athlete:
    profile = user.profile
    return Athlete(
        experience=ExperienceLevel(profile.experience_level),
        kit=Kit(
            equipment=frozenset(kit.equipment),
            bar_kg=kit.bar_kg,
            plates_kg=kit.plates_kg,
            dumbbells_kg=kit.dumbbells_kg,
            load_step_kg=kit.load_step_kg,
        ),
        available_weekdays=tuple(sorted(profile.available_weekdays)),
        injuries=_injuries(user),
        rules=tuple(
            RuleFact(rule.movement.slug, MovementRuleType(rule.type), RuleCadence(rule.cadence))
            for rule in rules_of(user).order_by("movement__slug")
        ),
        favorites=frozenset(favorites_of(user).values_list("movement__slug", flat=True)),
        disciplines={Discipline(row.discipline): row.preference for row in profile.disciplines.order_by("discipline")},
        cardio_own_day=profile.cardio_own_day,
        recreation=tuple(
            Recreation(ActivityType(row.type), tuple(row.weekdays))
            for row in user.enjoyable_activities.filter(enabled=True).order_by("type", "custom_name")
            if row.weekdays
        ),
    )


def _injuries(user: Any) -> tuple[InjuryFact, ...]:
    return tuple(
        InjuryFact(
            area=InjuryArea(injury.area),
            severity=injury.severity,
            since=injury.since,
            until=injury.until,
            patterns_to_avoid=tuple(MovementPattern(pattern) for pattern in sorted(injury.patterns_to_avoid)),
        )
        for injury in user.injuries.order_by("area", "since", "severity", "id")
    )
