"""`python -m tests.bench.drills`: streaming turns while the worker, the web server and Redis are killed at random.

Own processes on own ports: Redis, the web server, a worker of the queue llm, and the test model server over HTTP.
Prints what became of every turn; ends with 1 where a turn hangs, is doubled, or lost a word on its way.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
WORDS = 24
ANSWER = " ".join(f"word{number}" for number in range(WORDS)) + "."
PAUSE = 0.06  # seconds between two words of the model
DOWN_SECONDS = (0.3, 1.5)
CALM_SECONDS = 15.0


@dataclass
class Client:
    """A browser that reads one turn's stream, and comes back with the last id it saw."""

    address: str
    path: str
    cookie: str
    text: str = ""
    last_id: str = ""
    over: bool = False
    connections: int = 0
    twice: int = 0
    seen: set[str] = field(default_factory=set)

    def listen(self, deadline: float) -> None:
        import httpx  # noqa: PLC0415 - settings come first

        while not self.over and time.monotonic() < deadline:
            headers = {"Cookie": self.cookie, **({"Last-Event-ID": self.last_id} if self.last_id else {})}
            try:
                timeout = httpx.Timeout(15, connect=2)
                with httpx.stream("GET", self.address + self.path, headers=headers, timeout=timeout) as answer:
                    self.connections += 1
                    if answer.status_code == 200:
                        self._read(answer, deadline)
            except httpx.HTTPError:
                pass
            time.sleep(0.2)

    def _read(self, answer: Any, deadline: float) -> None:
        event: dict[str, str] = {}
        for line in answer.iter_lines():
            if time.monotonic() > deadline:  # heartbeats keep a waiting stream open
                return
            name, _, value = line.partition(": ")
            if line:
                event[name] = value
                continue
            self._take(event)
            event = {}
            if self.over:
                return

    def _take(self, event: dict[str, str]) -> None:
        identifier = event.get("id", "")
        if identifier:
            self.twice += identifier in self.seen
            self.seen.add(identifier)
            self.last_id = identifier
        data = json.loads(event.get("data", "{}"))
        if event.get("event") == "token":
            self.text += data["text"]
        elif event.get("event") == "error" and data.get("restart"):
            self.text = ""
        self.over = event.get("event") == "done"


