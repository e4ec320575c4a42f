"""A turn's events in Redis: the worker appends, every web process reads (docs/adr/, streaming through Redis)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import lru_cache
from typing import Any
from uuid import UUID

import redis
import redis.asyncio
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection

from coaching.models import Turn
from coaching.streaming import HEARTBEAT, HEARTBEAT_SECONDS, Event, EventName, after, event_of, frame, opening
from gainsly.lib.vocabulary import TurnStatus

KEPT_SECONDS = 3600  # a finished turn is in the database; its events are for those who are listening now
BATCH = 100
DOWN_SECONDS = 1.0
logger = logging.getLogger(__name__)


def key_of(turn: Turn) -> str:
    return f"coach:turn:{turn.pk}:{turn.attempt}"


def publish(turn: Turn, event: Event) -> None:
    """Append one event. A Redis that is down costs the live view, not the answer: that goes to the database."""
    try:
        with _server().pipeline(transaction=False) as batch:
            batch.xadd(key_of(turn), event.stored())  # type: ignore[arg-type]
            batch.expire(key_of(turn), KEPT_SECONDS)
            batch.execute()
    except redis.RedisError:
        logger.warning("an event of turn %s could not be streamed", turn.pk)


async def relay(turn: Turn, after_id: str) -> AsyncGenerator[bytes, None]:
    """The frames of a turn from right after ``after_id`` until its end, with heartbeats."""
    yield opening()
    async with aclosing(heard(turn, after_id)) as told:
        async for one in told:
            yield HEARTBEAT if one is None else frame(one[1], one[0])


async def heard(turn: Turn, after_id: str) -> AsyncGenerator[tuple[str, Event] | None, None]:
    """Each event of a turn with its id, from right after ``after_id`` until its end; None where nothing came.

    The database has the last word: when the stream is gone (Redis was flushed, an old turn), its state is sent.
    """
    await sync_to_async(let_go)()  # a stream waits long; it must not keep a connection meanwhile
    seen = after_id
    async with redis.asyncio.Redis.from_url(
        settings.REDIS_URL, decode_responses=True, socket_timeout=HEARTBEAT_SECONDS + 5
    ) as server:
        wait = 0.0  # first what is there already
        while True:
            rows = await _read(server, key_of(turn), seen, wait)
            for identifier, stored in rows:
                seen, event = identifier, event_of(stored)
                yield identifier, event
                if event.is_last:
                    return
            if not rows:
                final = await sync_to_async(_final)(turn.pk)
                if final is not None:
                    yield after(seen), final
                    return
                yield None
            wait = HEARTBEAT_SECONDS


async def _read(server: redis.asyncio.Redis, key: str, seen: str, wait: float) -> list[tuple[str, dict[str, str]]]:
    """What came after ``seen``, waiting for the first of it at most ``wait`` seconds."""
    try:
        found: Any = await server.xread({key: seen}, count=BATCH, block=int(wait * 1000) or None)
    except redis.RedisError:
        await asyncio.sleep(DOWN_SECONDS)  # the database is asked meanwhile
        return []
    rows: list[tuple[str, dict[str, str]]] = found[0][1] if found else []
    return rows


def _final(pk: UUID) -> Event | None:
    """The last event of a turn that is over, from its row; None while it runs."""
    turn = Turn.objects.filter(pk=pk).first()
    let_go()
    if turn is None:
        return Event(EventName.DONE, {"status": TurnStatus.FAILED.value, "content": "", "failure": "deleted"})
    return None if turn.is_open else last_event(turn)


def let_go() -> None:
    """Give this thread's database connection back before a long wait, unless a transaction is on it."""
    if not connection.in_atomic_block:
        connection.close()


def last_event(turn: Turn) -> Event:
    """``done`` carries the whole answer, so that a client that missed anything has it all."""
    return Event(
        EventName.DONE,
        {
            "turn_id": str(turn.pk),
            "status": turn.status,
            "source": turn.source,
            "content": turn.content,
            "failure": turn.failure,
        },
    )


@lru_cache(maxsize=1)
def _server() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)
