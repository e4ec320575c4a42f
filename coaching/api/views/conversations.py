"""Conversations over the API. Asking answers as a stream of Server-Sent Events, or 202 to who wants JSON."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from coaching import selectors
from coaching.api.serializers import (
    ConfirmedAnswer,
    ConversationAnswer,
    ConversationBody,
    QuestionBody,
    ThreadAnswer,
    TitleBody,
    TurnAnswer,
)
from coaching.services import conversations, proposing
from coaching.services.streams import relay
from coaching.streaming import MEDIA_TYPE, resume_after
from gainsly.core.api import AuthenticatedRequest, CursorPagination, paginated, parsed
from gainsly.core.http import EventStreamResponse
from gainsly.core.idempotency import idempotent


class EventStreamRenderer(JSONRenderer):
    """Lets a client ask for ``text/event-stream``; what is no stream (a problem) goes out as JSON."""

    media_type = MEDIA_TYPE
    format = "sse"


class ConversationListView(APIView):
    cursor_ordering = ("-last_turn_at", "-id")
    pagination_class = CursorPagination

    @extend_schema(operation_id="conversations_list", responses=ConversationAnswer(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """My conversations with the coach, the latest first."""
        return paginated(self, selectors.conversations_of(request.user), ConversationAnswer)

    @extend_schema(operation_id="conversation_open", request=ConversationBody, responses={201: ThreadAnswer})
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Open a conversation; without a title its first question gives it one."""
        told = parsed(ConversationBody, request)
        row = conversations.open_conversation(user=request.user, title=told.get("title", ""))
        return Response(selectors.thread_json(row), status=201)


class ConversationView(APIView):
    @extend_schema(operation_id="conversation_read", responses=ThreadAnswer)
    def get(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """A conversation with all its turns."""
        return Response(selectors.thread_json(selectors.conversation_for(request.user, pk)))

    @extend_schema(operation_id="conversation_rename", request=TitleBody, responses=ThreadAnswer)
    def patch(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Give a conversation another title."""
        row = selectors.conversation_for(request.user, pk)
        title = parsed(TitleBody, request)["title"]
        renamed = conversations.rename_conversation(user=request.user, conversation_id=row.pk, title=title)
        return Response(selectors.thread_json(renamed))

    @extend_schema(operation_id="conversation_delete", responses={204: None})
    def delete(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Delete a conversation with its turns."""
        row = selectors.conversation_for(request.user, pk)
        conversations.delete_conversation(user=request.user, conversation_id=row.pk)
        return Response(status=204)


class ConfirmView(APIView):
    @extend_schema(operation_id="proposal_confirm", request=None, responses={200: ConfirmedAnswer})
    def post(self, request: AuthenticatedRequest, pk: UUID, turn_pk: UUID, number: int) -> Response:
        """Make the change that a turn's tool call proposed (`number`: its place in `tool_calls`, from 0), once."""
        words = proposing.confirm(user=request.user, conversation_id=pk, turn_id=turn_pk, number=number)
        return Response({"done": words})


class TurnListView(APIView):
    renderer_classes = [EventStreamRenderer, JSONRenderer]

    @extend_schema(
        operation_id="conversation_ask",
        request=QuestionBody,
        parameters=[
            OpenApiParameter(
                "Last-Event-ID",
                OpenApiTypes.STR,
                OpenApiParameter.HEADER,
                description="Goes on with the turn of the same question after this event, also when it is over.",
            )
        ],
        responses={
            (200, MEDIA_TYPE): OpenApiResponse(
                OpenApiTypes.STR, description="Events token, tool, usage, error and, last, done with the whole answer."
            ),
            (202, "application/json"): TurnAnswer,
        },
    )
    def post(self, request: AuthenticatedRequest, pk: UUID) -> Any:
        """Ask the coach. The answer streams; with `Accept: application/json` it is read later from the conversation."""
        row = selectors.conversation_for(request.user, pk)
        content = parsed(QuestionBody, request)["content"]
        seen = request.headers.get("Last-Event-ID")
        turn = (
            selectors.resumed_turn(row, content)
            if seen
            else conversations.ask(user=request.user, conversation_id=row.pk, content=content)
        )
        if isinstance(request.accepted_renderer, EventStreamRenderer):
            return EventStreamResponse(relay(turn, resume_after(seen)))
        return Response(selectors.turn_json(turn), status=202)
