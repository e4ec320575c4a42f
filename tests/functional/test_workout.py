"""A workout in a real browser: one tap a set, nervous thumbs, the back button, two tabs, a closed tab."""

from __future__ import annotations

import re
import sys
import time
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from logging_app.models import SetLog, WorkoutLog
from movements.models import LibraryVersion, Movement, MovementEquipment
from programs.models import Session, SessionExercise
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.movements import MovementFactory
from tests.factories.programs import make_program
from tests.functional.test_entrance import pytestmark

__all__ = ["pytestmark"]
LOG = re.compile(r"^Log set \d+$")
SETS, EXERCISES, MAINS = 18, 6, 2


class Thumb:
    """Counts what an athlete's thumb does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, target) -> None:
        target.click()
        self.taps += 1


@pytest.fixture
def session(transactional_db):
    """Six exercises of three sets each today: the measure of the issue."""
    user = UserFactory(email="lifter@example.com")
    program = make_program(user, start_date=timezone.localdate())
    first = Session.objects.filter(microcycle__program=program).order_by("date").first()
    Session.objects.filter(pk=first.pk).update(date=timezone.localdate())
    first.exercises.all().delete()
    for number in range(1, EXERCISES + 1):
        movement = MovementFactory(name=f"Lift {number}", slug=f"lift-{number}", pattern="squat", compound=True)
        MovementEquipment.objects.create(movement=movement, equipment_id="barbell")
        SessionExercise.objects.create(
            session=first,
            movement=movement,
            section="main" if number <= MAINS else "accessory",
            position=number,
            order=number,
            sets=SETS // EXERCISES,
            reps_min=8,
            reps_max=8,
            target_rpe=8,
            target_load_kg=60,
            rest_seconds=90,
        )
    LibraryVersion.objects.update(content_hash=uuid4().hex)  # this process remembers another library
    return first


def sign_in(page: Page, *, open_login: bool = True) -> None:
    if open_login:
        page.goto(reverse("account_login"))
    page.fill("[name=login]", "lifter@example.com")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "login" not in url)


@pytest.fixture
def asked_page(browser, live_address):
    """A phone on which a question (422) is no fault; the browser's console calls each one an error."""
    context = browser.new_context(base_url=live_address, viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def begin(page: Page, session: Session) -> Thumb:
    sign_in(page)
    page.goto(reverse("logging:train"))
    thumb = Thumb(page)
    thumb.tap(page.get_by_role("button", name="Start session"))
    page.wait_for_url(re.compile(r"/log/[0-9a-f-]{36}/$"))
    return thumb


def log_one(thumb: Thumb) -> None:
    """Tap and wait until the page is ready for the next set."""
    field = thumb.page.locator("#set-form [name=set_id]")
    before = field.input_value()
    thumb.tap(thumb.page.get_by_role("button", name=LOG))
    expect(thumb.page.locator(f'#set-form [name=set_id][value="{before}"]')).to_have_count(0)


def end(thumb: Thumb) -> None:
    thumb.tap(thumb.page.get_by_role("link", name="Finish the workout"))
    thumb.tap(thumb.page.get_by_role("button", name="Save workout"))
    thumb.page.wait_for_url(re.compile(r"/history/"))


def test_a_planned_session_takes_one_tap_a_set(open_page, session):
    """21 taps: start, eighteen sets, finish, save."""
    page = open_page("phone")
    thumb = begin(page, session)
    started = time.monotonic()
    for _ in range(SETS):
        log_one(thumb)
    end(thumb)
    sys.stderr.write(f"as planned: {thumb.taps} taps, {time.monotonic() - started:.1f} s for {SETS} sets\n")
    assert SetLog.objects.count() == SETS
    assert set(SetLog.objects.values_list("weight_kg", "reps", "rpe")) == {(60.0, 8, 8.0)}
    assert thumb.taps == 1 + SETS + 2


def test_three_changes_take_three_taps_more(open_page, session):
    """One set heavier, one with fewer repetitions, one harder."""
    page = open_page("phone")
    thumb = begin(page, session)
    started = time.monotonic()
    for number in range(SETS):
        if number == 3:
            thumb.tap(page.get_by_role("button", name="More: Weight"))
        if number == 7:
            thumb.tap(page.get_by_role("button", name="Less: Reps"))
        if number == 11:
            thumb.tap(page.locator(".rpe label", has_text=re.compile(r"^8\.5$")))
        log_one(thumb)
    end(thumb)
    sys.stderr.write(f"three changes: {thumb.taps} taps, {time.monotonic() - started:.1f} s for {SETS} sets\n")
    assert SetLog.objects.count() == SETS
    assert SetLog.objects.filter(weight_kg=62.5).exists()
    assert thumb.taps == 1 + SETS + 2 + 3


def test_nervous_thumbs_the_back_button_and_two_tabs(asked_page, session):
    page = asked_page
    begin(page, session)
    page.get_by_role("button", name=LOG).dblclick()
    expect(page.get_by_text("Set 2 of 3")).to_be_visible()
    assert SetLog.objects.count() == 1

    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_text("Set 2 of 3")).to_be_visible()
    other.get_by_role("button", name=LOG).click()
    expect(other.get_by_text("Set 3 of 3")).to_be_visible()
    page.locator("#set-form [name=reps]").fill("6")  # typed here, so the page is not replaced under the fingers
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_text("Changed on another device")).to_be_visible()
    page.get_by_role("button", name="Log set 2").click()
    expect(page.get_by_text("Set 2 is logged already")).to_be_visible()
    assert SetLog.objects.count() == 2
    page.get_by_role("button", name="Log it as set 3").click()
    expect(page.locator("#now-title")).not_to_have_text("")
    expect(page.locator(".ticks .done")).to_have_count(3)
    assert SetLog.objects.count() == 3
    other.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(other.locator(".ticks .done")).to_have_count(3)  # nothing was typed there: it shows the newest by itself

    page.go_back()
    page.goto(reverse("logging:train"))
    expect(page.locator(".ticks .done")).to_have_count(3)


