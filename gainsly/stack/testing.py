"""Servers and directories for a test run: started where the environment names none, gone when the run ends."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from gainsly.stack.embedded import Embedded, start_postgres, start_redis


def provide_servers() -> Path:
    """Set DATABASE_URL and REDIS_URL where they are missing, each to an embedded server of this process.

    Answers the directory of this run, which is removed at its end.
    """
    home = Path(tempfile.mkdtemp(prefix="gainsly-tests-"))
    servers: list[Embedded] = []
    atexit.register(_stop, servers, home)
    if not os.environ.get("DATABASE_URL"):
        servers.append(start_postgres(home / "postgres", durable=False))
        os.environ["DATABASE_URL"] = servers[-1].url
    if not os.environ.get("REDIS_URL"):
        servers.append(start_redis(home / "redis", secrets.token_urlsafe(16), durable=False))
        os.environ["REDIS_URL"] = servers[-1].url
    return home


def _stop(servers: list[Embedded], home: Path) -> None:
    for server in servers:
        server.part.stop()
    shutil.rmtree(home, ignore_errors=True)
