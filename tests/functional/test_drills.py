"""The kill drill, short: the worker, the web server and Redis die once each while turns stream."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_no_turn_hangs_doubles_or_loses_a_word_when_parts_are_killed() -> None:
    command = [sys.executable, "-m", "tests.bench.drills", "--turns", "6", "--kills", "1", "--seed", "3"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert run.returncode == 0, run.stdout + run.stderr[-2000:]
    found = json.loads(run.stdout[run.stdout.index("{") :])
    assert found["killed"] == {"worker": 1, "web": 1, "redis": 1}
    assert (found["hanging"], found["doubled"], found["streams unlike the stored answer"]) == (0, 0, 0)
    assert found["done after retry"] == 6
