"""What lies ahead, written again: sessions, the next microcycle, one exercise."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import AuthenticatedRequest, StrictSerializer, parsed, require_match, versioned
from gainsly.core.idempotency import idempotent
from movements.api.serializers import movement_json
from programs import selectors
from programs.api.serializers import ProgramSerializer, SessionSerializer
from programs.services import replanning, swapping
from programs.services.replanning import AHEAD, Outlook, Scope

from . import programs as program_views
from . import sessions as session_views

UNFIT = OpenApiResponse(OpenApiTypes.OBJECT, "A hard rule of mine keeps the movement out.")
MOST_SESSIONS = 84


class ScopeSerializer(StrictSerializer):
    """Exactly one of the three."""

    session_ids = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=MOST_SESSIONS, required=False
    )
    microcycle_id = serializers.UUIDField(required=False)
    ahead = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1 or attrs.get("ahead") is False:
            raise serializers.ValidationError("Name one of session_ids, microcycle_id and ahead (true).")
        return attrs


class RegenerateSerializer(StrictSerializer):
    scope = ScopeSerializer()
    deload = serializers.BooleanField(default=False, help_text="Make the next whole week an easy one.")


class SwapSerializer(StrictSerializer):
    exercise_id = serializers.UUIDField()
    movement = serializers.CharField(required=False, help_text="Slug or id; without it the answer names candidates.")
    scope = serializers.ChoiceField(["session", "block"], required=False)


class RegeneratedSerializer(ProgramSerializer):
    changes = serializers.ListField(child=serializers.DictField())
    notes = serializers.ListField(child=serializers.CharField())
    consequences = serializers.DictField()


class SwappedSerializer(SessionSerializer):
    warnings = serializers.ListField(child=serializers.DictField())
    sessions_changed = serializers.IntegerField()


def consequences_json(outlook: Outlook) -> dict[str, Any]:
    """What a re-planning means: sets, quality and where the main lifts will probably stand."""
    return {
        "weekly_sets": [asdict(one) for one in outlook.weekly_sets],
        "quality": {"before": outlook.before.score, "after": outlook.after.score, "success": outlook.after.success},
        "forecast": [
            {
                "movement": one.movement,
                "now_kg": one.now_kg,
                "weeks": one.end.weeks,
                "e1rm_kg": one.end.kg,
                "low_kg": one.end.low_kg,
                "high_kg": one.end.high_kg,
            }
            for one in outlook.forecasts
        ],
    }


def outlook_json(outlook: Outlook) -> dict[str, Any]:
    return {
        "changes": [replanning.change_json(one) for one in outlook.changes],
        "notes": list(outlook.notes),
        "consequences": consequences_json(outlook),
    }


class RegenerateView(APIView):
    @extend_schema(
        operation_id="program_regenerate_sessions",
        parameters=[OpenApiParameter("preview", bool, description="Only say what would change.")],
        request=RegenerateSerializer,
        responses={200: RegeneratedSerializer},
    )
    @idempotent
    def post(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Write sessions ahead again from what was logged; what is locked, logged or past stays."""
        program = selectors.program_for(request.user, pk)
        require_match(request, program_views.version_of(program))
        asked = parsed(RegenerateSerializer, request)
        arguments = {"scope": _scope(asked["scope"]), "wants_deload": asked["deload"]}
        today = selectors.local_today(request.user)
        if request.query_params.get("preview", "").lower() in ("true", "1"):
            return Response(
                {**outlook_json(replanning.look_ahead(program=program, today=today, **arguments)), "preview": True}
            )
        outlook, _row = replanning.replan_program(program=program, today=today, **arguments)
        return _program_answer(program, outlook, today)


def _scope(asked: dict[str, Any]) -> Scope:
    if asked.get("ahead"):
        return AHEAD
    return Scope(frozenset(asked.get("session_ids", ())), asked.get("microcycle_id"))


def _program_answer(program: Any, outlook: Outlook, today: dt.date) -> Response:
    document = selectors.program_json(selectors.program_tree(program), today=today)
    return versioned({**document, **outlook_json(outlook)}, program_views.version_of(program))


class GenerateNextView(APIView):
    @extend_schema(operation_id="program_generate_next", request=None, responses={200: OpenApiTypes.OBJECT})
    @idempotent
    def post(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """The next microcycle from what was logged; asking twice changes nothing more."""
        program = selectors.program_for(request.user, pk)
        today = selectors.local_today(request.user)
        microcycle, outlook = replanning.generate_next(program=program, today=today)
        document = selectors.program_json(selectors.program_tree(program), today=today)
        following = next(one for one in document["microcycles"] if one["id"] == str(microcycle.pk))
        return Response({**following, **outlook_json(outlook)})


class SwapView(APIView):
    @extend_schema(operation_id="session_swap", request=SwapSerializer, responses={200: SwappedSerializer, 422: UNFIT})
    def post(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Put another movement in an exercise's place, or learn who may stand there."""
        session = selectors.session_for(request.user, pk)
        require_match(request, session_views.version_of(session))
        order = swapping.read_swap(session=session, body=request.data)
        if order.movement is None:
            return Response({"results": _candidates(session, order.exercise)})
        done = swapping.swap_exercise(
            session=session,
            exercise=order.exercise,
            movement=order.movement,
            today=selectors.local_today(request.user),
            scope=order.scope,
        )
        return session_views.session_answer(done.session, warnings=list(done.warnings), sessions_changed=done.sessions)


def _candidates(session: Any, exercise: Any) -> list[dict[str, Any]]:
    return [
        {
            "movement": movement_json(one.movement),
            "score": one.hit.score,
            "reason": one.hit.reason,
            "load_kg": one.load.load_kg if one.load else None,
            "load_is_guess": bool(one.load and one.load.is_guess),
        }
        for one in swapping.candidates_for(session=session, exercise=exercise)
    ]
