"""A day's session adapted over the API: proposed, streamed, accepted, rejected."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator
from contextlib import aclosing

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from coaching.api.serializers import AcceptBody, AdaptationAnswer, AdaptBody, RejectBody
from coaching.api.views.conversations import EventStreamRenderer
from coaching.models import Adaptation
from coaching.selectors import adaptation_for
from coaching.services import adaptation
from coaching.services.check_in import Told
from coaching.services.streams import heard
from coaching.streaming import HEARTBEAT, ID, START, Event, EventName, frame, opening
from gainsly.core.api import AuthenticatedRequest, parsed
from gainsly.core.http import EventStreamResponse

DATE = [OpenApiParameter("date", OpenApiTypes.DATE, OpenApiParameter.PATH)]


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError({"date": [_("Give a date as YYYY-MM-DD.")]}) from error


class AdaptView(APIView):
    @extend_schema(operation_id="day_adapt", parameters=DATE, request=AdaptBody, responses=AdaptationAnswer)
    def post(self, request: AuthenticatedRequest, date: str) -> Response:
        """What today's signals change, and the session as it would be; nothing is changed yet."""
        told = Told(**parsed(AdaptBody, request))
        row = adaptation.preview(user=request.user, date=_day(date), signals=told)
        return Response(adaptation.adaptation_json(row))


class AcceptView(APIView):
    @extend_schema(operation_id="day_accept", parameters=DATE, request=AcceptBody, responses=AdaptationAnswer)
    def post(self, request: AuthenticatedRequest, date: str) -> Response:
        """Make all the changes of an adaptation, or those that are named."""
        told = parsed(AcceptBody, request)
        row = adaptation.accept(user=request.user, date=_day(date), **told)
        return Response(adaptation.adaptation_json(row))


class RejectView(APIView):
    @extend_schema(operation_id="day_reject", parameters=DATE, request=RejectBody, responses=AdaptationAnswer)
    def post(self, request: AuthenticatedRequest, date: str) -> Response:
        """Drop an adaptation; the plan stays as it is."""
        row = adaptation.reject(user=request.user, date=_day(date), **parsed(RejectBody, request))
        return Response(adaptation.adaptation_json(row))


class AdaptStreamView(APIView):
    renderer_classes = (EventStreamRenderer, JSONRenderer)

    @extend_schema(
        operation_id="day_adapt_stream",
        parameters=DATE,
        request=AdaptBody,
        responses={(200, "text/event-stream"): OpenApiResponse(OpenApiTypes.STR)},
    )
    def post(self, request: AuthenticatedRequest, date: str) -> HttpResponseBase:
        """The same as events: changes, the coach's words, done. ``Last-Event-ID`` goes on with the same adaptation."""
        told = Told(**parsed(AdaptBody, request))
        pk, _dash, seen = (request.headers.get("Last-Event-ID") or "").rpartition(":")
        if pk and ID.fullmatch(seen):
            return EventStreamResponse(_frames(adaptation_for(request.user, _day(date), pk), seen))
        return EventStreamResponse(_frames(adaptation.preview(user=request.user, date=_day(date), signals=told), START))


async def _frames(row: Adaptation, seen: str) -> AsyncGenerator[bytes, None]:
    """The changes, ids ``0-1`` and on, then the coach's turn with its stream's ids; all behind the row's own."""
    yield opening()
    time, _dash, number = seen.partition("-")
    told = int(number) if time == "0" else len(row.changes)
    for at, change in enumerate(row.changes[told:], start=told + 1):
        yield frame(Event(EventName.CHANGE, change), f"{row.pk}:0-{at}")
    if row.turn is None:  # the athlete deleted the thread
        yield frame(_of(row, Event(EventName.DONE, {"status": "done", "content": row.stop})), f"{row.pk}:1-0")
        return
    async with aclosing(heard(row.turn, START if time == "0" else seen)) as turn:
        async for one in turn:
            yield HEARTBEAT if one is None else frame(_of(row, one[1]), f"{row.pk}:{one[0]}")


def _of(row: Adaptation, event: Event) -> Event:
    """The last event names the adaptation, so that a client can accept it."""
    return Event(event.name, {"adaptation_id": str(row.pk), **event.data}) if event.is_last else event
