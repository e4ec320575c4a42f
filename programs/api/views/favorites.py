"""Favourites over the API: programs, and movements and programs together."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import AuthenticatedRequest
from gainsly.core.idempotency import idempotent
from movements.api.serializers import movement_json
from movements.selectors import favorites_of, movements_by_id
from programs import selectors
from programs.api.serializers import FavoritesSerializer, ProgramRowSerializer
from programs.services import favorites


class FavoritesView(APIView):
    @extend_schema(operation_id="favorites_read", responses=FavoritesSerializer)
    def get(self, request: AuthenticatedRequest) -> Response:
        """Everything I keep at hand: `movements` and `programs`, the latest first."""
        kept = [row.movement_id for row in favorites_of(request.user).order_by("-created_at", "-id")]
        listed = movements_by_id(kept)
        programs = [selectors.program_row_json(row) for row in selectors.favorite_programs_of(request.user)]
        movements = [movement_json(listed[pk]) for pk in kept]
        return Response({"movements": movements, "programs": programs})


class FavoriteProgramView(APIView):
    @extend_schema(operation_id="favorite_programs_add", request=None, responses={201: ProgramRowSerializer})
    @idempotent
    def post(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Keep a program among my favourites (200 when it is one already)."""
        program = selectors.program_for(request.user, pk)
        added = favorites.set_favorite(user=request.user, program=program, wanted=True)
        row = selectors.programs_of(request.user).get(pk=program.pk)
        return Response(selectors.program_row_json(row), status=201 if added else 200)

    @extend_schema(operation_id="favorite_programs_remove", responses={204: None})
    def delete(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Take a program out of my favourites."""
        program = selectors.program_for(request.user, pk)
        favorites.set_favorite(user=request.user, program=program, wanted=False)
        return Response(status=204)
