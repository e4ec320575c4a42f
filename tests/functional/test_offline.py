"""No signal in the gym: the network really cut, the server really gone, the same entry really sent twice."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import os
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Error, Page, expect

from logging_app.models import SetLog, WorkoutLog
from logging_app.services.workouts import start_workout
from tests.browser import BROWSER_FLAGS
from tests.factories.accounts import PASSWORD, UserFactory
from tests.functional.test_entrance import pytestmark
from tests.functional.test_workout import LOG, session, sign_in
from tests.proxy import wire_to

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


def eventually(true: Callable[[], bool]) -> None:
    """The outbox sends by itself: wait until the server has it."""
    end = time.monotonic() + 15
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    assert true()


def all_stored(count: int) -> None:
    eventually(lambda: len(stored()) >= count)
    assert len(stored()) == count


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
    gym.get_by_role("button", name="Undo").click()
    expect(gym.locator(".set.waiting")).to_have_count(0)
    back_in_signal(gym)
    assert not stored()


def test_typed_numbers_are_still_there_after_the_waiting_sets_were_sent(gym):
    gym.context.set_offline(True)
    log_set(gym)
    expect(gym.locator(".set.waiting")).to_have_count(1)
    gym.get_by_label("Reps", exact=True).fill("11")
    back_in_signal(gym)
    expect(gym.get_by_role("button", name="Log set 2")).to_be_visible()
    expect(gym.get_by_label("Reps", exact=True)).to_have_value("11")
    log_set(gym)
    expect(gym.get_by_role("button", name="Log set 3")).to_be_visible()
    assert [row.reps for row in stored()] == [8, 11]


def test_a_waiting_set_can_be_changed_and_keeps_its_place_and_time(gym):
    gym.context.set_offline(True)
    for number in (1, 2):
        log_set(gym)
        expect(gym.locator(".set.waiting")).to_have_count(number)
    changed = timezone.now()
    gym.locator(".set.waiting").first.get_by_role("button", name="Change").click()
    gym.wait_for_url(re.compile(r"\?x="))
    expect(gym.locator(".set.waiting")).to_have_count(2)
    gym.get_by_label("Reps", exact=True).fill("5")
    log_set(gym)
    expect(gym.locator(".set.waiting").first).to_contain_text("60 kg × 5")
    expect(gym.locator(".set.waiting")).to_have_count(2)
    back_in_signal(gym)
    assert [row.reps for row in stored()] == [5, 8]
    assert all(row.performed_at < changed for row in stored())


def test_a_set_that_the_server_has_is_taken_back_without_signal(gym):
    for number in (2, 3):
        log_set(gym)
        expect(gym.get_by_role("button", name=f"Log set {number}")).to_be_visible()
    gym.context.set_offline(True)
    gym.get_by_role("button", name="Undo").click()
    expect(gym.locator(CARD)).to_contain_text("Waiting for signal: 1.")
    assert len(stored()) == 2
    back_in_signal(gym)
    assert len(stored()) == 1


def test_what_only_the_server_can_do_says_so_without_signal(at_home):
    at_home.context.set_offline(True)
    at_home.evaluate(
        "document.body.append(Object.assign(document.createElement('form'), {method: 'post', id: 'plain'}))"
    )
    at_home.evaluate("document.getElementById('plain').submit()")
    expect(at_home.get_by_role("heading", level=1)).to_have_text("You are offline")


@pytest.fixture
def at_home(browser, live_address, session):
    """A phone that was on today's page with signal for a moment; the worker has taken along what is needed."""
    context = browser.new_context(base_url=live_address, viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(15_000)
    sign_in(page)
    page.goto("/")
    taken_along(page)
    yield page
    context.close()


def kept_pages(page: Page) -> list[str]:
    """Addresses in the worker's keeping. (`wait_for_function` takes a promise for a yes, so the waiting is here.)"""
    found: list[str] = page.evaluate("async () => (await (await caches.open('pages')).keys()).map((one) => one.url)")
    return found


def given_up(page: Page) -> None:
    """Wait until the worker keeps no page any more."""
    end = time.monotonic() + 15
    while kept := kept_pages(page):
        assert time.monotonic() < end, f"the worker still keeps {kept}"
        page.wait_for_timeout(50)


def taken_along(page: Page, part: str = "/prepared") -> None:
    """Wait until the worker keeps a page with this in its address; the marker comes last of all."""
    end = time.monotonic() + 15
    while not any(part in url for url in kept_pages(page)):
        assert time.monotonic() < end, "the worker did not take the pages along"
        page.wait_for_timeout(50)


def test_a_whole_workout_from_start_to_end_without_signal(at_home, session):
    page = at_home
    page.context.set_offline(True)
    page.get_by_role("button", name="Start session").click()
    page.wait_for_url(re.compile(r"/log/[0-9a-f-]{36}/"))
    for exercise in range(1, 7):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Lift {exercise}")
        for number in (1, 2, 3):
            expect(page.get_by_role("button", name=f"Log set {number}")).to_be_visible()
            log_set(page)
            expect(page.locator(".set.waiting")).to_have_count(number)
        page.locator("[data-outbox-next] a").click()
    page.wait_for_url(re.compile("/finish/"))
    page.get_by_role("button", name="Save workout").click()
    page.wait_for_url(re.compile(r"/$"))
    expect(page.locator(CARD)).to_contain_text("Waiting for signal: 20.")
    assert not WorkoutLog.objects.exists()
    back_in_signal(page)
    workout = WorkoutLog.objects.get()
    assert (workout.session_id, workout.completed) == (session.pk, True)
    rows = stored()
    assert [row.movement.slug for row in rows] == [f"lift-{number}" for number in range(1, 7) for _ in range(3)]
    assert [row.performed_at for row in rows] == sorted(row.performed_at for row in rows)
    assert workout.started_at <= rows[0].performed_at
    assert rows[-1].performed_at <= workout.finished_at


def test_the_coming_days_can_be_read_without_signal_and_the_rest_says_what_it_needs(at_home, session):
    page = at_home
    page.context.set_offline(True)
    page.goto(reverse("programs:session", args=[session.pk]))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(CARD)).to_contain_text("No signal.")
    page.goto("/progress/")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are offline")


