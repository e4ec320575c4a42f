"""Named configurations and what plans made with them reach: for admins."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import AuthenticatedRequest, StrictSerializer, parsed
from gainsly.core.permissions import IsAdmin
from programs.engine.configuration import NAMES, SCORING, differences, entries, problems
from programs.selectors import configurations, scoring_metrics
from programs.services.configuration import activate_version, active_heuristics, reload_configuration


class VersionSerializer(serializers.Serializer):
    name = serializers.CharField()
    version = serializers.IntegerField(help_text="1 is what Gainsly ships.")
    active = serializers.BooleanField()
    created_by = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField(allow_null=True)


class ConfigSerializer(VersionSerializer):
    body = serializers.DictField(help_text="Names to groups or to {value, grade, source, because}.")


class ConfigListSerializer(serializers.Serializer):
    results = VersionSerializer(many=True)


class ActivateSerializer(StrictSerializer):
    version = serializers.IntegerField(min_value=1)


class ValidateSerializer(StrictSerializer):
    name = serializers.ChoiceField(choices=NAMES, default=SCORING)
    body = serializers.JSONField()


class ProblemSerializer(serializers.Serializer):
    path = serializers.CharField(help_text="Dotted; empty for the body as a whole.")
    message = serializers.CharField()
    hint = serializers.CharField(help_text="How to mend it.")


class ChangeSerializer(serializers.Serializer):
    path = serializers.CharField()
    kind = serializers.ChoiceField(choices=["added", "changed", "removed"])
    old = serializers.JSONField(allow_null=True)
    new = serializers.JSONField(allow_null=True)


class VerdictSerializer(serializers.Serializer):
    valid = serializers.BooleanField()
    problems = ProblemSerializer(many=True)
    changes = ChangeSerializer(many=True, help_text="Against the active version; empty for an invalid body.")


class EntrySerializer(serializers.Serializer):
    path = serializers.CharField()
    value = serializers.JSONField()
    grade = serializers.ChoiceField(choices=["A", "B", "C"])
    source = serializers.CharField()
    because = serializers.CharField()


class MetadataSerializer(VersionSerializer):
    config_version = serializers.CharField(help_text="What a plan made now stores.")
    grades = serializers.DictField(child=serializers.IntegerField(), help_text="How many values have each grade.")
    entries = EntrySerializer(many=True)
    versions = VersionSerializer(many=True)


class GlobalSerializer(serializers.Serializer):
    config_version = serializers.CharField()
    values = serializers.DictField(help_text="The scoring as every generation here uses it, without sources.")


class ReloadedSerializer(serializers.Serializer):
    config_version = serializers.CharField()
    active = serializers.DictField(child=serializers.IntegerField())


def version_json(version: configurations.Version) -> dict[str, Any]:
    data: dict[str, Any] = VersionSerializer(version).data
    return data


def config_json(version: configurations.Version) -> dict[str, Any]:
    return {**version_json(version), "body": version.full}


class AdminView(APIView):
    permission_classes = (IsAdmin,)


class ConfigsView(AdminView):
    @extend_schema(operation_id="configs_list", responses=ConfigListSerializer)
    def get(self, request: AuthenticatedRequest) -> Response:
        """Every version of every named configuration, the newest first."""
        return Response({"results": [version_json(one) for one in configurations.versions_of()]})


class ActiveConfigView(AdminView):
    @extend_schema(operation_id="configs_activate", request=ActivateSerializer, responses=ConfigSerializer)
    def put(self, request: AuthenticatedRequest, name: str) -> Response:
        """Make a version the active one, in all processes at once; an older one rolls back."""
        configurations.active_version(name)  # an unknown name is told before the body is read
        version = parsed(ActivateSerializer, request)["version"]
        activate_version(name=name, version=version, user=request.user)
        return Response(config_json(configurations.active_version(name)))


class ScoringConfigView(AdminView):
    @extend_schema(operation_id="scoring_config", responses=ConfigSerializer)
    def get(self, request: AuthenticatedRequest) -> Response:
        """The active scoring, each value with its grade, source and reason."""
        return Response(config_json(configurations.active_version(SCORING)))


class ScoringMetadataView(AdminView):
    @extend_schema(operation_id="scoring_config_metadata", responses=MetadataSerializer)
    def get(self, request: AuthenticatedRequest) -> Response:
        """Where the active scoring comes from: version, grades, a flat list of values, and the other versions."""
        versions = configurations.versions_of((SCORING,))
        active = next(one for one in versions if one.active)
        rows = entries(active.full)
        return Response(
            {
                **version_json(active),
                "config_version": active_heuristics().config_version,
                "grades": dict(sorted(Counter(one.grade for one in rows).items())),
                "entries": [configurations.entry_json(one) for one in rows],
                "versions": [version_json(one) for one in versions],
            }
        )


class ScoringGlobalView(AdminView):
    @extend_schema(operation_id="scoring_config_global", responses=GlobalSerializer)
    def get(self, request: AuthenticatedRequest) -> Response:
        """The scoring values that hold for everybody here, without their sources."""
        config = active_heuristics()
        return Response({"config_version": config.config_version, "values": config.scoring.model_dump(mode="json")})


class ScoringValidateView(AdminView):
    @extend_schema(operation_id="scoring_config_validate", request=ValidateSerializer, responses=VerdictSerializer)
    def post(self, request: AuthenticatedRequest) -> Response:
        """Check a body without storing it: what is wrong, where, and how to mend it."""
        sent = parsed(ValidateSerializer, request)
        name, body = sent["name"], sent["body"]
        found = problems(name, body)
        changes = (
            []
            if found
            else differences(
                configurations.active_version(name).full, configurations.Version(name, 0, False, body).full
            )
        )
        return Response(
            {
                "valid": not found,
                "problems": [{"path": one.path, "message": one.message, "hint": one.hint} for one in found],
                "changes": [
                    {
                        "path": one.path,
                        "kind": one.kind,
                        "old": configurations.entry_json(one.old) if one.old else None,
                        "new": configurations.entry_json(one.new) if one.new else None,
                    }
                    for one in changes
                ],
            }
        )


class ScoringReloadView(AdminView):
    @extend_schema(operation_id="scoring_config_reload", request=None, responses=ReloadedSerializer)
    def post(self, request: AuthenticatedRequest) -> Response:
        """Read the active versions anew. Every process does so at each generation by itself."""
        config = reload_configuration()
        active = {one.name: one.version for one in configurations.versions_of() if one.active}
        return Response({"config_version": config.config_version, "active": active})


class MetricsSummaryView(AdminView):
    @extend_schema(operation_id="scoring_metrics_summary", responses=OpenApiTypes.OBJECT)
    def get(self, request: AuthenticatedRequest) -> Response:
        """Quality of all stored programs (mean, median, 5th percentile) and relaxation steps used."""
        return Response(scoring_metrics.metrics_summary())


class SuccessRateView(AdminView):
    @extend_schema(operation_id="scoring_metrics_success_rate", responses=OpenApiTypes.OBJECT)
    def get(self, request: AuthenticatedRequest) -> Response:
        """How many programs keep every hard rule, by configuration version and by split."""
        return Response(scoring_metrics.success_rates())


class DimensionEffectivenessView(AdminView):
    @extend_schema(operation_id="scoring_metrics_dimensions", responses=OpenApiTypes.OBJECT)
    def get(self, request: AuthenticatedRequest) -> Response:
        """What each dimension of the scoring adds to choices, and how it goes with the quality of plans."""
        return Response(scoring_metrics.dimension_effectiveness())


class UserMetricsView(AdminView):
    @extend_schema(operation_id="scoring_metrics_user", responses=OpenApiTypes.OBJECT)
    def get(self, request: AuthenticatedRequest, user_id: UUID) -> Response:
        """The summary of one athlete's programs."""
        return Response(scoring_metrics.metrics_of(user_id))
