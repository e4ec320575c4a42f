"""A day's session adapted over the API: proposed, streamed, accepted, rejected."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator, Iterator

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
from coaching.streaming import Event, EventName, frame, opening
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
        told = adaptation.Told(**parsed(AdaptBody, request))
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
        told = adaptation.Told(**parsed(AdaptBody, request))
        pk, _dash, number = (request.headers.get("Last-Event-ID") or "").rpartition(":")
        if pk and number.isdecimal():
            row = adaptation_for(request.user, _day(date), pk)
            return EventStreamResponse(_frames(row, adaptation.words_of(row), int(number)))
        row = adaptation.preview(user=request.user, date=_day(date), signals=told)
        return EventStreamResponse(_frames(row, adaptation.words_of(row), 0))


async def _frames(row: Adaptation, words: str, seen: int) -> AsyncGenerator[bytes, None]:
    """What comes after event number ``seen``; all of it follows from the stored row, so it can always be resumed."""
    yield opening()
    for number, event in enumerate(_events(row, words), start=1):
        if number > seen or event.is_last:
            yield frame(event, f"{row.pk}:{number}")


def _events(row: Adaptation, words: str) -> Iterator[Event]:
    yield from (Event(EventName.CHANGE, change) for change in row.changes)
    yield from (Event(EventName.TOKEN, {"text": line}) for line in words.splitlines(keepends=True))
    yield Event(EventName.USAGE, {"prompt_tokens": 0, "completion_tokens": 0})
    source = "stop" if row.stop else "builtin"
    yield Event(EventName.DONE, {"adaptation_id": str(row.pk), "status": "done", "source": source, "content": words})
