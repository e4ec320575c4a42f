"""Alice over the API, answered by the built-in coach."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from tests.factories.accounts import UserFactory


@pytest.fixture
def alice():
    return UserFactory(email="alice@example.com")


@pytest.fixture
def client(settings, alice):
    settings.LLM_PROVIDER = "builtin"
    client = APIClient()
    client.force_authenticate(alice)
    return client
