"""`from`, `to`, `movement` and `session` of a query string."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from gainsly.core.api import AuthenticatedRequest
from logging_app.api.serializers import RangeQuery

FROM = OpenApiParameter("from", OpenApiTypes.DATE, description="First day, included.")
TO = OpenApiParameter("to", OpenApiTypes.DATE, description="Last day, included.")
MOVEMENT = OpenApiParameter("movement", OpenApiTypes.STR, description="Slug or id.")
DATES = [FROM, TO]


@dataclass(frozen=True, slots=True)
class Range:
    since: dt.date | None
    until: dt.date | None
    movement: str | None
    session: UUID | None

    def within(self, today: dt.date, days: int) -> tuple[dt.date, dt.date]:
        """Both ends, with the last ``days`` days as what is shown when nothing is asked for."""
        until = self.until or today
        return self.since or until - dt.timedelta(days=days - 1), until


def read_range(request: AuthenticatedRequest) -> Range:
    """Raises DRF's ``ValidationError`` for a malformed date, id or an end before the start."""
    query = RangeQuery(data=request.query_params)
    query.is_valid(raise_exception=True)
    values = query.validated_data
    return Range(values.get("from"), values.get("to"), values.get("movement"), values.get("session"))
