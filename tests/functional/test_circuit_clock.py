"""The clock of a circuit in a real browser: every type started, paused, run out; and right after the tab slept."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from movements.models import Circuit
from movements.services.circuits import circuit_record_from, save_circuit
from tests.factories.accounts import UserFactory
from tests.factories.movements import load_sample
from tests.functional.test_entrance import pytestmark

__all__ = ["pytestmark"]  # the marks of every journey
NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
LEAD = 10  # seconds to get ready
STATIONS = [{"movement": "push-up", "reps": 10}, {"movement": "goblet-squat", "reps": 15}]


@pytest.fixture
def athlete(transactional_db):
    load_sample()
    return UserFactory()


@pytest.fixture
def run(open_page, live_address, athlete):
    """Opens a circuit's page with the browser's time in the test's hand."""

    def opened(**facts) -> Page:
        facts = {"name": "Clocked", "estimated_minutes": 10, "exercises": STATIONS, **facts}
        circuit: Circuit = save_circuit(record=circuit_record_from(facts))
        client = Client()
        client.force_login(athlete)
        page: Page = open_page("phone")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_address}])
        page.clock.install(time=NOON)
        page.goto(f"/movements/circuits/{circuit.slug}/")
        page.clock.pause_at(
            NOON + dt.timedelta(minutes=1)
        )  # from here on no second passes that a test does not ask for
        return page

    return opened


def part(page: Page, name: str):
    return page.locator(f"[data-ct-{name}]")


def start(page: Page) -> None:
    part(page, "toggle").click()
    page.clock.run_for((LEAD + 0.5) * 1000)


def test_amrap_counts_rounds_pauses_goes_on_and_ends(run):
    page = run(type="amrap", time_cap_seconds=120)
    expect(part(page, "clock")).to_have_text("2:00")
    start(page)
    expect(part(page, "clock")).to_have_text("2:00")
    page.clock.run_for(30_000)
    expect(part(page, "clock")).to_have_text("1:30")
    part(page, "done").click()
    expect(part(page, "round")).to_contain_text("1")
    part(page, "toggle").click()
    page.clock.run_for(60_000)
    expect(part(page, "clock")).to_have_text("1:30")
    part(page, "toggle").click()
    page.clock.run_for(10_000)
    expect(part(page, "clock")).to_have_text("1:20")
    page.clock.run_for(81_000)
    expect(page.locator("[data-circuit-timer]")).to_have_attribute("data-phase", "over")
    expect(part(page, "toggle")).to_be_hidden()


def test_emom_takes_turns_by_the_minute(run):
    page = run(type="emom", rounds=4)
    start(page)
    expect(part(page, "what")).to_have_text("Push-Up")
    page.clock.run_for(60_000)
    expect(part(page, "what")).to_have_text("Goblet Squat")
    expect(part(page, "round")).to_contain_text("2")
    page.clock.run_for(181_000)
    expect(page.locator("[data-circuit-timer]")).to_have_attribute("data-phase", "over")


def test_tabata_works_twenty_and_rests_ten(run):
    page = run(type="tabata")
    card = page.locator("[data-circuit-timer]")
    start(page)
    expect(card).to_have_attribute("data-phase", "work")
    expect(part(page, "clock")).to_have_text("0:20")
    page.clock.run_for(20_000)
    expect(card).to_have_attribute("data-phase", "rest")
    page.clock.run_for(10_000)
    expect(card).to_have_attribute("data-phase", "work")
    page.clock.run_for(211_000)
    expect(card).to_have_attribute("data-phase", "over")


def test_for_time_runs_up_round_by_round_until_it_is_done(run):
    page = run(type="rounds_for_time", rounds=2)
    start(page)
    page.clock.run_for(45_000)
    expect(part(page, "clock")).to_have_text("0:45")
    part(page, "done").click()
    expect(part(page, "round")).to_contain_text("2")
    page.clock.run_for(30_000)
    part(page, "done").click()
    expect(page.locator("[data-circuit-timer]")).to_have_attribute("data-phase", "over")
    expect(part(page, "clock")).to_have_text("1:15")


NEARLY_SIX = re.compile(r"^5:5\d$")


def test_the_clock_is_right_after_the_tab_slept_and_after_a_reload(run):
    page = run(type="amrap", time_cap_seconds=600)
    start(page)
    page.clock.fast_forward(240_000)  # as a closed lid: timers fire once at most
    page.clock.run_for(2_000)
    expect(part(page, "clock")).to_have_text(NEARLY_SIX)
    page.reload()
    page.clock.run_for(2_000)
    expect(part(page, "clock")).to_have_text(NEARLY_SIX)
    part(page, "reset").click()
    expect(part(page, "clock")).to_have_text("10:00")
