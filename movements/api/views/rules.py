"""An athlete's rules, favourites and hidden movements over the API."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import AuthenticatedRequest, CursorPagination, parsed
from gainsly.core.idempotency import idempotent
from gainsly.lib.vocabulary import RuleCadence
from movements import selectors
from movements.api.serializers import (
    MovementSerializer,
    RuleBodySerializer,
    RuleChangeSerializer,
    RuleSerializer,
    movement_json,
    rule_json,
)
from movements.models import FavoriteMovement, HiddenMovement, Movement, MovementRule
from movements.services import rules


class PreferencesView(GenericAPIView):
    queryset = MovementRule.objects.none()
    serializer_class = RuleSerializer
    pagination_class = CursorPagination
    filter_backends = ()
    cursor_ordering = ("created_at", "id")

    @extend_schema(operation_id="preferences_list", responses=RuleSerializer(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """My rules about movements."""
        page = self.paginate_queryset(selectors.rules_of(request.user)) or []
        return self.get_paginated_response([rule_json(rule) for rule in page])

    @extend_schema(operation_id="preferences_set", request=RuleBodySerializer, responses={201: RuleSerializer})
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Set my rule about a movement; an earlier one about it is replaced (200)."""
        body = parsed(RuleBodySerializer, request)
        rule, created = rules.set_rule(
            user=request.user,
            movement=_movement(request, body["movement"]),
            type=body["type"],
            cadence=body.get("cadence", RuleCadence.PER_MICROCYCLE),
            notes=body.get("notes", ""),
        )
        return Response(rule_json(rule), status=201 if created else 200)


def _movement(request: AuthenticatedRequest, key: str) -> Movement:
    """The movement that a body names; an unknown one is a fault of that field."""
    try:
        return selectors.movement_for(request.user, key)
    except Http404 as error:
        raise ValidationError({"movement": [_("There is no such movement.")]}) from error


class PreferenceView(APIView):
    @extend_schema(operation_id="preferences_read", responses=RuleSerializer)
    def get(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """One of my rules."""
        return Response(rule_json(selectors.rule_for(request.user, pk)))

    @extend_schema(operation_id="preferences_change", request=RuleChangeSerializer, responses=RuleSerializer)
    def patch(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Change one of my rules."""
        rule = selectors.rule_for(request.user, pk)
        body = {
            "type": rule.type,
            "cadence": rule.cadence,
            "notes": rule.notes,
            **parsed(RuleChangeSerializer, request),
        }
        changed, _created = rules.set_rule(user=request.user, movement=rule.movement, **body)
        return Response(rule_json(changed))

    @extend_schema(operation_id="preferences_remove", responses={204: None})
    def delete(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Drop one of my rules."""
        rules.remove_rule(rule=selectors.rule_for(request.user, pk))
        return Response(status=204)


class FavoriteMovementsView(GenericAPIView):
    queryset = FavoriteMovement.objects.none()
    serializer_class = MovementSerializer
    pagination_class = CursorPagination
    filter_backends = ()
    cursor_ordering = ("-created_at", "-id")

    @extend_schema(operation_id="favorite_movements_list", responses=MovementSerializer(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """My favourite movements, the latest first."""
        page = self.paginate_queryset(selectors.favorites_of(request.user)) or []
        listed = selectors.movements_by_id([row.movement_id for row in page])
        return self.get_paginated_response([movement_json(listed[row.movement_id]) for row in page])


class FavoriteMovementView(APIView):
    @extend_schema(operation_id="favorite_movements_add", request=None, responses={201: MovementSerializer})
    @idempotent
    def post(self, request: AuthenticatedRequest, key: str) -> Response:
        """Keep a movement among my favourites (200 when it is one already)."""
        movement = selectors.movement_for(request.user, key)
        added = rules.set_favorite(user=request.user, movement=movement, wanted=True)
        return Response(movement_json(selectors.listed(movement)), status=201 if added else 200)

    @extend_schema(operation_id="favorite_movements_remove", responses={204: None})
    def delete(self, request: AuthenticatedRequest, key: str) -> Response:
        """Take a movement out of my favourites."""
        movement = selectors.movement_for(request.user, key)
        rules.set_favorite(user=request.user, movement=movement, wanted=False)
        return Response(status=204)


class HiddenMovementsView(GenericAPIView):
    queryset = HiddenMovement.objects.none()
    serializer_class = MovementSerializer
    pagination_class = CursorPagination
    filter_backends = ()
    cursor_ordering = ("-created_at", "-id")

    @extend_schema(operation_id="hidden_movements_list", responses=MovementSerializer(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """The movements that I have hidden, the latest first."""
        page = self.paginate_queryset(selectors.hidden_of(request.user)) or []
        listed = selectors.movements_by_id([row.movement_id for row in page])
        return self.get_paginated_response([movement_json(listed[row.movement_id]) for row in page])


class HiddenMovementView(APIView):
    @extend_schema(operation_id="hidden_movements_add", request=None, responses={201: MovementSerializer})
    @idempotent
    def post(self, request: AuthenticatedRequest, key: str) -> Response:
        """Hide a movement from my lists, searches and new plans (200 when it is hidden already)."""
        movement = selectors.movement_for(request.user, key)
        added = rules.set_hidden(user=request.user, movement=movement, hidden=True)
        return Response(movement_json(selectors.listed(movement)), status=201 if added else 200)

    @extend_schema(operation_id="hidden_movements_remove", responses={204: None})
    def delete(self, request: AuthenticatedRequest, key: str) -> Response:
        """Bring a hidden movement back."""
        movement = selectors.movement_for(request.user, key)
        rules.set_hidden(user=request.user, movement=movement, hidden=False)
        return Response(status=204)
