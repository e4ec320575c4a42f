"""A model server for tests: real HTTP on loopback, Ollama's and OpenAI's wire protocols, and every way to fail.

``server.script`` is what the model says, one entry per request: a text, a list of tool calls, or a callable that is
given the request's body and returns either. ``server.fault`` is what goes wrong.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

MODEL = "test-model:1b"
Say = str | list[dict[str, Any]] | Callable[[dict[str, Any]], Any]
FAULTS = (
    "slow_start", "slow_end", "drop_before", "drop_middle", "no_end", "model_missing", "server_error", "unauthorised",
    "invalid_json", "wrong_types", "error_line",
)  # fmt: skip


@dataclass
class ModelServer:
    address: str
    script: list[Say] = field(default_factory=list)
    fault: str | None = None
    fault_times: int = 10_000  # how many requests fail before it recovers
    pause: float = 0.0  # seconds between two chunks
    models: list[str] = field(default_factory=lambda: [MODEL])
    requests: list[dict[str, Any]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def next_words(self, body: dict[str, Any]) -> str | list[dict[str, Any]]:
        said: Any = self.script.pop(0) if len(self.script) > 1 else (self.script[0] if self.script else "Hello there.")
        return said(body) if callable(said) else said

    def next_fault(self) -> str | None:
        if self.fault is None or self.fault_times <= 0:
            return None
        self.fault_times -= 1
        return self.fault


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: ModelServer

    def log_message(self, *_args: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        names = self.state.models
        if self.path == "/api/tags":
            self.answer(200, {"models": [{"name": name} for name in names]})
        elif self.path == "/v1/models":
            self.answer(200, {"object": "list", "data": [{"id": name} for name in names]})
        else:
            self.answer(404, {"error": "no such path"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.state.requests.append(body)
        fault = self.state.next_fault()
        early = {"model_missing": 404, "server_error": 500, "unauthorised": 401}
        if fault in early:
            self.answer(early[fault], {"error": {"message": f"{fault} {self.headers.get('Authorization', '')}"}})
        elif fault == "drop_before":
            self.hang_up()
        elif self.path == "/api/chat":
            self.stream(self.ollama(body), "application/x-ndjson", fault)
        elif self.path == "/v1/chat/completions":
            self.stream(self.openai(body), "text/event-stream", fault)
        else:
            self.answer(404, {"error": "no such path"})

    def answer(self, status: int, document: Any) -> None:
        content = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def stream(self, lines: Iterator[str], kind: str, fault: str | None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if fault == "slow_start":
            self.state.stop.wait(30)
        said = list(lines)
        for place, whole in enumerate(said):
            line = whole
            if place == len(said) // 2 and fault:
                if fault == "drop_middle":
                    return self.hang_up()
                if fault == "slow_end":
                    self.state.stop.wait(30)
                line = self.spoilt(fault, kind) or whole
            if fault == "no_end" and place >= len(said) - 2:
                break
            self.piece(line)
            time.sleep(self.state.pause)
        try:
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.close_connection = True
        return None

    def spoilt(self, fault: str, kind: str) -> str:
        sse = kind == "text/event-stream"
        lines = {
            "invalid_json": '{"half": ',
            "wrong_types": '{"choices": [{"delta": {"content": 5}}]}' if sse else '{"message": {"content": 5}}',
            "error_line": '{"error": "out of memory"}',
        }
        return (f"data: {lines[fault]}\n\n" if sse else lines[fault] + "\n") if fault in lines else ""

    def piece(self, text: str) -> None:
        content = text.encode()
        try:
            self.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
            self.wfile.flush()
        except OSError:
            self.close_connection = True

    def ollama(self, body: dict[str, Any]) -> Iterator[str]:
        said = self.state.next_words(body)
        if isinstance(said, list):
            calls = [{"function": {"name": one["name"], "arguments": one["arguments"]}} for one in said]
            yield line({"message": {"role": "assistant", "content": "", "tool_calls": calls}, "done": False})
        else:
            for word in words(said):
                yield line({"model": body["model"], "message": {"role": "assistant", "content": word}, "done": False})
        yield line({"message": {"content": ""}, "done": True, "prompt_eval_count": 11, "eval_count": 7})

    def openai(self, body: dict[str, Any]) -> Iterator[str]:
        said = self.state.next_words(body)
        if isinstance(said, list):
            for index, one in enumerate(said):
                text = json.dumps(one["arguments"])
                head = {"index": index, "id": f"call_{index}", "function": {"name": one["name"], "arguments": ""}}
                yield event({"choices": [{"delta": {"tool_calls": [head]}}]})
                for part in (text[:3], text[3:]):
                    yield event(
                        {"choices": [{"delta": {"tool_calls": [{"index": index, "function": {"arguments": part}}]}}]}
                    )
        else:
            for word in words(said):
                yield event({"choices": [{"delta": {"content": word}}]})
        yield event({"choices": [], "usage": {"prompt_tokens": 11, "completion_tokens": 7}})
        yield "data: [DONE]\n\n"


class QuietServer(ThreadingHTTPServer):
    """Clients that hang up are what is tested here; they are no news."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


def words(text: str) -> list[str]:
    return [part + " " for part in text.split(" ")[:-1]] + text.split(" ")[-1:]


def line(document: Any) -> str:
    return json.dumps(document) + "\n"


def event(document: Any) -> str:
    return f"data: {json.dumps(document)}\n\n"


@contextmanager
def running_server() -> Iterator[ModelServer]:
    """A model server on a port of its own."""
    handler = type("BoundHandler", (Handler,), {})
    server = QuietServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    state = ModelServer(f"http://127.0.0.1:{server.server_address[1]}")
    handler.state = state
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="model-server")
    thread.start()
    try:
        yield state
    finally:
        state.stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    """A model server of its own for one test."""
    with running_server() as server:
        yield server
