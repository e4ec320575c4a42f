"""Is it well? Each question asks the real thing, with a short time limit, and answers 200 or 503 with the reason."""

from __future__ import annotations

import hmac
from collections.abc import Callable

import httpx
import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from gainsly.celery import app
from gainsly.core.metrics import queue_depths

MODEL_SECONDS = 3.0
WORKER_SECONDS = 1.5
Finding = dict[str, object]


class UnwellError(Exception):
    """What is wrong, in words for the person who runs the house; no addresses, no secrets."""


def database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select current_setting('server_version'), extversion from pg_extension where extname='vector'"
            )
            found = cursor.fetchone()
    except DatabaseError as error:
        raise UnwellError("The database does not answer.") from error
    if found is None:
        raise UnwellError("The database answers, but pgvector is not installed: run the migrations.")
    return {"postgres": found[0], "pgvector": found[1]}


def broker() -> Finding:
    try:
        return {"waiting": queue_depths()}
    except redis.RedisError as error:
        raise UnwellError("Redis does not answer.") from error


def queue() -> Finding:
    finding = broker()
    workers = app.control.inspect(timeout=WORKER_SECONDS).ping()
    if not workers:
        raise UnwellError("Redis answers, but no worker does.")
    return {**finding, "workers": len(workers)}


def llm() -> Finding:
    if settings.LLM_PROVIDER != "ollama":
        return {"provider": settings.LLM_PROVIDER}
    try:
        answer = httpx.get(f"{settings.OLLAMA_BASE_URL.rstrip('/')}/api/tags", timeout=MODEL_SECONDS)
        names = {model["name"] for model in answer.raise_for_status().json()["models"]}
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise UnwellError("The model server does not answer. Coaching goes on by its built-in rules.") from error
    if not {settings.OLLAMA_MODEL, f"{settings.OLLAMA_MODEL}:latest"} & names:
        raise UnwellError(f"The model server answers, but has no model named {settings.OLLAMA_MODEL}.")
    return {"provider": "ollama", "model": settings.OLLAMA_MODEL}


def _answer(**questions: Callable[[], Finding]) -> JsonResponse:
    """Every finding under its name; 503 as soon as one part is unwell."""
    body: Finding = {}
    well = True
    for name, ask in questions.items():
        try:
            body[name] = {"status": "ok", **ask()}
        except UnwellError as error:
            well = False
            body[name] = {"status": "error", "error": str(error)}
    return JsonResponse({"status": "ok" if well else "error", **body}, status=200 if well else 503)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Can the web answer? The database and Redis; neither workers nor a model are needed for that."""
    return _answer(database=database, redis=broker)


@never_cache
@require_safe
def health_database(request: HttpRequest) -> HttpResponse:
    return _answer(database=database)


@never_cache
@require_safe
def health_llm(request: HttpRequest) -> HttpResponse:
    return _answer(llm=llm)


@never_cache
@require_safe
def health_queue(request: HttpRequest) -> HttpResponse:
    return _answer(queue=queue)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For a scraper on this machine, or one that shows METRICS_TOKEN."""
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    known = bool(settings.METRICS_TOKEN) and hmac.compare_digest(shown.encode(), settings.METRICS_TOKEN.encode())
    forwarded = "X-Forwarded-For" in request.headers
    near = request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and not forwarded
    if not (known or near):
        return HttpResponseForbidden("Metrics are for this machine, or for who shows METRICS_TOKEN.")
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
