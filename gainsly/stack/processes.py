"""Child processes that never outlive the process that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>: the kernel sends this signal to a child when its parent dies
LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass
class Part:
    """One process of the stack: how it starts, how it is asked to end, and where it writes."""

    name: str
    command: list[str]
    log: Path
    env: dict[str, str] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    user: str | None = None
    stdin: str | None = None
    process: subprocess.Popen[bytes] | None = None

    def start(self, *, keep_open: tuple[int, ...] = ()) -> None:
        """Start it in a session of its own (a Ctrl-C reaches the supervisor alone), tied to our life.

        ``keep_open`` are descriptors that it inherits: the lock that tells a later start that we are still here.
        """
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                env={**os.environ, **self.env},
                stdin=subprocess.PIPE if self.stdin is not None else subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
                pass_fds=keep_open,
                preexec_fn=self._tie,  # noqa: PLW1509 - one prctl call, before any thread of ours exists
            )
        if self.stdin is not None and self.process.stdin is not None:
            self.process.stdin.write(self.stdin.encode())
            self.process.stdin.close()

    def _tie(self) -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, int(self.stop_signal))

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.process is not None and self.running:
            self.process.send_signal(self.stop_signal)

    def finish(self, seconds: float) -> None:
        """Wait for the end that was asked for; past ``seconds`` the whole group is killed."""
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self._kill_rest_of_group()

    def _kill_rest_of_group(self) -> None:
        """Grandchildren that a crashed part left behind."""
        assert self.process is not None
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return

    def stop(self, seconds: float = 10.0) -> None:
        self.ask_to_stop()
        self.finish(seconds)

    def last_lines(self, count: int = 15) -> str:
        """The end of its log, for the report of a crash."""
        if not self.log.exists():
            return ""
        with self.log.open(errors="replace") as lines:
            return "".join(deque(lines, maxlen=count)).rstrip()


def wait_until(ready: Callable[[], bool], part: Part, seconds: float) -> bool:
    """Poll ``ready()`` until it is true; false when the part ended or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        if not part.running:
            return False
        time.sleep(0.05)
    return False
