"""Errors as problem documents (RFC 9457). The codes are listed in docs/api-errors.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults
from rest_framework import exceptions, status

from gainsly.lib.errors import DomainError

from .http import request_id_of

MEDIA_TYPE = "application/problem+json"
API_PREFIX = "/api/"
WHOLE = "non_field_errors"  # the field name of what concerns the body as a whole

# DRF's own codes, in the words of docs/api-errors.md; what is not here is named by its status.
_CODES: dict[type[exceptions.APIException], str] = {
    exceptions.ParseError: "malformed",
    exceptions.NotAuthenticated: "unauthenticated",
    exceptions.AuthenticationFailed: "token_invalid",
    exceptions.PermissionDenied: "forbidden",
    exceptions.NotFound: "not_found",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.Throttled: "throttled",
}


def problem(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    detail: str,
    errors: Mapping[str, list[str]] | None = None,
    extra: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """The members of a problem document."""
    return {
        **(extra or {}),
        "type": f"urn:gainsly:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": dict(errors or {}),
        "request_id": request_id_of(request),
    }


def flatten(detail: Any, path: str = "") -> dict[str, list[str]]:
    """Nested errors as dotted field names: ``{"goals": [{}, {"weight": ["…"]}]}`` -> ``{"goals.1.weight": ["…"]}``."""
    flat: dict[str, list[str]] = {}
    for name, message in _leaves(detail, path):
        flat.setdefault(name or WHOLE, []).append(message)
    return flat


def _leaves(detail: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _leaves(inner, path if name == WHOLE else f"{path}.{name}".lstrip("."))
    elif isinstance(detail, list):
        for position, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list)
            yield from _leaves(inner, f"{path}.{position}".lstrip(".") if nested else path)
    else:
        yield path, str(detail)


def members_of(error: Exception) -> dict[str, Any] | None:
    """Status, code, detail and errors of an exception, or None for one that is a fault of ours."""
    if isinstance(error, DomainError):
        return {
            "status": error.status,
            "code": error.code,
            "detail": str(error),
            "errors": error.errors,
            "extra": error.extra,
        }
    if isinstance(error, DjangoValidationError):
        detail = error.message_dict if hasattr(error, "error_dict") else error.messages
        error = exceptions.ValidationError(detail)
    elif isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(*error.args)
    if isinstance(error, exceptions.ValidationError):
        return invalid(flatten(error.detail))
    if isinstance(error, exceptions.APIException):
        return {"status": error.status_code, "code": _code_of(error), "detail": _sentence(error.detail)}
    return None


def invalid(errors: dict[str, list[str]]) -> dict[str, Any]:
    """The members of a refused body: the sentence says what to mend where there is one thing only."""
    messages = [(field, message) for field, several in errors.items() for message in several]
    if len(messages) == 1:
        field, message = messages[0]
        detail = message if field == WHOLE else f"{field}: {message}"
    else:
        detail = _("%(count)s things in this request need mending.") % {"count": len(messages)}
    return {"status": status.HTTP_400_BAD_REQUEST, "code": "invalid", "detail": detail, "errors": errors}


def _code_of(error: exceptions.APIException) -> str:
    for kind in type(error).__mro__:
        if kind in _CODES:
            return _CODES[kind]
    return HTTPStatus(error.status_code).name.lower()


def _sentence(detail: Any) -> str:
    return str(detail.get("detail", detail)) if isinstance(detail, Mapping) else str(detail)


# -- what Django answers itself


def _answer(request: HttpRequest, status: int, code: str, detail: str) -> HttpResponse:
    body = problem(request, status=status, code=code, detail=detail)
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``handler400``: what Django itself finds wrong with a request."""
    if not request.path.startswith(API_PREFIX):
        return defaults.bad_request(request, exception)
    return _answer(request, 400, "malformed", _("The request could not be read."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``handler404``: a path that nothing answers, or a page's missing object."""
    if not request.path.startswith(API_PREFIX):
        return defaults.page_not_found(request, exception)
    return _answer(request, 404, "not_found", _("There is nothing here."))


def server_error(request: HttpRequest) -> HttpResponse:
    """``handler500``: a fault of ours; its trace is in the log under the same request id."""
    if not request.path.startswith(API_PREFIX):
        return defaults.server_error(request)
    return _answer(request, 500, "server_error", _("Something went wrong on our side. Nothing was saved."))
