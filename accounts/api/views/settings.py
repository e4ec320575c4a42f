"""Settings, limits and wishes over the API."""

from __future__ import annotations

import functools
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.serializers import ActivityFields, InjuryFields, InjuryGuessFields, InjuryTextFields, SettingsFields
from accounts.selectors import activities_of, activity_for, injuries_of, injury_for, settings_of
from accounts.services import activities, injuries, profile
from gainsly.core.api import (
    AuthenticatedRequest,
    CursorPagination,
    etag_of,
    matching,
    paginated,
    parsed,
    versioned,
)
from gainsly.core.idempotency import idempotent
from gainsly.lib.injury_words import read_injury
from gainsly.lib.vocabulary import InjuryArea, values_of


def _settings_answer(chosen) -> Response:  # type: ignore[no-untyped-def]
    return versioned(SettingsFields(chosen).data, _settings_version(chosen))


def _settings_version(chosen) -> str:  # type: ignore[no-untyped-def]
    return etag_of(SettingsFields(chosen).data)


class SettingsView(APIView):
    @extend_schema(operation_id="settings_read", responses=SettingsFields)
    def get(self, request: AuthenticatedRequest) -> Response:
        """My settings."""
        return _settings_answer(settings_of(request.user))

    @extend_schema(operation_id="settings_save", request=SettingsFields, responses=SettingsFields)
    def put(self, request: AuthenticatedRequest) -> Response:
        """Save my settings; a key that is left out keeps its value."""
        with matching(request, request.user, functools.partial(settings_of, request.user), _settings_version):
            chosen = profile.update_settings(user=request.user, **parsed(SettingsFields, request))
        return _settings_answer(chosen)


def _injury_answer(injury, status: int = 200) -> Response:  # type: ignore[no-untyped-def]
    return versioned(InjuryFields(injury).data, _injury_version(injury), status)


def _injury_version(injury) -> str:  # type: ignore[no-untyped-def]
    return etag_of(InjuryFields(injury).data)


class InjuryListView(APIView):
    cursor_ordering = ("-since", "-id")
    pagination_class = CursorPagination

    @extend_schema(operation_id="injuries_list", responses=InjuryFields(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """My injuries, the latest first."""
        return paginated(self, injuries_of(request.user), InjuryFields)

    @extend_schema(operation_id="injury_add", request=InjuryFields, responses={201: InjuryFields})
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Record an injury; `since` is today by default."""
        return _injury_answer(injuries.add_injury(user=request.user, **parsed(InjuryFields, request)), 201)


class InjuryReadView(APIView):
    @extend_schema(operation_id="injury_text_read", request=InjuryTextFields, responses=InjuryGuessFields)
    def post(self, request: AuthenticatedRequest) -> Response:
        """Which areas a text complains of. Nothing is stored: confirm the areas, or ask where none is understood."""
        guess = read_injury(parsed(InjuryTextFields, request)["text"])
        return Response(
            {
                "understood": guess.understood,
                "areas": guess.areas,
                "severity": guess.severity,
                "negated": guess.negated,
                "choices": values_of(InjuryArea),
            }
        )


class InjuryView(APIView):
    @extend_schema(operation_id="injury_read", responses=InjuryFields)
    def get(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """One injury."""
        return _injury_answer(injury_for(request.user, pk))

    @extend_schema(operation_id="injury_save", request=InjuryFields, responses=InjuryFields)
    def put(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Save an injury."""
        return self._save(request, pk, partial=False)

    @extend_schema(operation_id="injury_change", request=InjuryFields(partial=True), responses=InjuryFields)
    def patch(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Change parts of an injury."""
        return self._save(request, pk, partial=True)

    def _save(self, request: AuthenticatedRequest, pk: UUID, *, partial: bool) -> Response:
        read = functools.partial(injury_for, request.user, pk)
        with matching(request, read(), read, _injury_version) as injury:
            fields = parsed(InjuryFields, request, partial=partial)
            changed = injuries.change_injury(injury=injury, **fields)
        return _injury_answer(changed)

    @extend_schema(operation_id="injury_remove", responses={204: None})
    def delete(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Forget an injury; one that has healed is better kept with `until`."""
        injuries.remove_injury(injury=injury_for(request.user, pk))
        return Response(status=204)


def _activity_answer(activity, status: int = 200) -> Response:  # type: ignore[no-untyped-def]
    return versioned(ActivityFields(activity).data, _activity_version(activity), status)


def _activity_version(activity) -> str:  # type: ignore[no-untyped-def]
    return etag_of(ActivityFields(activity).data)


class ActivityListView(APIView):
    cursor_ordering = ("-created_at", "-id")
    pagination_class = CursorPagination

    @extend_schema(operation_id="enjoyable_activities_list", responses=ActivityFields(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """What I do for fun, the latest added first."""
        return paginated(self, activities_of(request.user), ActivityFields)

    @extend_schema(operation_id="enjoyable_activity_add", request=ActivityFields, responses={201: ActivityFields})
    @idempotent
    def post(self, request: AuthenticatedRequest) -> Response:
        """Add what I do for fun."""
        return _activity_answer(activities.add_activity(user=request.user, **parsed(ActivityFields, request)), 201)


class ActivityView(APIView):
    @extend_schema(operation_id="enjoyable_activity_read", responses=ActivityFields)
    def get(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """One of the things that I do for fun."""
        return _activity_answer(activity_for(request.user, pk))

    @extend_schema(operation_id="enjoyable_activity_save", request=ActivityFields, responses=ActivityFields)
    def put(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Save it."""
        return self._save(request, pk, partial=False)

    @extend_schema(
        operation_id="enjoyable_activity_change", request=ActivityFields(partial=True), responses=ActivityFields
    )
    def patch(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Change parts of it."""
        return self._save(request, pk, partial=True)

    def _save(self, request: AuthenticatedRequest, pk: UUID, *, partial: bool) -> Response:
        read = functools.partial(activity_for, request.user, pk)
        with matching(request, read(), read, _activity_version) as activity:
            fields = parsed(ActivityFields, request, partial=partial)
            changed = activities.change_activity(activity=activity, **fields)
        return _activity_answer(changed)

    @extend_schema(operation_id="enjoyable_activity_remove", responses={204: None})
    def delete(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Forget it."""
        activities.remove_activity(activity=activity_for(request.user, pk))
        return Response(status=204)
