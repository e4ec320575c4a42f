"""Workouts over the API: list, log, read, change, delete, add sets."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import AuthenticatedRequest, CursorPagination, etag_of, parsed, require_match, versioned
from gainsly.core.idempotency import idempotent
from logging_app import selectors
from logging_app.api.serializers import (
    AddedSetAnswer,
    CustomWorkoutBody,
    SetBody,
    SetsBody,
    WorkoutAnswer,
    WorkoutBody,
    WorkoutChanges,
    WorkoutFields,
    set_input,
    workout_changes,
    workout_input,
)
from logging_app.models import WorkoutLog
from logging_app.services import workouts
from logging_app.services.locks import lock_workout

from .ranges import DATES, read_range


def _answer(workout: WorkoutLog, status: int = 200) -> Response:
    document = selectors.workout_document(workout)
    return versioned(document, etag_of(document), status)


def _log(request: AuthenticatedRequest, body: type[WorkoutFields]) -> Response:
    told = workout_input(parsed(body, request))
    workout, created = workouts.log_workout(user=request.user, workout=told)
    return _answer(workout, 201 if created else 200)


class WorkoutListView(APIView):
    cursor_ordering = ("-started_at", "-id")
    pagination_class = CursorPagination

    @extend_schema(
        operation_id="workouts_list",
        parameters=[*DATES, OpenApiParameter("session", OpenApiTypes.UUID)],
        responses=WorkoutAnswer(many=True),
    )
    def get(self, request: AuthenticatedRequest) -> Response:
        """My workouts with their sets, newest first."""
        chosen = read_range(request)
        rows = selectors.workouts_of(request.user, since=chosen.since, until=chosen.until, session=chosen.session)
        paginator = CursorPagination()
        page = paginator.paginate_queryset(rows, request, self)
        return paginator.get_paginated_response(selectors.workout_documents(page or []))

    @extend_schema(operation_id="workout_log", request=WorkoutBody, responses={200: WorkoutAnswer, 201: WorkoutAnswer})
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Log a workout; the same client-made `id` with the same body is the same workout (200)."""
        return _log(request, WorkoutBody)


class CustomWorkoutView(APIView):
    @extend_schema(
        operation_id="workout_log_custom",
        request=CustomWorkoutBody,
        responses={200: WorkoutAnswer, 201: WorkoutAnswer},
    )
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Log a workout outside the plan; `session_id` may be null."""
        return _log(request, CustomWorkoutBody)


class WorkoutView(APIView):
    @extend_schema(operation_id="workout_read", responses=WorkoutAnswer)
    def get(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """One workout with its sets and the records that it broke."""
        return _answer(selectors.workout_for(request.user, pk))

    @extend_schema(operation_id="workout_change", request=WorkoutChanges, responses=WorkoutAnswer)
    def patch(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Change parts of a workout; `sets` replaces all of them."""
        workout = selectors.workout_for(request.user, pk)
        if "If-Match" not in request.headers:
            return self._change(request, workout)
        with transaction.atomic():  # of two who read the same version, one writes and the other is told
            lock_workout(user=request.user, workout_id=pk)
            require_match(request, etag_of(selectors.workout_document(selectors.workout_for(request.user, pk))))
            return self._change(request, workout)

    def _change(self, request: AuthenticatedRequest, workout: WorkoutLog) -> Response:
        changes = workout_changes(parsed(WorkoutChanges, request, partial=True))
        return _answer(workouts.update_workout(user=request.user, workout_id=workout.pk, changes=changes))

    @extend_schema(operation_id="workout_delete", responses={204: None})
    def delete(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Delete a workout; records that came after it are judged anew."""
        workouts.delete_workout(user=request.user, workout_id=selectors.workout_for(request.user, pk).pk)
        return Response(status=204)


class SetListView(APIView):
    @extend_schema(
        operation_id="sets_add",
        request=PolymorphicProxySerializer(
            component_name="AddSets", serializers=[SetBody, SetsBody], resource_type_field_name=None
        ),
        responses={201: AddedSetAnswer},
    )
    @idempotent
    def post(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Add one set (answered as that set), or several as `{"sets": [...]}` (answered alike)."""
        told, many = self._told(request, pk)
        added = workouts.add_sets(user=request.user, workout_id=pk, sets=[set_input(one) for one in told])
        documents = selectors.set_documents(added.sets, added.records)
        return Response({"sets": documents} if many else documents[0], status=201)

    def _told(self, request: AuthenticatedRequest, pk: UUID) -> tuple[list[dict[str, Any]], bool]:
        """The sets of the body, and whether they came as a list."""
        try:
            many = isinstance(request.data, dict) and "sets" in request.data
            return (parsed(SetsBody, request)["sets"] if many else [parsed(SetBody, request)]), many
        except APIException:
            selectors.workout_for(request.user, pk)  # a stranger's 404 comes before what is wrong with the body
            raise
