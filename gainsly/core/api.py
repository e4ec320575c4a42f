"""What every API view is built on: problem answers, strict bodies, cursor pages, versions of objects.

Order inside a view: fetch the object through a selector (a stranger's 404 comes before anything else), check
``require_match`` (or go on inside ``matching``), parse the body with a ``StrictSerializer``, then call one service.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework import pagination, serializers
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, set_rollback

from gainsly.lib.errors import DomainError

from .problems import MEDIA_TYPE, members_of, problem
from .throttling import RateLimitedError

if TYPE_CHECKING:
    from accounts.models import User

T = TypeVar("T")


class AuthenticatedRequest(Request):
    """The request of a view that requires a signed-in athlete (the default)."""

    user: User


# -- errors


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every expected error as a problem document; a fault of ours goes on to Django."""
    members = members_of(error)
    if members is None:
        return None
    set_rollback()
    body = problem(context["request"], **members)
    return Response(body, status=members["status"], headers=_headers_of(error), content_type=MEDIA_TYPE)


def _headers_of(error: Exception) -> dict[str, str]:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    wait = error.retry_after if isinstance(error, RateLimitedError) else getattr(error, "wait", None)
    if isinstance(error, RateLimitedError | Throttled):
        headers["Retry-After"] = str(int(wait or 1))
    return headers


# -- bodies


class StrictSerializer(serializers.Serializer):
    """A body in which unknown keys are errors; read-only keys may come back (PUT takes what GET gave)."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, Mapping) else set()
        errors = {str(name): [_("This field is not known here.")] for name in sorted(unknown, key=str)}
        try:
            values = super().to_internal_value(data)
        except ValidationError as error:
            detail = error.detail if isinstance(error.detail, dict) else {}
            raise ValidationError({**errors, **detail}) from error
        if errors:
            raise ValidationError(errors)
        return values


def parsed(serializer: type[serializers.BaseSerializer], request: Request, **kwargs: Any) -> Any:
    """The validated body of a request; raises ``ValidationError`` (a 400 problem)."""
    instance = serializer(data=request.data, **kwargs)
    instance.is_valid(raise_exception=True)
    return instance.validated_data


# -- lists


class CursorPagination(pagination.CursorPagination):
    """``{"next", "previous", "results"}``; ``?limit=`` up to 200. A view may set ``ordering``."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "limit"
    ordering = ("-created_at", "-id")

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> Any:
        return getattr(view, "cursor_ordering", None) or super().get_ordering(request, queryset, view)


def paginated(view: APIView, queryset: QuerySet[Any], serializer: type[serializers.BaseSerializer]) -> Response:
    """One page of a list. ``view`` may set ``cursor_ordering``; ``pagination_class`` on it tells the schema."""
    paginator = CursorPagination()
    page = paginator.paginate_queryset(queryset, view.request, view=view)
    return paginator.get_paginated_response(serializer(page, many=True).data)


# -- versions of an object


class StaleVersionError(DomainError):
    """``If-Match`` names a version that is no longer the newest."""

    code = "stale"
    status = 412


def etag_of(*parts: Any) -> str:
    """A strong entity tag from what an answer depends on: time stamps, or the answer's own data."""
    rendered = JSONRenderer().render([str(part) if not isinstance(part, dict | list) else part for part in parts])
    return f'"{hashlib.sha256(rendered).hexdigest()[:32]}"'


def require_match(request: Request, etag: str) -> None:
    """Raise ``StaleVersionError`` (412) unless ``If-Match`` is absent, ``*`` or names ``etag``."""
    sent = request.headers.get("If-Match")
    if sent is None or sent.strip() == "*":
        return
    if etag not in [tag.strip() for tag in sent.split(",")]:
        raise StaleVersionError(_("This was changed elsewhere in the meantime. Load it again before you save."))


@contextmanager
def matching(request: Request, lock: Model, read: Callable[[], T], version: Callable[[T], str]) -> Iterator[T]:
    """What ``read`` gives, as ``If-Match`` names it, to be changed inside the block.

    It is read and compared under the lock of the row ``lock``: of two requests with one version, one writes and the
    other is told. Raises ``StaleVersionError``.
    """
    with transaction.atomic():
        lock.refresh_from_db(from_queryset=lock._meta.model._default_manager.select_for_update(no_key=True))
        found = read()
        require_match(request, version(found))
        yield found


def versioned(data: Any, etag: str, status: int = 200) -> Response:
    """An answer that carries its version."""
    return Response(data, status=status, headers={"ETag": etag})
