"""What an embedder is, and the text that a movement is to one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from movements.catalogue.records import MovementRecord

DIMENSIONS = 768
Vectors = NDArray[np.float32]  # one row each, of length 1


class EmbedderUnavailableError(Exception):
    """The embedder cannot answer now: not reachable, too slow, without its model, or answering nonsense."""


class Embedder(Protocol):
    """Turns movements and queries into vectors of one space, named ``model``."""

    model: str

    def movements(self, records: Sequence[MovementRecord]) -> Vectors:
        """A row of 768 for each movement. Raises EmbedderUnavailableError."""

    def query(self, text: str) -> NDArray[np.float32]:
        """The 768 numbers of what somebody looks for. Raises EmbedderUnavailableError."""


def recipe(record: MovementRecord) -> str:
    """A movement in plain words, the same words for the same facts."""
    parts = [
        f"{record.name}.",
        f"Also called {', '.join(record.aliases)}." if record.aliases else "",
        f"Pattern: {_words(record.pattern)}.",
        f"Trains {_listed(record.primary)}{f', and also {_listed(record.secondary)}' if record.secondary else ''}.",
        f"Equipment: {_listed(record.equipment) or 'none, bodyweight only'}.",
        f"Skill: {record.skill}. Discipline: {_listed((record.discipline, *record.disciplines))}.",
        f"Stresses {', '.join(f'{_words(area)} ({how})' for area, how in sorted(record.joints.items()))}."
        if record.joints
        else "Stresses no joint.",
        "One side at a time." if record.unilateral else "",
        f"Tags: {_listed(record.tags)}." if record.tags else "",
        record.description,
    ]
    return " ".join(part for part in parts if part)


def content_hash(record: MovementRecord, model: str) -> str:
    """Changes when the vector of this movement by this model would."""
    return hashlib.sha256(f"{model}\n{recipe(record)}".encode()).hexdigest()


def _words(value: str) -> str:
    return str(value).replace("_", " ")


def _listed(values: Iterable[str]) -> str:
    return ", ".join(_words(value) for value in dict.fromkeys(values))
