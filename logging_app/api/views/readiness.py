"""Soreness, check-ins and measures over the API, and what they say of the muscles."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import AuthenticatedRequest, CursorPagination, paginated, parsed
from gainsly.core.idempotency import idempotent
from logging_app import selectors
from logging_app.api.serializers import (
    BiometricAnswer,
    BiometricBody,
    MuscleRecoveryAnswer,
    RecoveryAnswer,
    RecoveryBody,
    SorenessAnswer,
    SorenessBody,
)
from logging_app.services import readiness
from programs.selectors import local_today


class SorenessListView(APIView):
    cursor_ordering = ("-at", "-id")
    pagination_class = CursorPagination

    @extend_schema(operation_id="soreness_list", responses=SorenessAnswer(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """What was sore, newest first."""
        return paginated(self, selectors.soreness_of(request.user), SorenessAnswer)

    @extend_schema(operation_id="soreness_log", request=SorenessBody, responses={201: SorenessAnswer})
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Tell how sore a muscle is (0-10), or a list of them (answered by a list)."""
        many = isinstance(request.data, list)
        told = parsed(SorenessBody, request, many=many)
        reports = [readiness.SorenessInput(**one) for one in (told if many else [told])]
        rows = readiness.record_soreness(user=request.user, reports=reports)
        return Response(SorenessAnswer(rows if many else rows[0], many=many).data, status=201)


class RecoveryListView(APIView):
    cursor_ordering = ("-date", "-id")
    pagination_class = CursorPagination

    @extend_schema(operation_id="recovery_list", responses=RecoveryAnswer(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """Recovery signals by day and source, newest first."""
        return paginated(self, selectors.signals_of(request.user), RecoveryAnswer)

    @extend_schema(operation_id="recovery_log", request=RecoveryBody, responses={201: RecoveryAnswer})
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Tell a day's signals; telling the same day and source again replaces what is named."""
        told = parsed(RecoveryBody, request)
        date = told.pop("date", None) or local_today(request.user)
        row = readiness.record_recovery(user=request.user, date=date, source=told.pop("source"), signals=told)
        return Response(RecoveryAnswer(row).data, status=201)


class BiometricListView(APIView):
    cursor_ordering = ("-taken_at", "-id")
    pagination_class = CursorPagination

    @extend_schema(operation_id="biometrics_list", responses=BiometricAnswer(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """Body weight and other measures, newest first; `?kind=` picks one."""
        kind = request.query_params.get("kind")
        return paginated(self, selectors.biometrics_of(request.user, kind), BiometricAnswer)

    @extend_schema(operation_id="biometric_log", request=BiometricBody, responses={201: BiometricAnswer})
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Record a measure; pounds and inches are converted."""
        row = readiness.record_biometric(user=request.user, **parsed(BiometricBody, request))
        return Response(BiometricAnswer(row).data, status=201)


class MuscleRecoveryView(APIView):
    @extend_schema(operation_id="muscle_recovery", responses=MuscleRecoveryAnswer)
    def get(self, request: AuthenticatedRequest) -> Response:
        """How recovered each muscle is now, 0-1, and in how many hours it is ready."""
        now = timezone.now()
        states = selectors.muscle_states(request.user, now)
        muscles = [
            {
                "muscle": state.muscle.value,
                "recovery": round(state.recovery, 3),
                "hours_to_ready": state.hours_to_ready,
            }
            for state in states
        ]
        return Response({"at": now.isoformat(), "muscles": muscles})
