"""From the settings to a provider with patience. One breaker per server and process."""

from __future__ import annotations

import random
import time
from dataclasses import replace

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from coaching.llm.base import Connection, Limits, LLMProvider
from coaching.llm.builtin import BuiltInProvider
from coaching.llm.registry import PROVIDERS
from coaching.llm.resilience import Breaker, ResilientProvider

SENTENCE_SECONDS = 12.0  # the rules have read it by then; the page does not wait longer for more

_breakers: dict[tuple[str, str, str], Breaker] = {}


def limits() -> Limits:
    return Limits(whole=settings.OLLAMA_TIMEOUT, context=settings.LLM_CONTEXT_TOKENS, answer=settings.LLM_ANSWER_TOKENS)


def chat_provider() -> LLMProvider:
    """The provider that answers the chat. Raises ``ImproperlyConfigured`` for an unknown kind."""
    return _provider(settings.LLM_CHAT_MODEL)


def session_provider() -> LLMProvider:
    """The provider that goes over planned sessions; raises as above."""
    return _provider(settings.LLM_SESSION_MODEL)


def adaptation_provider() -> LLMProvider:
    """The provider that words an adapted day; raises as above."""
    return _provider(settings.LLM_ADAPTATION_MODEL)


def sentence_provider() -> LLMProvider:
    """The provider that adds to the reading of a sentence while somebody waits for the page; raises as above."""
    return _provider(settings.LLM_CHAT_MODEL, most_seconds=SENTENCE_SECONDS)


def _provider(model: str, most_seconds: float | None = None) -> LLMProvider:
    kind = settings.LLM_PROVIDER
    if kind == BuiltInProvider.kind:
        return BuiltInProvider()
    if kind not in PROVIDERS:
        raise ImproperlyConfigured(f"LLM_PROVIDER={kind} is none of {', '.join(sorted(PROVIDERS))}.")
    connection = _connection(kind, model)
    if most_seconds is not None:
        short = replace(connection.limits, whole=min(connection.limits.whole, most_seconds))
        connection = replace(connection, limits=short)
    patience = "short" if most_seconds is not None else ""  # who waits only briefly calls no server dead for others
    breaker = _breakers.setdefault((kind, connection.base_url, patience), Breaker(time.monotonic))
    # jitter spreads retries; it decides nothing that has to be secret
    return ResilientProvider(
        PROVIDERS[kind](connection),
        breaker=breaker,
        sleep=time.sleep,
        rng=random.Random(),  # noqa: S311
    )


def answers_at_once() -> bool:
    """Whether no model is configured: the built-in coach answers within the request."""
    kind: str = settings.LLM_PROVIDER
    return kind == BuiltInProvider.kind


def _connection(kind: str, model: str) -> Connection:
    if kind == "openai":
        return Connection(
            settings.OPENAI_BASE_URL,
            model or settings.OPENAI_MODEL,
            time.monotonic,
            api_key=settings.OPENAI_API_KEY,
            limits=limits(),
        )
    return Connection(settings.OLLAMA_BASE_URL, model or settings.OLLAMA_MODEL, time.monotonic, limits=limits())
