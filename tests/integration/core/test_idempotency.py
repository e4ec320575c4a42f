import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import EnjoyableActivity, Injury
from gainsly.core.idempotency import purge_expired
from gainsly.core.models import IdempotencyKey
from tests.factories.accounts import UserFactory

PATH = "/api/v1/settings/injuries"
BODY = {"area": "knee", "severity": 2}


def client_of(user) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.fixture
def alice(db):
    return UserFactory()


@pytest.fixture
def api(alice) -> APIClient:
    return client_of(alice)


def send(api: APIClient, body=BODY, key: str = "key-1", path: str = PATH):
    return api.post(path, body, headers={"Idempotency-Key": key})


def test_the_first_answer_is_replayed_with_its_status_and_version(api):
    first, second = send(api), send(api)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first["ETag"] == second["ETag"]
    assert second["Idempotency-Replayed"] == "true"
    assert Injury.objects.count() == 1


def test_the_order_of_keys_in_the_body_does_not_matter(api):
    send(api)
    assert send(api, dict(reversed(BODY.items()))).status_code == 201
    assert Injury.objects.count() == 1


def test_another_body_under_the_same_key_is_a_conflict(api):
    send(api)
    answer = send(api, {**BODY, "severity": 3})
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_conflict")
    assert Injury.objects.count() == 1


def test_another_path_under_the_same_key_is_a_conflict(api):
    send(api)
    assert send(api, {"type": "tennis"}, path="/api/v1/settings/activities").status_code == 409
    assert not EnjoyableActivity.objects.exists()


def test_a_refused_request_leaves_the_key_free(api):
    assert send(api, {**BODY, "severity": 9}).status_code == 400
    assert send(api).status_code == 201


def test_keys_belong_to_one_athlete(api):
    send(api)
    assert send(client_of(UserFactory())).status_code == 201
    assert Injury.objects.count() == 2


def test_a_key_is_forgotten_after_a_day(api):
    send(api)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=24, minutes=1)):
        assert send(api, {**BODY, "severity": 1}).status_code == 201


@pytest.mark.parametrize("key", ["", "   ", "x" * 256])
def test_an_unusable_key_is_refused(api, key):
    assert send(api, key=key).json()["code"] == "idempotency_key_invalid"


def test_purging_deletes_only_what_is_older_than_a_day(api):
    send(api)
    assert purge_expired(now=timezone.now()) == 0
    assert purge_expired(now=timezone.now() + dt.timedelta(hours=25)) == 1
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_request_sent_eight_times_at_once_is_carried_out_once():
    user = UserFactory()
    start, answers = threading.Barrier(8), []

    def one() -> None:
        client = client_of(user)
        start.wait()
        answers.append(send(client))
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 8
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Injury.objects.count() == 1
