"""The plan JSON read: its parts typed and bounded, its head by the rules of a create body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from .documents import DOCUMENT_KEYS, PlanDocument
from .requests import InvalidRequestError, Order, Standing, read_request

MOST_ERRORS = 20


def read_plan(document: Any, standing: Standing) -> tuple[PlanDocument, Order]:
    """The parts and the head of a plan JSON. Raises ``InvalidRequestError`` by field."""
    if not isinstance(document, Mapping):
        raise InvalidRequestError(_("Send one JSON object."))
    plan = _read(document)
    return plan, _order(document, plan, standing)


def _read(document: Mapping[str, Any]) -> PlanDocument:
    try:
        return PlanDocument.model_validate(dict(document))
    except ValidationError as error:
        errors: dict[str, list[str]] = {}
        for fault in error.errors(include_url=False, include_context=False, include_input=False)[:MOST_ERRORS]:
            field = ".".join(str(part) for part in fault["loc"]) or "document"
            errors.setdefault(field, []).append(fault["msg"])
        raise InvalidRequestError(_("This is not a plan that Gainsly can read."), errors=errors) from error


def _order(document: Mapping[str, Any], plan: PlanDocument, standing: Standing) -> Order:
    """The head, read as of the plan's own first day."""
    head = {key: value for key, value in document.items() if key not in DOCUMENT_KEYS}
    return read_request(head, standing=replace(standing, today=plan.start_date))
