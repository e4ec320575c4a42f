"""Background work of movements: thin and idempotent."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from movements.services import embeddings


@shared_task(name="movements.tasks.refresh_embeddings")
def refresh_embeddings(**_kwargs: Any) -> None:
    embeddings.refresh_chosen()
