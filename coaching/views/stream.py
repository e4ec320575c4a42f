"""The events of one answer, for the page's EventSource."""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from coaching.selectors import turn_for
from coaching.services.streams import relay
from coaching.streaming import resume_after
from gainsly.core.http import AuthenticatedHttpRequest, EventStreamResponse


@login_required
@require_GET
async def stream(request: AuthenticatedHttpRequest, pk: UUID, turn_pk: UUID) -> HttpResponseBase:
    """From the beginning, or from after ``Last-Event-ID``: a browser that lost the line sends it by itself."""
    user = await request.auser()
    turn = await sync_to_async(turn_for)(user, pk, turn_pk)
    return EventStreamResponse(relay(turn, resume_after(request.headers.get("Last-Event-ID"))))
