"""From the welcome page through sign-up and onboarding to the wizard, by hand in a real browser."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from gainsly.lib.vocabulary import EQUIPMENT
from movements.models import Equipment

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # Static files and request bodies under ASGI: the framework reads files in a thread and warns of it.
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
QUESTIONS = ("heart", "chest_pain", "dizziness", "advised_against", "age")
NARROW = 320


@pytest.fixture(autouse=True)
def _equipment(transactional_db):
    Equipment.objects.bulk_create(Equipment(slug=slug, name=slug) for slug in EQUIPMENT)


def go_on(page: Page) -> None:
    page.locator("main form .btn.primary").click()
    page.wait_for_load_state("networkidle")


def sign_up(page: Page) -> None:
    page.goto("/")
    page.locator(".hero .btn.primary").click()
    page.fill("[name=name]", "Alice")
    page.fill("[name=email]", "alice@example.com")
    page.fill("[name=password1]", "treadle-Marmot-41")
    go_on(page)


def answer_no(page: Page) -> None:
    for question in QUESTIONS:
        page.check(f"[name={question}][value=no]", force=True)
    go_on(page)


def fits(page: Page) -> bool:
    page.set_viewport_size({"width": NARROW, "height": 700})
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_visitor_reaches_the_wizard(open_page, size):
    page = open_page(size, timezone_id="Europe/Berlin")
    sign_up(page)
    answer_no(page)
    assert page.input_value("[name=time_zone]") == "Europe/Berlin"  # the device's own, offered by a script
    for _step in ("you", "kit"):
        go_on(page)
    page.locator("[data-step='1']").click()
    assert page.input_value("[name=session_minutes]") == "65"
    for _step in ("week", "preferences", "done"):
        go_on(page)
    assert page.url.endswith(reverse("programs:wizard"))


def test_a_visitor_without_scripts_reaches_the_wizard_too(open_page):
    page = open_page("phone", java_script_enabled=False)
    sign_up(page)
    answer_no(page)
    for _step in ("you", "kit"):
        go_on(page)
    assert not page.locator("[data-step='1']").is_visible()
    page.fill("[name=session_minutes]", "45")
    for _step in ("week", "preferences", "done"):
        go_on(page)
    assert page.url.endswith(reverse("programs:wizard"))


def test_pages_fit_a_narrow_phone_and_the_theme_changes_at_once(phone):
    sign_up(phone)
    for name in ("onboarding-safety", "onboarding-you", "onboarding-preferences", "settings", "injury-add"):
        phone.goto(reverse(f"accounts:{name}"))
        assert fits(phone), name
    ground = "getComputedStyle(document.body).backgroundColor"
    assert phone.evaluate(ground) == "rgb(0, 0, 0)"
    phone.goto(reverse("accounts:settings-display"))
    phone.check("[name=theme][value=light]", force=True)
    go_on(phone)
    assert phone.evaluate(ground) != "rgb(0, 0, 0)"
    assert phone.locator("[data-toast]").inner_text() == "Saved."
