"""The background task brings the model server's vectors up to date."""

from __future__ import annotations

import pytest

from movements.models import MovementEmbedding
from movements.tasks import refresh_embeddings
from tests.embedding_server import embedding_server
from tests.factories.movements import load_sample

pytestmark = pytest.mark.django_db


def test_running_it_twice_makes_the_vectors_once(settings):
    load_sample()
    with embedding_server() as server:
        settings.LLM_PROVIDER, settings.OLLAMA_BASE_URL = "ollama", server.address
        refresh_embeddings()
        asked = len(server.requests)
        refresh_embeddings()
    assert MovementEmbedding.objects.filter(model_name=settings.OLLAMA_EMBED_MODEL).count() == 3
    assert len(server.requests) == asked == 1


def test_without_a_server_it_leaves_things_as_they_are(settings):
    load_sample()
    settings.LLM_PROVIDER, settings.OLLAMA_BASE_URL = "ollama", "http://127.0.0.1:9"
    refresh_embeddings()
    assert not MovementEmbedding.objects.exclude(model_name__startswith="builtin").exists()
