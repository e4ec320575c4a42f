"""GET and PUT /settings/profile: who I am and what I train with, in one answer (decisions.md 26)."""

from __future__ import annotations

from functools import partial
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from gainsly.core.api import AuthenticatedRequest, etag_of, matching, parsed, versioned
from movements import selectors
from movements.api.serializers import ProfileSerializer
from movements.services import profile


class ProfileView(APIView):
    @extend_schema(operation_id="profile_read", responses=ProfileSerializer)
    def get(self, request: AuthenticatedRequest) -> Response:
        """My profile and the kit of my default gym."""
        data = _data(request)
        return versioned(data, etag_of(data))

    @extend_schema(operation_id="profile_save", request=ProfileSerializer, responses=ProfileSerializer)
    def put(self, request: AuthenticatedRequest) -> Response:
        """Save my profile and kit; a key that is left out keeps its value."""
        with matching(request, request.user, partial(_data, request), etag_of):
            profile.update_profile_and_gym(user=request.user, values=parsed(ProfileSerializer, request))
        data = _data(request)
        return versioned(data, etag_of(data))


def _data(request: AuthenticatedRequest) -> dict[str, Any]:
    return ProfileSerializer(selectors.profile_and_kit(request.user)).data
