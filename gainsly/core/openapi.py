"""What the generated OpenAPI document says beyond the serializers: problem answers and idempotency keys."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from .problems import MEDIA_TYPE

PROBLEM = {
    "type": "object",
    "description": "An error (RFC 9457). docs/api-errors.md lists the codes.",
    "required": ["type", "title", "status", "detail", "code", "errors", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {
            "type": "object",
            "description": "Messages by field; nested fields are dotted (`goals.0.weight`).",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "request_id": {"type": "string"},
    },
}
IDEMPOTENCY_KEY = OpenApiParameter(
    name="Idempotency-Key",
    type=OpenApiTypes.STR,
    location=OpenApiParameter.HEADER,
    description="For 24 hours the same key with the same body returns the first answer; another body answers 409.",
)
_METHODS = ("get", "put", "patch", "post", "delete")


class ProblemAutoSchema(AutoSchema):
    """Adds the ``Idempotency-Key`` header to the handlers that honour it."""

    def get_override_parameters(self) -> list[Any]:
        handler = getattr(self.view, self.method.lower(), None)
        return [IDEMPOTENCY_KEY] if getattr(handler, "idempotent", False) else []


def forget_enum_labels(result: Any, **_context: Any) -> Any:
    """drf-spectacular hook, before its own: a value set is known by its values, whatever labels a field gives them."""
    if isinstance(result, dict):
        result.pop("x-spec-enum-id", None)
    for inner in result.values() if isinstance(result, dict) else result:
        if isinstance(inner, dict | list):
            forget_enum_labels(inner)
    return result


def document_problems(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """drf-spectacular hook: every operation names the problem answers that it can give."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for path, item in result["paths"].items():
        for method in _METHODS:
            if method in item:
                _document(path, item[method])
    return result


def _document(path: str, operation: dict[str, Any]) -> None:
    statuses = {"400": "The request needs mending.", "429": "Too often; see Retry-After."}
    if operation.get("security") and {} not in operation["security"]:
        statuses["401"] = "Not signed in, or the token is no longer good."
    if "{" in path:
        statuses["404"] = "Not there, or not yours."
    for code, description in statuses.items():
        operation["responses"].setdefault(
            code,
            {"description": description, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}},
        )
