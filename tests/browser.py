"""Fixtures for the journeys: the real ASGI application on a port, and pages of a real Chromium."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
START_SECONDS = 20


@pytest.fixture
def live_address(transactional_db: None) -> Iterator[str]:
    """The product served by uvicorn, on the test's own database."""
    from gainsly.asgi import application  # noqa: PLC0415 - settings are loaded by now

    server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="warning", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, name="live-server")
    thread.start()
    end = time.monotonic() + START_SECONDS
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file of journeys; its loop must not outlive them, for others call async code from sync."""
    executable = next(filter(None, map(shutil.which, BROWSER_NAMES)), None)
    if executable is None:
        pytest.fail("The browser tests need Chromium on the path: `make test` installs it, or install `chromium`.")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps a loop in this thread; the ORM is used beside it
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=BROWSER_FLAGS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser: Browser, live_address: str) -> Iterator[Callable[..., Page]]:
    """``open_page("phone")``: a fresh visitor. Errors of scripts and of the console fail the test at its end."""
    complaints: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"console: {message.text} ({message.location.get('url')})")

    def opened(size: str = "phone", **options: Any) -> Page:
        width, height = SIZES[size]
        viewport: Any = {"width": width, "height": height}
        context = browser.new_context(base_url=live_address, viewport=viewport, has_touch=size == "phone", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(f"page: {_text(error)}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    return open_page("phone")


@pytest.fixture
def desktop(open_page: Callable[..., Page]) -> Page:
    return open_page("desktop")


def _text(error: Error) -> str:
    return error.message
