import uuid

import pytest
from rest_framework.test import APIClient

from gainsly.lib.vocabulary import ChosenBy
from programs.engine.configuration import SCORING, packaged_body, release
from programs.engine.scoring import DIMENSIONS
from programs.models import Choice, Program
from programs.services.configuration import save_version
from tests.factories.accounts import UserFactory
from tests.factories.movements import MovementFactory
from tests.factories.programs import make_program

from .test_programs import client_of

pytestmark = pytest.mark.django_db

ROUTES = [
    ("get", "/configs"),
    ("put", "/configs/engine/active"),
    ("put", "/configs/nonsense/active"),
    ("get", "/scoring/config"),
    ("get", "/scoring/config/metadata"),
    ("get", "/scoring/config/global"),
    ("post", "/scoring/config/validate"),
    ("post", "/scoring/config/reload"),
    ("get", "/scoring/metrics/summary"),
    ("get", "/scoring/metrics/success-rate"),
    ("get", "/scoring/metrics/dimension-effectiveness"),
    ("get", "/scoring/metrics/018f0000-0000-7000-8000-000000000000"),
]


@pytest.fixture
def admin():
    return client_of(UserFactory(role="admin"))


def call(client, method, path, data=None):
    return getattr(client, method)(f"/api/v1{path}", data or {}, format="json")


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_athletes_are_told_that_this_is_for_admins(method, path):
    answer = call(client_of(UserFactory()), method, path)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert call(APIClient(), method, path).status_code == 401


def test_a_version_is_activated_and_rolled_back(admin):
    leaf = packaged_body(SCORING)["runners_up"]
    save_version(name=SCORING, body={"runners_up": {**leaf, "value": 5}}, user=None)
    answer = call(admin, "put", "/configs/scoring/active", {"version": 2})
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert answer.json()["body"]["runners_up"]["value"] == 5
    assert call(admin, "get", "/scoring/config/global").json()["values"]["runners_up"] == 5
    rows = call(admin, "get", "/configs").json()["results"]
    assert [(row["name"], row["version"], row["active"]) for row in rows] == [
        ("engine", 1, True),
        ("scoring", 2, True),
        ("scoring", 1, False),
    ]
    assert call(admin, "put", "/configs/scoring/active", {"version": 1}).json()["body"]["runners_up"]["value"] == 3
    reloaded = call(admin, "post", "/scoring/config/reload").json()
    assert reloaded == {"config_version": release(), "active": {"engine": 1, "scoring": 1}}


@pytest.mark.parametrize(("name", "version"), [("nonsense", 1), ("engine", 9)])
def test_what_is_not_there_is_not_found(admin, name, version):
    assert call(admin, "put", f"/configs/{name}/active", {"version": version}).status_code == 404


@pytest.mark.parametrize("body", [{}, {"version": 0}, {"version": "new"}, {"version": 1, "more": 1}])
def test_an_activation_names_a_version(admin, body):
    assert call(admin, "put", "/configs/engine/active", body).status_code == 400


def test_metadata_lists_every_value_with_its_grade(admin):
    data = call(admin, "get", "/scoring/config/metadata").json()
    assert sum(data["grades"].values()) == len(data["entries"]) > 5
    assert all(one["source"] and one["because"] for one in data["entries"])
    assert data["config_version"] == release()


def test_a_body_is_checked_without_being_stored(admin):
    weights = packaged_body(SCORING)["weights"]
    changed = {**weights["value"], "compound_bonus": 0.2}
    verdict = call(admin, "post", "/scoring/config/validate", {"body": {"weights": {**weights, "value": changed}}})
    assert verdict.json()["valid"] is False
    assert verdict.json()["problems"][0]["path"] == "weights"
    good = {"body": {"runners_up": {**packaged_body(SCORING)["runners_up"], "value": 4}}}
    verdict = call(admin, "post", "/scoring/config/validate", good).json()
    assert verdict["valid"] is True
    assert [one["path"] for one in verdict["changes"]] == ["runners_up"]
    assert len(call(admin, "get", "/configs").json()["results"]) == 2


def graded(user, score, success=True, **more):
    tree = make_program(user=user, **more)
    row = getattr(tree, "row", tree)
    quality = {"score": score, "success": success, "figures": {"session_success_rate": score}}
    Program.objects.filter(pk=row.pk).update(quality=quality)
    scores = dict.fromkeys(DIMENSIONS, score)
    Choice.objects.filter(program=row).delete()
    chosen = {"weights": dict.fromkeys(DIMENSIONS, 0.5), "total": score, "relaxation_step": 1}
    Choice.objects.create(program=row, key="x", movement=MovementFactory(), scores=scores, **chosen)
    nothing = dict.fromkeys(DIMENSIONS, 0.0)
    Choice.objects.create(
        program=row, key="y", movement=MovementFactory(), scores=nothing, chosen_by=ChosenBy.ATHLETE, **chosen
    )
    return row


def test_metrics_are_told_from_stored_plans(admin):
    alice, bob = UserFactory(), UserFactory()
    Program.objects.all().delete()
    graded(alice, 0.9)
    graded(bob, 0.7, success=False)
    summary = call(admin, "get", "/scoring/metrics/summary").json()
    assert (summary["programs"], summary["success_rate"], summary["quality_mean"]) == (2, 0.5, 0.8)
    assert (summary["quality_median"], summary["quality_p5"]) == (0.8, 0.71)
    assert summary["relaxation_steps"]["1"] == 2, "what the athlete put there is no choice of the engine"
    rates = call(admin, "get", "/scoring/metrics/success-rate").json()
    assert rates["session_success_rate"] == 0.8
    assert sum(row["programs"] for row in rates["by_split"]) == 2
    own = call(admin, "get", f"/scoring/metrics/{alice.pk}").json()
    assert (own["programs"], own["quality_mean"], own["success_rate"]) == (1, 0.9, 1.0)
    rows = call(admin, "get", "/scoring/metrics/dimension-effectiveness").json()
    first = rows["dimensions"][0]
    assert (first["dimension"], rows["choices"]) == (DIMENSIONS[0], 2)
    assert first["quality_correlation"] == 1.0


def test_metrics_of_an_empty_installation_and_of_nobody(admin):
    assert call(admin, "get", "/scoring/metrics/summary").json()["programs"] == 0
    assert call(admin, "get", "/scoring/metrics/dimension-effectiveness").json()["choices"] == 0
    assert call(admin, "get", f"/scoring/metrics/{uuid.uuid4()}").status_code == 404
