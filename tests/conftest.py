"""What every test gets: no way out to the network, a clean cache, and (for the marked ones) a real browser."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest

pytest_plugins = ["tests.browser", "tests.model_server"]
REAL_CONNECT = socket.socket.connect


def _is_near(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a unix socket
    if address[0] == "localhost":
        return True
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return False


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow journeys first: begun last, one process would end alone with them. Both halves stay shuffled."""
    items.sort(key=lambda item: "functional" not in item.path.parts)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """A test that reaches beyond this machine fails with the address it wanted."""

    def connect(self: socket.socket, address: Any) -> None:
        if not _is_near(address):
            raise RuntimeError(f"A test tried to reach {address!r}; tests stay on this machine.")
        REAL_CONNECT(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _clean_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Rate limits and cached sessions of one test never reach the next."""
    yield
    uses_database = {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker(
        "django_db"
    )
    if uses_database:
        from django.core.cache import cache  # noqa: PLC0415 - settings are loaded by now

        cache.clear()
