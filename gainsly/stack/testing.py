"""Servers and directories for a test run: started where the environment names none, gone when the run ends."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from gainsly.stack.embedded import Embedded, start_postgres, start_redis

STARTED_BY = "GAINSLY_TESTS_STARTED_BY"  # which process of a parallel run started the servers in the environment


def provide_servers() -> Path:
    """Set DATABASE_URL and REDIS_URL where they are missing, each to an embedded server of this process.

    A worker of a parallel run inherits its parent's and starts its own, so that workers share neither rows nor keys.
    Answers the directory of this run, which is removed at its end.
    """
    home = Path(tempfile.mkdtemp(prefix="gainsly-tests-"))
    servers: list[Embedded] = []
    atexit.register(_stop, servers, home)
    worker, starter = os.environ.get("PYTEST_XDIST_WORKER", "main"), os.environ.get(STARTED_BY)
    if worker not in ("main", starter):
        os.environ.pop("REDIS_URL", None)  # a given one too: databases get a name for each worker, keys do not
        if starter:
            os.environ.pop("DATABASE_URL", None)
    if not os.environ.get("DATABASE_URL"):
        servers.append(start_postgres(home / "postgres", durable=False))
        os.environ["DATABASE_URL"] = servers[-1].url
    if not os.environ.get("REDIS_URL"):
        servers.append(start_redis(home / "redis", secrets.token_urlsafe(16), durable=False))
        os.environ["REDIS_URL"] = servers[-1].url
    if servers:
        os.environ[STARTED_BY] = worker
    return home


def _stop(servers: list[Embedded], home: Path) -> None:
    for server in servers:
        server.part.stop()
    shutil.rmtree(home, ignore_errors=True)
