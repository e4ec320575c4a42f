"""The health endpoints ask the real servers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from celery import Celery
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def model_server(settings) -> Iterator[HTTPServer]:
    """A model server that knows one model."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"models": [{"name": "tiny:latest"}]}')

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.OLLAMA_BASE_URL = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_well_without_a_model_server(client: Client, settings) -> None:
    settings.OLLAMA_BASE_URL = "http://127.0.0.1:9"
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert set(answer.json()["redis"]["waiting"]) == {"default", "ingest", "llm"}


def test_the_database_names_its_versions(client: Client) -> None:
    answer = client.get("/health/database")
    assert answer.status_code == 200
    assert answer.json()["database"]["pgvector"]


def test_redis_that_is_gone_makes_it_unwell(client: Client, settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["redis"] == {"status": "error", "error": "Redis does not answer."}
    assert answer.json()["database"]["status"] == "ok"


def test_a_model_server_that_is_gone_is_said(client: Client, settings) -> None:
    settings.OLLAMA_BASE_URL = "http://127.0.0.1:9"
    answer = client.get("/health/llm")
    assert answer.status_code == 503
    assert "does not answer" in answer.json()["llm"]["error"]


def test_a_model_server_with_our_model_is_well(client: Client, settings, model_server: HTTPServer) -> None:
    settings.OLLAMA_MODEL = "tiny"
    assert client.get("/health/llm").status_code == 200


def test_a_missing_model_is_named(client: Client, settings, model_server: HTTPServer) -> None:
    settings.OLLAMA_MODEL = "other:3b"
    answer = client.get("/health/llm")
    assert answer.status_code == 503
    assert "other:3b" in answer.json()["llm"]["error"]


def test_without_a_worker_the_queue_is_unwell(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gainsly.core.health.app", Celery("nobody", broker=f"{settings.REDIS_URL.rsplit('/', 1)[0]}/9"))
    answer = client.get("/health/queue")
    assert answer.status_code == 503
    assert "no worker" in answer.json()["queue"]["error"]


def test_health_may_not_be_kept(client: Client) -> None:
    assert "no-store" in client.get("/health").headers["Cache-Control"]


def test_metrics_count_requests_by_route(client: Client) -> None:
    client.get("/health/database")
    text = client.get("/metrics").content.decode()
    assert 'gainsly_requests_total{method="GET",route="health/database",status="200"}' in text
    assert 'gainsly_queue_depth{queue="default"}' in text


@pytest.mark.parametrize(
    ("headers", "address"),
    [({}, "203.0.113.9"), ({"x-forwarded-for": "203.0.113.9"}, "127.0.0.1")],
    ids=["from afar", "through a proxy"],
)
def test_metrics_are_not_for_strangers(client: Client, headers: dict[str, str], address: str) -> None:
    assert client.get("/metrics", headers=headers, REMOTE_ADDR=address).status_code == 403


def test_a_token_opens_the_metrics(client: Client, settings) -> None:
    settings.METRICS_TOKEN = "a-token-of-some-length"
    shown = {"authorization": "Bearer a-token-of-some-length"}
    assert client.get("/metrics", headers=shown, REMOTE_ADDR="203.0.113.9").status_code == 200
