"""No signal in the gym: the network really cut, the server really gone, the same entry really sent twice."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from logging_app.models import SetLog
from tests.functional.test_entrance import pytestmark
from tests.functional.test_workout import LOG, session, sign_in

__all__ = ["pytestmark", "session"]
CARD = "#outbox"


@pytest.fixture
def gym(browser, live_address, session):
    """A phone at a running workout, where failed requests are no fault."""
    context = browser.new_context(base_url=live_address, viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(15_000)
    sign_in(page)
    page.goto("/")
    page.get_by_role("button", name="Start session").click()
    page.wait_for_url(re.compile(r"/log/[0-9a-f-]{36}/"))
    yield page
    context.close()


def log_set(page: Page) -> None:
    page.get_by_role("button", name=LOG).click()


def back_in_signal(page: Page) -> None:
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(CARD)).to_be_hidden()


def stored() -> list[SetLog]:
    return list(SetLog.objects.order_by("performed_at", "order"))


def test_sets_without_signal_are_kept_and_stored_once_in_order_at_their_time(gym):
    began = timezone.now()
    gym.context.set_offline(True)
    for number in (1, 2):
        expect(gym.get_by_role("button", name=f"Log set {number}")).to_be_visible()
        gym.get_by_label("Reps", exact=True).fill(str(7 + number))
        log_set(gym)
        expect(gym.locator(".set.waiting")).to_have_count(number)
    expect(gym.locator(CARD)).to_contain_text("Waiting for signal: 2.")
    assert not SetLog.objects.exists()
    back_in_signal(gym)
    rows = stored()
    assert [row.reps for row in rows] == [8, 9]
    assert [row.order for row in rows] == [1, 2]
    assert all(began <= row.performed_at <= began + dt.timedelta(seconds=20) for row in rows)
    expect(gym.get_by_role("button", name="Log set 3")).to_be_visible()


def test_with_signal_a_set_goes_straight_to_the_server(gym):
    log_set(gym)
    expect(gym.get_by_role("button", name="Log set 2")).to_be_visible()
    expect(gym.locator(CARD)).to_be_hidden()
    assert len(stored()) == 1


def test_a_waiting_set_can_be_taken_back(gym):
    gym.context.set_offline(True)
    log_set(gym)
    expect(gym.locator(".set.waiting")).to_have_count(1)
    gym.locator("#undo-form").evaluate("form => form.requestSubmit()")
    expect(gym.locator(".set.waiting")).to_have_count(0)
    back_in_signal(gym)
    assert not stored()
