"""Limits on how often something may be asked for, counted in the cache so that all processes share them.

A sliding window by two counters: the window before counts in proportion to how much of it is still inside the
last ``seconds``. Names and numbers stand in ``settings.RATE_LIMITS``.
"""

from __future__ import annotations

import hashlib
import logging
import math
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from redis.exceptions import ConnectionError as RedisConnectionError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from gainsly.lib.errors import DomainError

logger = logging.getLogger(__name__)


class RateLimitedError(DomainError):
    """Too often; ``retry_after`` is in whole seconds."""

    code = "throttled"
    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__(_("Too many requests. Try again in %(seconds)s seconds.") % {"seconds": retry_after})
        self.retry_after = retry_after


def check(name: str, *who: str) -> None:
    """Raise ``RateLimitedError`` where one more would be over the limit; counts nothing."""
    limit, seconds = settings.RATE_LIMITS[name]
    now = time.time()
    try:
        counts = cache.get_many([_key(name, who, now, seconds), _key(name, who, now - seconds, seconds)])
    except RedisConnectionError:
        # A dead cache must not lock every athlete out; the limit holds again when it is back.
        logger.exception("limit %s cannot be read", name)
        return
    current = counts.get(_key(name, who, now, seconds), 0)
    previous = counts.get(_key(name, who, now - seconds, seconds), 0)
    wait = _wait(current, previous, limit, seconds, now % seconds)
    if wait > 0:
        raise RateLimitedError(max(1, math.ceil(wait)))


def count(name: str, *who: str) -> None:
    """Count one use."""
    _limit, seconds = settings.RATE_LIMITS[name]
    key = _key(name, who, time.time(), seconds)
    try:
        _add_one(key, 2 * seconds)
    except RedisConnectionError:
        logger.exception("limit %s cannot be counted", name)


def _add_one(key: str, seconds: int) -> None:
    if cache.add(key, 1, timeout=seconds):
        return
    try:
        cache.incr(key)
    except ValueError:  # it expired, or was evicted, between the two
        cache.set(key, 1, timeout=seconds)


def spend(name: str, *who: str) -> None:
    """Count one use, or raise ``RateLimitedError`` where it would be over the limit."""
    check(name, *who)
    count(name, *who)


def _key(name: str, who: tuple[str, ...], moment: float, seconds: int) -> str:
    # Hashed: an e-mail address may hold what a cache key may not, and has no business in the cache.
    subject = hashlib.sha256("\0".join(who).encode()).hexdigest()[:32]
    return f"limit:{name}:{subject}:{int(moment // seconds)}"


def _wait(current: int, previous: int, limit: int, seconds: int, elapsed: float) -> float:
    """Seconds until one more fits; zero or less where it fits now."""
    if current < limit:
        if not previous:
            return 0
        return seconds * (1 - (limit - 1 - current) / previous) - elapsed
    return seconds - elapsed + seconds * (1 - (limit - 1) / current)


class ApiThrottle(BaseThrottle):
    """The general limit on signed-in athletes; what is open to the anonymous has limits of its own."""

    def allow_request(self, request: Request, view: Any) -> bool:
        if request.user.is_authenticated:
            spend("api", str(request.user.pk))
        return True
