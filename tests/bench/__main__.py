"""`make bench`: the table of measured times, on embedded servers of its own. Figures, never a verdict."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

ROUNDS = 30
PAUSE_SECONDS = 0.04  # an athlete may ask 30 times a second
PASSWORD = "a long enough passphrase 7"
PROGRAM = {"goals": [{"goal": "hypertrophy", "weight": 6}, {"goal": "strength", "weight": 4}], "days_per_week": 6}


@dataclass
class Row:
    what: str
    milliseconds: list[float]
    queries: set[int]

    def __str__(self) -> str:
        ordered = sorted(self.milliseconds)
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        counts = (
            "-".join(str(count) for count in sorted({min(self.queries), max(self.queries)})) if self.queries else ""
        )
        return f"{self.what:<46}{statistics.median(ordered):>9.1f}{p95:>9.1f}{len(ordered):>7}{counts:>10}"


def measured(what: str, call: Callable[[int], Any], rounds: int = ROUNDS) -> Row:
    """Wall time of each call, after one to warm up; the queries of each."""
    from django.db import connection  # noqa: PLC0415 - settings are set up by now
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    call(0)
    times, queries = [], set()
    for number in range(1, rounds + 1):
        started = time.perf_counter()
        call(number)
        times.append((time.perf_counter() - started) * 1000)
        time.sleep(PAUSE_SECONDS)
    for number in (rounds + 1, rounds + 2):
        with CaptureQueriesContext(connection) as captured:
            call(number)
        queries.add(len(captured))
    return Row(what, times, queries)


def rows() -> list[Row]:
    from django.test import Client  # noqa: PLC0415

    client = Client()
    credentials = {"email": "bench@example.org", "password": PASSWORD, "name": "Bench"}
    answer = client.post("/api/v1/auth/register", credentials, content_type="application/json")
    need(answer, 201)
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {answer.json()['access']}"

    def create(weeks: int) -> Callable[[int], Any]:
        return lambda number: need(post("/api/v1/programs", {**PROGRAM, "duration_weeks": weeks, "seed": number}), 201)

    def post(path: str, body: dict[str, Any]) -> Any:
        return client.post(path, body, content_type="application/json")

    def get(path: str) -> Callable[[int], Any]:
        return lambda _: need(client.get(path), 200)

    table = [measured(f"POST /programs, {weeks} weeks x 6 days", create(weeks)) for weeks in (8, 12)]
    program = create(12)(999).json()
    session = next(session for week in program["microcycles"] for session in week["sessions"])
    exercise = session["sections"]["main"][0]
    table.append(measured("GET /programs/{id}", get(f"/api/v1/programs/{program['id']}")))
    table.append(measured("GET /programs", get("/api/v1/programs")))
    table.append(measured("GET /days/{date}/plan", get(f"/api/v1/days/{program['start_date']}/plan")))
    table.append(measured("GET /movements", get("/api/v1/movements")))

    logged = {"kind": "working", "weight_kg": 60, "reps": 8, "rpe": 8, "movement": exercise["movement"]["slug"]}
    sets = [{**logged, "order": order} for order in range(1, 16)]
    day = program["start_date"]
    body = {"started_at": f"{day}T00:00:00Z", "finished_at": f"{day}T00:50:00Z", "sets": sets}
    table.append(measured("POST /logs/custom, 15 sets", lambda _: need(post("/api/v1/logs/custom", body), 201)))
    table.append(measured("GET /logs/workouts", get("/api/v1/logs/workouts")))
    client.force_login(owner())
    table.append(measured("the page of today", get("/")))
    return table


def owner() -> Any:
    from accounts.models import User  # noqa: PLC0415

    return User.objects.get(email="bench@example.org")


def need(answer: Any, status: int) -> Any:
    if answer.status_code != status:
        raise SystemExit(f"{answer.request['PATH_INFO']} answered {answer.status_code}: {answer.content[:600]!r}")
    return answer


def main() -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.cache import cache  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.test.runner import DiscoverRunner  # noqa: PLC0415

    settings.LOGGING_CONFIG = None
    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    try:
        call_command("load_movements", verbosity=0)
        cache.clear()
        header = f"{'':<46}{'p50 ms':>9}{'p95 ms':>9}{'n':>7}{'queries':>10}"
        sys.stdout.write("\n".join([header, *map(str, rows())]) + "\n")
    finally:
        runner.teardown_databases(databases)
        runner.teardown_test_environment()


if __name__ == "__main__":
    main()
