"""The browser's door leads to the same room as the API's."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import Profile, RefreshSession, Settings, User
from accounts.services import api_tokens
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def sign_up(client, **changes):
    return client.post(
        reverse("account_signup"), {"name": "Alice", "email": "Alice@Example.com", "password1": PASSWORD, **changes}
    )


def test_signing_up_in_the_browser_makes_the_same_account(client):
    assert sign_up(client).status_code == 302
    user = User.objects.get()
    assert (user.email, user.name) == ("alice@example.com", "Alice")
    assert Profile.objects.get().user == Settings.objects.get().user == user
    assert EmailAddress.objects.get().user == user
    assert client.session["_auth_user_id"] == str(user.pk)
    answer = APIClient().post("/api/v1/auth/login", {"email": "alice@example.com", "password": PASSWORD})
    assert answer.status_code == 200


@pytest.mark.parametrize("changes", [{"email": "nobody"}, {"password1": "short"}, {"password1": "alice@example.com"}])
def test_a_bad_sign_up_saves_nothing(client, changes):
    assert sign_up(client, **changes).status_code in {200, 422}
    assert not User.objects.exists()


def test_an_address_that_is_taken_makes_no_second_account(client):
    UserFactory(email="alice@example.com")
    sign_up(client)
    assert User.objects.count() == 1


def test_failures_in_the_browser_close_the_api_too(client):
    UserFactory(email="alice@example.com")
    for _ in range(10):
        client.post(reverse("account_login"), {"login": "alice@example.com", "password": "wrong-one"})
    answer = APIClient().post("/api/v1/auth/login", {"email": "alice@example.com", "password": PASSWORD})
    assert answer.status_code == 429


def test_asking_for_a_reset_answers_alike_for_known_and_unknown_addresses_and_is_limited(client):
    UserFactory(email="alice@example.com")
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in ("alice@example.com", "nobody@example.com")
    ]
    first, second = [(answer.status_code, answer["Location"]) for answer in answers]
    assert first == second
    assert first[0] == 302
    for _ in range(3):
        client.post(reverse("account_reset_password"), {"email": "nobody@example.com"})
    assert client.post(reverse("account_reset_password"), {"email": "nobody@example.com"}).status_code == 429


def test_a_new_password_signs_the_devices_out(client):
    user = UserFactory()
    api_tokens.issue(user=user, device="phone")
    client.force_login(user)
    body = {"oldpassword": PASSWORD, "password1": "another-Marmot-42", "password2": "another-Marmot-42"}
    client.post(reverse("account_change_password"), body)
    assert RefreshSession.objects.get().revoked_at is not None
