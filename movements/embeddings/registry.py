"""Which embedders there are, by provider. A new kind is a new module and a line here."""

from __future__ import annotations

from collections.abc import Callable

from movements.embeddings.base import Embedder
from movements.embeddings.hashing import HashingEmbedder
from movements.embeddings.ollama import OllamaConfig, OllamaEmbedder

BUILTIN = "builtin"

EMBEDDERS: dict[str, Callable[[OllamaConfig], Embedder]] = {
    BUILTIN: lambda _config: HashingEmbedder(),
    "ollama": OllamaEmbedder,
}


def embedder_for(provider: str, config: OllamaConfig) -> Embedder:
    """The provider's embedder; the built-in one for a provider that has none."""
    return EMBEDDERS.get(provider, EMBEDDERS[BUILTIN])(config)
