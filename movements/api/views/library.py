"""Movements over the API: pages, one, words, and the athlete's own."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import (
    AuthenticatedRequest,
    CursorPagination,
    etag_of,
    matching,
    parsed,
    versioned,
)
from gainsly.core.idempotency import idempotent
from movements import selectors
from movements.api.serializers import (
    MovementDetailSerializer,
    MovementSerializer,
    OwnMovementChangeSerializer,
    OwnMovementSerializer,
    SearchAnswerSerializer,
    movement_detail_json,
    movement_json,
    results_json,
)
from movements.forms import MovementFilter
from movements.models import Movement
from movements.services import own

SEARCH_RESULTS = 20
MAX_QUERY = 120


class MovementsView(GenericAPIView):
    queryset = Movement.objects.none()  # what the schema reads; get_queryset knows the athlete
    serializer_class = MovementSerializer
    pagination_class = CursorPagination
    filterset_class = MovementFilter
    cursor_ordering = ("name", "id")

    def get_queryset(self) -> Any:
        return selectors.browse(self.request.user) if self.request.user.is_authenticated else self.queryset

    @extend_schema(operation_id="movements_list", responses=MovementSerializer(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """The library and my own movements, by name."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()).only("id", "name")) or []
        listed = selectors.movements_by_id([row.pk for row in page])
        return self.get_paginated_response([movement_json(listed[row.pk]) for row in page])

    @extend_schema(
        operation_id="movements_create", request=OwnMovementSerializer, responses={201: MovementDetailSerializer}
    )
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Add a movement of my own; only I see it and am given it."""
        movement = own.create_own_movement(user=request.user, **parsed(OwnMovementSerializer, request))
        return Response(_detail(request, movement), status=201)


class MovementView(APIView):
    @extend_schema(operation_id="movements_read", responses=MovementDetailSerializer)
    def get(self, request: AuthenticatedRequest, key: str) -> Response:
        """One movement, by slug or id."""
        movement = selectors.movement_for(request.user, key)
        return versioned(_detail(request, movement), _version(movement))

    @extend_schema(
        operation_id="movements_change", request=OwnMovementChangeSerializer, responses=MovementDetailSerializer
    )
    def patch(self, request: AuthenticatedRequest, key: str) -> Response:
        """Change a movement of my own; the keys that are left out stay."""
        known = selectors.own_movement_for(request.user, key)
        again = partial(selectors.own_movement_for, request.user, str(known.pk))
        with matching(request, known, again, _version) as movement:
            changes = parsed(OwnMovementChangeSerializer, request)
            changed = own.update_own_movement(user=request.user, movement=movement, **changes)
        return versioned(_detail(request, changed), _version(changed))

    @extend_schema(operation_id="movements_remove", responses={204: None})
    def delete(self, request: AuthenticatedRequest, key: str) -> Response:
        """Remove a movement of my own; what was planned or logged with it keeps it."""
        own.remove_own_movement(movement=selectors.own_movement_for(request.user, key))
        return Response(status=204)


def _version(movement: Movement) -> str:
    return etag_of(movement.pk, movement.updated_at.isoformat())


def _detail(request: AuthenticatedRequest, movement: Movement) -> dict[str, Any]:
    return movement_detail_json(
        selectors.listed(movement),
        selectors.relations_of(movement),
        selectors.rule_about(request.user, movement),
        is_favorite=selectors.is_favorite(request.user, movement),
        is_hidden=selectors.is_hidden(request.user, movement),
    )


class MovementSearchView(APIView):
    @extend_schema(
        operation_id="movements_search",
        parameters=[OpenApiParameter("q", str, required=True, description="What to look for, in words.")],
        responses=SearchAnswerSerializer,
    )
    def get(self, request: AuthenticatedRequest) -> Response:
        """The best matches for some words, the best first."""
        text = request.query_params.get("q", "").strip()
        if not text or len(text) > MAX_QUERY or "\0" in text:
            raise ValidationError({"q": [_("Say what to look for, in up to 120 characters.")]})
        hits = selectors.search(request.user, text, limit=SEARCH_RESULTS)
        return Response(results_json(hits))


class SimilarView(APIView):
    @extend_schema(operation_id="movements_similar", responses=SearchAnswerSerializer)
    def get(self, request: AuthenticatedRequest, key: str) -> Response:
        """The movements most like this one: related ones first, then those that are close in meaning."""
        movement = selectors.movement_for(request.user, key)
        return Response(results_json(selectors.similar(request.user, movement, limit=SEARCH_RESULTS)))
