"""The supervisor: starts every part in order, watches them, and stops them in the opposite order."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from gainsly.stack.embedded import start_postgres, start_redis
from gainsly.stack.keys import kept_key
from gainsly.stack.locks import take_instance_lock, take_parts_lock
from gainsly.stack.problems import PortTakenError, StackError
from gainsly.stack.processes import Part, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON_VERSIONS = ((3, 11), (3, 12))
FIRST_PORT, LAST_PORT = 1, 65_535
HEALTH_SECONDS = 60.0
STOP_SECONDS = 30.0  # for all parts together; the promise to the outside is 40
DEMO_LOGIN = ("demo@gainsly.local", "demo-athlete-2026")
NEWS_SECONDS = 0.2


@dataclass(frozen=True)
class Options:
    """What the environment asks for."""

    port: int
    data_dir: Path
    database_url: str
    redis_url: str

    @classmethod
    def from_environment(cls) -> Options:
        text = os.environ.get("PORT") or "8000"
        if not text.isdigit() or not FIRST_PORT <= int(text) <= LAST_PORT:
            raise StackError(f"The environment variable PORT is malformed ({text!r}). Example: PORT=8000")
        data_dir = Path(os.environ.get("GAINSLY_DATA_DIR") or ROOT / ".gainsly").expanduser().resolve()
        database_url, redis_url = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
        return cls(port=int(text), data_dir=data_dir, database_url=database_url, redis_url=redis_url)


class StopAskedError(Exception):
    """Ctrl-C or SIGTERM arrived."""


def _ask_to_stop(number: int, frame: FrameType | None) -> None:
    raise StopAskedError


class Supervisor:
    def __init__(self, options: Options) -> None:
        self.options = options
        self.parts: list[Part] = []
        self.logs = options.data_dir / "logs"
        self.parts_lock = -1

    def run(self) -> int:
        """Until a stop is asked for (0) or a part ends by itself (StackError)."""
        check_python()
        prepare_data_dir(self.options.data_dir)
        instance = take_instance_lock(self.options.data_dir)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _ask_to_stop)
        try:
            self.parts_lock = take_parts_lock(self.options.data_dir)
            check_port(self.options.port)
            self.start()
            self.watch()
        except StopAskedError:
            say("Stopping ...")
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it behind
            self.stop()
            os.close(instance)
        say("Stopped. The data is kept.")
        return 0

    def start(self) -> None:
        keep = (self.parts_lock,)
        database_url, redis_url = self.options.database_url, self.options.redis_url
        if not database_url:
            say("Starting PostgreSQL ...")
            postgres = start_postgres(self.options.data_dir / "postgres", keep_open=keep, started=self.parts.append)
            database_url = postgres.url
        if not redis_url:
            say("Starting Redis ...")
            password = kept_key(self.options.data_dir, "redis-password")
            home = self.options.data_dir / "redis"
            redis_url = start_redis(home, password, keep_open=keep, started=self.parts.append).url
        os.environ.update(self.environment(database_url, redis_url))
        self.prepare_data()
        say("Starting web server, workers and schedule ...")
        for part in self.python_parts():
            self.parts.append(part)
            part.start(keep_open=keep)
        self.wait_for_health()
        address = f"http://127.0.0.1:{self.options.port}/"
        say(f"\nGainsly is ready: {address}\nDemo login: {DEMO_LOGIN[0]} / {DEMO_LOGIN[1]}\nCtrl-C stops everything.")

    def environment(self, database_url: str, redis_url: str) -> dict[str, str]:
        """What our own processes read; a key from the outside wins over the kept one."""
        return {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "SECRET_KEY": os.environ.get("SECRET_KEY") or kept_key(self.options.data_dir, "secret-key"),
            "GAINSLY_DATA_DIR": str(self.options.data_dir),
            "GAINSLY_LOCAL": "1",
            "DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "gainsly.settings",
            "PYTHONUNBUFFERED": "1",
        }

    def prepare_data(self) -> None:
        """Migrations, static files, the library and the demo athlete; each of them changes nothing the second time."""
        say("Preparing the data: migrations, static files, movement library, demo athlete ...")
        log = self.logs / "prepare.log"
        log.unlink(missing_ok=True)
        part = Part("prepare", [sys.executable, str(ROOT / "manage.py"), "prepare", "--demo"], log)
        self.parts.append(part)
        part.start(keep_open=(self.parts_lock,))
        assert part.process is not None
        while part.running:
            self.check_parts(besides=part)
            time.sleep(NEWS_SECONDS / 4)
        self.parts.remove(part)
        if part.process.returncode != 0:
            raise StackError(f"The data could not be prepared. The last lines of {log}:\n{part.last_lines()}")

    def python_parts(self) -> list[Part]:
        port = str(self.options.port)
        run = [sys.executable, "-m"]
        worker = [*run, "celery", "--app", "gainsly", "--workdir", str(ROOT), "worker", "--loglevel", "WARNING"]
        tag = f"@{socket.gethostname()}-{port}"
        uvicorn = ["uvicorn", "gainsly.asgi:application", "--app-dir", str(ROOT), "--host", "127.0.0.1", "--port", port]
        quiet = ["--no-access-log", "--lifespan", "off", "--timeout-graceful-shutdown", "5", "--no-proxy-headers"]
        beat = [*run, "celery", "--app", "gainsly", "--workdir", str(ROOT), "beat", "--loglevel", "WARNING"]
        beat += ["--schedule", str(self.options.data_dir / "beat"), "--pidfile", ""]
        main = [*worker, "--queues", "default,ingest", "--pool", "prefork", "--concurrency", "2", "-n", f"main{tag}"]
        llm = [*worker, "--queues", "llm", "--pool", "threads", "--concurrency", "4", "-n", f"llm{tag}"]
        return [
            Part("worker", main, self.logs / "worker.log"),
            Part("worker-llm", llm, self.logs / "worker-llm.log"),
            Part("beat", beat, self.logs / "beat.log"),
            Part("web", [*run, *uvicorn, *quiet], self.logs / "web.log"),
        ]

    def wait_for_health(self) -> None:
        web = self.parts[-1]

        def well() -> bool:
            self.check_parts()
            return healthy(self.options.port)

        if not wait_until(well, web, HEALTH_SECONDS):
            raise StackError(f"The web server does not become healthy. Its last words:\n{web.last_lines()}")

    def watch(self) -> None:
        while True:
            self.check_parts()
            time.sleep(NEWS_SECONDS)

    def check_parts(self, besides: Part | None = None) -> None:
        """Raises StackError with the name and the last log lines of a part that ended by itself."""
        for part in self.parts:
            if part is not besides and not part.running:
                code = part.process.returncode if part.process else None
                say(f"The part {part.name} ended by itself (exit code {code}); stopping the rest.")
                raise StackError(f"{part.name} ended by itself. The last lines of {part.log}:\n{part.last_lines()}")

    def stop(self) -> None:
        """Web and workers together first, then the servers that they need, all within STOP_SECONDS."""
        servers = [part for part in self.parts if part.name in {"postgres", "redis"}]
        ours = [part for part in self.parts if part not in servers]
        for group in (ours, servers):
            for part in group:
                part.ask_to_stop()
            end = time.monotonic() + STOP_SECONDS / 2
            for part in group:
                part.finish(max(end - time.monotonic(), 0.0))


def healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def check_python() -> None:
    if sys.version_info[:2] not in PYTHON_VERSIONS:
        raise StackError(f"Gainsly needs Python 3.11 or 3.12; this is {sys.version.split()[0]}.")


def check_port(port: int) -> None:
    """Raises PortTakenError when something listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise PortTakenError(
                f"Port {port} is taken ({error.strerror}). Choose another one: PORT=8001 make run"
            ) from error


def prepare_data_dir(data_dir: Path) -> None:
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        probe = data_dir / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise StackError(f"GAINSLY_DATA_DIR {data_dir} cannot be written to ({error.strerror}).") from error


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
