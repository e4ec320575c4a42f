"""Runs, games and climbs over the API."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import AuthenticatedRequest, CursorPagination, parsed
from gainsly.core.idempotency import idempotent
from logging_app import selectors
from logging_app.api.activities import ActivityAnswer, ActivityBody, DefinitionList, definition_json
from logging_app.services import activities

from .ranges import DATES, read_range


class DefinitionListView(APIView):
    @extend_schema(operation_id="activity_definitions", responses=DefinitionList)
    def get(self, request: AuthenticatedRequest) -> Response:
        """The kinds of activity, each with its MET and the hard sets that an hour is worth to a muscle."""
        return Response({"results": [definition_json(row) for row in selectors.definitions()]})


class ActivityListView(APIView):
    cursor_ordering = ("-started_at", "-id")
    pagination_class = CursorPagination

    @extend_schema(operation_id="activities_list", parameters=DATES, responses=ActivityAnswer(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """What I did, newest first."""
        chosen = read_range(request)
        rows = selectors.activities_of(request.user, since=chosen.since, until=chosen.until)
        paginator = CursorPagination()
        page = paginator.paginate_queryset(rows, request, self)
        return paginator.get_paginated_response(ActivityAnswer(page or [], many=True).data)

    @extend_schema(operation_id="activity_log", request=ActivityBody, responses={201: ActivityAnswer})
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Log an activity; it counts in muscle recovery and in session load."""
        told = activities.ActivityInput(**parsed(ActivityBody, request))
        row = activities.record_activity(user=request.user, activity=told)
        return Response(ActivityAnswer(row).data, status=201)
