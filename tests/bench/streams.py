"""`python -m tests.bench.streams`: what streaming adds to a model's own time, and fifty streams at once.

Own processes as in ``tests.bench.drills``: Redis, the web server, a worker, the model server over HTTP. First single
questions: from asking until the browser has the first words, less what the model itself took for its first sentence
(words are shown by whole sentences, because each is judged). Then fifty turns at once, each client hanging up again
and again and coming back with the last id it saw; what every client got is compared with the turn's stream, event by
event. Ends with 1 where an event is lost or doubled.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.bench.drills import Client, Drill

FIRST = "Patience pays."
ANSWER = " ".join([FIRST, *(f"Sentence number {number} says so." for number in range(20))])
SINGLE, WARM_UP = 20, 3
PATIENCE_SECONDS = 120.0


@dataclass
class Restless(Client):
    """A client that hangs up after every few events."""

    ids: list[str] = field(default_factory=list)
    first_words: float = 0.0
    left: int = 1_000_000
    few: Callable[[], int] = lambda: 1_000_000

    def _read(self, answer: Any, deadline: float) -> None:
        event: dict[str, str] = {}
        self.left = self.few()
        for line in answer.iter_lines():
            if time.monotonic() > deadline:
                return
            name, _, value = line.partition(": ")
            if line:
                event[name] = value
                continue
            self._take(event)
            event = {}
            if self.over or self.left <= 0:
                return

    def _take(self, event: dict[str, str]) -> None:
        if event.get("event") == "token" and not self.first_words:
            self.first_words = time.monotonic()
        if event.get("id"):
            self.ids.append(event["id"])
            self.left -= 1
        super()._take(event)


class Streams(Drill):
    def __init__(self, turns: int, seed: int) -> None:
        super().__init__(turns, 0, seed)
        self.concurrency = turns
        self.times: list[tuple[float, list[float]]] = []  # per request: when it came, and when each piece left

    def handler(self) -> Any:
        bench, parent = self, super().handler()

        class Timed(parent):  # type: ignore[misc, valid-type]
            """Notes when each piece leaves."""

            def do_POST(self) -> None:
                self.pieces: list[float] = []
                bench.times.append((time.monotonic(), self.pieces))
                super().do_POST()

            def piece(self, text: str) -> None:
                self.pieces.append(time.monotonic())
                super().piece(text)

        return Timed

    def sign_in(self) -> None:
        from django.test import Client as Browser  # noqa: PLC0415

        from tests.factories.accounts import UserFactory  # noqa: PLC0415

        self.user = UserFactory()
        browser = Browser()
        browser.force_login(self.user)
        name = next(one.key for one in browser.cookies.values() if "session" in one.key)
        self.cookie = f"{name}={browser.cookies[name].value}"

    def ask(self, few: Callable[[], int]) -> tuple[Any, Restless, threading.Thread]:
        from coaching.models import Turn  # noqa: PLC0415
        from coaching.services.conversations import ask, open_conversation  # noqa: PLC0415

        conversation = open_conversation(user=self.user)
        self.asked = time.monotonic()
        ask(user=self.user, conversation_id=conversation.pk, content="Tell me about patience.")
        self.stored = time.monotonic()
        turn = Turn.objects.get(conversation=conversation, role="coach")
        path = f"/coach/{conversation.pk}/turns/{turn.pk}/stream/"
        client = Restless(f"http://127.0.0.1:{self.port}", path, self.cookie, few=few)
        thread = threading.Thread(target=client.listen, args=(time.monotonic() + PATIENCE_SECONDS,))
        thread.start()
        return turn, client, thread

    def single(self) -> dict[str, Any]:
        """One question after another: milliseconds before the model is asked and after its first sentence is out."""
        before, stored, after, first_piece = [], [], [], []
        for number in range(SINGLE + WARM_UP):
            self.times.clear()
            _turn, client, thread = self.ask(lambda: 1_000_000)
            thread.join()
            came, pieces = self.times[0]
            sentence_out = pieces[len(FIRST.split()) - 1]  # its last word and the space behind it
            if number < WARM_UP:
                continue
            before.append((came - self.asked) * 1000)
            stored.append((self.stored - self.asked) * 1000)
            after.append((client.first_words - sentence_out) * 1000)
            first_piece.append((sentence_out - pieces[0]) * 1000)
        added = [one + other for one, other in zip(before, after, strict=True)]
        return {
            "added to the first words, ms, median": round(statistics.median(added), 1),
            "added to the first words, ms, worst": round(max(added), 1),
            "of it before the model is asked, ms, median": round(statistics.median(before), 1),
            "of that to store the question and send the message, ms, median": round(statistics.median(stored), 1),
            "of it after its first sentence, ms, median": round(statistics.median(after), 1),
            "the model's first sentence itself, ms, median": round(statistics.median(first_piece), 1),
        }

    def many(self) -> dict[str, Any]:
        """All at once, each client coming back after every two to six events."""
        import redis  # noqa: PLC0415

        from coaching.services.streams import key_of  # noqa: PLC0415

        rng = random.Random(self.rng.random())
        begun = time.monotonic()
        asked = [self.ask(lambda: rng.randint(2, 6)) for _ in range(self.turns)]
        for _turn, _client, thread in asked:
            thread.join()
        server = redis.Redis.from_url(self.redis.url, decode_responses=True)
        lost = doubled = events = unlike = 0
        for turn, client, _thread in asked:
            written = [identifier for identifier, _stored in server.xrange(key_of(turn))]
            turn.refresh_from_db()
            events += len(written)
            lost += len(set(written) - set(client.ids))
            doubled += len(client.ids) - len(set(client.ids))
            unlike += client.ids != written or client.text.strip() != turn.content
        waits = sorted((one.first_words - begun) * 1000 for _turn, one, _thread in asked if one.first_words)
        return {
            "streams at once": self.turns,
            "events": events,
            "reconnections": sum(client.connections - 1 for _turn, client, _thread in asked),
            "unfinished": sum(not client.over for _turn, client, _thread in asked),
            "lost": lost,
            "doubled": doubled,
            "streams out of order or unlike the stored answer": unlike,
            "first words since the first question, ms, median": round(statistics.median(waits)),
            "first words since the first question, ms, last": round(waits[-1]),
            "all done after, s": round(time.monotonic() - begun, 1),
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    bench = Streams(asked.turns, asked.seed)
    bench.prepare()
    try:
        bench.model.RequestHandlerClass.state.script = [ANSWER]
        bench.sign_in()
        found = {**bench.single(), **bench.many()}
    finally:
        bench.stop()
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
    wrong = ("unfinished", "lost", "doubled", "streams out of order or unlike the stored answer")
    return 1 if any(found[name] for name in wrong) else 0


if __name__ == "__main__":
    sys.exit(main())
