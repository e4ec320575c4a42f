import pytest
from django.urls import reverse

from programs.engine.configuration import ENGINE
from programs.models import Program
from programs.services.configuration import activate_version, save_version
from tests.factories.accounts import UserFactory
from tests.factories.programs import make_program

pytestmark = pytest.mark.django_db
LEAF = {"value": [200, 240], "grade": "B", "source": "Example 2026", "because": "To see it change."}


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def activate():
    row = save_version(name=ENGINE, body={"goals": {"strength": {"main_rest": LEAF}}}, user=None)
    activate_version(name=ENGINE, version=row.version, user=None)


def test_why_rests_are_long_stands_at_its_own_anchor(client, alice):
    page = client.get(reverse("programs:evidence")).content.decode()
    start = page.index('id="goals.strength.main_rest"')
    entry = page[start : page.index("</li>", start)]
    for words in ("2.5–5 min", "Schoenfeld 2016", "Long rests keep the bar heavy", 'class="grade b"'):
        assert words in entry


def test_the_page_shows_the_active_version(client, alice):
    activate()
    page = client.get(reverse("programs:evidence")).content.decode()
    assert "Example 2026" in page
    assert "engine.2" in page


def test_the_page_asks_for_signing_in(client):
    assert client.get(reverse("programs:evidence")).status_code == 302


def test_a_program_made_with_older_numbers_says_so(client, alice):
    tree = make_program(user=alice)
    row = getattr(tree, "row", tree)
    Program.objects.filter(pk=row.pk).update(config_version="2020.01-1")
    page = client.get(reverse("programs:program", args=[row.pk])).content.decode()
    assert "older set of numbers, version 2020.01-1" in page
