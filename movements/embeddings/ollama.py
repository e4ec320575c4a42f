"""Vectors from an Ollama server (``/api/embed``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
import numpy as np
from numpy.typing import NDArray

from movements.embeddings.base import DIMENSIONS, EmbedderUnavailableError, Vectors, recipe

if TYPE_CHECKING:
    from movements.catalogue.records import MovementRecord

BATCH = 32  # texts in one request
PREFIXED = "nomic-embed"  # these models want to be told what a text is for
LONGEST_TEXT = 2000  # characters; a recipe is a quarter of that


@dataclass(frozen=True, slots=True)
class OllamaConfig:
    """Where the server is and how long we wait, in seconds: short for somebody who types, long for the library."""

    base_url: str
    model: str
    connect_seconds: float = 0.25
    query_seconds: float = 0.5
    batch_seconds: float = 120.0


class OllamaEmbedder:
    """An Embedder over HTTP; it fails rather than waits."""

    def __init__(self, config: OllamaConfig) -> None:
        self.config = config
        self.model = config.model

    def movements(self, records: Sequence[MovementRecord]) -> Vectors:
        """A row of 768 for each movement. Raises EmbedderUnavailableError."""
        texts = [f"{self._prefix('search_document')}{recipe(record)[:LONGEST_TEXT]}" for record in records]
        parts = [self._embed(texts[at : at + BATCH], self.config.batch_seconds) for at in range(0, len(texts), BATCH)]
        return np.vstack(parts) if parts else np.zeros((0, DIMENSIONS), np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        """The 768 numbers of what somebody looks for. Raises EmbedderUnavailableError."""
        row: NDArray[np.float32] = self._embed([f"{self._prefix('search_query')}{text}"], self.config.query_seconds)[0]
        return row

    def _prefix(self, purpose: str) -> str:
        return f"{purpose}: " if self.model.startswith(PREFIXED) else ""

    def _embed(self, texts: list[str], seconds: float) -> Vectors:
        limits = httpx.Timeout(seconds, connect=self.config.connect_seconds)
        try:
            answer = httpx.post(
                f"{self.config.base_url.rstrip('/')}/api/embed",
                json={"model": self.model, "input": texts},
                timeout=limits,
            )
            answer.raise_for_status()
            vectors = np.array(answer.json()["embeddings"], dtype=np.float32)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
            raise EmbedderUnavailableError(f"{type(error).__name__}: {error}") from error
        if vectors.shape != (len(texts), DIMENSIONS) or not np.isfinite(vectors).all():
            raise EmbedderUnavailableError(f"The model answers with vectors of shape {vectors.shape}.")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
        return unit
