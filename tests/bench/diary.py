"""The diary of an athlete with 100,000 sets beside shorter ones: `DATABASE_URL=... python -m tests.bench.diary`.

Every page and chart is asked for in turn by an athlete with 100 sets, by one with a block of twelve weeks (1,200 sets)
and by one with 100,000 (twenty sets five times a week for nineteen years). Needs a migrated scratch database with the
library loaded; its own athletes are made when they are missing and stay there.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gainsly.settings")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

SIZES = (100, 1_200, 100_000)
LIFTS = (
    "barbell-back-squat", "barbell-bench-press", "barbell-deadlift", "barbell-overhead-press", "barbell-bent-over-row",
    "dumbbell-bench-press", "barbell-romanian-deadlift", "lat-pulldown", "barbell-curl", "leg-press",
)  # fmt: skip
A_DAY, SETS_OF_ONE = 4, 5  # movements, and sets of each
WEEKDAYS = (0, 1, 2, 4, 5)
ROUNDS = 15
WARM_UP = 3
PASSWORD = "a long enough passphrase 7"
SEED = 20_26
BODY = {"goals": [{"goal": "hypertrophy", "weight": 6}, {"goal": "strength", "weight": 4}], "days_per_week": 5}


def athlete(sets: int) -> Any:
    """The athlete with so many sets; made when missing."""
    from accounts.models import User  # noqa: PLC0415
    from accounts.services.registration import register_over_api  # noqa: PLC0415
    from programs.services import generation, lifecycle  # noqa: PLC0415

    email = f"diary-{sets}@example.org"
    known = User.objects.filter(email=email).first()
    if known is not None:
        return known
    user = register_over_api(email=email, password=PASSWORD, name="Bench")
    today = dt.datetime.now(dt.UTC).date()
    start = today - dt.timedelta(days=today.weekday())
    program = generation.create_program(user=user, body={**BODY, "start_date": str(start), "duration_weeks": 8}).row
    lifecycle.activate_program(program=program)
    train(user, sets, today)
    return user


def train(user: Any, sets: int, today: dt.date) -> None:
    """Workouts up to yesterday, with a weight and a check-in on each of their days."""
    from logging_app.models import BiometricEntry, RecoverySignal, SetLog, WorkoutLog  # noqa: PLC0415
    from logging_app.services import metrics  # noqa: PLC0415
    from movements.models import Movement  # noqa: PLC0415

    rng = random.Random(SEED)
    lifts = list(Movement.objects.filter(slug__in=LIFTS, owner__isnull=True).order_by("slug"))
    days = days_before(today, sets // (A_DAY * SETS_OF_ONE))
    workouts, rows = [], []
    for number, day in enumerate(days):
        at = dt.datetime.combine(day, dt.time(16), tzinfo=dt.UTC)
        workout = WorkoutLog(
            user=user, date=day, started_at=at, finished_at=at + dt.timedelta(hours=1), completed=True,
            perceived_difficulty=rng.randrange(5, 10), title="Training",
        )  # fmt: skip
        workouts.append(workout)
        for order in range(A_DAY * SETS_OF_ONE):
            lift = lifts[(number * A_DAY + order // SETS_OF_ONE) % len(lifts)]
            weight = 2.5 * round((60 + 40 * number / len(days)) * rng.uniform(0.9, 1.1) / 2.5)
            rows.append(
                SetLog(
                    user=user,
                    workout=workout,
                    movement=lift,
                    order=order + 1,
                    weight_kg=weight,
                    reps=rng.randrange(4, 11),
                    rpe=rng.randrange(7, 10),
                    performed_at=at + dt.timedelta(minutes=order),
                )
            )
    WorkoutLog.objects.bulk_create(workouts, batch_size=1000)
    SetLog.objects.bulk_create(rows, batch_size=1000)
    BiometricEntry.objects.bulk_create(
        [BiometricEntry(user=user, kind="weight", value=80 + rng.random(), unit="kg", taken_at=one.started_at)
         for one in workouts], batch_size=1000,
    )  # fmt: skip
    RecoverySignal.objects.bulk_create(
        [RecoverySignal(user=user, date=one.date, sleep_hours=rng.randrange(6, 9), mood=7, hrv=60 + 10 * rng.random())
         for one in workouts], batch_size=1000,
    )  # fmt: skip
    started = time.perf_counter()
    metrics.recompute_for(user_id=user.pk)
    print(f"{sets:>7} sets: recomputed from scratch in {time.perf_counter() - started:.1f} s")  # noqa: T201


def days_before(today: dt.date, count: int) -> list[dt.date]:
    """The last training days before today, oldest first."""
    found: list[dt.date] = []
    day = today
    while len(found) < count:
        day -= dt.timedelta(days=1)
        if day.weekday() in WEEKDAYS:
            found.append(day)
    return found[::-1]


def asked(user: Any) -> dict[str, Callable[[Any], Any]]:
    """What is measured, by name; each takes the client of the athlete."""
    from logging_app.models import WorkoutLog  # noqa: PLC0415

    last = WorkoutLog.objects.filter(user=user, completed=True).order_by("-started_at").first()
    today = dt.datetime.now(dt.UTC).date()
    whole = f"?from={today - dt.timedelta(days=83)}&to={today}"
    pages = {
        "today": "/",
        "train": "/log/",
        "progress, 12 weeks": "/progress/",
        "progress, 4 weeks": "/progress/?weeks=4",
        "progress, ten years": "/progress/?weeks=520",
        "recovery": "/recovery/",
        "body": "/body/",
        "activities": "/activities/",
        "history": "/history/",
        "history, searched": "/history/?q=squat",
        "one old workout": f"/history/{last.pk}/",
        "a movement's history": f"/history/movements/{LIFTS[0]}/",
        "API plan of today": f"/api/v1/days/{today}/plan",
        "API 20 workouts": "/api/v1/logs/workouts?limit=20",
        "API e1rm": f"/api/v1/stats/e1rm{whole}&movement={LIFTS[0]}",
        "API records": f"/api/v1/stats/records{whole}",
        "API volume": f"/api/v1/stats/volume{whole}",
        "API psi": f"/api/v1/stats/psi{whole}",
        "API load": f"/api/v1/stats/load{whole}",
        "API adherence": f"/api/v1/stats/adherence{whole}",
        "API muscle recovery": "/api/v1/logs/muscle-recovery",
    }
    calls: dict[str, Callable[[Any], Any]] = {name: _get(path) for name, path in pages.items()}
    calls["log a set, today"] = _log_a_set(user, today)
    return calls


def _get(path: str) -> Callable[[Any], Any]:
    return lambda client: need(client.get(path), 200)


def _log_a_set(user: Any, today: dt.date) -> Callable[[Any], Any]:
    from logging_app.models import WorkoutLog  # noqa: PLC0415

    at = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=30)
    row, _ = WorkoutLog.objects.get_or_create(
        user=user, date=today, title="Bench", defaults={"started_at": at, "finished_at": at, "completed": True}
    )
    row.sets.all().delete()
    body = {"sets": [{"kind": "working", "weight_kg": 60, "reps": 8, "rpe": 8, "movement": LIFTS[0]}]}
    path = f"/api/v1/logs/workouts/{row.pk}/sets"
    return lambda client: need(client.post(path, body, content_type="application/json"), 201)


def need(answer: Any, status: int) -> Any:
    if answer.status_code != status:
        raise SystemExit(f"{answer.request['PATH_INFO']} answered {answer.status_code}: {answer.content[:300]!r}")
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of the median and of the fastest call, and the queries of one."""

    median: float
    fastest: float
    queries: int

    def __str__(self) -> str:
        return f"{self.median:>9.1f} {self.fastest:>6.1f} ({self.queries:>2})"


