"""Background work of programs: thin, idempotent, by the clock of the beat (gainsly/celery.py)."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from programs.services import rolling


@shared_task(name="programs.tasks.roll_forward", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def roll_forward(**_kwargs: Any) -> None:
    rolling.roll_forward(now=timezone.now())


@shared_task(name="programs.tasks.send_for_next", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def send_for_next(**_kwargs: Any) -> None:
    rolling.send_for_next(now=timezone.now())


@shared_task(name="programs.tasks.write_next", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def write_next(*, program_id: str, **_kwargs: Any) -> None:
    rolling.write_next(program_id=program_id, now=timezone.now())


@shared_task(name="programs.tasks.pick_up_stuck")
def pick_up_stuck(**_kwargs: Any) -> None:
    rolling.give_up_stuck(now=timezone.now())
