"""Sign-up, sign-in, reset: the pages of those who are not in yet."""

import re
import threading

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import User
from accounts.services import registration
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SIGN_UP = {"name": "Alice", "email": "alice@example.com", "password1": "treadle-Marmot-41"}


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_entrance_pages_name_every_field_and_offer_one_primary_action(client, name):
    page = client.get(reverse(name))
    html = page.content.decode()
    assert page.status_code == 200
    assert html.count('class="btn primary') == 1
    for control in re.findall(r'<input[^>]*type="(?:text|email|password|checkbox)"[^>]*>', html):
        identifier = re.search(r'id="([^"]+)"', control)[1]
        assert f'for="{identifier}"' in html


def test_sign_up_keeps_the_name_and_leads_into_the_onboarding(client):
    answer = client.post(reverse("account_signup"), SIGN_UP)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("accounts:onboarding")
    assert User.objects.get(email="alice@example.com").name == "Alice"


@pytest.mark.django_db(transaction=True)
def test_the_same_sign_up_sent_twice_at_one_moment_makes_one_account_and_no_fault(client):
    """The other request has written its row but not yet committed when this one's form is checked."""
    written, waited = threading.Event(), threading.Event()

    def other() -> None:
        with transaction.atomic():
            registration.register_over_api(email=SIGN_UP["email"], password=SIGN_UP["password1"], name="Alice")
            written.set()
            waited.wait(timeout=1)
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    written.wait()
    answer = client.post(reverse("account_signup"), SIGN_UP, follow=True)
    thread.join()
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == reverse("account_login")
    assert "There is already an account" in answer.content.decode()
    assert User.objects.filter(email=SIGN_UP["email"]).count() == 1


def test_a_weak_password_is_refused_at_its_field(client):
    page = client.post(reverse("account_signup"), {**SIGN_UP, "password1": "short"})
    html = page.content.decode()
    assert 'id="id_password1_error"' in html
    assert 'aria-invalid="true"' in html
    assert not User.objects.exists()


def test_a_wrong_password_is_told_above_the_form(client):
    user = UserFactory()
    page = client.post(reverse("account_login"), {"login": user.email, "password": "not-the-one-77"})
    assert 'role="alert"' in page.content.decode()


def test_sign_in_goes_to_the_page_that_was_asked_for(client):
    user = UserFactory()
    there = reverse("accounts:settings")
    answer = client.post(f"{reverse('account_login')}?next={there}", {"login": user.email, "password": PASSWORD})
    assert answer["Location"] == there


def test_the_reset_mail_carries_a_link_that_sets_a_new_password(client):
    user = UserFactory()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "another-Marmot-42", "password2": "another-Marmot-42"})
    user.refresh_from_db()
    assert user.check_password("another-Marmot-42")


def test_a_spent_reset_link_offers_a_new_one(client):
    page = client.get(reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "spent"}))
    assert reverse("account_reset_password") in page.content.decode()


@pytest.mark.parametrize("name", ["account_logout", "account_email", "account_change_password"])
def test_account_pages_open_for_their_owner(client, name):
    client.force_login(UserFactory())
    assert client.get(reverse(name)).status_code == 200
