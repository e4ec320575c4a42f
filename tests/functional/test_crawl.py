"""Every page the demo athlete can reach by a link, in a real browser: it answers, fits, speaks and is labelled."""

from __future__ import annotations

import re
from collections import Counter, deque
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlsplit

import pytest
from django.core.management import call_command
from django.urls import Resolver404, resolve, reverse
from playwright.sync_api import Page, Response

from logging_app.services import demo
from tests.factories.accounts import PASSWORD, UserFactory
from tests.functional.test_entrance import pytestmark

__all__ = ["pytestmark"]
WIDTHS = (320, 1280, 390)  # the last stays for the next page
PER_ROUTE, PER_QUESTION = 6, 2  # pages of one route in all, and with the same keys in their query
LIVE, LEAST_PAGES = re.compile(r"/log/[0-9a-f-]{36}/$"), 60
NOT_WORDS = re.compile(
    r"\bNone\b(?! yet)|\bNaN\b|\bundefined\b|\{\{|\{%|%\(|Traceback|\bTrue\b|\bFalse\b|\b[a-z]+(?:_[a-z]+)+\b"
)
FACTS, CONTRAST = (
    (Path(__file__).parent / name).read_text().partition("\n")[2] for name in ("page_facts.js", "contrast.js")
)
WEAR = "(theme) => { document.documentElement.dataset.theme = theme; }"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Crawl:
    """A walk over the links; ``faults`` says what was wrong and where."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        page.emulate_media(reduced_motion="reduce")  # a colour on its way to another is no colour to measure
        self.waiting: deque[str] = deque()
        self.seen: set[str] = set()
        self.files: set[str] = set()
        self.taken: Counter[Any] = Counter()
        self.faults: list[str] = []
        self.ids: dict[str, set[str]] = {}
        self.anchors: set[tuple[str, str]] = set()

    def offer(self, url: str) -> None:
        """Queue an address of this product, unless its route was walked often enough."""
        address, anchor = urldefrag(url)
        if not address.startswith(self.home + "/"):
            return
        if anchor:
            self.anchors.add((address, anchor))
        parts = urlsplit(address)
        if address in self.seen or parts.path.startswith(("/static/", "/admin/")):
            return
        self.seen.add(address)
        try:
            route = resolve(parts.path).route
        except Resolver404:
            self.faults.append(f"{address} is no address of the product")
            return
        question = (route, frozenset(key for key, _ in parse_qsl(parts.query)))
        if self.taken[route] < PER_ROUTE and self.taken[question] < PER_QUESTION:
            self.taken[route] += 1
            self.taken[question] += 1
            self.waiting.append(address)

    def walk(self, start: str) -> None:
        self.offer(self.home + start)
        while self.waiting:
            address = self.waiting.popleft()
            answer = self.visit(address)
            if answer is None:
                continue
            if answer.status != 200:
                self.faults.append(f"{address}: {answer.status}")
            elif "html" in answer.headers.get("content-type", ""):
                self.judge(address)

    def visit(self, address: str) -> Response | None:
        """The page's answer; None for a file, which must come too."""
        if address not in self.files:
            return self.page.goto(address)
        status = self.page.request.get(address).status
        if status != 200:
            self.faults.append(f"{address}: {status}")
        return None

    def judge(self, address: str) -> None:
        facts = self.page.evaluate(FACTS)
        faults = facts["faults"]
        for theme in ("light", "dark"):
            self.page.evaluate(WEAR, theme)
            faults += [f"{theme}: {one}" for one in self.page.evaluate(CONTRAST)]
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 844})
            if (wide := self.page.evaluate(SIDEWAYS)) > 0:
                faults.append(f"{wide} px sideways at {width}")
        faults += [f"says {word!r}" for word in sorted(set(NOT_WORDS.findall(facts["text"])))]
        self.faults += [f"{address}: {fault}" for fault in faults]
        self.ids[address] = set(facts["ids"])
        self.files.update(facts["files"])
        for link in facts["links"]:
            self.offer(link)

    def check_anchors(self) -> None:
        for address, anchor in sorted(self.anchors):
            if address in self.ids and anchor not in self.ids[address]:
                self.faults.append(f"{address}#{anchor} leads nowhere")


def sign_in(page: Page, password: str = demo.PASSWORD) -> None:
    page.goto(reverse("account_login"))
    page.fill("[name=login]", demo.EMAIL)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "login" not in url)


@pytest.fixture
def _demo(transactional_db):
    for command in ("load_movements", "load_activities", "seed_demo"):
        call_command(command, verbosity=0)


@pytest.mark.usefixtures("_demo")
def test_every_page_a_link_leads_to_is_whole(open_page, live_address):
    page = open_page("phone")
    sign_in(page)
    crawl = Crawl(page, live_address)
    crawl.walk("/")
    page.goto("/")
    page.get_by_role("button", name="Start session").click()
    page.wait_for_url(LIVE)
    crawl.walk(urlsplit(page.url).path)  # the workout under way, its finish and what may be changed in it
    crawl.check_anchors()
    assert not crawl.faults, "\n".join(crawl.faults)
    assert len(crawl.ids) > LEAST_PAGES, sorted(crawl.ids)


def test_pages_of_a_fresh_athlete_are_whole(open_page, live_address):
    """Nothing planned, nothing logged: every page has something to say and nothing to trip over."""
    UserFactory(email=demo.EMAIL)
    page = open_page("phone")
    sign_in(page, PASSWORD)
    crawl = Crawl(page, live_address)
    crawl.walk("/")
    crawl.check_anchors()
    assert not crawl.faults, "\n".join(crawl.faults)