def test_a_hold_is_timed_where_it_is_logged_and_survives_a_reload(open_page, session):
    Movement.objects.filter(slug="lift-1").update(metric_type="time")
    page = open_page("phone")
    begin(page, session)
    page.get_by_role("button", name="Time it").click()
    page.evaluate("""() => {
        const kept = JSON.parse(sessionStorage.getItem("stopwatch"));
        sessionStorage.setItem("stopwatch", JSON.stringify({ ...kept, at: kept.at - 42000 }));
    }""")
    page.reload()
    page.get_by_role("button", name=re.compile("Stop at 0:4")).click()
    assert 42 <= int(page.locator("#set-form [name=seconds]").input_value()) <= 48
    page.get_by_role("button", name=LOG).click()
    expect(page.get_by_text(re.compile("Set 1 logged"))).to_be_visible()
    expect(page.get_by_role("button", name="Time it")).to_be_visible()


def test_a_closed_tab_loses_nothing_and_a_lost_decimal_point_is_asked_about(asked_page, session):
    page = asked_page
    begin(page, session)
    page.locator("#set-form [name=weight]").fill("62,5")  # as half of the world writes it
    page.get_by_role("button", name=LOG).click()
    expect(page.get_by_text("Set 2 of 3")).to_be_visible()
    page.get_by_role("button", name="+ 30 s").click()
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(reverse("logging:train"))
    expect(page.get_by_text("Set 2 of 3")).to_be_visible()
    expect(page.locator("[data-rest-total]")).to_have_text("2:00")
    page.locator("#set-form [name=weight]").fill("625")
    page.get_by_role("button", name=LOG).click()
    page.get_by_role("button", name="Log 62.5 kg instead").click()
    expect(page.get_by_text("Set 3 of 3")).to_be_visible()
    assert set(SetLog.objects.values_list("weight_kg", flat=True)) == {62.5}


def test_plates_follow_the_weight_and_an_exercise_is_removed_and_comes_back(open_page, session):
    page = open_page("phone")
    begin(page, session)
    drawn = page.locator("[data-plates] svg")
    expect(drawn).to_have_attribute("aria-label", "20")
    page.get_by_role("button", name="More: Weight").click()
    expect(drawn).to_have_attribute("aria-label", "20, 1.25")
    page.locator("#set-form [name=weight]").fill("61")
    expect(drawn).to_have_attribute("aria-label", "Your plates cannot make this weight.")
    first = page.locator("#now-title").inner_text()
    page.get_by_text("Change this exercise").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("#now-title")).not_to_have_text(first)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#now-title")).to_have_text(first)
    assert WorkoutLog.objects.get().changes == []
