import pytest
import yaml
from django.contrib.admin.models import LogEntry

from programs.models import HeuristicConfig
from programs.selectors.configurations import active_version
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
BASE = "/admin/programs/heuristicconfig/"
LEAF = {"value": [200, 240], "grade": "B", "source": "Example 2026", "because": "To see it change."}


def text(**leaf):
    return yaml.safe_dump({"goals": {"strength": {"main_rest": {**LEAF, **leaf}}}})


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def test_the_editor_starts_from_what_is_in_force_and_saving_writes_the_next_version(staff):
    assert b"main_rest" in staff.get(f"{BASE}add/").content
    answer = staff.post(f"{BASE}add/", {"name": "engine", "text": text()})
    assert answer.status_code == 302
    row = HeuristicConfig.objects.get()
    assert (row.version, row.active) == (2, False)
    staff.post(f"{BASE}{row.pk}/change/", {"name": "engine", "text": text(value=[210, 240])})
    assert [one.version for one in HeuristicConfig.objects.all()] == [3, 2]
    row.refresh_from_db()
    assert row.body["goals"]["strength"]["main_rest"]["value"] == [200, 240]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (text(value=[9, 3]), "goals.strength.main_rest: The lower end"),
        ("{", "This is not YAML"),
        (text(grade="D"), "A, B or C"),
    ],
)
def test_what_is_wrong_is_told_at_the_field_by_path(staff, sent, words):
    answer = staff.post(f"{BASE}add/", {"name": "engine", "text": sent})
    errors = answer.context["adminform"].form.errors["text"]
    assert any(words in one for one in errors)
    assert not HeuristicConfig.objects.exists()


def test_a_version_is_compared_activated_and_rolled_back_with_a_history(staff):
    staff.post(f"{BASE}add/", {"name": "engine", "text": text()})
    page = staff.get(f"{BASE}engine/2/").content.decode()
    for words in ("goals.strength.main_rest", "[150, 300]", "[200, 240]", "Schoenfeld 2016", "Example 2026"):
        assert words in page
    assert staff.get(f"{BASE}engine/2/activate/").status_code == 302
    assert active_version("engine").version == 1
    staff.post(f"{BASE}engine/2/activate/")
    assert active_version("engine").version == 2
    assert "version 2 is active now" in LogEntry.objects.latest("action_time").change_message
    staff.post(f"{BASE}engine/1/activate/")
    assert active_version("engine").version == 1
    assert staff.get(f"{BASE}engine/2/?with=1").status_code == 200
    assert staff.get(BASE).status_code == 200
    assert staff.post(f"{BASE}reload/").status_code == 302


def test_staff_without_the_right_may_not_activate(client):
    client.force_login(UserFactory(is_staff=True))
    assert client.post(f"{BASE}engine/1/activate/").status_code == 403


@pytest.mark.parametrize("path", ["engine/9/", "nonsense/1/"])
def test_a_version_that_is_not_there_is_not_found(staff, path):
    assert staff.get(f"{BASE}{path}").status_code == 404
