"""Conversations brought back and carried away."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from coaching import selectors
from coaching.api.serializers import ThreadAnswer
from coaching.prompts.transcript import markdown_of
from coaching.services import conversations
from gainsly.core.api import AuthenticatedRequest


class RestoreView(APIView):
    @extend_schema(operation_id="conversation_restore", request=None, responses=ThreadAnswer)
    def post(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Bring a deleted conversation back; possible for a day."""
        row = conversations.restore_conversation(user=request.user, conversation_id=pk)
        return Response(selectors.thread_json(row))


class TranscriptView(APIView):
    @extend_schema(
        operation_id="conversation_export",
        parameters=[OpenApiParameter("style", OpenApiTypes.STR, enum=["json", "markdown"])],
        responses=ThreadAnswer,
    )
    def get(self, request: AuthenticatedRequest, pk: UUID) -> Response | HttpResponse:
        """A conversation to keep: JSON with all of it, or with `?style=markdown` a text to read."""
        thread = selectors.thread_json(selectors.conversation_for(request.user, pk))
        if request.query_params.get("style") == "markdown":
            return HttpResponse(markdown_of(thread), content_type="text/markdown; charset=utf-8")
        return Response(thread)


class ExportView(APIView):
    @extend_schema(operation_id="coach_export", responses=OpenApiTypes.OBJECT)
    def get(self, request: AuthenticatedRequest) -> Response:
        """All that the coach keeps of me: conversations with every turn, standing notes."""
        return Response(selectors.export_json(request.user))