def measured(asked: Sequence[tuple[Callable[[Any], Any], Any]]) -> list[Measured]:
    """Each athlete's call by turns, so that what else the machine does falls on all of them alike."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    times: list[list[float]] = [[] for _ in asked]
    for round_ in range(WARM_UP + ROUNDS):
        for (call, client), taken in zip(asked, times, strict=True):
            started = time.perf_counter()
            call(client)
            if round_ >= WARM_UP:
                taken.append((time.perf_counter() - started) * 1000)
    found = []
    for (call, client), taken in zip(asked, times, strict=True):
        with CaptureQueriesContext(connection) as captured:
            call(client)
        found.append(Measured(statistics.median(taken), min(taken), len(captured)))
    return found


def main() -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    logging.disable(logging.INFO)
    settings.RATE_LIMITS = {name: (10**9, seconds) for name, (_, seconds) in settings.RATE_LIMITS.items()}
    athletes = [(user, client_of(user)) for user in map(athlete, SIZES)]
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    calls = [asked(user) for user, _client in athletes]
    print(f"{'p50, fastest ms (queries)':<26}" + "".join(f"{size:>21,}" for size in SIZES))  # noqa: T201
    for name in calls[0]:
        if len(sys.argv) < 2 or sys.argv[1] in name:
            row = measured([(one[name], client) for one, (_user, client) in zip(calls, athletes, strict=True)])
            print(f"{name:<26}" + "".join(map(str, row)), flush=True)  # noqa: T201


def client_of(user: Any) -> Any:
    """Signed in to the pages and to the API."""
    from django.test import Client  # noqa: PLC0415

    from accounts.services import api_tokens  # noqa: PLC0415

    client = Client(HTTP_AUTHORIZATION=f"Bearer {api_tokens.issue(user=user, device='bench').access}")
    client.force_login(user)
    return client


if __name__ == "__main__":
    main()
