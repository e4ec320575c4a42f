"""Injuries on the pages: added, changed, healed, removed; another's are not there."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts import selectors
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def knee(user, **changes):
    since = selectors.local_today(user) - dt.timedelta(days=10)
    return {"area": "knee", "severity": "2", "since": since.isoformat(), "notes": "Stairs", **changes}


def add(client, user, **changes):
    client.post(reverse("accounts:injury-add"), knee(user, **changes))
    return selectors.injuries_of(user).get()


def test_an_injury_is_added_and_listed(client, alice):
    add(client, alice, patterns_to_avoid=["lunge"])
    html = client.get(reverse("accounts:injuries")).content.decode()
    assert "Knee" in html
    assert "Stairs" in html
    assert "lunge" in html


def test_an_injury_of_tomorrow_is_refused_at_its_field(client, alice):
    tomorrow = selectors.local_today(alice) + dt.timedelta(days=1)
    page = client.post(reverse("accounts:injury-add"), knee(alice, since=tomorrow.isoformat()))
    assert page.status_code == 422
    assert 'id="id_since_error"' in page.content.decode()
    assert not selectors.injuries_of(alice).exists()


def test_a_healed_injury_limits_nothing_from_today(client, alice):
    injury = add(client, alice)
    client.post(reverse("accounts:injury-end", args=[injury.pk]))
    assert not selectors.injuries_on(alice, selectors.local_today(alice)).exists()
    assert "1 healed" in client.get(reverse("accounts:injuries")).content.decode()


def test_an_injury_is_changed_and_removed(client, alice):
    injury = add(client, alice)
    client.post(reverse("accounts:injury", args=[injury.pk]), knee(alice, severity="3"))
    injury.refresh_from_db()
    assert injury.severity == 3
    client.post(reverse("accounts:injury-remove", args=[injury.pk]))
    assert not selectors.injuries_of(alice).exists()


@pytest.mark.parametrize(
    ("name", "method"), [("injury", "get"), ("injury", "post"), ("injury-end", "post"), ("injury-remove", "post")]
)
def test_another_athletes_injury_is_not_there(client, alice, name, method):
    injury = add(client, alice)
    client.force_login(UserFactory())
    assert getattr(client, method)(reverse(f"accounts:{name}", args=[injury.pk])).status_code == 404
    assert selectors.injuries_of(alice).count() == 1
