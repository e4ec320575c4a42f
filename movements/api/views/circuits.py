"""Circuits over the API."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import AuthenticatedRequest, CursorPagination, etag_of, matching, parsed, versioned
from gainsly.core.idempotency import idempotent
from gainsly.core.permissions import ReadsOrIsAdmin
from movements import selectors
from movements.api.serializers import CircuitBodySerializer, CircuitSerializer, circuit_json
from movements.forms import CircuitFilter
from movements.models import Circuit
from movements.services import circuits


def circuits_json(rows: Iterable[Circuit]) -> list[dict[str, Any]]:
    """Circuits that come from ``selectors.circuits()``, with their movements in one go."""
    found = list(rows)
    ids = {exercise.movement_id for circuit in found for exercise in circuit.exercises.all()}
    listed = selectors.movements_by_id(ids)
    return [circuit_json(circuit, listed) for circuit in found]


def circuit_answer(circuit: Circuit, status: int = 200) -> Response:
    """One circuit with its version."""
    return versioned(circuits_json([circuit])[0], version_of(circuit), status)


def version_of(circuit: Circuit) -> str:
    return etag_of(circuit.pk, circuit.updated_at.isoformat())


class CircuitsView(GenericAPIView):
    queryset = Circuit.objects.none()
    serializer_class = CircuitSerializer
    permission_classes = (ReadsOrIsAdmin,)
    pagination_class = CursorPagination
    filterset_class = CircuitFilter
    cursor_ordering = ("name", "id")

    @extend_schema(operation_id="circuits_list", responses=CircuitSerializer(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """Conditioning circuits, by name."""
        found = self.filter_queryset(selectors.circuits())
        return self.get_paginated_response(circuits_json(self.paginate_queryset(found) or []))

    @extend_schema(operation_id="circuits_create", request=CircuitBodySerializer, responses={201: CircuitSerializer})
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Add a circuit to the library (admins)."""
        record = circuits.circuit_record_from(parsed(CircuitBodySerializer, request))
        saved = circuits.save_circuit(record=record)
        return circuit_answer(selectors.circuit_by(str(saved.pk)), 201)


class CircuitView(APIView):
    permission_classes = (ReadsOrIsAdmin,)

    @extend_schema(operation_id="circuits_read", responses=CircuitSerializer)
    def get(self, request: AuthenticatedRequest, key: str) -> Response:
        """One circuit, by slug or id."""
        return circuit_answer(selectors.circuit_by(key))

    @extend_schema(operation_id="circuits_replace", request=CircuitBodySerializer, responses=CircuitSerializer)
    def put(self, request: AuthenticatedRequest, key: str) -> Response:
        """Replace a circuit as a whole (admins); what is left out goes back to its default."""
        known = selectors.circuit_by(key)
        with matching(request, known, partial(selectors.circuit_by, str(known.pk)), version_of) as circuit:
            record = circuits.circuit_record_from(parsed(CircuitBodySerializer, request))
            circuits.save_circuit(record=record, circuit=circuit)
        return circuit_answer(selectors.circuit_by(str(circuit.pk)))

    @extend_schema(operation_id="circuits_retire", responses={204: None})
    def delete(self, request: AuthenticatedRequest, key: str) -> Response:
        """Take a circuit out of the library (admins); plans and logs that hold it keep it."""
        known = selectors.circuit_by(key)
        with matching(request, known, partial(selectors.circuit_by, str(known.pk)), version_of) as circuit:
            circuits.retire_circuit(circuit=circuit)
        return Response(status=204)
