"""The main job in a real browser: from sign-up to a logged workout, on a phone, at a desk, and without scripts."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from logging_app.models import SetLog, WorkoutLog
from programs.models import Program, Session
from tests.functional.test_entrance import answer_no, go_on, pytestmark, sign_up

__all__ = ["pytestmark"]  # the marks of every journey
WIDTHS = (320, 390)
LOG = re.compile(r"^Log set \d+$")


@pytest.fixture(autouse=True)
def _library(transactional_db):
    call_command("load_movements", verbosity=0)


def onboard(page: Page) -> None:
    """Sign up and take the five steps; every weekday is free, so that the program begins with a session today."""
    sign_up(page)
    answer_no(page)
    for _step in ("you", "kit"):
        go_on(page)
    for box in page.locator("[name=available_weekdays]").all():
        box.check(force=True)
    for _step in ("week", "preferences", "done"):
        go_on(page)
    assert page.url.endswith(reverse("programs:wizard"))


def fits(page: Page) -> None:
    """No sideways scroll on a narrow phone nor on a usual one."""
    usual = page.viewport_size
    assert usual is not None
    for width in WIDTHS if usual["width"] in WIDTHS else (usual["width"],):
        page.set_viewport_size({"width": width, "height": usual["height"]})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} scrolls sideways by {wide} px at {width}"
    page.set_viewport_size(usual)


def create_program(page: Page) -> None:
    """Share the points anew with + and -; the preview follows; create."""
    points, summary = page.locator("#points"), page.locator("#summary")
    expect(page.locator("#preview")).to_contain_text("Your first week")
    page.get_by_role("button", name="Less: Hypertrophy").click()
    expect(points).to_contain_text("1 point left")
    expect(page.locator("#preview")).to_contain_text("Nothing to show yet")
    page.get_by_role("button", name="More: Strength").click()
    expect(points).to_contain_text("All ten spent")
    page.get_by_role("button", name="Less: Days a week").click()
    expect(summary).to_contain_text("3 ×")
    expect(page.locator("#preview")).to_contain_text("Hard sets a week")
    fits(page)
    page.get_by_role("button", name="Create program").click()
    page.wait_for_url(re.compile(r"/programs/[0-9a-f-]{36}/$"))
    expect(page.get_by_role("heading", name="Week 1 of 8")).to_be_visible()
    fits(page)


def train(page: Page) -> None:
    """Open today's session, log three sets, take the last one back, finish."""
    page.goto("/")
    fits(page)
    page.get_by_role("link", name="Details").click()
    expect(page.get_by_role("heading", name="Mains")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Start session").click()
    page.wait_for_url(re.compile(r"/log/[0-9a-f-]{36}/$"))
    fits(page)
    reps = page.locator("#set-form [name=reps]")
    asked = int(reps.input_value())
    page.get_by_role("button", name="Less: Reps").click()
    expect(reps).to_have_value(str(asked - 1))
    page.locator("#set-form [name=weight]").fill("40")
    page.get_by_role("button", name="More: Weight").click()
    page.locator(".rpe label", has_text=re.compile(r"^9$")).click()
    page.get_by_role("button", name=LOG).dblclick()  # a nervous thumb logs one set
    expect(page.get_by_text("Set 2 of")).to_be_visible()
    left = page.locator("[data-rest-left]")
    before = left.inner_text()
    expect(left).not_to_have_text(before)  # the clock runs
    fits(page)
    second = page.locator("#set-form [name=set_id]").input_value()
    page.get_by_role("button", name=LOG).click()
    expect(page.locator("#set-form [name=set_id]")).not_to_have_value(second)
    assert SetLog.objects.count() == 2
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-toast]")).to_contain_text("taken back")
    assert SetLog.objects.count() == 1
    page.get_by_role("link", name="Finish").click()
    fits(page)
    page.locator("label", has_text=re.compile(r"^7$")).first.click()
    page.get_by_role("button", name="Save workout").click()
    page.wait_for_url(re.compile(r"/history/"))


def look_back(page: Page) -> None:
    row = SetLog.objects.get()
    assert (row.weight_kg, row.rpe) == (42.5, 9)
    assert WorkoutLog.objects.get().perceived_difficulty == 7
    fits(page)
    page.goto(reverse("logging:history"))
    expect(page.get_by_text("1 set")).to_be_visible()
    fits(page)
    page.goto("/")
    expect(page.get_by_text("Done for today")).to_be_visible()


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_from_sign_up_to_a_logged_workout(open_page, size):
    page = open_page(size, timezone_id="Europe/Berlin")
    onboard(page)
    create_program(page)
    train(page)
    look_back(page)


def test_the_same_without_scripts(open_page):
    page = open_page("phone", java_script_enabled=False)
    onboard(page)
    page.fill("[name=hypertrophy]", "3")
    page.get_by_role("button", name="Update the preview").click()
    assert "2 points left" in page.locator("#points").inner_text()
    page.fill("[name=endurance]", "2")
    page.get_by_role("button", name="Update the preview").click()
    assert "Your first week" in page.locator("#preview").inner_text()
    page.get_by_role("button", name="Create program").click()
    assert Program.objects.get().is_active
    page.goto("/")
    page.get_by_role("button", name="Start session").click()
    page.fill("#set-form [name=weight]", "42.5")
    page.fill("#set-form [name=reps]", "5")
    page.get_by_role("button", name=LOG).click()
    assert "Set 2 of" in page.locator("main").inner_text()
    page.get_by_role("button", name="Undo").click()
    page.fill("#set-form [name=weight]", "42.5")
    page.fill("#set-form [name=reps]", "6")
    page.get_by_role("button", name=LOG).click()
    assert SetLog.objects.get().reps == 6
    page.get_by_role("link", name="Finish").click()
    page.get_by_role("button", name="Save workout").click()
    assert "42.5 kg × 6" in page.locator("main").inner_text()
    assert Session.objects.filter(status="done").count() == 1
