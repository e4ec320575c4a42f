"""The kit on the pages: a step of the onboarding, and its settings."""

import re

import pytest
from django.urls import reverse

from movements import selectors
from movements.catalogue.kits import KIT_PRESETS
from movements.models import Equipment
from tests.factories.accounts import SettingsFactory, UserFactory

pytestmark = pytest.mark.django_db
WEIGHTS = {"bar_kg": "15", "plates_kg": "1.25 2.5, 5 10", "dumbbells_kg": "", "load_step_kg": "2.5"}


@pytest.fixture
def alice(client):
    for slug in KIT_PRESETS["full_gym"]:
        Equipment.objects.get_or_create(slug=slug, defaults={"name": slug})
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize("name", ["kit", "onboarding-kit"])
def test_the_kit_is_for_the_signed_in(client, name):
    assert client.get(reverse(f"movements:{name}"))["Location"].startswith(reverse("account_login"))


def test_a_usual_room_is_chosen_in_the_onboarding(client, alice):
    answer = client.post(reverse("movements:onboarding-kit"), {"preset": "dumbbells"})
    assert answer["Location"] == reverse("accounts:onboarding-week")
    assert set(selectors.kit_for(alice).equipment) == set(KIT_PRESETS["dumbbells"])


def test_bodyweight_only_holds_nothing(client, alice):
    client.post(reverse("movements:kit"), {"preset": "bodyweight"})
    assert selectors.kit_for(alice).equipment == ()


def test_a_list_of_ones_own_counts_only_when_it_is_chosen(client, alice):
    client.post(reverse("movements:kit"), {"preset": "bands", "equipment": ["rower"]})
    assert "rower" not in selectors.kit_for(alice).equipment
    client.post(reverse("movements:kit"), {"preset": "own", "equipment": ["rower", "kettlebell"]})
    assert set(selectors.kit_for(alice).equipment) == {"rower", "kettlebell"}
    html = client.get(reverse("movements:kit")).content.decode()
    assert re.search(r'<input type="radio" name="preset" value="own"[^>]* checked', html)


def test_a_room_that_does_not_exist_is_refused_at_its_field(client, alice):
    page = client.post(reverse("movements:kit"), {"preset": "moon"})
    assert page.status_code == 422
    assert 'id="id_preset_error"' in page.content.decode()


def test_plates_are_written_in_a_row(client, alice):
    client.post(reverse("movements:kit-weights"), WEIGHTS)
    kit = selectors.kit_for(alice)
    assert (kit.bar_kg, kit.plates_kg, kit.dumbbells_kg) == (15, (1.25, 2.5, 5, 10), ())


def test_pounds_are_kept_as_kilograms_and_shown_as_pounds(client, alice):
    settings = SettingsFactory(user=alice)
    settings.units = "imperial"
    settings.save()
    client.post(reverse("movements:kit-weights"), {**WEIGHTS, "bar_kg": "45", "plates_kg": "45 25 10 5 2.5"})
    assert selectors.kit_for(alice).bar_kg == pytest.approx(20.41)
    html = client.get(reverse("movements:kit")).content.decode()
    assert 'value="45"' in html
    assert 'value="2.5 5 10 25 45"' in html


@pytest.mark.parametrize(
    ("field", "wrong"), [("plates_kg", "heavy"), ("plates_kg", "500"), ("bar_kg", "80"), ("load_step_kg", "")]
)
def test_impossible_iron_is_refused_at_its_field(client, alice, field, wrong):
    before = selectors.kit_for(alice)
    page = client.post(reverse("movements:kit-weights"), {**WEIGHTS, field: wrong})
    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.content.decode()
    assert selectors.kit_for(alice) == before
