"""HTTP as the two wire protocols share it: time limits, and failures named for what they are."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import httpx

from .base import (
    BrokenOffError,
    Connection,
    GarbledError,
    Json,
    ModelMissingError,
    RefusedError,
    ServerFaultError,
    TooSlowError,
    UnreachableError,
)

MISSING, FAULT, REFUSED = 404, 500, 400
SHOWN_LENGTH = 200
LISTING_SECONDS = 5.0


def lines_of(connection: Connection, path: str, body: Json, pull: str) -> Iterator[str]:
    """The lines of a streamed answer. ``pull`` is the command that fetches the model.

    Raises ``UnreachableError`` before the first line, ``BrokenOffError`` after it, ``TooSlowError`` for either limit,
    ``ModelMissingError`` for 404, ``ServerFaultError`` for 5xx, ``RefusedError`` for other 4xx.
    """
    limits, started, begun = connection.limits, connection.clock(), False
    timeout = httpx.Timeout(limits.first_token, connect=min(limits.connect, limits.whole))
    try:
        with (
            _client(connection, timeout) as client,
            client.stream("POST", path, json=body, headers=_headers(connection)) as response,
        ):
            _refuse(response, connection.model, pull)
            for line in response.iter_lines():
                if connection.clock() - started > limits.whole:
                    raise TooSlowError(f"no end after {limits.whole:g} s")
                if line.strip():
                    begun = True
                    yield line
    except httpx.ReadTimeout as error:
        raise TooSlowError(f"nothing for {limits.first_token:g} s") from error
    except (httpx.TransportError, httpx.InvalidURL) as error:
        kind = BrokenOffError if begun else UnreachableError
        raise kind(f"{type(error).__name__}: {error}"[:SHOWN_LENGTH]) from error


def listing(connection: Connection, path: str) -> Json:
    """A small JSON document of the server, for the list of models. Raises as ``lines_of`` does."""
    timeout = min(LISTING_SECONDS, connection.limits.whole)
    try:
        with _client(connection, httpx.Timeout(timeout)) as client:
            response = client.get(path, headers=_headers(connection))
    except (httpx.TransportError, httpx.InvalidURL) as error:
        raise UnreachableError(f"{type(error).__name__}: {error}"[:SHOWN_LENGTH]) from error
    _refuse(response, connection.model, "")
    return document_of(response.text)


def _client(connection: Connection, timeout: httpx.Timeout) -> httpx.Client:
    base = connection.base_url.rstrip("/")
    return httpx.Client(base_url=base, timeout=timeout, trust_env=False, verify=_trusted())


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """The certificates that are trusted, read once: reading them takes longer than all else before a question."""
    return httpx.create_ssl_context(trust_env=False)


def document_of(text: str) -> Json:
    """A JSON object. Raises ``GarbledError``."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise GarbledError(f"not JSON: {text[:SHOWN_LENGTH]}") from error
    if not isinstance(found, dict):
        raise GarbledError(f"not an object: {text[:SHOWN_LENGTH]}")
    return found


@contextmanager
def expecting_the_format() -> Iterator[None]:
    """Whatever does not fit while a message is taken apart is the server's fault, by name."""
    try:
        yield
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        raise GarbledError(f"{type(error).__name__}: {error}"[:SHOWN_LENGTH]) from error


def arguments_of(written: Any) -> Json:
    """A tool call's arguments: an object, or its text. Anything else is an empty object, which the tool refuses."""
    if isinstance(written, str):
        try:
            written = json.loads(written)
        except ValueError:
            return {"_unreadable": written[:SHOWN_LENGTH]}
    return written if isinstance(written, dict) else {"_unreadable": str(written)[:SHOWN_LENGTH]}


def _headers(connection: Connection) -> dict[str, str]:
    return {"Authorization": f"Bearer {connection.api_key}"} if connection.api_key else {}


def _refuse(response: httpx.Response, model: str, pull: str) -> None:
    if response.status_code < REFUSED:
        return
    said = response.read().decode("utf-8", "replace")[:SHOWN_LENGTH]
    if response.status_code == MISSING and model:
        raise ModelMissingError(model, pull)
    if response.status_code >= FAULT:
        raise ServerFaultError(f"{response.status_code}: {said}")
    raise RefusedError(f"{response.status_code}: {said}")
