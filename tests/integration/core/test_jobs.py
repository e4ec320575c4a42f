"""Work is handed over once the transaction has landed, and not when it has not."""

from __future__ import annotations

import json
import uuid

import pytest
import redis
from django.conf import settings
from django.db import transaction

from gainsly.core.jobs import enqueue

TASK = "tests.count"  # registered nowhere, so that no worker could take it


@pytest.fixture
def queue():
    """What waits of this task in the default queue, to which no worker of a test run listens."""
    broker = redis.Redis.from_url(settings.REDIS_URL)
    broker.delete(settings.CELERY_TASK_DEFAULT_QUEUE)

    def waiting() -> list[dict]:
        messages = (json.loads(one) for one in broker.lrange(settings.CELERY_TASK_DEFAULT_QUEUE, 0, -1))
        return [message for message in messages if message["headers"]["task"] == TASK]

    yield waiting
    broker.delete(settings.CELERY_TASK_DEFAULT_QUEUE)
    broker.close()


@pytest.mark.django_db(transaction=True)
def test_a_task_goes_out_after_the_commit(queue) -> None:
    program = uuid.uuid4()
    with transaction.atomic():
        enqueue(TASK, program_id=program, times=2)
        assert queue() == []
    assert [message["headers"]["task"] for message in queue()] == [TASK]
    assert str(program) in queue()[0]["headers"]["kwargsrepr"]


@pytest.mark.django_db(transaction=True)
def test_nothing_goes_out_after_a_rollback(queue) -> None:
    with transaction.atomic():
        enqueue(TASK, times=2)
        transaction.set_rollback(True)
    assert queue() == []
