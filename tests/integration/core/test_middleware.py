"""Every answer carries its request's id, and its log line tells whose it was."""

from __future__ import annotations

import json
import logging

import pytest
from django.test import Client

from gainsly.core.logs import JsonFormatter, request_id

pytestmark = pytest.mark.django_db


def test_an_id_is_made_for_each_request(client: Client) -> None:
    first, second = (client.get("/health/database").headers["X-Request-ID"] for _ in range(2))
    assert first
    assert first != second


def test_a_callers_own_id_is_kept(client: Client) -> None:
    answer = client.get("/health/database", headers={"x-request-id": "from-the-proxy-42"})
    assert answer.headers["X-Request-ID"] == "from-the-proxy-42"


def test_an_id_with_strange_characters_is_replaced(client: Client) -> None:
    answer = client.get("/health/database", headers={"x-request-id": '{"level": "forged"}'})
    assert "forged" not in answer.headers["X-Request-ID"]


def test_a_request_is_logged_with_its_route_and_status(client: Client, caplog) -> None:
    with caplog.at_level(logging.INFO, logger="gainsly.requests"):
        client.get("/health/database")
    fields = caplog.records[-1].fields
    assert (fields["route"], fields["status"]) == ("health/database", 200)


def test_a_log_line_is_json_with_its_context() -> None:
    token = request_id.set("abc-123-xyz")
    record = logging.LogRecord("gainsly.x", logging.WARNING, __file__, 1, "%s sets", (3,), None)
    line = json.loads(JsonFormatter().format(record))
    request_id.reset(token)
    assert (line["message"], line["level"], line["request_id"]) == ("3 sets", "warning", "abc-123-xyz")
