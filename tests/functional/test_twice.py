"""A nervous thumb on any button sends a form once, and a page that came back may be sent again."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import Injury
from logging_app.models import BiometricEntry
from programs.models import Program
from tests.functional.test_entrance import pytestmark
from tests.functional.test_workout import session, sign_in

__all__ = ["pytestmark", "session"]
TWICE = "(form) => { form.requestSubmit(); setTimeout(() => form.requestSubmit(), 40); }"


def send_twice(page: Page, action: str) -> None:
    with page.expect_navigation():
        page.locator(f"form[method=post][action='{action}']").first.evaluate(TWICE)
    page.wait_for_load_state("networkidle")


def test_a_measure_sent_twice_is_kept_once_and_another_may_follow(session, phone):
    sign_in(phone)
    for count in (1, 2):
        phone.goto(reverse("logging:body"))
        phone.fill("[name=value]", "81.5")
        send_twice(phone, reverse("logging:body"))
        assert BiometricEntry.objects.count() == count


def test_a_program_copied_twice_is_copied_once(session, phone):
    sign_in(phone)
    program = Program.objects.get()
    phone.goto(reverse("programs:program", args=[program.pk]))
    send_twice(phone, reverse("programs:duplicate", args=[program.pk]))
    assert Program.objects.count() == 2


def test_an_injury_told_twice_is_kept_once(session, phone):
    sign_in(phone)
    phone.goto(reverse("accounts:injury-add"))
    phone.check("[name=area][value=knee]", force=True)
    phone.check("[name=severity][value='1']", force=True)
    with phone.expect_navigation():
        phone.locator("main form[method=post]").first.evaluate(TWICE)
    phone.wait_for_load_state("networkidle")
    assert Injury.objects.count() == 1


def test_a_page_that_came_back_by_the_button_may_be_sent_again(session, phone):
    sign_in(phone)
    phone.goto(reverse("logging:body"))
    phone.fill("[name=value]", "81.5")
    send_twice(phone, reverse("logging:body"))
    phone.go_back()
    phone.fill("[name=value]", "82")
    send_twice(phone, reverse("logging:body"))
    assert sorted(BiometricEntry.objects.values_list("value", flat=True)) == [81.5, 82]
