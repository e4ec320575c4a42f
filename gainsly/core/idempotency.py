"""The same create request sent twice is carried out once (``Idempotency-Key``, decisions.md 22)."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from gainsly.lib.errors import DomainError

from .api import AuthenticatedRequest
from .models import IdempotencyKey

LIFETIME = dt.timedelta(hours=24)
MAX_KEY_LENGTH = 255
KEPT_HEADERS = ("Location", "ETag")

Handler = Callable[..., Response]


class IdempotencyKeyError(DomainError):
    """The key itself is not usable."""

    code = "idempotency_key_invalid"


class IdempotencyConflictError(DomainError):
    """The key was used for another request."""

    code = "idempotency_conflict"
    status = 409


def idempotent(handler: Handler) -> Handler:
    """For the ``post`` of a view: same key and same body -> the first answer; another body -> 409.

    Key row and work are one transaction, so that of two requests at once the second waits for the first, and a
    request that failed leaves no trace and may be sent again.
    """

    @functools.wraps(handler)
    def wrapper(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key")
        if key is None or not request.user.is_authenticated:
            return handler(view, request, *args, **kwargs)
        body_hash = _body_hash(request)
        if body_hash is None:  # unreadable: the handler decides whether 404 comes before 400
            return handler(view, request, *args, **kwargs)
        _check_key(key)
        with transaction.atomic():
            row = _claim(cast(AuthenticatedRequest, request), key, body_hash)
            if row.status is not None:
                return _replay(row)
            response = handler(view, request, *args, **kwargs)
            _keep(row, response)
            return response

    wrapper.idempotent = True  # type: ignore[attr-defined]  # read by gainsly.core.openapi
    return wrapper


def purge_expired(*, now: dt.datetime) -> int:
    """Delete the keys older than 24 hours; answers how many."""
    deleted, _per_model = IdempotencyKey.objects.filter(created_at__lt=now - LIFETIME).delete()
    return deleted


def _check_key(key: str) -> None:
    if not key.strip() or len(key) > MAX_KEY_LENGTH or not key.isprintable():
        raise IdempotencyKeyError(
            _("Idempotency-Key must be 1 to %(limit)s printable characters.") % {"limit": MAX_KEY_LENGTH}
        )


def _body_hash(request: Request) -> str | None:
    try:
        data = request.data
    except APIException:
        return None
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _claim(request: AuthenticatedRequest, key: str, body_hash: str) -> IdempotencyKey:
    """The locked row of this key: a new one, or the one of the request before (waiting until that has ended)."""
    IdempotencyKey.objects.filter(user=request.user, key=key, created_at__lt=timezone.now() - LIFETIME).delete()
    fresh = IdempotencyKey(
        user=request.user, key=key, method=str(request.method), path=request.path[:255], body_hash=body_hash
    )
    IdempotencyKey.objects.bulk_create([fresh], ignore_conflicts=True)
    row = IdempotencyKey.objects.select_for_update().get(user=request.user, key=key)
    if (row.method, row.path, row.body_hash) != (fresh.method, fresh.path, fresh.body_hash):
        raise IdempotencyConflictError(_("This Idempotency-Key was already used for a different request."))
    return row


def _keep(row: IdempotencyKey, response: Response) -> None:
    if response.status_code >= 400:  # noqa: PLR2004 -- an error saves nothing and is not an answer to keep
        transaction.set_rollback(True)
        return
    row.status = response.status_code
    row.answer = json.loads(JSONRenderer().render(response.data)) if response.data is not None else None
    row.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    row.save(update_fields=["status", "answer", "headers"])


def _replay(row: IdempotencyKey) -> Response:
    return Response(row.answer, status=row.status, headers={**row.headers, "Idempotency-Replayed": "true"})
