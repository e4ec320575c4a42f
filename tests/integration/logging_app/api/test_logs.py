"""The diary over HTTP: shapes, refusals, strangers, and how many queries each answer takes."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from rest_framework.test import APIClient

from accounts.models import User
from gainsly.lib.ids import uuid7
from logging_app.models import SetLog, SorenessLog, WorkoutLog
from programs.models import Program, Session
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import NOON, SQUAT, BodyweightFactory, RecoverySignalFactory, lifted, log
from tests.factories.programs import make_program

pytestmark = pytest.mark.django_db
API = "/api/v1"
DAY = dt.timedelta(days=1)
MONDAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON + 7 * DAY, tick=False) as frozen:
        yield frozen


@pytest.fixture
def alice() -> User:
    return UserFactory()


@pytest.fixture
def program(alice: User) -> Program:
    return make_program(alice, start_date=MONDAY)


@pytest.fixture
def client(alice: User) -> APIClient:
    return client_of(alice)


def client_of(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def body(**changes: Any) -> dict[str, Any]:
    return {
        "started_at": NOON.isoformat(),
        "finished_at": (NOON + dt.timedelta(hours=1)).isoformat(),
        "sets": [{"movement": SQUAT, "order": 1, "kind": "working", "weight_kg": 100, "reps": 5, "rpe": 8}],
        **changes,
    }


class TestWorkouts:
    def test_a_logged_workout_answers_with_estimates_and_records(self, client: APIClient, program: Program) -> None:
        first = client.post(f"{API}/logs/workouts", body())
        later = (NOON + DAY).isoformat()
        second = client.post(
            f"{API}/logs/custom",
            body(started_at=later, finished_at=later, sets=[{**body()["sets"][0], "weight_kg": 120}]),
        )
        assert (first.status_code, second.status_code) == (201, 201)
        done = second.json()["sets"][0]
        assert 110 < first.json()["sets"][0]["e1rm"] < 130
        assert done["e1rm_low"] < done["e1rm"] < done["e1rm_high"]
        assert done["is_pr"]
        assert second.json()["records"][0]["label"] == "new_strength"
        assert done["movement"]["slug"] == SQUAT
        assert first["ETag"]

    def test_a_workout_of_a_session_marks_it_done_and_shows_what_was_asked(
        self, client: APIClient, program: Program
    ) -> None:
        session = Session.objects.filter(microcycle__program=program).first()
        exercise = session.exercises.get(section="main")
        told = {"session_exercise_id": str(exercise.pk), "movement": str(exercise.movement_id), "reps": 5}
        answer = client.post(f"{API}/logs/workouts", body(session_id=str(session.pk), sets=[told]))
        assert answer.status_code == 201
        assert answer.json()["session_id"] == str(session.pk)
        assert answer.json()["sets"][0]["asked"] == {"load_kg": 97.5, "reps_min": 4, "reps_max": 6, "rpe": 8.0}
        listed = client.get(f"{API}/logs/workouts?session={session.pk}").json()["results"]
        assert [row["id"] for row in listed] == [answer.json()["id"]]

    def test_a_client_made_id_sent_again_answers_200(self, client: APIClient, program: Program) -> None:
        told = body(id=str(uuid7()))
        codes = [client.post(f"{API}/logs/workouts", told).status_code for _ in range(2)]
        assert codes == [201, 200]
        assert client_of(UserFactory()).post(f"{API}/logs/workouts", told).status_code == 404
        assert (
            client.post(f"{API}/logs/workouts", {**told, "sets": [{"movement": SQUAT, "reps": 3}]}).status_code == 409
        )

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"sets": [{"movement": SQUAT, "reps": 5, "rpe": 11}]}, "sets.0.rpe"),
            ({"sets": [{"movement": SQUAT, "reps": 5, "weight_kg": -5}]}, "sets.0.weight_kg"),
            ({"sets": [{"movement": SQUAT, "reps": 500}]}, "sets.0.reps"),
            ({"sets": [{"movement": SQUAT, "reps": 5, "wieght": 5}]}, "sets.0.wieght"),
            ({"sets": [{"movement": SQUAT, "reps": "five"}]}, "sets.0.reps"),
            ({"started_at": "yesterday"}, "started_at"),
            ({"mood": 3}, "mood"),
        ],
    )
    def test_bad_input_is_a_problem_with_its_field_and_saves_nothing(
        self, client: APIClient, program: Program, changes: dict[str, Any], field: str
    ) -> None:
        answer = client.post(f"{API}/logs/workouts", body(**changes))
        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"
        assert field in answer.json()["errors"]
        assert not WorkoutLog.objects.exists()

    def test_an_ad_hoc_workout_takes_no_session(self, client: APIClient, program: Program) -> None:
        session = Session.objects.filter(microcycle__program=program).first()
        assert client.post(f"{API}/logs/custom", body(session_id=None)).status_code == 201
        assert client.post(f"{API}/logs/custom", body(session_id=str(session.pk))).status_code == 400

    def test_patch_replaces_sets_and_respects_the_version(self, client: APIClient, alice: User) -> None:
        workout = log(alice, lifted(100, 5))
        path = f"{API}/logs/workouts/{workout.pk}"
        etag = client.get(path)["ETag"]
        changed = client.patch(path, {"sets": [{"movement": SQUAT, "reps": 3, "weight_kg": 110}]}, HTTP_IF_MATCH=etag)
        assert [row["weight_kg"] for row in changed.json()["sets"]] == [110]
        assert client.patch(path, {"notes": "late"}, HTTP_IF_MATCH=etag).status_code == 412
        assert client.patch(path, {"notes": "now"}).json()["notes"] == "now"

    @pytest.mark.django_db(transaction=True)
    def test_of_two_changes_of_one_version_at_one_moment_one_is_told(self, alice: User) -> None:
        path = f"{API}/logs/workouts/{log(alice, lifted(100, 5)).pk}"
        etag, start, answers = client_of(alice).get(path)["ETag"], threading.Barrier(2), []

        def change(notes: str) -> None:
            client = client_of(alice)
            start.wait()
            answers.append(client.patch(path, {"notes": notes}, HTTP_IF_MATCH=etag).status_code)
            connection.close()

        threads = [threading.Thread(target=change, args=(notes,)) for notes in ("one", "other")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answers) == [200, 412]

    def test_a_deleted_workout_is_gone(self, client: APIClient, alice: User) -> None:
        path = f"{API}/logs/workouts/{log(alice, lifted(100, 5)).pk}"
        assert client.delete(path).status_code == 204
        assert client.get(path).status_code == 404

    def test_sets_are_added_one_or_several_at_a_time(self, client: APIClient, alice: User) -> None:
        path = f"{API}/logs/workouts/{log(alice, lifted(100, 5)).pk}/sets"
        one = {"movement": SQUAT, "reps": 5, "weight_kg": 102.5}
        single = client.post(path, one)
        several = client.post(path, {"sets": [one, one]})
        assert (single.status_code, several.status_code) == (201, 201)
        assert (single.json()["order"], single.json()["records"]) == (2, [])
        assert [row["order"] for row in several.json()["sets"]] == [3, 4]
        assert client.post(path, {**one, "rpe": 11}).json()["errors"].keys() == {"rpe"}

    def test_a_stranger_meets_404_whatever_they_send(self, alice: User) -> None:
        path = f"{API}/logs/workouts/{log(alice, lifted(100, 5)).pk}"
        stranger = client_of(UserFactory())
        assert stranger.get(path).status_code == 404
        assert stranger.patch(path, {"nonsense": 1}).status_code == 404
        assert stranger.delete(path).status_code == 404
        assert stranger.post(f"{path}/sets", {"nonsense": 1}).status_code == 404
        assert stranger.get(f"{API}/logs/workouts").json()["results"] == []

    def test_the_list_pages_through_everything_newest_first(self, client: APIClient, alice: User) -> None:
        made = [log(alice, lifted(100, 5), at=NOON + hour * dt.timedelta(hours=2)) for hour in range(5)]
        found, path = [], f"{API}/logs/workouts?limit=2"
        while path:
            page = client.get(path).json()
            found += [row["id"] for row in page["results"]]
            path = page["next"]
        assert found == [str(row.pk) for row in reversed(made)]

    def test_an_idempotency_key_stores_once(self, client: APIClient, program: Program) -> None:
        answers = [client.post(f"{API}/logs/workouts", body(), HTTP_IDEMPOTENCY_KEY="one") for _ in range(2)]
        assert answers[0].json() == answers[1].json()
        assert WorkoutLog.objects.count() == 1


class TestSignals:
    def test_soreness_is_told_for_one_muscle_or_a_list(self, client: APIClient) -> None:
        assert client.post(f"{API}/logs/soreness", {"muscle": "quadriceps", "level": 7}).status_code == 201
        several = [{"muscle": "chest", "level": 2}, {"muscle": "lats", "level": 0, "at": NOON.isoformat()}]
        assert len(client.post(f"{API}/logs/soreness", several).json()) == 2
        assert len(client.get(f"{API}/logs/soreness").json()["results"]) == 3

    @pytest.mark.parametrize(
        "told", [{"muscle": "ear", "level": 1}, {"muscle": "chest", "level": 11}, {"muscle": "chest"}, []]
    )
    def test_impossible_soreness_is_refused(self, client: APIClient, told: Any) -> None:
        assert client.post(f"{API}/logs/soreness", told).status_code == 400
        assert not SorenessLog.objects.exists()

    def test_a_second_check_in_of_the_day_replaces_what_it_names(self, client: APIClient) -> None:
        client.post(f"{API}/logs/recovery", {"date": "2026-11-08", "sleep_hours": 6, "stress": 4})
        again = client.post(f"{API}/logs/recovery", {"date": "2026-11-08", "sleep_hours": 7.5})
        assert (again.json()["sleep_hours"], again.json()["stress"]) == (7.5, 4)
        assert len(client.get(f"{API}/logs/recovery").json()["results"]) == 1

    @pytest.mark.parametrize("told", [{"stress": 11}, {"date": "2027-01-01", "stress": 5}, {}, {"sleep": 5}])
    def test_an_impossible_check_in_is_refused(self, client: APIClient, told: Any) -> None:
        assert client.post(f"{API}/logs/recovery", told).status_code == 400

    def test_body_weight_in_pounds_is_kept_in_kilograms(self, client: APIClient) -> None:
        answer = client.post(f"{API}/logs/biometrics", {"kind": "weight", "value": 180, "unit": "lb"})
        assert (answer.json()["value"], answer.json()["unit"]) == (81.65, "kg")
        assert len(client.get(f"{API}/logs/biometrics?kind=weight").json()["results"]) == 1
        assert client.get(f"{API}/logs/biometrics?kind=waist").json()["results"] == []

    @pytest.mark.parametrize(
        "told",
        [
            {"kind": "weight", "value": 5},
            {"kind": "weight", "value": 80, "unit": "stone"},
            {"kind": "luck", "value": 5},
            {"kind": "weight", "value": 80, "taken_at": "2027-01-01T00:00:00Z"},
        ],
    )
    def test_an_impossible_measure_is_refused(self, client: APIClient, told: Any) -> None:
        assert client.post(f"{API}/logs/biometrics", told).status_code == 400

    def test_muscles_recover_from_sets_and_soreness_overrides(self, client: APIClient, alice: User, clock: Any) -> None:
        log(alice, *[lifted(100, 5) for _ in range(8)])
        clock.move_to(NOON + DAY)
        states = {one["muscle"]: one for one in client.get(f"{API}/logs/muscle-recovery").json()["muscles"]}
        assert states["quadriceps"]["recovery"] == pytest.approx(0.68, abs=0.01)
        assert states["quadriceps"]["hours_to_ready"] == pytest.approx(23.9, abs=0.2)
        assert states["chest"] == {"muscle": "chest", "recovery": 1.0, "hours_to_ready": 0.0}
        client.post(f"{API}/logs/soreness", {"muscle": "quadriceps", "level": 8})
        states = {one["muscle"]: one for one in client.get(f"{API}/logs/muscle-recovery").json()["muscles"]}
        assert states["quadriceps"]["recovery"] == pytest.approx(0.2)


class TestDayPlan:
    def test_a_training_day_shows_its_session_recovery_and_minutes(
        self, client: APIClient, alice: User, program: Program
    ) -> None:
        RecoverySignalFactory(user=alice, date=MONDAY + 7 * DAY, sleep_hours=4, stress=2)
        answer = client.get(f"{API}/days/2026-11-09/plan").json()
        assert answer["session"]["date"] == "2026-11-09"
        assert answer["program"]["id"] == str(program.pk)
        assert answer["minutes"] == 56
        assert answer["recovery"]["score"] == 65.0
        assert answer["recovery"]["worst"] == {"part": "sleep", "value": 50.0}
        assert answer["recovery"]["muscles"]["chest"] == 1.0

    @pytest.mark.parametrize("date", ["2026-11-12", "2026-12-28", "2020-01-01"])
    def test_a_rest_day_and_a_day_outside_have_no_session(self, client: APIClient, program: Program, date: str) -> None:
        answer = client.get(f"{API}/days/{date}/plan")
        assert answer.status_code == 200
        assert (answer.json()["session"], answer.json()["minutes"], answer.json()["advice"]) == (None, 0, [])
        assert answer.json()["program"]["id"] == str(program.pk)

    def test_a_newcomer_has_no_program_and_no_score(self, client: APIClient) -> None:
        answer = client.get(f"{API}/days/2026-11-12/plan").json()
        assert (answer["program"], answer["recovery"]["score"], answer["recovery"]["worst"]) == (None, None, None)

    @pytest.mark.parametrize("date", ["2026-02-30", "tomorrow", "20261109T00"])
    def test_a_malformed_date_is_a_problem(self, client: APIClient, date: str) -> None:
        answer = client.get(f"{API}/days/{date}/plan")
        assert answer.status_code == 400
        assert "date" in answer.json()["errors"]

    def test_spent_muscles_low_recovery_and_a_deload_are_told(
        self, client: APIClient, alice: User, program: Program, clock: Any
    ) -> None:
        clock.move_to(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC))
        log(alice, *[lifted(100, 5) for _ in range(8)], at=NOON + 21 * DAY - dt.timedelta(hours=4))
        RecoverySignalFactory(user=alice, date=dt.date(2026, 11, 23), sleep_hours=2, stress=9)
        codes = [one["code"] for one in client.get(f"{API}/days/2026-11-23/plan").json()["advice"]]
        assert codes == ["low_recovery", "muscle_not_recovered", "deload"]


class TestStats:
    def test_e1rm_is_a_series_per_workout_in_a_range(self, client: APIClient, alice: User) -> None:
        for number in range(3):
            log(alice, lifted(100 + number, 5), lifted(90, 5), at=NOON + number * DAY)
        series = client.get(f"{API}/stats/e1rm?movement={SQUAT}").json()["series"]
        assert [point["weight_kg"] for point in series] == [100, 101, 102]
        ranged = client.get(f"{API}/stats/e1rm?from=2026-11-03&to=2026-11-03").json()["series"]
        assert [point["date"] for point in ranged] == ["2026-11-03"]

    def test_records_are_listed_newest_first_with_what_they_broke(self, client: APIClient, alice: User) -> None:
        log(alice, lifted(100, 5))
        log(alice, lifted(120, 5), at=NOON + DAY)
        rows = client.get(f"{API}/stats/records?movement={SQUAT}").json()["results"]
        assert {row["kind"] for row in rows} == {"e1rm", "volume"}
        assert [row["previous"] is None for row in rows] == [False, False, True, True]

    def test_volume_counts_fractional_sets_and_tonnage_per_week(self, client: APIClient, alice: User) -> None:
        log(alice, lifted(60, 5, kind="warmup"), lifted(100, 5), lifted(100, 5, rpe=5), lifted(100, 5))
        weeks = {week["week"]: week for week in client.get(f"{API}/stats/volume").json()["weeks"]}
        assert weeks["2026-11-02"]["muscles"] == [{"muscle": "quadriceps", "fractional_sets": 2.0}]
        assert weeks["2026-11-02"]["tonnage_kg"] == 1500

    def test_adherence_counts_planned_and_done(self, client: APIClient, alice: User, program: Program) -> None:
        session = Session.objects.filter(microcycle__program=program).first()
        log(alice, lifted(100, 5), session_id=session.pk)
        answer = client.get(f"{API}/stats/adherence").json()
        assert (answer["planned"], answer["done"], answer["share"]) == (2, 1, 0.5)

    @pytest.mark.parametrize("query", ["from=yesterday", "from=2026-11-02&to=2026-11-01", "session=5"])
    def test_a_malformed_range_is_a_problem(self, client: APIClient, query: str) -> None:
        for path in ("stats/e1rm", "stats/records", "stats/volume", "stats/adherence", "logs/workouts"):
            assert client.get(f"{API}/{path}?{query}").status_code == 400

    def test_an_unknown_movement_is_404(self, client: APIClient) -> None:
        assert client.get(f"{API}/stats/e1rm?movement=nothing").status_code == 404


class TestQueries:
    """Budgets of docs/operations.md: these clients are spared the sign-in (one query more), but their transactions
    nest in the test's own (a savepoint, two queries more)."""

    @pytest.mark.parametrize("count", [1, 20])
    def test_a_page_of_workouts(
        self, client: APIClient, alice: User, count: int, django_assert_num_queries: Any
    ) -> None:
        for number in range(count):
            log(alice, lifted(100 + number, 5), lifted(80, 8), at=NOON + number * dt.timedelta(hours=2))
        client.get(f"{API}/logs/workouts")
        with django_assert_num_queries(4):
            client.get(f"{API}/logs/workouts?limit=20")

    @pytest.mark.parametrize("earlier", [1, 15])
    def test_one_set(
        self, client: APIClient, alice: User, program: Program, earlier: int, django_assert_max_num_queries: Any
    ) -> None:
        BodyweightFactory(user=alice)
        for number in range(earlier):
            log(alice, lifted(100, 5), at=NOON + number * dt.timedelta(hours=2))
        session = Session.objects.filter(microcycle__program=program).first()
        exercise = session.exercises.get(section="main")
        running = client.post(
            f"{API}/logs/workouts",
            body(started_at=(NOON + 6 * DAY).isoformat(), session_id=str(session.pk), sets=[], finished_at=None),
        )
        told = {"id": str(uuid7()), "session_exercise_id": str(exercise.pk), "movement": SQUAT, "reps": 6}
        with django_assert_max_num_queries(11):
            answer = client.post(f"{API}/logs/workouts/{running.json()['id']}/sets", {**told, "weight_kg": 130})
        assert answer.json()["is_pr"]
        assert SetLog.objects.filter(pk=told["id"]).exists()

    def test_a_day(self, client: APIClient, alice: User, program: Program, django_assert_num_queries: Any) -> None:
        log(alice, lifted(100, 5), at=NOON + 6 * DAY)
        client.get(f"{API}/days/2026-11-09/plan")
        with django_assert_num_queries(6):
            client.get(f"{API}/days/2026-11-09/plan")
