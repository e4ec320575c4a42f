"""An embedding server for tests: real HTTP on loopback, Ollama's ``/api/embed``, and ways to fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SIZE = 768


@dataclass
class EmbeddingServer:
    """``fault``: missing (404), broken (500), nonsense (not JSON), short (wrong size), nan, slow."""

    address: str = ""
    fault: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def vector(self, text: str) -> list[float]:
        """All the weight on one dimension, by the text's first letter after any prefix."""
        row = [0.0] * SIZE
        row[ord(text.split(": ", 1)[-1][:1].lower() or " ") % SIZE] = 2.0
        return row


@contextmanager
def embedding_server() -> Iterator[EmbeddingServer]:
    state = EmbeddingServer()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_args: Any) -> None:
            """Quiet."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.requests.append({"path": self.path, **body})
            status = {"missing": 404, "broken": 500}.get(state.fault, 200)
            rows: list[Any] = [state.vector(text) for text in body["input"]]
            if state.fault == "short":
                rows = [row[:10] for row in rows]
            if state.fault == "nan":
                rows = [[float("nan")] * SIZE for _ in rows]
            if state.fault == "slow":
                state.stop.wait(5)
            content = b"<html>" if state.fault == "nonsense" else json.dumps({"embeddings": rows}).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                self.close_connection = True  # the client did not wait

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield state
    finally:
        state.stop.set()
        server.shutdown()
        thread.join()
        server.server_close()
