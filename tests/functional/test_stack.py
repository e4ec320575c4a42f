"""`make run` for real: its supervisor is started, asked, disturbed and stopped."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from gainsly.stack.embedded import free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 180
STOP_SECONDS = 40  # the promise
OWN_VARIABLES = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "PORT")


class Stack:
    """One started supervisor and what it has said so far."""

    def __init__(self, data_dir: Path, port: int) -> None:
        self.data_dir, self.port = data_dir, port
        self.said = data_dir.with_name(f"{data_dir.name}-{time.monotonic_ns()}.out")
        environment = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
        environment |= {"GAINSLY_DATA_DIR": str(data_dir), "PORT": str(port)}
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gainsly.stack"],
                cwd=ROOT,
                env=environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def text(self) -> str:
        return self.said.read_text()

    def until_ready(self) -> Stack:
        wait_for(lambda: "is ready" in self.text or self.process.poll() is not None, START_SECONDS)
        assert "is ready" in self.text, self.text
        return self

    def get(self, path: str) -> tuple[int, dict]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = json.loads(answer.read())
        connection.close()
        return answer.status, body

    def end(self, number: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)

    def processes(self) -> list[str]:
        """Command lines of all processes whose environment or arguments name our data directory."""
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                known = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            except OSError:
                continue
            if str(self.data_dir).encode() in known:
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        return found


def wait_for(true: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.1)
    assert true()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Stack]]:
    stacks: list[Stack] = []

    def started(data_dir: Path | None = None, port: int | None = None) -> Stack:
        stacks.append(Stack(data_dir or tmp_path / "data", port or free_port()))
        return stacks[-1]

    yield started
    for stack in stacks:
        stack.end()


def test_a_start_answers_and_a_stop_leaves_no_process_but_the_data(start) -> None:
    stack = start().until_ready()
    assert f"http://127.0.0.1:{stack.port}/" in stack.text
    assert "demo@gainsly.local" in stack.text
    assert stack.get("/health")[0] == 200
    wait_for(lambda: stack.get("/health/queue")[1]["queue"].get("workers") == 2, 60)
    key = (stack.data_dir / "keys" / "secret-key").read_text()

    second = start(data_dir=stack.data_dir)
    assert second.process.wait(30) == 3
    assert second.text.strip().count("\n") == 0
    assert "already running" in second.text
    rival = start(data_dir=stack.data_dir.with_name("rival"), port=stack.port)
    assert rival.process.wait(30) == 4
    assert f"Port {stack.port} is taken" in rival.text

    with psycopg.connect(database_of(stack), autocommit=True) as connection:
        connection.execute("create table kept as select 42 as answer")
    assert stack.end() == 0
    assert stack.processes() == []

    again = start(data_dir=stack.data_dir, port=stack.port).until_ready()
    with psycopg.connect(database_of(again)) as connection:
        assert connection.execute("select answer from kept").fetchone() == (42,)
    assert (again.data_dir / "keys" / "secret-key").read_text() == key


def test_a_crashed_part_is_named_and_stops_the_rest(start) -> None:
    stack = start().until_ready()
    beat = next(pid for pid, line in command_lines() if "beat" in line and str(stack.data_dir) in line)
    os.kill(beat, signal.SIGKILL)
    assert stack.process.wait(STOP_SECONDS) == 1
    assert "beat ended by itself" in stack.text
    assert stack.processes() == []


def test_a_killed_supervisor_takes_its_parts_along_and_a_new_start_works(start) -> None:
    stack = start().until_ready()
    stack.process.kill()
    stack.process.wait()
    again = start(data_dir=stack.data_dir, port=stack.port).until_ready()
    assert again.get("/health")[0] == 200
    assert again.end(signal.SIGTERM) == 0
    assert again.processes() == []


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_malformed_port_is_named(port: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PORT": port, "GAINSLY_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "gainsly.stack"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "PORT is malformed" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    environment = {**os.environ, "PORT": str(free_port()), "GAINSLY_DATA_DIR": str(tmp_path / "file" / "data")}
    done = subprocess.run(
        [sys.executable, "-m", "gainsly.stack"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "cannot be written to" in done.stderr


def command_lines() -> list[tuple[int, str]]:
    lines = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                lines.append((int(entry.name), (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()))
            except OSError:
                continue
    return lines


def database_of(stack: Stack) -> str:
    sockets = next(line for _, line in command_lines() if str(stack.data_dir / "postgres") in line and " -k " in line)
    directory = sockets.split(" -k ")[1].split(" ")[0]
    return f"host={directory} user=postgres dbname=gainsly"
