"""Every embedder keeps the same promises; the built-in one understands; Ollama's fails rather than waits."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest

from movements.embeddings.base import DIMENSIONS, EmbedderUnavailableError, content_hash, recipe
from movements.embeddings.hashing import HashingEmbedder
from movements.embeddings.ollama import OllamaConfig, OllamaEmbedder
from movements.embeddings.registry import EMBEDDERS, embedder_for
from tests.embedding_server import EmbeddingServer, embedding_server
from tests.factories.movements import SAMPLE, library_of, movement_entry

RECORDS = list(library_of(*SAMPLE).movements.values())


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with embedding_server() as state:
        yield state


@pytest.fixture(params=sorted(EMBEDDERS))
def embedder(request, server):
    return embedder_for(request.param, OllamaConfig(server.address, "nomic-embed-text"))


def test_movements_and_queries_share_one_space_of_unit_vectors(embedder):
    rows = embedder.movements(RECORDS)
    assert rows.shape == (len(RECORDS), DIMENSIONS)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert embedder.query("squat").shape == (DIMENSIONS,)
    assert np.linalg.norm(embedder.query("squat")) == pytest.approx(1, abs=1e-5)


def test_the_same_text_has_the_same_vector(embedder):
    assert (embedder.movements(RECORDS) == embedder.movements(RECORDS)).all()
    assert embedder.movements([]).shape == (0, DIMENSIONS)


def test_an_unknown_provider_gets_the_built_in_embedder():
    assert isinstance(embedder_for("openai", OllamaConfig("http://127.0.0.1:1", "x")), HashingEmbedder)


def test_the_recipe_says_what_counts_and_the_hash_follows_it():
    squat = RECORDS[0]
    assert recipe(squat).startswith("Barbell Back Squat. Also called")
    assert "Trains quadriceps, glutes" in recipe(squat)
    other = library_of(movement_entry(description="Something else.")).movements[squat.slug]
    assert content_hash(other, "a") != content_hash(squat, "a")
    assert content_hash(squat, "b") != content_hash(squat, "a")


# -- the built-in one

CURL = movement_entry("Leg Curl", pattern="isolation", equipment=["machine"], joints={}, aliases=[],
                      muscles={"primary": {"hamstrings": 1.0}})  # fmt: skip
HINGE = movement_entry("Barbell Hinge", pattern="hinge", joints={"lower_back": "heavy"}, aliases=[],
                       muscles={"primary": {"hamstrings": 1.0, "lower_back": 1.0}})  # fmt: skip
PUSH = movement_entry("Push-Up", pattern="horizontal_push", equipment=[], alternatives=[], joints={},
                      muscles={"primary": {"chest": 1.0}})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "winner"),
    [
        ("hamstrings without the lower back", "leg-curl"),
        ("bad back hamstrings", "leg-curl"),
        ("chest with no equipment", "push-up"),
        ("hip hinge", "barbell-hinge"),
        ("pushup", "push-up"),
    ],
)
def test_meaning_finds_the_movement(text, winner):
    library = library_of(CURL, HINGE, PUSH).movements
    rows = HashingEmbedder().movements(list(library.values()))
    assert list(library)[int(np.argmax(rows @ HashingEmbedder().query(text)))] == winner


def test_no_words_no_direction():
    assert not HashingEmbedder().query("!!!").any()


# -- Ollama


def test_movements_go_in_batches_and_say_what_they_are_for(server):
    embedder = OllamaEmbedder(OllamaConfig(server.address, "nomic-embed-text"))
    embedder.movements(RECORDS * 20)
    assert [len(one["input"]) for one in server.requests] == [32, 28]
    assert server.requests[0]["path"] == "/api/embed"
    assert server.requests[0]["input"][0].startswith("search_document: Barbell Back Squat.")
    embedder.query("rows")
    assert server.requests[-1]["input"] == ["search_query: rows"]


def test_other_models_are_given_the_bare_text(server):
    OllamaEmbedder(OllamaConfig(server.address, "all-minilm")).query("rows")
    assert server.requests[-1] == {"path": "/api/embed", "model": "all-minilm", "input": ["rows"]}


@pytest.mark.parametrize("fault", ["missing", "broken", "nonsense", "short", "nan"])
def test_whatever_goes_wrong_is_one_kind_of_error(server, fault):
    server.fault = fault
    with pytest.raises(EmbedderUnavailableError):
        OllamaEmbedder(OllamaConfig(server.address, "nomic-embed-text")).query("rows")


def test_a_slow_server_is_not_waited_for(server):
    server.fault = "slow"
    started = time.monotonic()
    with pytest.raises(EmbedderUnavailableError):
        OllamaEmbedder(OllamaConfig(server.address, "m", query_seconds=0.1)).query("rows")
    assert time.monotonic() - started < 2


def test_no_server_at_all():
    with pytest.raises(EmbedderUnavailableError):
        OllamaEmbedder(OllamaConfig("http://127.0.0.1:9", "m")).query("rows")
