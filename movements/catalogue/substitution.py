"""How alike two movements are, and in which order others may take one's place. See docs/algorithms/substitution.md."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gainsly.lib.vocabulary import SKILL_RANK, MovementPattern
from movements.catalogue.records import MovementRecord

P = MovementPattern


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much (engine.md 13, grade C); together 1."""

    pattern: float = 0.35
    primary: float = 0.25
    secondary: float = 0.15
    equipment: float = 0.10
    skill: float = 0.10
    unilateral: float = 0.05

    def of(self, part: str) -> float:
        share: float = getattr(self, part)
        return share


WEIGHTS = Weights()
RELATED = 0.5  # a pattern of the same family, or another kind of free weight
FAMILIES: tuple[frozenset[MovementPattern], ...] = (
    frozenset({P.SQUAT, P.LUNGE}),
    frozenset({P.HINGE, P.LUNGE}),
    frozenset({P.HORIZONTAL_PUSH, P.VERTICAL_PUSH}),
    frozenset({P.HORIZONTAL_PULL, P.VERTICAL_PULL}),
    frozenset({P.CORE, P.ROTATION, P.ISOMETRIC}),
    frozenset({P.OLYMPIC, P.PLYOMETRIC}),
    frozenset({P.CARDIO, P.CONDITIONING}),
)
WITHOUT_DIRECTION = frozenset({P.ISOLATION, P.ISOMETRIC, P.MOBILITY, P.CORE})
"""Patterns that do not say which joints work: they are the same only where a leading muscle is."""

BAR, HAND, GUIDED, ELASTIC, MOTOR, BODY, OTHER = "bar", "hand", "guided", "elastic", "motor", "body", "other"
EQUIPMENT_CLASS: dict[str, str] = {
    **dict.fromkeys(("barbell", "ez_bar", "trap_bar", "safety_bar", "log", "landmine"), BAR),
    **dict.fromkeys(("dumbbell", "kettlebell", "medicine_ball", "slam_ball", "sandbag"), HAND),
    **dict.fromkeys(
        ("machine", "cable", "leg_press", "leg_extension", "leg_curl", "hack_squat", "smith_machine"), GUIDED
    ),
    **dict.fromkeys(("band", "suspension", "rings"), ELASTIC),
    **dict.fromkeys(("rower", "bike", "air_bike", "treadmill", "ski_erg", "elliptical"), MOTOR),
}
FURNITURE = frozenset({"bench", "rack", "box", "mat", "pull_up_bar", "dip_bars"})
SKILL_SPAN = len(SKILL_RANK) - 1


def similarity(one: MovementRecord, other: MovementRecord, weights: Weights = WEIGHTS) -> float:
    """0 (nothing in common) to 1 (alike in all that counts); the same both ways."""
    return sum(weights.of(part) * value for part, value in likeness(one, other).items())


def likeness(one: MovementRecord, other: MovementRecord) -> dict[str, float]:
    """How alike two movements are in each of the parts that ``Weights`` weighs, 0-1."""
    return {
        "pattern": _pattern(one, other),
        "primary": _jaccard(one.primary, other.primary),
        "secondary": _jaccard(one.secondary, other.secondary),
        "equipment": _equipment(one, other),
        "skill": 1 - abs(SKILL_RANK[one.skill] - SKILL_RANK[other.skill]) / SKILL_SPAN,
        "unilateral": float(one.unilateral == other.unilateral),
    }


def _pattern(one: MovementRecord, other: MovementRecord) -> float:
    if one.pattern is other.pattern:
        shared = set(one.primary) & set(other.primary)
        return 1.0 if shared or one.pattern not in WITHOUT_DIRECTION else 0.0
    return RELATED if any({one.pattern, other.pattern} <= family for family in FAMILIES) else 0.0


def _jaccard(one: Collection[str], other: Collection[str]) -> float:
    both = set(one) | set(other)
    return len(set(one) & set(other)) / len(both) if both else 1.0


def equipment_class(record: MovementRecord) -> str:
    """What carries the load; what one merely stands or lies on does not count."""
    pieces = [piece for piece in record.equipment if piece not in FURNITURE]
    return EQUIPMENT_CLASS.get(pieces[0], OTHER) if pieces else BODY


def _equipment(one: MovementRecord, other: MovementRecord) -> float:
    kinds = {equipment_class(one), equipment_class(other)}
    if len(kinds) == 1:
        return 1.0
    return RELATED if kinds == {BAR, HAND} else 0.0


class Origin(StrEnum):
    """Where an alternative was found, the surest first."""

    GRAPH = "graph"
    VECTOR = "vector"
    ATTRIBUTES = "attributes"


@dataclass(frozen=True, slots=True)
class Alternative:
    """A movement that may take another's place: how alike (0-1), where from, by which edge of the graph."""

    slug: str
    score: float
    origin: Origin
    relation: str = ""


STANDS_IN = ("equivalent", "variation", "easier", "harder")  # edges that lead to a stand-in
LEAST_ALIKE = {Origin.GRAPH: 0.35, Origin.VECTOR: 0.5, Origin.ATTRIBUTES: 0.55}
"""Below this nobody would call it the same job (grade C); a curated edge is trusted further."""

DIGITS = 4


def alternatives(
    record: MovementRecord,
    candidates: Iterable[MovementRecord],
    relations: Mapping[str, str],
    nearest: Collection[str],
) -> list[Alternative]:
    """Who may take the record's place among candidates that passed every hard filter.

    ``relations`` gives the edge by slug (of STANDS_IN), ``nearest`` the slugs of its neighbours by vector. Graph
    first, then vectors, then attributes; the most alike leads in each, ties by slug.
    """
    found = []
    for one in candidates:
        if one.slug == record.slug:
            continue
        relation = relations.get(one.slug, "")
        origin = _origin(relation, is_near=one.slug in nearest)
        score = round(similarity(record, one), DIGITS)
        if score >= LEAST_ALIKE[origin]:
            found.append(Alternative(one.slug, score, origin, relation if origin is Origin.GRAPH else ""))
    order = list(Origin)
    return sorted(found, key=lambda one: (order.index(one.origin), -one.score, one.slug))


def _origin(relation: str, *, is_near: bool) -> Origin:
    if relation in STANDS_IN:
        return Origin.GRAPH
    return Origin.VECTOR if is_near else Origin.ATTRIBUTES
