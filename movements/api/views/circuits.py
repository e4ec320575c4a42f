"""Circuits over the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import AuthenticatedRequest, CursorPagination
from movements import selectors
from movements.api.serializers import CircuitSerializer, circuit_json
from movements.forms import CircuitFilter
from movements.models import Circuit


def circuits_json(rows: Iterable[Circuit]) -> list[dict[str, Any]]:
    """Circuits that come from ``selectors.circuits()``, with their movements in one go."""
    found = list(rows)
    ids = {exercise.movement_id for circuit in found for exercise in circuit.exercises.all()}
    listed = selectors.movements_by_id(ids)
    return [circuit_json(circuit, listed) for circuit in found]


class CircuitsView(GenericAPIView):
    queryset = Circuit.objects.none()
    serializer_class = CircuitSerializer
    pagination_class = CursorPagination
    filterset_class = CircuitFilter
    cursor_ordering = ("name", "id")

    @extend_schema(operation_id="circuits_list", responses=CircuitSerializer(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """Conditioning circuits, by name."""
        found = self.filter_queryset(selectors.circuits())
        return self.get_paginated_response(circuits_json(self.paginate_queryset(found) or []))


class CircuitView(APIView):
    @extend_schema(operation_id="circuits_read", responses=CircuitSerializer)
    def get(self, request: AuthenticatedRequest, key: str) -> Response:
        """One circuit, by slug or id."""
        return Response(circuits_json([selectors.circuit_by(key)])[0])
