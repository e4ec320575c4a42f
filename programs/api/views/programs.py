"""Programs: list, create, preview, read, rename, delete, activate, copy, carry away and bring back."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

import django_filters
from django.db.models import Q
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import AuthenticatedRequest, CursorPagination, etag_of, require_match, versioned
from gainsly.core.idempotency import idempotent
from gainsly.lib.vocabulary import Goal, choices_of
from programs import selectors
from programs.api.renderers import CalendarRenderer, SpreadsheetRenderer
from programs.api.serializers import (
    CreateProgramSerializer,
    DuplicateSerializer,
    GenerationSerializer,
    PlanSerializer,
    PreviewSerializer,
    ProgramExplanationSerializer,
    ProgramRowSerializer,
    ProgramSerializer,
    RenameSerializer,
)
from programs.models import Program
from programs.selectors import ProgramTree
from programs.services import generation, imports, lifecycle

INFEASIBLE = OpenApiResponse(OpenApiTypes.OBJECT, "The athlete's own rules collide; `collisions` names them.")


def program_answer(request: AuthenticatedRequest, tree: ProgramTree, status: int = 200) -> Response:
    document = selectors.program_json(tree, today=selectors.local_today(request.user))
    return versioned(document, version_of(tree.row), status)


def version_of(program: Program) -> str:
    """Every change of a program or of what is in it moves ``updated_at``."""
    return etag_of(program.pk, program.updated_at.isoformat())


class ProgramFilter(django_filters.FilterSet):
    """Narrows the list: the active one, those with a goal, those that start from or to a date."""

    is_active = django_filters.BooleanFilter()
    goal = django_filters.ChoiceFilter(choices=choices_of(Goal), method="with_goal")
    start_from = django_filters.DateFilter("start_date", lookup_expr="gte")
    start_to = django_filters.DateFilter("start_date", lookup_expr="lte")

    class Meta:
        model = Program
        fields: ClassVar[list[str]] = []

    def with_goal(self, rows, _name, goal):  # type: ignore[no-untyped-def]
        return rows.filter(Q(goal_1=goal) | Q(goal_2=goal) | Q(goal_3=goal))


class ProgramListView(GenericAPIView):
    queryset = Program.objects.none()
    serializer_class = ProgramRowSerializer
    filterset_class = ProgramFilter
    pagination_class = CursorPagination
    cursor_ordering = ("-start_date", "-id")

    @extend_schema(operation_id="programs_list", responses=ProgramRowSerializer(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """My programs, the latest start first."""
        rows = self.paginate_queryset(self.filter_queryset(selectors.programs_of(request.user)))
        return self.get_paginated_response([selectors.program_row_json(row) for row in rows or []])

    @extend_schema(
        operation_id="program_create",
        request=CreateProgramSerializer,
        responses={201: ProgramSerializer, 422: INFEASIBLE},
    )
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Plan a whole program; it becomes the active one when none is."""
        return program_answer(request, generation.create_program(user=request.user, body=request.data), 201)


class PreviewView(APIView):
    @extend_schema(
        operation_id="program_preview",
        request=CreateProgramSerializer,
        responses={200: PreviewSerializer, 422: INFEASIBLE},
    )
    def post(self, request: AuthenticatedRequest) -> Response:
        """The same plan as the create body would give; nothing is saved."""
        tree = generation.preview_program(user=request.user, body=request.data)
        document = selectors.program_json(tree, today=selectors.local_today(request.user))
        return Response({**selectors.without_ids(document), "preview": True})


class ImportView(APIView):
    @extend_schema(operation_id="program_import", request=PlanSerializer, responses={201: ProgramSerializer})
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Bring an exported plan back in as a new program of mine."""
        return program_answer(request, imports.import_program(user=request.user, document=request.data), 201)


class ProgramView(APIView):
    @extend_schema(operation_id="program_read", responses=ProgramSerializer)
    def get(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """A program with its microcycles and sessions."""
        program = selectors.program_for(request.user, pk)
        return program_answer(request, selectors.program_tree(program))

    @extend_schema(operation_id="program_rename", request=RenameSerializer, responses=ProgramSerializer)
    def patch(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Rename a program."""
        program = selectors.program_for(request.user, pk)
        require_match(request, version_of(program))
        renamed = lifecycle.rename_program(program=program, body=request.data)
        return program_answer(request, selectors.program_tree(renamed))

    @extend_schema(operation_id="program_delete", responses={204: None})
    def delete(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Delete a plan; what was trained on it stays."""
        program = selectors.program_for(request.user, pk)
        require_match(request, version_of(program))
        lifecycle.delete_program(program=program)
        return Response(status=204)


class GenerationStatusView(APIView):
    @extend_schema(operation_id="program_generation_status", responses=GenerationSerializer)
    def get(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """How far the plan and its refinement are, per microcycle and session."""
        return Response(selectors.generation_json(selectors.program_for(request.user, pk)))


class ExplanationView(APIView):
    @extend_schema(operation_id="program_explanation", responses=ProgramExplanationSerializer)
    def get(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """How the plan as a whole was decided, and the numbers it stands on."""
        return Response(selectors.program_explanation(selectors.program_for(request.user, pk)))


class ActivateView(APIView):
    @extend_schema(operation_id="program_activate", request=None, responses=ProgramSerializer)
    def post(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Make it my active program; another one steps back."""
        program = lifecycle.activate_program(program=selectors.program_for(request.user, pk))
        return program_answer(request, selectors.program_tree(program))


class DuplicateView(APIView):
    @extend_schema(operation_id="program_duplicate", request=DuplicateSerializer, responses={201: ProgramSerializer})
    @idempotent
    def post(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """The same plan once more, untrained and not active."""
        program = selectors.program_for(request.user, pk)
        today = selectors.local_today(request.user)
        tree = lifecycle.duplicate_program(program=program, body=request.data, today=today)
        return program_answer(request, tree, 201)


class ExportView(APIView):
    renderer_classes = (JSONRenderer, CalendarRenderer, SpreadsheetRenderer)

    @extend_schema(
        operation_id="program_export",
        parameters=[OpenApiParameter("format", str, enum=["json", "ics", "csv"])],
        responses={
            (200, "application/json"): PlanSerializer,
            (200, "text/calendar"): OpenApiTypes.STR,
            (200, "text/csv"): OpenApiTypes.STR,
        },
    )
    def get(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """The plan JSON, a calendar (`ics`) or a spreadsheet (`csv`)."""
        tree = selectors.program_tree(selectors.program_for(request.user, pk))
        chosen = request.accepted_renderer.format
        renderings = {"ics": selectors.calendar_text, "csv": selectors.spreadsheet_text}
        if chosen in renderings:
            attachment = f'attachment; filename="gainsly-program.{chosen}"'
            return Response(renderings[chosen](tree), headers={"Content-Disposition": attachment})
        return Response(selectors.plan_json(tree, today=selectors.local_today(request.user)))