class Drill:
    concurrency = 8  # turns that the worker answers at once

    def __init__(self, turns: int, kills: int, seed: int) -> None:
        self.turns, self.kills, self.rng = turns, kills, random.Random(seed)
        self.home = Path(tempfile.mkdtemp(prefix="gainsly-drill-"))
        self.killed: Counter[str] = Counter()
        self.unsent = 0

    def prepare(self) -> None:
        """Redis of our own first (the settings read its URL), then the database, then the processes."""
        from gainsly.stack.embedded import free_port, start_redis  # noqa: PLC0415

        self.redis = start_redis(self.home / "redis", "drill")
        os.environ["REDIS_URL"] = self.redis.url
        import django  # noqa: PLC0415

        django.setup()
        from django.db import connection  # noqa: PLC0415

        self.database = connection.settings_dict["NAME"]
        connection.settings_dict["TEST"]["NAME"] = f"{self.database}_drill"
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        base = os.environ["DATABASE_URL"].rpartition("/")[0]
        self.env = {
            "DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        self._serve_model()
        self.port = free_port()
        self._start_parts()

    def _serve_model(self) -> None:
        from tests.model_server import MODEL, ModelServer, QuietServer  # noqa: PLC0415

        handler = self.handler()
        self.model = QuietServer(("127.0.0.1", 0), handler)
        self.model.daemon_threads = True
        state = ModelServer(f"http://127.0.0.1:{self.model.server_address[1]}", script=[ANSWER], pause=PAUSE)
        handler.state = state
        threading.Thread(target=self.model.serve_forever, args=(0.05,), daemon=True).start()
        told = {
            "LLM_PROVIDER": "ollama",
            "OLLAMA_BASE_URL": state.address,
            "OLLAMA_MODEL": MODEL,
            "OLLAMA_TIMEOUT": "20",
        }
        self.env |= told
        from django.conf import settings  # noqa: PLC0415

        settings.LLM_PROVIDER = "ollama"

    def handler(self) -> Any:
        """What answers in the model server."""
        from tests.model_server import Handler  # noqa: PLC0415

        return type("DrillHandler", (Handler,), {})

    def _start_parts(self) -> None:
        from gainsly.stack.processes import Part  # noqa: PLC0415

        run = [sys.executable, "-m"]
        worker = [*run, "celery", "--app", "gainsly", "--workdir", str(ROOT), "worker", "--loglevel", "WARNING"]
        worker += [
            "--queues",
            "llm",
            "--pool",
            "threads",
            "--concurrency",
            str(self.concurrency),
            "-n",
            f"drill-{self.port}",
        ]
        web = [*run, "uvicorn", "gainsly.asgi:application", "--app-dir", str(ROOT), "--port", str(self.port)]
        self.parts = {
            "worker": Part("worker", worker, self.home / "worker.log", env=self.env),
            "web": Part("web", [*web, "--no-access-log", "--lifespan", "off"], self.home / "web.log", env=self.env),
            "redis": self.redis.part,
        }
        for name in ("worker", "web"):
            self.parts[name].start()
        from gainsly.stack.embedded import listening  # noqa: PLC0415

        end = time.monotonic() + 60
        while not listening(self.port) and time.monotonic() < end:
            time.sleep(0.1)

    def kill(self, name: str) -> None:
        """As a crash does it: no goodbye; and back after a moment."""
        part = self.parts[name]
        assert part.process is not None
        os.killpg(part.process.pid, signal.SIGKILL)
        part.process.wait()
        self.killed[name] += 1
        time.sleep(self.rng.uniform(*DOWN_SECONDS))
        part.start()

    def run(self) -> dict[str, Any]:
        from django.test import Client as Browser  # noqa: PLC0415

        from coaching.services.conversations import open_conversation  # noqa: PLC0415
        from tests.factories.accounts import UserFactory  # noqa: PLC0415

        self.user = UserFactory()
        browser = Browser()
        browser.force_login(self.user)
        self.cookie = f"sessionid={next(one.value for one in browser.cookies.values() if 'session' in one.key)}"
        name = next(one.key for one in browser.cookies.values() if "session" in one.key)
        self.cookie = f"{name}={browser.cookies[name].value}"
        threads = [open_conversation(user=self.user) for _ in range(self.turns)]
        clients = self._ask_all(threads)
        for client in clients:
            client[1].join()
        return self._judge([one for one, _thread in clients])

    def _ask_all(self, conversations: list[Any]) -> list[tuple[Client, threading.Thread]]:
        """The questions one after another while a second thread kills at random moments."""
        span = max(4.0, self.turns * 0.25)
        moments = sorted(self.rng.uniform(0.3, span) for _ in range(self.kills * 3))
        names = ["worker", "web", "redis"] * self.kills
        self.rng.shuffle(names)
        begun = time.monotonic()

        clients: list[tuple[Client, threading.Thread]] = []

        def ask_them() -> None:
            from django.db import connection  # noqa: PLC0415

            for number, conversation in enumerate(conversations):
                time.sleep(max(0.0, begun + number * span / self.turns - time.monotonic()))
                clients.append(self._ask(conversation, begun + span + CALM_SECONDS))
            connection.close()

        asking = threading.Thread(target=ask_them)
        asking.start()
        # in this thread: a part lives as long as the thread that started it
        for moment, name in zip(moments, names, strict=True):
            time.sleep(max(0.0, begun + moment - time.monotonic()))
            self.kill(name)
        asking.join()
        return clients

    def _ask(self, conversation: Any, deadline: float) -> tuple[Client, threading.Thread]:
        from coaching.models import Turn  # noqa: PLC0415
        from coaching.services.conversations import ask  # noqa: PLC0415

        try:
            ask(user=self.user, conversation_id=conversation.pk, content="Tell me about patience.")
        except Exception as error:  # noqa: BLE001 - Redis is down: the turn is stored, its message is not
            self.unsent += 1
            sys.stderr.write(f"not sent: {type(error).__name__}\n")
        turn = Turn.objects.get(conversation=conversation, role="coach")
        client = Client(
            f"http://127.0.0.1:{self.port}", f"/coach/{conversation.pk}/turns/{turn.pk}/stream/", self.cookie
        )
        thread = threading.Thread(target=client.listen, args=(deadline,))
        thread.start()
        return client, thread

    def _judge(self, clients: list[Client]) -> dict[str, Any]:
        """What the beat would do in ten minutes, then the state of every turn; failed ones are asked again."""
        import datetime as dt  # noqa: PLC0415

        from django.utils import timezone  # noqa: PLC0415

        from coaching.models import Turn  # noqa: PLC0415
        from coaching.services.conversations import pick_up_stuck, retry_turn  # noqa: PLC0415

        turns = Turn.objects.filter(role="coach")
        by_itself = Counter(turns.values_list("status", flat=True))
        pick_up_stuck(now=timezone.now() + dt.timedelta(minutes=12))
        after = Counter(turns.values_list("status", flat=True))
        for turn in turns.filter(status="failed"):
            retry_turn(user=self.user, conversation_id=turn.conversation_id, turn_id=turn.pk)
        end = time.monotonic() + CALM_SECONDS
        while turns.exclude(status="done").exists() and time.monotonic() < end:
            time.sleep(0.5)
        streamed = {client.path.split("/")[4]: client for client in clients if client.over}
        wrong = [
            one.pk for one in turns if str(one.pk) in streamed and one.attempt == 1
            and streamed[str(one.pk)].text.strip() not in ("", one.content)
        ]  # fmt: skip
        return {
            "turns": self.turns,
            "killed": dict(self.killed),
            "messages lost with Redis": self.unsent,
            "ended by themselves": by_itself["done"],
            "marked failed, with retry": after["failed"],
            "hanging": self.turns - after["done"] - after["failed"],
            "done after retry": turns.filter(status="done").count(),
            "answered by the model": turns.filter(source="model").count(),
            "doubled": turns.count() - self.turns,
            "events seen twice": sum(client.twice for client in clients),
            "streams that ended": len(streamed),
            "streams unlike the stored answer": len(wrong),
            "reconnections": sum(max(0, client.connections - 1) for client in clients),
        }

    def stop(self) -> None:
        from django.db import connection  # noqa: PLC0415

        for name in ("web", "worker", "redis"):
            part = self.parts.get(name)
            if part is not None:
                part.stop()
        self.model.shutdown()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid()"
            )
        connection.creation.destroy_test_db(self.database, verbosity=0)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--turns", type=int, default=50)
    parser.add_argument("--kills", type=int, default=3, help="of each: the worker, the web server, Redis")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    drill = Drill(asked.turns, asked.kills, asked.seed)
    drill.prepare()
    try:
        found = drill.run()
    finally:
        drill.stop()
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
    sound = not (found["hanging"] or found["doubled"] or found["streams unlike the stored answer"])
    return 0 if sound and found["done after retry"] == asked.turns else 1


if __name__ == "__main__":
    sys.exit(main())
