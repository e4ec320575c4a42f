"""Two devices that read the same version and save at once: one writes, the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from rest_framework.test import APIClient

from accounts.models import User
from movements.models import Movement
from programs.models import Program
from tests.factories.accounts import InjuryFactory, UserFactory
from tests.factories.logging_app import lifted, log
from tests.factories.movements import load_sample
from tests.factories.programs import make_program
from tests.integration.movements.api.test_library import OWN

API = "/api/v1"


def of_program(user: User) -> tuple[str, str, Callable[[int], dict[str, Any]], Any]:
    program = make_program(user)
    return "patch", f"{API}/programs/{program.pk}", lambda n: {"name": f"Device {n}"}, Program


def of_movement(user: User) -> tuple[str, str, Callable[[int], dict[str, Any]], Any]:
    load_sample()
    made = client_of(user).post(f"{API}/movements", OWN, format="json").json()
    return "patch", f"{API}/movements/{made['slug']}", lambda n: {"cues": [f"Device {n}"]}, Movement


def of_workout(user: User) -> tuple[str, str, Callable[[int], dict[str, Any]], Any]:
    workout = log(user, lifted(100, 5))
    return "patch", f"{API}/logs/workouts/{workout.pk}", lambda n: {"notes": f"Device {n}"}, User


def of_injury(user: User) -> tuple[str, str, Callable[[int], dict[str, Any]], Any]:
    injury = InjuryFactory(user=user, severity=1)
    return "patch", f"{API}/settings/injuries/{injury.pk}", lambda n: {"severity": n + 1}, type(injury)


def of_settings(user: User) -> tuple[str, str, Callable[[int], dict[str, Any]], Any]:
    return "put", f"{API}/settings", lambda n: {"persona_aggression": n + 3}, User


def of_profile(user: User) -> tuple[str, str, Callable[[int], dict[str, Any]], Any]:
    return "put", f"{API}/settings/profile", lambda n: {"height_cm": 170 + n}, User


def client_of(user: User) -> APIClient:
    """Signed in, and knowing nothing yet."""
    client = APIClient()
    client.force_authenticate(User.objects.get(pk=user.pk))
    return client


@contextmanager
def held(model: Any) -> Iterator[None]:
    """Its rows are locked, so that both devices arrive before either may write."""
    with transaction.atomic():
        list(model.objects.select_for_update(no_key=True).values_list("pk"))
        yield


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("prepare", [of_program, of_movement, of_workout, of_injury, of_settings, of_profile])
def test_of_two_with_one_version_one_writes_and_the_other_is_told(prepare: Any) -> None:
    user = UserFactory()
    method, url, body, lock = prepare(user)
    answers: list[Any] = []

    def device(number: int, version: str) -> None:
        try:
            answers.append(
                getattr(client_of(user), method)(url, body(number), format="json", headers={"If-Match": version})
            )
        finally:
            connection.close()

    version = client_of(user).get(url)["ETag"]
    threads = [threading.Thread(target=device, args=(number, version)) for number in (1, 2)]
    with held(lock):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(0.4)  # both wait for the lock now
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert client_of(user).get(url)["ETag"] == next(answer for answer in answers if answer.status_code == 200)["ETag"]
