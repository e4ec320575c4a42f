"""Without a pointer, and with a thumb: what the keyboard reaches and shows, and what a finger hits."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.functional.test_entrance import pytestmark
from tests.functional.test_workout import session, sign_in

__all__ = ["pytestmark", "session"]
TARGET_PX = 44
STEPS = 60
FOCUSED = """() => {
  const node = document.activeElement, style = getComputedStyle(node), box = node.getBoundingClientRect();
  const label = node.labels && node.labels[0] ? getComputedStyle(node.labels[0]) : style;
  const shown = (one) => (one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0) || one.boxShadow !== 'none';
  return {
    tag: node.tagName,
    name: (node.getAttribute('aria-label') || node.textContent || node.name || '').trim().slice(0, 40),
    shown: shown(style) || shown(label), inView: box.bottom > 0 && box.top < innerHeight, tabindex: node.tabIndex,
  };
}"""
SMALL = """(least) => [...document.querySelectorAll('button, a[href], summary, input:not([type=hidden]), select')]
  .filter((node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .filter((node) => !node.closest('.skip, [inert]'))
  .map((node) => ['radio', 'checkbox'].includes(node.type) ? node.closest('label') || node : node)
  .map((node) => [node, node.getBoundingClientRect()])
  .filter(([node, box]) => box.width > 1 && (box.width < least - 0.5 || box.height < least - 0.5))
  .map(([node, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ` + node.outerHTML.slice(0, 110))"""


def tab_through(page: Page) -> list[dict]:
    """What gets the focus, in order, until the page has been walked once."""
    walked: list[dict] = []
    for _step in range(STEPS):
        page.keyboard.press("Tab")
        walked.append(page.evaluate(FOCUSED))
        if walked[-1]["tag"] == "BODY":
            break
    return walked[:-1] if walked[-1]["tag"] == "BODY" else walked


def start(page: Page) -> None:
    sign_in(page)
    page.goto("/")
    page.get_by_role("button", name="Start session").click()
    page.wait_for_url(re.compile(r"/log/[0-9a-f-]{36}/"))


@pytest.mark.parametrize("where", ["logging:today", "programs:current", "movements:list", "accounts:settings"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(session, desktop, where):
    sign_in(desktop)
    desktop.goto(reverse(where))
    walked = tab_through(desktop)
    assert walked[0]["name"] == "To the content"
    assert len(walked) > 5
    assert [one for one in walked if not one["shown"]] == []
    assert [one for one in walked if one["tabindex"] > 0] == []


def test_the_skip_link_leads_past_the_navigation(session, desktop):
    sign_in(desktop)
    desktop.goto("/")
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#main")).to_be_focused()
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.closest('#main') !== null")


def test_a_set_is_logged_with_the_keyboard_alone(session, desktop):
    start(desktop)
    desktop.locator("#set-form [name=reps]").focus()
    desktop.keyboard.type("9")
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_text("Set 2 of")).to_be_visible()


def test_every_target_of_the_live_workout_takes_a_thumb(session, phone):
    start(phone)
    phone.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    assert phone.evaluate(SMALL, TARGET_PX) == []


def test_every_control_of_the_live_workout_shows_its_focus(session, phone):
    start(phone)
    walked = tab_through(phone)
    assert [one for one in walked if not one["shown"]] == []
