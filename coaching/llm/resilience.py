"""Asking again, and not asking at all: retries with jitter, and a breaker for a server that is down."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .base import (
    Answer,
    BrokenOffError,
    ChatRequest,
    Checker,
    Chunk,
    Health,
    LLMProvider,
    ProviderError,
    RestingError,
    ServerFaultError,
    TooSlowError,
    UnreachableError,
)
from .structured import StructuredAnswers

ATTEMPTS = 3
FIRST_PAUSE = 0.5  # seconds, doubled each time, times 0.5 to 1.5
REST_SECONDS = 60.0
# a missing model or a refused request is not cured by a rest; these are
TIRING = (UnreachableError, ServerFaultError, TooSlowError, BrokenOffError)


@dataclass(slots=True)
class Breaker:
    """Open for a minute after a failure, so that thirty sessions do not each wait for a dead server."""

    clock: Callable[[], float]
    rest: float = REST_SECONDS
    _until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def is_open(self) -> bool:
        with self._lock:
            return self.clock() < self._until

    def trip(self) -> None:
        with self._lock:
            self._until = self.clock() + self.rest

    def close(self) -> None:
        with self._lock:
            self._until = 0.0


class ResilientProvider(StructuredAnswers):
    """A provider with patience: what another one raises is retried where that may help, and remembered."""

    def __init__(
        self, inner: LLMProvider, *, breaker: Breaker, sleep: Callable[[float], None], rng: random.Random
    ) -> None:
        self.inner, self.breaker, self.sleep, self.rng = inner, breaker, sleep, rng
        self.kind, self.model = inner.kind, inner.model

    def stream_chat(self, request: ChatRequest) -> Iterator[Chunk]:
        if self.breaker.is_open:
            raise RestingError("This model server failed a moment ago.")
        for attempt in range(ATTEMPTS):
            begun = False
            try:
                for chunk in self.inner.stream_chat(request):
                    begun = True
                    yield chunk
            except ProviderError as error:
                again = error.retryable and not begun and attempt < ATTEMPTS - 1
                if not again:
                    self._remember(error)
                    raise
                self.sleep(FIRST_PAUSE * 2**attempt * (0.5 + self.rng.random()))
            else:
                self.breaker.close()
                return

    def complete_structured(
        self, request: ChatRequest, answer: type[Answer], check: Checker[Answer] | None = None
    ) -> Answer:
        return super().complete_structured(request, answer, check)

    def health(self) -> Health:
        return self.inner.health()

    def list_models(self) -> list[str]:
        return self.inner.list_models()

    def _remember(self, error: ProviderError) -> None:
        if isinstance(error, TIRING):
            self.breaker.trip()
