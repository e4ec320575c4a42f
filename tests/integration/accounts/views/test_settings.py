"""The pages behind the avatar."""

import json

import pytest
from django.urls import reverse

from accounts import selectors
from tests.factories.accounts import UserFactory
from tests.integration.accounts.views.test_onboarding import LIKES, WEEK, YOU

pytestmark = pytest.mark.django_db
DISPLAY = {"theme": "light", "units": "imperial", "e1rm_formula": "epley"}
FORMS = [
    ("settings-person", YOU, "height_cm", "999"),
    ("settings-week", WEEK, "session_minutes", "5"),
    ("settings-preferences", LIKES, "persona_tone", "angry"),
    ("settings-display", DISPLAY, "theme", "pink"),
]


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def at(name):
    return reverse(f"accounts:{name}")


@pytest.mark.parametrize("name", ["settings", *(row[0] for row in FORMS)])
def test_settings_are_for_the_signed_in(client, name):
    assert client.get(at(name))["Location"].startswith(reverse("account_login"))


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize(("name", "data", "_field", "_wrong"), FORMS)
def test_a_form_saves_and_says_so(client, name, data, _field, _wrong):
    page = client.post(at(name), data, follow=True)
    assert page.redirect_chain[-1][0] == at("settings")
    assert "Saved." in page.content.decode()


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize(("name", "data", "field", "wrong"), FORMS)
def test_a_wrong_value_is_told_at_its_field(client, name, data, field, wrong):
    page = client.post(at(name), {**data, field: wrong})
    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.content.decode()


def test_the_theme_reaches_the_document(client, alice):
    assert 'data-theme="dark"' in client.get(at("settings")).content.decode()
    client.post(at("settings-display"), DISPLAY)
    assert 'data-theme="light"' in client.get(at("settings")).content.decode()


def test_htmx_is_told_where_to_go_after_saving(client, alice):
    answer = client.post(at("settings-week"), WEEK, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert json.loads(answer["HX-Location"])["path"] == at("settings")
    page = client.get(at("settings"), headers={"HX-Request": "true"}).content.decode()
    assert 'hx-swap-oob="beforeend"' in page
    assert "Saved." in page


def test_an_expired_session_sends_htmx_to_the_sign_in_page_and_back_to_the_page_in_view(client):
    answer = client.get(
        at("settings"), headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{at('settings-week')}"}
    )
    assert answer["HX-Redirect"] == f"{reverse('account_login')}?next=%2Fsettings%2Fweek%2F"


def test_settings_remind_of_the_open_screening(client, alice):
    assert at("onboarding-safety") in client.get(at("settings")).content.decode()


def test_the_number_of_queries_does_not_grow_with_what_one_likes(client, alice, django_assert_num_queries):
    client.get(at("settings-preferences"))
    client.post(at("settings-preferences"), {**LIKES, "activities": []})
    client.get(at("settings"))  # shows the message
    with django_assert_num_queries(3):  # the person, disciplines, activities
        client.get(at("settings-preferences"))
    client.post(at("settings-preferences"), LIKES)
    client.get(at("settings"))
    with django_assert_num_queries(3):
        client.get(at("settings-preferences"))
    assert selectors.activities_of(alice).count() == 2
