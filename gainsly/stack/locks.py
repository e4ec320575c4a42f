"""One instance per data directory, told by locks that the kernel drops when their holders are dead."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from gainsly.stack.problems import AlreadyRunningError, StackError

REMAINS_SECONDS = 30.0


def take_instance_lock(data_dir: Path) -> int:
    """The lock of the supervisor itself. Raises AlreadyRunningError while another one holds it."""
    descriptor = os.open(data_dir / "instance.lock", os.O_RDWR | os.O_CREAT, 0o600)
    if not _try(descriptor):
        raise AlreadyRunningError(
            f"Gainsly is already running on {data_dir}. Stop it first, or set another GAINSLY_DATA_DIR and PORT."
        )
    return descriptor


def take_parts_lock(data_dir: Path) -> int:
    """The lock that every part inherits: it stays taken until the last process of an earlier instance is gone.

    After a supervisor was killed its parts need a moment to save and end; a new start waits for that.
    """
    descriptor = os.open(data_dir / "parts.lock", os.O_RDWR | os.O_CREAT, 0o600)
    end = time.monotonic() + REMAINS_SECONDS
    while not _try(descriptor):
        if time.monotonic() > end:
            raise StackError(f"Processes of an earlier start still use {data_dir} and do not end. Stop them first.")
        time.sleep(0.2)
    return descriptor


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
