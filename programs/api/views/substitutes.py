"""What may take a movement's place, for this athlete. The route is one of movements; kit, rules and loads are ours."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import AuthenticatedRequest, StrictSerializer
from movements.api.serializers import MovementSerializer, movement_json
from movements.selectors import movement_for
from programs.services import substitutes

HEAVIEST_KG = 1000


class SubstituteQuerySerializer(StrictSerializer):
    load_kg = serializers.FloatField(required=False, min_value=0, max_value=HEAVIEST_KG)


class SubstituteSerializer(serializers.Serializer):
    movement = MovementSerializer()
    score = serializers.FloatField()
    reason = serializers.CharField()
    load_kg = serializers.FloatField(allow_null=True, help_text="Per hand; null where no load can be told.")
    load_is_guess = serializers.BooleanField(help_text="From usual ratios between lifts, not from my own log.")


class SubstitutesSerializer(serializers.Serializer):
    results = SubstituteSerializer(many=True)


class SubstitutesView(APIView):
    @extend_schema(
        operation_id="movements_substitutes",
        parameters=[
            OpenApiParameter("load_kg", float, description="What I lift on it: loads are converted from this.")
        ],
        responses=SubstitutesSerializer,
    )
    def get(self, request: AuthenticatedRequest, key: str) -> Response:
        """What I may do in its place under my kit, injuries and rules, with the load for it."""
        movement = movement_for(request.user, key)
        query = SubstituteQuerySerializer(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        found = substitutes.substitutes_for(
            user=request.user, movement=movement, load_kg=query.validated_data.get("load_kg")
        )
        return Response(
            {
                "results": [
                    {
                        "movement": movement_json(one.movement),
                        "score": one.hit.score,
                        "reason": one.hit.reason,
                        "load_kg": one.load.load_kg if one.load else None,
                        "load_is_guess": bool(one.load and one.load.is_guess),
                    }
                    for one in found
                ]
            }
        )
