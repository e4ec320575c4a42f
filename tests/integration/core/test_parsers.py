import pytest
from rest_framework.test import APIClient

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "body",
    [
        rb'{"name": "\ud800"}',
        rb'{"\udfff": 1}',
        rb'{"name": ["a\u0000b"]}',
        rb'{"name": "\\\u0000"}',
        b'{"name": "\x00"}',
        b'{"name": "\xff"}',
        b"{",
    ],
)
def test_text_that_cannot_be_kept_is_a_problem_not_a_fault(body):
    client = APIClient()
    client.force_authenticate(UserFactory())
    answer = client.post("/api/v1/programs/preview", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


@pytest.mark.parametrize(
    "body", [rb'{"name": "\\u0000"}', '{"name": "Größe 😀"}'.encode(), rb'{"name": "\ud83d\ude00"}']
)
def test_all_other_text_reaches_the_rules(body):
    client = APIClient()
    client.force_authenticate(UserFactory())
    answer = client.post("/api/v1/programs/preview", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert "name" not in answer.json()["errors"]
