"""What may stand in the repository, and what may not."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, name_of

TEXT = {".py", ".toml", ".txt", ".md", ".html", ".css", ".js", ".yaml", ".yml", ".json", ".sh", ""}
# built from parts, so that this file does not find itself
HOME_PATHS = re.compile(
    "|".join(["/ro" + "ot/", "/ho" + r"me/(?!you\b)\w+/", "/Us" + "ers/", "/wo" + "rk/", "/o" + "pt/pypi"])
)
SECRETS = re.compile("BEGIN [A-Z ]*PRIVATE" + " KEY|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}")
LOCKS = ("requirements.txt", "requirements-dev.txt")
ENVIRONMENT_READER = re.compile(r'(?:parsed|required)\("([A-Z_]+)"|env\.(?:str|email_url)\("([A-Z_]+)"')


def tracked() -> list[Path]:
    """Files under version control; in an export without a history, all of them."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    skipped = {".venv", ".gainsly", "__pycache__"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not skipped & set(path.parts)]


@pytest.mark.parametrize("pattern", [HOME_PATHS, SECRETS], ids=["paths of one machine", "secrets"])
def test_no_text_holds(pattern: re.Pattern[str]) -> None:
    own = {"compose.yaml"}  # a path inside a container
    found = [
        name_of(path)
        for path in tracked()
        if path.suffix in TEXT and path.name not in own and pattern.search(path.read_text(errors="replace"))
    ]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_pins_and_hashes_everything_and_names_no_source(lock: str) -> None:
    text = (ROOT / lock).read_text()
    entries = [entry for entry in re.split(r"\n(?=[A-Za-z])", text) if entry and not entry.startswith("#")]
    assert len(entries) > 40
    assert [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    without_comments = re.sub(r"^#.*", "", text, flags=re.MULTILINE)
    assert (
        re.search(r"^-|://|--(?:extra-)?index|--find-links|--trusted-host| @ ", without_comments, re.MULTILINE) is None
    )


def test_the_dev_lock_holds_the_same_versions_as_the_production_lock() -> None:
    production, dev = (set(re.findall(r"^[\w.-]+==\S+", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS)
    assert production - dev == set()


def test_every_dependency_has_a_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text().split("[tool.")[0].splitlines()
    dependencies = [line for line in lines if re.match(r'    "[A-Za-z]', line)]
    assert len(dependencies) > 30
    assert [line for line in dependencies if not re.search(r"# \S+", line)] == []


def test_what_is_declared_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]  # `bench` is installed by hand for one comparison, never with the product
    wanted = project["dependencies"] + [name for key, extra in extras.items() if key != "bench" for name in extra]
    plain = {re.match(r"[\w.-]+", name).group().lower().replace("_", "-") for name in wanted}
    locked = {
        name.lower().replace("_", "-") for name in re.findall(r"^([\w.-]+)==", (ROOT / LOCKS[1]).read_text(), re.M)
    }
    assert plain - locked == set()


def test_what_a_run_leaves_behind_is_not_tracked() -> None:
    ignored = (ROOT / ".gitignore").read_text().split()
    assert {".venv/", ".gainsly/", "__pycache__/"} <= set(ignored)


def test_every_variable_of_the_settings_is_in_the_manual() -> None:
    found = ENVIRONMENT_READER.findall((ROOT / "gainsly/settings.py").read_text())
    names = {name for pair in found for name in pair if name}
    manual = (ROOT / "docs/operations.md").read_text()
    assert {name for name in names if f"`{name}`" not in manual} == set()


def test_links_of_the_manuals_lead_somewhere() -> None:
    broken = []
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text()):
            if not (page.parent / target).exists():
                broken.append(f"{name_of(page)} -> {target}")
    assert sorted(broken) == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/adr").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
