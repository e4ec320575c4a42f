"""Background work of the coach: answers in the queue llm, the pick-up of lost turns by the beat."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from coaching.services import conversations, explaining, notices, refinement


@shared_task(name="coaching.tasks.answer_turn")
def answer_turn(*, turn_id: str, attempt: int, **_kwargs: Any) -> None:
    explaining.answer(turn_id=turn_id, attempt=attempt)


@shared_task(name="coaching.tasks.refine_program")
def refine_program(*, program_id: str, **_kwargs: Any) -> None:
    refinement.refine_program(program_id=program_id)


@shared_task(name="coaching.tasks.send_notices", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def send_notices(**_kwargs: Any) -> None:
    notices.send_for_all(now=timezone.now())


@shared_task(name="coaching.tasks.write_notices", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def write_notices(*, user_id: str, **_kwargs: Any) -> None:
    notices.write_notices(user_id=user_id, now=timezone.now())


@shared_task(name="coaching.tasks.pick_up_stuck")
def pick_up_stuck(**_kwargs: Any) -> None:
    conversations.pick_up_stuck(now=timezone.now())
    conversations.purge_deleted(now=timezone.now())
    refinement.pick_up_lost()
