"""A day's plan, and series for charts, over the API."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.selectors import profile_of
from gainsly.core.api import AuthenticatedRequest, CursorPagination
from logging_app import selectors
from logging_app.api.activities import LoadAnswer, PsiAnswer
from logging_app.api.serializers import (
    AdherenceAnswer,
    DayPlanAnswer,
    E1rmSeries,
    RecordAnswer,
    VolumeAnswer,
)
from logging_app.selectors.stats import DEFAULT_DAYS
from movements.selectors import movement_for

from .ranges import DATES, MOVEMENT, read_range

YEAR_DAYS = 365


class DayPlanView(APIView):
    @extend_schema(
        operation_id="day_plan",
        parameters=[OpenApiParameter("date", OpenApiTypes.DATE, OpenApiParameter.PATH)],
        responses=DayPlanAnswer,
    )
    def get(self, request: AuthenticatedRequest, date: str) -> Response:
        """The session of a day (null on a rest day and outside the program), recovery, advice, minutes."""
        day = _day(date)
        zone = ZoneInfo(profile_of(request.user).time_zone)
        return Response(selectors.day_plan(request.user, day, now=timezone.now(), zone=zone))


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError({"date": [_("Give a date as YYYY-MM-DD.")]}) from error


class E1rmView(APIView):
    @extend_schema(operation_id="stats_e1rm", parameters=[*DATES, MOVEMENT], responses=E1rmSeries)
    def get(self, request: AuthenticatedRequest) -> Response:
        """The best e1RM of each workout with its band; the last year where no range is given."""
        chosen = read_range(request)
        since, until = chosen.within(_today(request), YEAR_DAYS)
        movement = movement_for(request.user, chosen.movement).pk if chosen.movement else None
        series = selectors.e1rm_series(request.user, since=since, until=until, movement_id=movement)
        return Response({"series": series})


class RecordListView(APIView):
    cursor_ordering = ("-achieved_at", "-id")
    pagination_class = CursorPagination

    @extend_schema(operation_id="stats_records", parameters=[*DATES, MOVEMENT], responses=RecordAnswer(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """My records, newest first; a first mark has no `previous`."""
        chosen = read_range(request)
        movement = movement_for(request.user, chosen.movement).pk if chosen.movement else None
        rows = selectors.records_of(request.user, since=chosen.since, until=chosen.until, movement_id=movement)
        paginator = CursorPagination()
        page = paginator.paginate_queryset(rows, request, self)
        return paginator.get_paginated_response(selectors.record_documents(page or []))


class VolumeView(APIView):
    @extend_schema(operation_id="stats_volume", parameters=DATES, responses=VolumeAnswer)
    def get(self, request: AuthenticatedRequest) -> Response:
        """Fractional hard sets per muscle and week, with tonnage; the last twelve weeks where no range is given."""
        profile = profile_of(request.user)
        since, until = read_range(request).within(_today_in(profile.time_zone), DEFAULT_DAYS)
        weeks = selectors.weekly_volume(request.user, since=since, until=until, first_weekday=profile.first_weekday)
        return Response({"weeks": weeks})


class AdherenceView(APIView):
    @extend_schema(operation_id="stats_adherence", parameters=DATES, responses=AdherenceAnswer)
    def get(self, request: AuthenticatedRequest) -> Response:
        """Planned against done per week, and the streak of kept weeks."""
        profile = profile_of(request.user)
        today = _today_in(profile.time_zone)
        since, until = read_range(request).within(today, DEFAULT_DAYS)
        document = selectors.adherence(
            request.user, since=since, until=until, today=today, first_weekday=profile.first_weekday
        )
        return Response(document)


class PsiView(APIView):
    @extend_schema(operation_id="stats_psi", parameters=DATES, responses=PsiAnswer)
    def get(self, request: AuthenticatedRequest) -> Response:
        """Strength per movement pattern at the end of the range, its trend, and its course week by week."""
        since, until = read_range(request).within(_today(request), DEFAULT_DAYS)
        return Response(selectors.psi(request.user, since=since, until=until))


class LoadView(APIView):
    @extend_schema(operation_id="stats_load", parameters=DATES, responses=LoadAnswer)
    def get(self, request: AuthenticatedRequest) -> Response:
        """Session load (effort times minutes) of workouts and activities per week, with monotony and strain."""
        profile = profile_of(request.user)
        since, until = read_range(request).within(_today_in(profile.time_zone), DEFAULT_DAYS)
        return Response(selectors.load(request.user, since=since, until=until, first_weekday=profile.first_weekday))


def _today(request: AuthenticatedRequest) -> dt.date:
    return _today_in(profile_of(request.user).time_zone)


def _today_in(zone: str) -> dt.date:
    return timezone.localdate(timezone=ZoneInfo(zone))
