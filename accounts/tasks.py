"""Background work of accounts: thin, idempotent, by the clock of the beat (gainsly/celery.py)."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts.services import api_tokens
from gainsly.core import idempotency


@shared_task
def forget_expired() -> None:
    """Once a night: sessions of the API whose tokens have run out, and idempotency keys older than a day."""
    api_tokens.purge_expired(now=timezone.now())
    idempotency.purge_expired(now=timezone.now())
