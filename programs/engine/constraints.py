"""What may never be broken: kit, banned movements, injuries, skill. See docs/algorithms/constraints.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import (
    SKILL_RANK,
    ExperienceLevel,
    InjuryArea,
    JointStress,
    MovementPattern,
    MovementRuleType,
    Section,
    label_of,
)
from movements.catalogue.records import MovementRecord
from programs.engine.types import Athlete, Catalogue, Collision, InjuryFact, RuleFact

SWAP = 2  # from this severity on, what loads the area heavily is out
AVOID = 3  # from this severity on, whatever loads the area is out, and these patterns whole (evidence 3.3, grade C)
AVOIDED: dict[InjuryArea, MovementPattern] = {
    InjuryArea.SHOULDER: MovementPattern.VERTICAL_PUSH,
    InjuryArea.WRIST: MovementPattern.OLYMPIC,
    InjuryArea.LOWER_BACK: MovementPattern.OLYMPIC,
    InjuryArea.HIP: MovementPattern.LUNGE,
    InjuryArea.KNEE: MovementPattern.LUNGE,
    InjuryArea.ANKLE: MovementPattern.CARRY,
}
LEAST = {Section.WARMUP: 2, Section.MAIN: 2, Section.COOLDOWN: 2}  # movements without which no session stands
FREE_PATTERNS = (MovementPattern.MOBILITY, MovementPattern.CARDIO, MovementPattern.CONDITIONING)


class Infeasible(DomainError):  # noqa: N818 - it reads as what it says
    """No plan keeps all of the athlete's own rules; ``collisions`` names a smallest set of them."""

    code = "infeasible"
    status = 422

    def __init__(self, message: str, collisions: Sequence[Collision]) -> None:
        rows = [{"rules": list(one.rules), "message": one.message} for one in collisions]
        super().__init__(message, extra={"collisions": rows})
        self.collisions = tuple(collisions)


@dataclass(frozen=True, slots=True)
class Ban:
    """One rule of the athlete that takes movements away."""

    name: str
    words: str
    forbids: Callable[[MovementRecord], bool]


def can_do(movement: MovementRecord, equipment: frozenset[str]) -> bool:
    """All of the needed equipment, or all of one alternative set."""
    return equipment.issuperset(movement.equipment) or any(equipment.issuperset(one) for one in movement.alternatives)


def hurts(movement: MovementRecord, injury: InjuryFact) -> bool:
    """Whether an injury rules a movement out, by its severity and the patterns to avoid."""
    if movement.pattern in injury.patterns_to_avoid:
        return True
    stress = movement.joints.get(injury.area)
    if injury.severity >= AVOID:
        return stress is not None or AVOIDED.get(injury.area) is movement.pattern
    return injury.severity >= SWAP and stress is JointStress.HEAVY


def spared_area(movement: MovementRecord, athlete: Athlete, on: dt.date) -> InjuryArea | None:
    """The area of a slight injury (severity 1) that a movement loads heavily on a day: it stays, done easier."""
    return next(
        (
            one.area
            for one in athlete.injuries
            if one.severity < SWAP
            and (one.until is None or one.until >= on)
            and movement.joints.get(one.area) is JointStress.HEAVY
        ),
        None,
    )


def bans_of(athlete: Athlete, start: dt.date) -> tuple[Ban, ...]:
    """The athlete's rules, each by itself, so that collisions can name them."""
    equipment, rank = athlete.kit.equipment, SKILL_RANK[athlete.experience]
    bans = [
        Ban("equipment", "the equipment you have", lambda one: not can_do(one, equipment)),
        Ban(
            f"experience:{athlete.experience}",
            f"your level ({athlete.experience})",
            lambda one: SKILL_RANK[one.skill] > rank,
        ),
    ]
    for injury in athlete.injuries:
        if injury.until is None or injury.until >= start:
            words = f"your {label_of(injury.area).lower()} (severity {injury.severity})"
            bans.append(Ban(f"injury:{injury.area}", words, lambda one, injury=injury: hurts(one, injury)))  # type: ignore[misc]
    bans += [
        Ban(f"hard_no:{rule.movement}", _against(rule), lambda one, slug=rule.movement: one.slug == slug)  # type: ignore[misc]
        for rule in sorted(athlete.rules, key=lambda rule: rule.movement)
        if rule.type is MovementRuleType.HARD_NO
    ]
    return tuple(bans)


def _against(rule: RuleFact) -> str:
    return f"your rule against {rule.movement.replace('-', ' ')}"


def permitted(catalogue: Catalogue, athlete: Athlete, start: dt.date) -> dict[str, MovementRecord]:
    """The movements that no rule forbids, by slug in order. Raises Infeasible when they make no session."""
    bans = bans_of(athlete, start)
    everything = [catalogue.movements[slug] for slug in sorted(catalogue.movements)]
    allowed = [one for one in everything if not any(ban.forbids(one) for ban in bans)]
    gap = shortage(allowed)
    if gap:
        raise Infeasible(*_smallest_collision(everything, bans, gap))
    _require_wanted(athlete, catalogue.movements, bans)
    return {one.slug: one for one in allowed}


def shortage(allowed: Sequence[MovementRecord]) -> str:
    """Which section cannot be filled, in words; empty when a session stands."""
    for section, least in LEAST.items():
        if sum(1 for one in allowed if serves(one, section)) < least:
            return {"warmup": "warm-up", "cooldown": "cool-down"}.get(section, "main") + " movements"
    return ""


def serves(movement: MovementRecord, section: Section) -> bool:
    """Whether a movement may stand in a section; mains are lifted or carried."""
    if section is Section.MAIN and movement.pattern in FREE_PATTERNS:
        return False
    return section in movement.sections


def _smallest_collision(
    everything: Sequence[MovementRecord], bans: Sequence[Ban], gap: str
) -> tuple[str, list[Collision]]:
    """Drop rules one after another while the rest still collides: what stays is a smallest set."""
    core = list(bans)
    for ban in reversed(bans):
        fewer = [one for one in core if one is not ban]
        if shortage([one for one in everything if not any(other.forbids(one) for other in fewer)]):
            core = fewer
    words = ", ".join(ban.words for ban in core) or "the library itself"
    message = f"Too few {gap} are left with {words}. Change one of these and try again."
    return message, [Collision(tuple(ban.name for ban in core), message)]


def _require_wanted(athlete: Athlete, movements: Mapping[str, MovementRecord], bans: Sequence[Ban]) -> None:
    """A movement that must be in the plan may not be one that another rule forbids."""
    for rule in sorted(athlete.rules, key=lambda rule: rule.movement):
        wanted = movements.get(rule.movement)
        if rule.type is not MovementRuleType.HARD_YES or wanted is None:
            continue
        against = [ban for ban in bans if ban.forbids(wanted)]
        if against:
            message = (
                f"{wanted.name} must be in the plan, but {' and '.join(ban.words for ban in against)} "
                "leave it out. Drop the wish or change the other rule."
            )
            raise Infeasible(message, [Collision((f"hard_yes:{wanted.slug}", *(ban.name for ban in against)), message)])


def is_novice(athlete: Athlete) -> bool:
    return athlete.experience is ExperienceLevel.BEGINNER