def test_a_sign_out_takes_the_kept_pages_away(at_home):
    assert kept_pages(at_home)
    at_home.goto(reverse("account_logout"))
    at_home.locator("main form button").click()
    at_home.wait_for_load_state("networkidle")
    given_up(at_home)


def test_who_signs_in_next_sees_nothing_of_the_first(at_home):
    page = at_home
    page.context.set_offline(True)
    page.get_by_role("button", name="Start session").click()
    page.wait_for_url(re.compile(r"/log/[0-9a-f-]{36}/"))
    kept = page.url
    page.context.clear_cookies()  # signed out by another device
    page.context.set_offline(False)
    page.goto("/")
    given_up(page)
    UserFactory(email="second@example.com")
    page.goto(reverse("account_login"))
    page.fill("[name=login]", "second@example.com")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "login" not in url)
    expect(page.locator(CARD)).to_be_hidden()
    page.context.set_offline(True)
    page.goto(kept)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are offline")
    assert not WorkoutLog.objects.exists()


# -- faults in the middle


@pytest.fixture
def wire(live_address):
    with wire_to(live_address) as wire:
        yield wire


@pytest.fixture
def wired(browser, wire, session):
    """A phone at a running workout behind a wire that can be cut."""
    context = browser.new_context(base_url=wire.address, viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(15_000)
    sign_in(page)
    page.goto("/")
    page.get_by_role("button", name="Start session").click()
    page.wait_for_url(re.compile(r"/log/[0-9a-f-]{36}/"))
    yield page
    context.close()


def try_again(page: Page) -> None:
    page.evaluate("window.dispatchEvent(new Event('online'))")


def test_a_reply_that_is_lost_leaves_one_set(wired, wire):
    wire.deaf_to = b"POST /log/outbox/"
    log_set(wired)
    expect(wired.locator(".set.waiting")).to_have_count(1)
    assert wire.swallowed  # once or more: the browser itself tries again when a connection breaks
    assert len(stored()) == 1  # the server has it, the phone does not know
    wire.deaf_to = None
    try_again(wired)
    expect(wired.locator(CARD)).to_be_hidden()
    expect(wired.get_by_role("button", name="Log set 2")).to_be_visible()
    assert len(stored()) == 1


def test_a_server_that_dies_while_the_outbox_is_sent_gets_each_set_once_in_order(wired, wire):
    wire.dead = True
    for number in range(1, 4):
        wired.get_by_label("Reps", exact=True).fill(str(number))
        log_set(wired)
        expect(wired.locator(".set.waiting")).to_have_count(number)
    wire.dead = False
    wire.deaf_to = b"POST /log/outbox/"
    try_again(wired)  # the first arrives, its reply does not: the rest waits behind it
    wired.wait_for_timeout(500)
    assert [row.reps for row in stored()] == [1]
    wire.deaf_to = None
    try_again(wired)
    expect(wired.locator(CARD)).to_be_hidden()
    assert [row.reps for row in stored()] == [1, 2, 3]


def test_a_tap_is_shown_at_once_though_the_wire_hangs_and_an_undo_then_reaches_the_server(wired, wire):
    wire.mute_to = b"POST /log/outbox/"
    log_set(wired)
    expect(wired.locator(".set.waiting")).to_have_count(1, timeout=4000)
    assert len(stored()) == 1  # arrived, but the answer hangs
    wired.get_by_role("button", name="Undo").click()
    wire.mute_to = None
    wire.dead = True  # the hanging answers never come
    wire.dead = False
    try_again(wired)
    expect(wired.locator(CARD)).to_be_hidden()
    expect(wired.get_by_role("button", name="Log set 1")).to_be_visible()
    assert not stored()


def test_an_end_is_stored_once_though_its_answer_was_lost(wired, wire):
    log_set(wired)
    expect(wired.get_by_role("button", name="Log set 2")).to_be_visible()
    wire.dead = True
    log_set(wired)
    expect(wired.locator(".set.waiting")).to_have_count(1)
    wire.dead = False
    wired.goto(wired.url.split("?")[0] + "finish/")
    wire.deaf_to = b"POST /log/outbox/"
    wired.get_by_role("button", name="Save workout").click()
    wired.wait_for_url(re.compile(r":\d+/$"))
    all_stored(2)
    wire.deaf_to = None
    try_again(wired)
    eventually(lambda: WorkoutLog.objects.get().completed)
    expect(wired.locator(CARD)).to_be_hidden()
    assert len(stored()) == 2
    workout = WorkoutLog.objects.get()
    assert max(row.performed_at for row in stored()) <= workout.finished_at


def test_two_tabs_send_the_same_outbox_once(wired, wire):
    wire.dead = True
    for number in (1, 2):
        log_set(wired)
        expect(wired.locator(".set.waiting")).to_have_count(number)
    wire.dead = False
    second = wired.context.new_page()
    second.goto(wired.url)
    for page in (wired, second):
        try_again(page)
    all_stored(2)
    for page in (wired, second):
        expect(page.locator(CARD)).to_be_hidden()
    assert len(stored()) == 2


def kill_browser(profile: Path) -> None:
    """As an empty battery does: no goodbye, nothing written any more."""
    mine = f"--user-data-dir={profile}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # gone meanwhile
            if mine in (folder / "cmdline").read_bytes().split(b"\0"):
                os.kill(int(folder.name), signal.SIGKILL)


def test_a_dead_phone_remembers_what_was_tapped(browser, live_address, session, tmp_path):
    """The browser is killed with sets in the outbox and opened again with the same profile, still without signal."""
    launch = browser.browser_type.launch_persistent_context
    options = {"executable_path": shutil.which("chromium"), "args": BROWSER_FLAGS, "base_url": live_address}
    phone = launch(str(tmp_path), **options)
    page = phone.new_page()
    page.goto(reverse("account_login"))
    page.get_by_label("Keep me signed in on this device").check()
    sign_in(page, open_login=False)
    page.goto("/")
    taken_along(page)
    phone.set_offline(True)
    page.get_by_role("button", name="Start session").click()
    page.wait_for_url(re.compile(r"/log/[0-9a-f-]{36}/"))
    log_set(page)
    expect(page.locator(".set.waiting")).to_have_count(1)
    address = page.url
    kill_browser(tmp_path)
    with contextlib.suppress(Error):  # nobody answers
        phone.close()
    phone = launch(str(tmp_path), **options)
    page = phone.new_page()
    phone.set_offline(True)
    page.goto(address)
    expect(page.locator(".set.waiting")).to_have_count(1)
    expect(page.get_by_role("button", name="Log set 2")).to_be_visible()
    log_set(page)
    expect(page.locator(".set.waiting")).to_have_count(2)
    phone.set_offline(False)
    page.goto(reverse("account_login"))
    if "login" in page.url:  # a browser that dies early forgets a cookie of the last seconds, but no set
        sign_in(page, open_login=False)
    all_stored(2)
    assert WorkoutLog.objects.count() == 1
    phone.close()


def test_what_the_server_refuses_is_shown_with_a_way_out_and_holds_up_nothing(gym):
    gym.context.set_offline(True)
    log_set(gym)
    expect(gym.locator(".set.waiting")).to_have_count(1)
    workout = WorkoutLog.objects.get()
    WorkoutLog.objects.update(finished_at=workout.started_at, completed=True)  # ended on another device before
    gym.context.set_offline(False)
    try_again(gym)
    expect(gym.locator(CARD)).to_contain_text("finished on another device")
    expect(gym.locator(CARD)).to_contain_text("Lift 1 60 kg × 8")
    assert not stored()
    gym.get_by_role("button", name="Log it all the same").click()
    expect(gym.locator(CARD)).to_be_hidden()
    assert len(stored()) == 1


def test_a_session_that_another_device_began_meanwhile_is_gone_on_with(at_home, session):
    page = at_home
    page.context.set_offline(True)
    page.get_by_role("button", name="Start session").click()
    page.wait_for_url(re.compile(r"/log/[0-9a-f-]{36}/"))
    log_set(page)
    expect(page.locator(".set.waiting")).to_have_count(1)
    tablet, _new = start_workout(user=session.microcycle.program.user, session=session)
    page.context.set_offline(False)
    try_again(page)
    page.wait_for_url(f"**/log/{tablet.pk}/")
    expect(page.get_by_role("button", name="Log set 2")).to_be_visible()
    assert [row.workout_id for row in stored()] == [tablet.pk]


def test_a_refused_set_can_be_changed_and_those_behind_it_are_stored(gym):
    gym.context.set_offline(True)
    gym.get_by_label("Weight", exact=True).fill("6000")
    log_set(gym)
    expect(gym.locator(".set.waiting")).to_have_count(1)
    gym.get_by_label("Weight", exact=True).fill("60")
    log_set(gym)
    expect(gym.locator(".set.waiting")).to_have_count(2)
    gym.context.set_offline(False)
    try_again(gym)
    expect(gym.locator(CARD)).to_contain_text("Not taken by the server")
    expect(gym.locator(CARD)).to_contain_text("Weight: Must be at most 1000.")
    all_stored(1)
    gym.locator(CARD).get_by_role("button", name="Change").click()
    gym.wait_for_url(re.compile(r"\?x="))
    expect(gym.get_by_label("Weight", exact=True)).to_have_value("6000")
    gym.get_by_label("Weight", exact=True).fill("62,5")
    log_set(gym)
    expect(gym.locator(CARD)).to_be_hidden()
    assert sorted(row.weight_kg for row in stored()) == [60, 62.5]


def test_on_a_plain_address_in_the_house_all_works_with_what_browsers_offer_there(browser, live_address, session):
    """No worker, no locks, no ids by the browser: those are for https only."""
    context = browser.new_context(base_url=live_address)
    context.add_init_script(
        "Object.defineProperty(Crypto.prototype, 'randomUUID', {value: undefined});"
        "for (const name of ['locks', 'serviceWorker', 'storage'])"
        "  Object.defineProperty(Navigator.prototype, name, {value: undefined});"
        "delete window.caches;"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    sign_in(page)
    page.goto("/")
    page.get_by_role("button", name="Start session").click()
    page.wait_for_url(re.compile(r"/log/[0-9a-f-]{36}/"))
    context.set_offline(True)
    log_set(page)
    expect(page.locator(".set.waiting")).to_have_count(1)
    back_in_signal(page)
    all_stored(1)
    context.close()


def test_who_is_signed_out_keeps_the_sets_and_is_asked_to_sign_in(gym):
    gym.context.set_offline(True)
    log_set(gym)
    expect(gym.locator(".set.waiting")).to_have_count(1)
    gym.context.clear_cookies()
    gym.context.set_offline(False)
    try_again(gym)
    expect(gym.locator(CARD)).to_contain_text("Waiting for you to sign in again: 1.")
    gym.get_by_role("link", name="Sign in").click()
    sign_in(gym)
    all_stored(1)
    expect(gym.locator(CARD)).to_be_hidden()


def test_the_workout_page_weighs_little(open_page, session):
    """Our scripts, styles and pictures, compressed as a server sends them: 120 KB at most."""
    page = open_page("phone")
    sign_in(page)
    page.goto("/")
    page.get_by_role("button", name="Start session").click()
    page.wait_for_url(re.compile(r"/log/[0-9a-f-]{36}/"))
    page.wait_for_load_state("networkidle")
    names = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    own = {name for name in names if "/static/" in name and "/django_htmx/" not in name}
    sizes = {name: len(gzip.compress(page.request.get(name).body())) for name in own}
    total = sum(sizes.values())
    sys.stderr.write(f"workout page: {total / 1000:.0f} KB in {len(sizes)} files\n")
    assert len(sizes) > 10
    assert total <= 120_000, sorted(sizes.items(), key=lambda one: -one[1])[:8]
