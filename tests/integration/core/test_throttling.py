"""Limits, counted in the real cache."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache

from gainsly.core import throttling

START = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
TIMES, SECONDS = 3, 100


@pytest.fixture(autouse=True)
def limit(settings) -> Iterator[None]:
    settings.RATE_LIMITS = {"tries": (TIMES, SECONDS)}
    cache.clear()
    yield
    cache.clear()


def spend(times: int, who: str = "anna") -> None:
    for _ in range(times):
        throttling.spend("tries", who)


def test_what_is_allowed_passes_and_one_more_is_refused_with_the_wait() -> None:
    with time_machine.travel(START, tick=False):
        spend(TIMES)
        with pytest.raises(throttling.RateLimitedError) as refused:
            throttling.check("tries", "anna")
        assert 0 < refused.value.retry_after <= 2 * SECONDS


def test_everyone_has_a_limit_of_their_own() -> None:
    with time_machine.travel(START, tick=False):
        spend(TIMES)
        throttling.spend("tries", "ben")


def test_after_the_wait_that_was_told_one_more_fits() -> None:
    with time_machine.travel(START, tick=False) as clock:
        spend(TIMES)
        with pytest.raises(throttling.RateLimitedError) as refused:
            spend(1)
        clock.shift(refused.value.retry_after)
        spend(1)


def test_a_counter_that_expires_while_it_is_counted_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "add", lambda *_args, **_kwargs: False)  # it stood a moment ago
    with time_machine.travel(START, tick=False):
        throttling.count("tries", "anna")
        spend(TIMES - 1)
        with pytest.raises(throttling.RateLimitedError):
            spend(1)
