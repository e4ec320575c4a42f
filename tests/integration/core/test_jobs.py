"""Work is handed over once the transaction has landed, and not when it has not."""

from __future__ import annotations

import json
import uuid

import pytest
import redis
from django.conf import settings
from django.db import transaction

from gainsly.celery import app
from gainsly.core.jobs import enqueue

QUEUE = "test-of-enqueue"


@pytest.fixture
def queue():
    """A queue that no worker listens to, with what waits in it."""
    routes = app.conf.task_routes
    app.conf.task_routes = {**routes, "tests.count": {"queue": QUEUE}}
    app.amqp.flush_routes()
    broker = redis.Redis.from_url(settings.REDIS_URL)
    broker.delete(QUEUE)
    yield lambda: [json.loads(message) for message in broker.lrange(QUEUE, 0, -1)]
    broker.delete(QUEUE)
    broker.close()
    app.conf.task_routes = routes
    app.amqp.flush_routes()


@pytest.mark.django_db(transaction=True)
def test_a_task_goes_out_after_the_commit(queue) -> None:
    program = uuid.uuid4()
    with transaction.atomic():
        enqueue("tests.count", program_id=program, times=2)
        assert queue() == []
    assert [message["headers"]["task"] for message in queue()] == ["tests.count"]
    assert str(program) in queue()[0]["headers"]["kwargsrepr"]


@pytest.mark.django_db(transaction=True)
def test_nothing_goes_out_after_a_rollback(queue) -> None:
    with transaction.atomic():
        enqueue("tests.count", times=2)
        transaction.set_rollback(True)
    assert queue() == []
