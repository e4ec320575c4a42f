"""A start without what it needs stops with the variable's name."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

GOOD = {
    "SECRET_KEY": "only-to-look-at-the-code-0123456789-abcdefghijklmnopqrstuvwxyz",
    "DATABASE_URL": "postgresql://nobody@localhost/none",
    "REDIS_URL": "redis://localhost:6379/0",
}


def start(*command: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **GOOD, **changes}
    return subprocess.run(
        [sys.executable, "manage.py", *(command or ("check",))],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_variable_is_named_with_an_example(name: str) -> None:
    done = start(**{name: None})
    assert done.returncode != 0
    assert f"The environment variable {name} is missing. Example: {name}=" in done.stderr


@pytest.mark.parametrize(("name", "value"), [("DEBUG", "perhaps"), ("OLLAMA_TIMEOUT", "soon")])
def test_a_malformed_variable_is_named_with_an_example(name: str, value: str) -> None:
    done = start(**{name: value})
    assert done.returncode != 0
    assert f"The environment variable {name} is malformed" in done.stderr


def test_the_production_settings_pass_the_deploy_check() -> None:
    done = start("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
