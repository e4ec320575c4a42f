"""Known programs to read and start, and the grade of any plan JSON."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import AuthenticatedRequest, StrictSerializer
from gainsly.core.idempotency import idempotent
from gainsly.lib.vocabulary import ExperienceLevel, choices_of
from programs import selectors
from programs.api.serializers import GoalSerializer, PlanSerializer, PreviewSerializer, ProgramSerializer
from programs.engine.references import Reference
from programs.selectors.references import reference_for, references
from programs.services.grading import grade_document
from programs.services.plans import quality_json
from programs.services.templates import preview_template, start_template

from .programs import INFEASIBLE, program_answer


class TemplateSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    summary = serializers.CharField()
    source = serializers.CharField()
    goals = GoalSerializer(many=True)
    experience_level = serializers.ChoiceField(choices_of(ExperienceLevel))
    days_per_week = serializers.IntegerField()
    duration_weeks = serializers.IntegerField()


class TemplatesSerializer(serializers.Serializer):
    results = TemplateSerializer(many=True)


class StartTemplateSerializer(StrictSerializer):
    """When it starts and on which days; the days it was written for where none are named."""

    name = serializers.CharField(required=False, max_length=120)
    start_date = serializers.DateField(required=False)
    available_weekdays = serializers.ListField(child=serializers.IntegerField(min_value=0, max_value=6), required=False)


class GradeSerializer(serializers.Serializer):
    """The quality report (docs/algorithms/quality.md); ``figures.soft_score`` leaves the hard criteria aside."""

    success = serializers.BooleanField()
    score = serializers.FloatField()
    checks = serializers.ListField(child=serializers.DictField())
    figures = serializers.DictField(child=serializers.FloatField())


def template_json(reference: Reference) -> dict[str, Any]:
    return {
        "slug": reference.slug,
        "name": reference.name,
        "summary": reference.summary,
        "source": reference.source,
        "goals": [{"goal": goal.value, "weight": weight} for goal, weight in reference.goals.items()],
        "experience_level": reference.experience.value,
        "days_per_week": len(reference.weekdays),
        "duration_weeks": reference.duration_weeks,
    }


class TemplateListView(APIView):
    @extend_schema(operation_id="program_templates_list", responses=TemplatesSerializer)
    def get(self, request: AuthenticatedRequest) -> Response:
        """The known programs that can be started."""
        return Response({"results": [template_json(one) for one in references().values()]})


class TemplateView(APIView):
    @extend_schema(operation_id="program_template_read", responses={200: PreviewSerializer, 422: INFEASIBLE})
    def get(self, request: AuthenticatedRequest, slug: str) -> Response:
        """What a known program would be for me from today: the whole plan, graded; nothing is saved."""
        tree = preview_template(user=request.user, reference=reference_for(slug))
        document = selectors.program_json(tree, today=selectors.local_today(request.user))
        return Response({**selectors.without_ids(document), "preview": True})


class StartTemplateView(APIView):
    @extend_schema(
        operation_id="program_template_start",
        request=StartTemplateSerializer,
        responses={201: ProgramSerializer, 422: INFEASIBLE},
    )
    @idempotent
    def post(self, request: AuthenticatedRequest, slug: str) -> Response:
        """Start a known program with my own loads; it becomes the active one when none is."""
        return program_answer(
            request, start_template(user=request.user, reference=reference_for(slug), body=request.data), 201
        )


class GradeView(APIView):
    @extend_schema(
        operation_id="program_grade", request=PlanSerializer, responses={200: GradeSerializer, 400: OpenApiTypes.OBJECT}
    )
    def post(self, request: AuthenticatedRequest) -> Response:
        """The grade of any plan JSON for me; nothing is saved."""
        return Response(quality_json(grade_document(user=request.user, document=request.data).report))
