"""Requests and the objects they may reach: scoped fetch, the caller's address, the request's id."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, StreamingHttpResponse

from gainsly.lib.ids import uuid7

if TYPE_CHECKING:
    from accounts.models import User

    from .models import OwnedQuerySet

_SAFE_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")


class AuthenticatedHttpRequest(HttpRequest):
    """What a view behind ``login_required`` gets."""

    user: User


class EventStreamResponse(StreamingHttpResponse):
    """Server-Sent Events: never kept, never buffered on the way (nginx reads the second header)."""

    def __init__(self, frames: AsyncIterator[bytes]) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(frames, content_type="text/event-stream; charset=utf-8", headers=headers)


def owned_or_404(queryset: OwnedQuerySet, user: Any, pk: UUID | str) -> Any:
    """This athlete's row with that id, or ``Http404``: the one way by which a client's id becomes an object.

    A malformed id, a missing row and another athlete's row all look alike.
    """
    try:
        identifier = pk if isinstance(pk, UUID) else UUID(str(pk))
    except ValueError:
        raise Http404 from None
    row = queryset.of(user).filter(pk=identifier).first()
    if row is None:
        raise Http404
    return row


def client_address(request: HttpRequest) -> str:
    """The socket's address; behind a trusted proxy (TRUST_PROXY) the one that the proxy saw.

    Only the last entry of X-Forwarded-For was written by our own proxy, the ones before it by whoever called.
    """
    if settings.TRUST_PROXY:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
        if forwarded:
            return str(forwarded)
    return str(request.META.get("REMOTE_ADDR", ""))


def request_id_of(request: HttpRequest) -> str:
    """The id that ties an answer to its log lines; made on first use."""
    known: str | None = getattr(request, "request_id", None)
    if known is None:
        sent = request.headers.get("X-Request-ID", "")
        known = sent if _SAFE_REQUEST_ID.match(sent) else uuid7().hex
        request.request_id = known  # type: ignore[attr-defined]
    return known
