"""One session of a program: read, annotate, lock, skip, move, explain."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import AuthenticatedRequest, etag_of, require_match, versioned
from programs import selectors
from programs.api.serializers import (
    ExplanationSerializer,
    RescheduledSessionSerializer,
    RescheduleSerializer,
    SessionEditSerializer,
    SessionSerializer,
)
from programs.models import Session
from programs.services import sessions


def session_answer(session: Session, **more: object) -> Response:
    document = selectors.session_json(*selectors.session_tree(session))
    return versioned({**document, **more}, version_of(session))


def version_of(session: Session) -> str:
    return etag_of(session.pk, session.updated_at.isoformat())


class SessionView(APIView):
    @extend_schema(operation_id="session_read", responses=SessionSerializer)
    def get(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """A session with everything in it."""
        return session_answer(selectors.session_for(request.user, pk))

    @extend_schema(operation_id="session_edit", request=SessionEditSerializer, responses=SessionSerializer)
    def patch(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Change the coach's notes, lock and unlock, and edit doses, loads and order of exercises."""
        session = selectors.session_for(request.user, pk)
        require_match(request, version_of(session))
        today = selectors.local_today(request.user)
        return session_answer(sessions.edit_session(session=session, body=request.data, today=today))


class LockView(APIView):
    @extend_schema(operation_id="session_lock", request=None, responses=SessionSerializer)
    def post(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Keep it as it is when the weeks ahead are planned again."""
        return session_answer(sessions.lock_session(session=selectors.session_for(request.user, pk)))

    @extend_schema(operation_id="session_unlock", responses=SessionSerializer)
    def delete(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Let it change again."""
        session = selectors.session_for(request.user, pk)
        return session_answer(sessions.lock_session(session=session, locked=False))


class SkipView(APIView):
    @extend_schema(operation_id="session_skip", request=None, responses=SessionSerializer)
    def post(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """I will not train it."""
        session, today = selectors.session_for(request.user, pk), selectors.local_today(request.user)
        return session_answer(sessions.skip_session(session=session, today=today))

    @extend_schema(operation_id="session_unskip", responses=SessionSerializer)
    def delete(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """I will train it after all."""
        session, today = selectors.session_for(request.user, pk), selectors.local_today(request.user)
        return session_answer(sessions.unskip_session(session=session, today=today))


class RescheduleView(APIView):
    @extend_schema(
        operation_id="session_reschedule", request=RescheduleSerializer, responses=RescheduledSessionSerializer
    )
    def post(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Move it to a free day of its program; a warning where neighbours train the same main pattern."""
        session = selectors.session_for(request.user, pk)
        today = selectors.local_today(request.user)
        moved = sessions.reschedule_session(session=session, body=request.data, today=today)
        return session_answer(moved.session, warnings=list(moved.warnings))


class ExplanationView(APIView):
    @extend_schema(operation_id="session_explanation", responses=ExplanationSerializer)
    def get(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Why each exercise stands here, and what lost to it."""
        return Response(selectors.explanation_json(selectors.session_for(request.user, pk)))
