import pytest
from rest_framework.test import APIClient

from accounts.models import EnjoyableActivity, Injury
from tests.factories.accounts import EnjoyableActivityFactory, InjuryFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return UserFactory()


@pytest.fixture
def api(alice) -> APIClient:
    client = APIClient()
    client.force_authenticate(alice)
    return client


class TestSettings:
    def test_gives_the_defaults_and_takes_back_what_it_gave(self, api):
        given = api.get("/api/v1/settings").json()
        assert given["units"] == "metric"
        assert {"e1rm_formula", "persona_tone", "persona_aggression", "theme"} <= set(given)
        saved = api.put("/api/v1/settings", {**given, "units": "imperial"})
        assert saved.status_code == 200
        assert api.get("/api/v1/settings").json() == {**given, "units": "imperial"}

    @pytest.mark.parametrize(
        "change",
        [{"units": "stones"}, {"persona_aggression": 6}, {"persona_aggression": 0}, {"theme": None}, {"colour": "red"}],
    )
    def test_refuses_bad_values_at_their_field(self, api, change):
        answer = api.put("/api/v1/settings", change)
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == list(change)

    def test_refuses_to_overwrite_a_newer_version(self, api):
        stale = api.get("/api/v1/settings")["ETag"]
        assert api.put("/api/v1/settings", {"theme": "light"}, headers={"If-Match": stale}).status_code == 200
        answer = api.put("/api/v1/settings", {"theme": "dark"}, headers={"If-Match": stale})
        assert (answer.status_code, answer.json()["code"]) == (412, "stale")
        assert api.get("/api/v1/settings").json()["theme"] == "light"


class TestInjuries:
    path = "/api/v1/settings/injuries"

    def test_keeps_what_was_sent_from_creation_to_removal(self, api):
        body = {
            "area": "knee",
            "severity": 2,
            "since": "2026-01-05",
            "until": None,
            "patterns_to_avoid": ["squat"],
            "notes": "left",
        }
        made = api.post(self.path, body)
        assert made.status_code == 201
        one = f"{self.path}/{made.json()['id']}"
        assert api.get(one).json() == {"id": made.json()["id"], **body}
        assert api.get(self.path).json()["results"] == [api.get(one).json()]
        assert api.patch(one, {"severity": 1}).json()["severity"] == 1
        assert api.put(one, {**made.json(), "until": "2026-02-01"}).json()["until"] == "2026-02-01"
        assert api.delete(one).status_code == 204
        assert api.get(one).status_code == 404

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"area": "elbows"}, "area"),
            ({"severity": 4}, "severity"),
            ({"severity": "much"}, "severity"),
            ({"since": "2026-02-30"}, "since"),
            ({"since": "2999-01-01"}, "since"),
            ({"since": "1800-01-01"}, "since"),
            ({"since": "2026-01-05", "until": "2026-01-04"}, "until"),
            ({"patterns_to_avoid": ["jumping"]}, "patterns_to_avoid.0"),
            ({"notes": "x" * 301}, "notes"),
            ({"joint": "left"}, "joint"),
        ],
    )
    def test_refuses_bad_values_at_their_field_and_saves_nothing(self, api, change, field):
        answer = api.post(self.path, {"area": "knee", "severity": 2, **change})
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [field]
        assert not Injury.objects.exists()

    def test_pages_by_cursor_with_the_same_number_of_queries_for_any_length(
        self, api, alice, django_assert_max_num_queries
    ):
        InjuryFactory.create_batch(7, user=alice)
        InjuryFactory()
        seen, path = [], f"{self.path}?limit=3"
        while path:
            with django_assert_max_num_queries(2):
                page = api.get(path).json()
            seen += [row["id"] for row in page["results"]]
            path = page["next"]
        assert len(seen) == len(set(seen)) == 7

    def test_the_same_key_adds_once(self, api):
        body = {"area": "knee", "severity": 2}
        answers = [api.post(self.path, body, headers={"Idempotency-Key": "one"}) for _ in range(2)]
        assert answers[0].json() == answers[1].json()
        assert Injury.objects.count() == 1


class TestActivities:
    path = "/api/v1/settings/activities"

    def test_keeps_what_was_sent_from_creation_to_removal(self, api):
        body = {
            "type": "other",
            "custom_name": "Rowing",
            "weekdays": [2, 5],
            "recommend_every_days": 14,
            "enabled": True,
        }
        made = api.post(self.path, body)
        assert made.status_code == 201
        one = f"{self.path}/{made.json()['id']}"
        assert api.get(one).json() == {"id": made.json()["id"], **body}
        assert api.patch(one, {"enabled": False}).json()["enabled"] is False
        assert api.put(one, made.json()).json() == made.json()
        assert len(api.get(self.path).json()["results"]) == 1
        assert api.delete(one).status_code == 204
        assert not EnjoyableActivity.objects.exists()

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"type": "chess"}, "type"),
            ({"type": "other", "custom_name": ""}, "custom_name"),
            ({"weekdays": [7]}, "weekdays.0"),
            ({"weekdays": [1, 1]}, "weekdays"),
            ({"recommend_every_days": 0}, "recommend_every_days"),
            ({"often": True}, "often"),
        ],
    )
    def test_refuses_bad_values_at_their_field_and_saves_nothing(self, api, change, field):
        answer = api.post(self.path, {"type": "tennis", **change})
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [field]
        assert not EnjoyableActivity.objects.exists()

    def test_refuses_the_same_activity_twice(self, api, alice):
        EnjoyableActivityFactory(user=alice, type="tennis")
        answer = api.post(self.path, {"type": "tennis"})
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == ["type"]
