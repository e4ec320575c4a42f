"""The relay: everything once, in order, from where the client was; the database has the last word."""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import aclosing

import pytest
import redis
from asgiref.sync import async_to_sync
from django.conf import settings as django_settings

from coaching.models import Turn
from coaching.services import streams
from coaching.streaming import START, Event, EventName
from tests.factories.coaching import TurnFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def turn():
    return TurnFactory(role="coach", status="running", content="")


def say(turn, *words):
    for word in words:
        streams.publish(turn, Event(EventName.TOKEN, {"text": word}))


def finish(turn, content):
    Turn.objects.filter(pk=turn.pk).update(status="done", content=content, source="model")
    turn.refresh_from_db()


def listen(turn, after=START, most=100):
    async def collect():
        frames = []
        async with aclosing(streams.relay(turn, after)) as relayed:
            async for frame in relayed:
                frames.append(frame.decode())
                if len(frames) >= most:
                    break
        return frames

    return async_to_sync(collect)()


def ids(frames):
    return [line.removeprefix("id: ") for frame in frames for line in frame.splitlines() if line.startswith("id: ")]


def test_a_client_that_comes_back_misses_nothing_and_gets_nothing_twice(turn):
    say(turn, "one ", "two ", "three ")
    first = listen(turn, most=3)  # opening, one, two: then the line breaks
    say(turn, "four")
    finish(turn, "one two three four")
    streams.publish(turn, streams.last_event(turn))
    rest = listen(turn, after=ids(first)[-1])
    told = [frame for frame in [*first, *rest] if "event: token" in frame]
    assert [frame.split('"text":"')[1].split('"')[0] for frame in told] == ["one ", "two ", "three ", "four"]
    assert len(set(ids([*first, *rest]))) == 5
    assert "event: done" in rest[-1]


def test_a_finished_turn_whose_stream_is_gone_is_told_from_the_database(turn):
    say(turn, "one ")
    finish(turn, "the whole answer")
    redis.Redis.from_url(django_settings.REDIS_URL).delete(streams.key_of(turn))
    started = time.monotonic()
    frames = listen(turn, after="17-4")
    assert time.monotonic() - started < 2
    assert ids(frames) == ["17-5"]
    assert '"content":"the whole answer"' in frames[-1]


def test_a_turn_that_runs_keeps_the_line_warm(turn, monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", 0.05)
    frames = listen(turn, most=4)
    assert frames[1:] == [": still here\n\n"] * 3


def test_words_reach_the_client_while_they_are_said(turn):
    async def first_word():
        async with aclosing(streams.relay(turn, START)) as relayed:
            async for frame in relayed:
                if b"event: token" in frame:
                    return time.monotonic()
        return None

    said = []

    def talk():
        time.sleep(0.2)
        said.append(time.monotonic())
        say(turn, "word")

    thread = threading.Thread(target=talk)
    thread.start()
    heard = async_to_sync(first_word)()
    thread.join()
    assert heard - said[0] < 0.2


def test_fifty_listeners_each_hear_every_event(turn):
    async def one():
        return [frame async for frame in streams.relay(turn, START)]

    async def all_of_them():
        tasks = [asyncio.create_task(one()) for _ in range(50)]
        await asyncio.sleep(0.3)
        for number in range(40):
            await asyncio.to_thread(say, turn, f"{number} ")
        await asyncio.to_thread(streams.publish, turn, Event(EventName.DONE, {"content": "all"}))
        return await asyncio.gather(*tasks)

    heard = async_to_sync(all_of_them)()
    assert {b"".join(frames).count(b"event: token") for frames in heard} == {40}
    assert {b"".join(frames).count(b"event: done") for frames in heard} == {1}


def test_a_deleted_turn_ends_the_stream(turn):
    turn.conversation.delete()
    assert '"failure":"deleted"' in listen(turn)[-1]
