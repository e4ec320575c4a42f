"""The built-in embedder: no model, no network, the same vector on every machine. See docs/algorithms/search.md.

A vector has two parts. Concepts: one dimension for every muscle, pattern, piece of equipment, discipline, skill, spared
joint. Words: names and their letter groups, hashed into the other dimensions, so that names that look alike are near.
Facts of a movement fill the concepts directly; a query fills them by what its words mean (speech.py).
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gainsly.lib.vocabulary import EQUIPMENT, Discipline, InjuryArea, JointStress, MovementPattern, Muscle, SkillLevel
from movements.catalogue.names import sequence_of
from movements.embeddings.base import DIMENSIONS, Vectors
from movements.embeddings.speech import Wishes, wishes_of

if TYPE_CHECKING:
    from movements.catalogue.records import MovementRecord

MODEL = "builtin-2"  # the number rises with every change of the vectors

FACETS: dict[str, tuple[str, ...]] = {
    "muscle": tuple(Muscle),
    "pattern": tuple(MovementPattern),
    "equipment": (*EQUIPMENT, "none"),
    "discipline": tuple(Discipline),
    "skill": tuple(SkillLevel),
    "impact": ("low",),
    "side": ("single",),
    "spared": tuple(InjuryArea),
}
WEIGHTS = {
    "muscle": 1.0, "pattern": 0.9, "equipment": 0.9, "discipline": 0.45, "skill": 0.35, "impact": 0.5, "side": 0.45,
    "spared": 0.6, "words": 0.8, "letters": 0.4,
}  # fmt: skip
"""How much each part of a vector counts (grade C: set by the first sixty queries, tests/data)."""

SLOTS = {facet: at for at, facet in enumerate((kind, value) for kind, values in FACETS.items() for value in values)}
HASHED_FROM = len(SLOTS)
SECONDARY = 0.35  # a muscle that helps, beside one that leads
FURNITURE = frozenset({"bench", "rack", "box", "mat", "pull_up_bar", "dip_bars"})
FURNITURE_PART = 0.35  # what one stands on or lies on says less than what one lifts
REFUSED = -1.0
LIGHT, HEAVY = -0.4, -1.0  # stress on a joint that a query wants spared; 0 where the movement leaves it in peace
GENTLE, NEUTRAL, HARSH = 1.0, 0.3, -0.7  # impact on the legs
LETTERS = 3


class HashingEmbedder:
    """An Embedder that always answers."""

    model = MODEL

    def movements(self, records: Sequence[MovementRecord]) -> Vectors:
        """A row of 768 for each movement."""
        rows = [_unit(_concepts(_facts_of(record)) + _spelling(_labels(record))) for record in records]
        return np.stack(rows).astype(np.float32) if rows else np.zeros((0, DIMENSIONS), np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        """The 768 numbers of what somebody looks for; zeros for a text without a word."""
        words = sequence_of(text)
        wishes = wishes_of(words)
        vector = _concepts(_wishes_as_facts(wishes)) + _spelling([wishes.words])
        return _unit(vector).astype(np.float32)


def _facts_of(record: MovementRecord) -> dict[str, Mapping[str, float]]:
    muscles: dict[str, float] = {**dict.fromkeys(record.secondary, SECONDARY), **dict.fromkeys(record.primary, 1.0)}
    kit: dict[str, float] = {piece: FURNITURE_PART if piece in FURNITURE else 1.0 for piece in record.equipment} or {
        "none": 1.0
    }
    shock = any(record.joints.get(area) is JointStress.HEAVY for area in (InjuryArea.KNEE, InjuryArea.ANKLE))
    jumps = record.pattern is MovementPattern.PLYOMETRIC
    disciplines: dict[str, float] = {**dict.fromkeys(record.disciplines, 0.5), record.discipline.value: 1.0}
    return {
        "muscle": muscles,
        "pattern": {record.pattern: 1.0},
        "equipment": kit,
        "discipline": disciplines,
        "skill": {record.skill: 1.0},
        "impact": {"low": GENTLE if "low_impact" in record.tags else HARSH if shock or jumps else NEUTRAL},
        "side": {"single": 1.0 if record.unilateral else 0.0},
        "spared": {area: _peace(record.joints.get(area)) for area in InjuryArea},
    }  # fmt: skip


def _peace(stress: JointStress | None) -> float:
    return {None: 0.0, JointStress.LIGHT: LIGHT, JointStress.HEAVY: HEAVY}[stress]


def _wishes_as_facts(wishes: Wishes) -> dict[str, dict[str, float]]:
    facts = {kind: dict.fromkeys(getattr(wishes, kind), 1.0) for kind in FACETS}
    for kind, value in wishes.refused:
        facts[kind][value] = REFUSED
    if "beginner" in wishes.skill:
        facts["skill"]["intermediate"] = 0.0
    return facts


def _concepts(facts: Mapping[str, Mapping[str, float]]) -> NDArray[np.float64]:
    vector = np.zeros(DIMENSIONS)
    for kind, values in facts.items():
        # each spared joint stands for itself, the values of another kind share its weight
        length = 1.0 if kind == "spared" else math.sqrt(sum(value * value for value in values.values()))
        for value, much in values.items():
            slot = SLOTS.get((kind, value))
            if slot is not None:  # an admin's own equipment has no dimension
                vector[slot] += WEIGHTS[kind] * much / max(1.0, length)
    return vector


def _labels(record: MovementRecord) -> list[tuple[str, ...]]:
    return [sequence_of(name) for name in (record.name, *record.aliases)]


def _spelling(labels: Iterable[Sequence[str]]) -> NDArray[np.float64]:
    """Words and letter groups of the labels; a word that several labels share counts once."""
    words = {word for label in labels for word in label}
    groups = {f"{padded[at : at + LETTERS]}" for word in words for padded in [f"<{word}>"]
              for at in range(len(padded) - LETTERS + 1)}  # fmt: skip
    vector = np.zeros(DIMENSIONS)
    for kind, features in (("words", words), ("letters", groups)):
        part = np.zeros(DIMENSIONS)
        for feature in sorted(features):
            part[_slot(f"{kind}:{feature}")] += 1.0
        vector += WEIGHTS[kind] * _unit(part)
    return vector


def _slot(feature: str) -> int:
    return HASHED_FROM + zlib.crc32(feature.encode()) % (DIMENSIONS - HASHED_FROM)


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
