"""Background work of the diary: thin, idempotent."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from logging_app.services import metrics


@shared_task(name="logging_app.tasks.recompute_metrics", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def recompute_metrics(*, user_id: str, **_kwargs: Any) -> None:
    metrics.recompute_for(user_id=user_id)


@shared_task(name="logging_app.tasks.pick_up_stale", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def pick_up_stale(**_kwargs: Any) -> None:
    metrics.send_for_stale(now=timezone.now())
