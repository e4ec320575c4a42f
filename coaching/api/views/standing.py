"""Standing notes, and what the coach is told, over the API."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from coaching import selectors
from coaching.api.serializers import SeenAnswer, StandingNoteAnswer, StandingNoteBody
from coaching.services import standing
from coaching.services.context import seen_by_coach
from gainsly.core.api import AuthenticatedRequest, CursorPagination, paginated, parsed
from gainsly.core.idempotency import idempotent


class NoteListView(APIView):
    cursor_ordering = ("-ends_on", "-id")
    pagination_class = CursorPagination

    @extend_schema(operation_id="standing_notes_list", responses=StandingNoteAnswer(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """My standing notes, the one that ends last first; ended ones count no more."""
        return paginated(self, selectors.standing_notes_of(request.user), StandingNoteAnswer)

    @extend_schema(operation_id="standing_note_write", request=StandingNoteBody, responses={201: StandingNoteAnswer})
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Note something for some days. Its effects follow only once it is confirmed."""
        note = standing.write_note(user=request.user, **parsed(StandingNoteBody, request))
        return Response(selectors.standing_note_json(note), status=201)


class NoteView(APIView):
    @extend_schema(operation_id="standing_note_read", responses=StandingNoteAnswer)
    def get(self, request: AuthenticatedRequest, note_pk: UUID) -> Response:
        """One standing note."""
        return Response(selectors.standing_note_json(selectors.note_for(request.user, note_pk)))

    @extend_schema(operation_id="standing_note_delete", responses={204: None})
    def delete(self, request: AuthenticatedRequest, note_pk: UUID) -> Response:
        """Forget a note, and the injury that came of it."""
        standing.delete_note(user=request.user, note_id=note_pk)
        return Response(status=204)


class ConfirmView(APIView):
    @extend_schema(operation_id="standing_note_confirm", request=None, responses=StandingNoteAnswer)
    def post(self, request: AuthenticatedRequest, note_pk: UUID) -> Response:
        """Let the effects of a note follow, until its last day."""
        return Response(selectors.standing_note_json(standing.confirm_note(user=request.user, note_id=note_pk)))


class EndView(APIView):
    @extend_schema(operation_id="standing_note_end", request=None, responses=StandingNoteAnswer)
    def post(self, request: AuthenticatedRequest, note_pk: UUID) -> Response:
        """It is over: the note counts no more from today on."""
        return Response(selectors.standing_note_json(standing.end_note(user=request.user, note_id=note_pk)))


class ContextView(APIView):
    @extend_schema(operation_id="coach_context", responses=SeenAnswer)
    def get(self, request: AuthenticatedRequest) -> Response:
        """What the coach is told before my next question in a new conversation."""
        return Response(seen_by_coach(user=request.user))


class ThreadContextView(APIView):
    @extend_schema(operation_id="conversation_context", responses=SeenAnswer)
    def get(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """What the coach is told before my next question in this conversation."""
        row = selectors.conversation_for(request.user, pk)
        return Response(seen_by_coach(user=request.user, conversation=row))
