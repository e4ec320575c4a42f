"""The one shape of errors, the strict bodies and the limits, seen through a real endpoint."""

import pytest
import time_machine
from rest_framework.test import APIClient

from accounts.api.views import settings
from gainsly.core.problems import flatten
from tests.factories.accounts import UserFactory

PATH = "/api/v1/settings/injuries"


@pytest.fixture
def api(db) -> APIClient:
    client = APIClient()
    client.force_authenticate(UserFactory())
    return client


def is_problem(answer, status: int, code: str) -> bool:
    body = answer.json()
    members = {"type", "title", "status", "detail", "code", "errors", "request_id"}
    assert answer["Content-Type"] == "application/problem+json"
    assert members <= set(body)
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert body["request_id"] == answer["X-Request-ID"]
    return True


@pytest.mark.parametrize(
    ("method", "path", "extra", "expected"),
    [
        ("post", PATH, {"data": "{", "content_type": "application/json"}, (400, "malformed")),
        ("post", PATH, {"data": "[NaN]", "content_type": "application/json"}, (400, "malformed")),
        ("post", PATH, {"data": "[]", "content_type": "application/json"}, (400, "invalid")),
        ("post", PATH, {"data": "null", "content_type": "application/json"}, (400, "invalid")),
        ("post", PATH, {"data": "area=knee", "content_type": "text/plain"}, (415, "unsupported_media_type")),
        ("patch", PATH, {}, (405, "method_not_allowed")),
        ("get", PATH, {"HTTP_ACCEPT": "image/png"}, (406, "not_acceptable")),
        ("get", f"{PATH}?cursor=nonsense", {}, (404, "not_found")),
        ("get", f"{PATH}/nonsense", {}, (404, "not_found")),
        ("get", f"{PATH}/00000000-0000-0000-0000-000000000000", {}, (404, "not_found")),
        ("get", "/api/v1/nothing", {}, (404, "not_found")),
        ("post", "/api/nothing", {}, (404, "not_found")),
    ],
)
def test_every_error_is_a_problem_document(api, method, path, extra, expected):
    assert is_problem(getattr(api, method)(path, **extra), *expected)


@pytest.mark.django_db
def test_a_missing_and_a_bad_token_are_problems():
    assert is_problem(APIClient().get(PATH), 401, "unauthenticated")
    assert is_problem(APIClient(HTTP_AUTHORIZATION="Bearer x.y.z").get(PATH), 401, "token_invalid")


def test_a_fault_of_ours_is_a_problem_without_its_trace(api, monkeypatch):
    def broken(*_args):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(settings, "injuries_of", broken)
    api.raise_request_exception = False
    answer = api.get(PATH)
    assert is_problem(answer, 500, "server_error")
    assert "secret" not in answer.content.decode()


def test_unknown_keys_and_bad_values_are_told_together(api):
    answer = api.post(PATH, {"area": "knee", "severity": 9, "colour": "red"})
    assert set(answer.json()["errors"]) == {"severity", "colour"}


def test_the_callers_own_request_id_comes_back_when_it_is_sane(api):
    assert api.get(PATH, HTTP_X_REQUEST_ID="phone-4711")["X-Request-ID"] == "phone-4711"
    assert api.get(PATH, HTTP_X_REQUEST_ID="<script>alert(1)</script>")["X-Request-ID"] != "<script>alert(1)</script>"


def test_thirty_requests_a_second_over_five_seconds_are_served_and_the_next_is_told_when_to_come_back(api):
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        assert {api.get(PATH).status_code for _ in range(150)} == {200}
        refused = api.get(PATH)
        assert is_problem(refused, 429, "throttled")
        clock.shift(int(refused["Retry-After"]) + 1)
        assert api.get(PATH).status_code == 200


@pytest.mark.parametrize(
    ("detail", "flat"),
    [
        ({"a": ["x"]}, {"a": ["x"]}),
        ({"goals": [{}, {"weight": ["x", "y"]}]}, {"goals.1.weight": ["x", "y"]}),
        ({"goals": {"non_field_errors": ["x"]}}, {"goals": ["x"]}),
        ({"days": {0: ["x"]}}, {"days.0": ["x"]}),
        (["x"], {"non_field_errors": ["x"]}),
        ("x", {"non_field_errors": ["x"]}),
    ],
)
def test_nested_errors_become_dotted_names(detail, flat):
    assert flatten(detail) == flat
