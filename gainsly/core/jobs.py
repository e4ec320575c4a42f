"""The one way to hand work to the background: a task by its registered name, once the transaction has landed."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gainsly.celery import app


def enqueue(name: str, **ids: Any) -> None:
    """Send the task ``name`` ("programs.tasks.roll_forward") with ``ids`` after the commit.

    Ids travel as text, so that a UUID arrives as its string. Outside a transaction the task goes at once.
    """
    arguments = {key: value if isinstance(value, int | None) else str(value) for key, value in ids.items()}
    # Robust: what is stored stays stored when Redis is away; the error is logged, and the beat sends it again.
    transaction.on_commit(lambda: app.send_task(name, kwargs=arguments), robust=True)
