"""Which embedder is asked, and a query in its spaces: the built-in always, the model server while it is well."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator

import numpy as np
from django.conf import settings
from django.core.cache import cache
from numpy.typing import NDArray

from movements.embeddings.base import Embedder, EmbedderUnavailableError
from movements.embeddings.hashing import HashingEmbedder
from movements.embeddings.ollama import OllamaConfig
from movements.embeddings.registry import embedder_for

REST_SECONDS = 60  # how long a server that failed is left in peace
QUERY_SECONDS = 3600  # how long the vector of a query is kept
_RESTING = "movements:embedder:resting"
logger = logging.getLogger(__name__)
builtin = HashingEmbedder()


def chosen_embedder() -> Embedder:
    """The embedder of the settings."""
    config = OllamaConfig(base_url=settings.OLLAMA_BASE_URL, model=settings.OLLAMA_EMBED_MODEL)
    return embedder_for(settings.LLM_PROVIDER, config)


def is_resting() -> bool:
    """Whether the chosen embedder failed a moment ago."""
    return bool(cache.get(_RESTING))


def rest(error: EmbedderUnavailableError) -> None:
    """Ask the chosen embedder nothing for a minute, so that nobody's search waits for it."""
    logger.warning("The embedder does not answer, search goes on without it: %s", error)
    cache.set(_RESTING, 1, REST_SECONDS)


def query_vectors(text: str) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The query in every space that can be asked, with the name of its model."""
    own = builtin.query(text)
    if own.any():
        yield builtin.model, own
    embedder = chosen_embedder()
    if embedder.model == builtin.model:
        return
    key = f"movements:query:{hashlib.sha256(f'{embedder.model}:{text}'.encode()).hexdigest()}"
    known = cache.get_many([key, _RESTING])
    if key in known:
        yield embedder.model, known[key]
    elif _RESTING not in known:
        try:
            vector = embedder.query(text)
        except EmbedderUnavailableError as error:
            rest(error)
            return
        cache.set(key, vector, QUERY_SECONDS)
        yield embedder.model, vector
