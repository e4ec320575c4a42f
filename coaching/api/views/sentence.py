"""A sentence about a program, read into the keys of the create body."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from coaching.api.serializers import SentenceAnswer, SentenceBody
from coaching.services.sentence import understand, understood_json
from gainsly.core.api import AuthenticatedRequest, parsed


class SentenceView(APIView):
    @extend_schema(operation_id="program_sentence_read", request=SentenceBody, responses=SentenceAnswer)
    def post(self, request: AuthenticatedRequest) -> Response:
        """What a text in an athlete's own words says of a program. Nothing is planned or set yet."""
        text = parsed(SentenceBody, request)["text"]
        return Response(understood_json(understand(user=request.user, text=text)))
