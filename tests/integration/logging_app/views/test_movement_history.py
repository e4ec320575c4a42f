"""What was done with one movement, as a page and as a part of the movement's own page."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from movements.models import Movement
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import NOON, SQUAT, lifted, log, small_library

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    small_library()
    with time_machine.travel(NOON + 60 * DAY, tick=False):
        yield user


def url():
    return reverse("logging:movement-history", args=[SQUAT])


def fragment(client):
    return client.get(url(), headers={"HX-Request": "true", "HX-Target": "movement-history"}).content.decode()


def test_nothing_logged_says_so(client, alice):
    assert "not logged it yet" in client.get(url()).content.decode()


def test_the_newest_days_stand_first_with_the_best_estimate(client, alice):
    log(alice, lifted(100, 5), title="Older")
    log(alice, lifted(90, 5), lifted(90, 4), at=NOON + 3 * DAY)
    text = fragment(client)
    assert "<nav" not in text
    assert text.index("90 kg") < text.index("100 kg")
    assert "Best estimated one-rep max" in text
    assert reverse("movements:detail", args=[SQUAT]) in client.get(url()).content.decode()


def test_another_athletes_sets_are_not_shown(client, alice):
    log(UserFactory(), lifted(140, 5))
    assert "140" not in fragment(client)
    theirs = Movement.objects.create(
        owner=UserFactory(), name="Secret", slug="my-secret", pattern="squat", region="full_body",
        discipline="general", cns_load="low", skill_level="beginner",
    )  # fmt: skip
    assert client.get(reverse("logging:movement-history", args=[theirs.slug])).status_code == 404


def test_it_costs_the_same_for_one_workout_and_for_eight(client, alice, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(9) as captured:
            fragment(client)
        return len(captured)

    log(alice, lifted(100, 5))
    few = queries()
    for day in range(1, 8):
        log(alice, lifted(100, 5), lifted(100, 4), at=NOON + day * DAY)
    assert queries() == few
    assert fragment(client).count("/history/") == 5  # the newest five
