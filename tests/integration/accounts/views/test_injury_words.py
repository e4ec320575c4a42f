import pytest
from django.urls import reverse

from accounts.models import Injury
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
URL = reverse("accounts:injury-add")


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def test_words_fill_the_form_and_store_nothing(client, alice):
    page = client.get(URL, {"words": "torn rotator cuff"})
    assert page.context["form"].initial["area"] == "shoulder"
    assert page.context["form"].initial["severity"] == 3
    assert "This is how we read it" in page.content.decode()
    assert not Injury.objects.exists()


def test_words_that_say_no_place_are_asked_about(client, alice):
    page = client.get(URL, {"words": "everything is awful"}).content.decode()
    assert "Choose the place below" in page
    assert not Injury.objects.exists()


def test_two_places_are_confirmed_one_after_the_other(client, alice):
    where = f"{URL}?words=knee+and+shoulder"
    answer = client.post(where, {"area": "knee", "severity": 2, "since": "2026-01-05"})
    assert answer.url == where
    assert client.get(where).context["form"].initial["area"] == "shoulder"
    answer = client.post(where, {"area": "shoulder", "severity": 1, "since": "2026-01-05"})
    assert answer.url == reverse("accounts:injuries")
    assert {row.area for row in Injury.objects.all()} == {"knee", "shoulder"}


def test_the_api_reads_text_and_asks_where_it_is_lost(client, alice):
    path = "/api/v1/settings/injuries/read"
    found = client.post(path, {"text": "tennis elbow"}, content_type="application/json").json()
    assert (found["understood"], found["areas"]) == (True, ["elbow"])
    lost = client.post(path, {"text": "all of me"}, content_type="application/json").json()
    assert (lost["understood"], lost["areas"]) == (False, [])
    assert "knee" in lost["choices"]
    assert not Injury.objects.exists()
