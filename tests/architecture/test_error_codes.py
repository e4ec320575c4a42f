"""Every code that an error can carry is in the one documented list."""

import importlib
import pkgutil
import re
from pathlib import Path

import accounts
import coaching
import gainsly
import logging_app
import movements
import programs
from gainsly.core.problems import _CODES
from gainsly.lib.errors import DomainError

ROOT = Path(__file__).resolve().parents[2]
APPS = (gainsly, accounts, movements, programs, logging_app, coaching)
ROW = re.compile(r"^\| `([a-z_]+)` \| (\d{3}) \|", re.MULTILINE)


def error_classes(base: type[DomainError] = DomainError) -> set[type[DomainError]]:
    found = {base}
    for kind in base.__subclasses__():
        found |= error_classes(kind)
    return found


def import_all() -> None:
    for app in APPS:
        for module in pkgutil.walk_packages(app.__path__, f"{app.__name__}."):
            if ".migrations" not in module.name and not module.name.startswith("gainsly.stack"):
                importlib.import_module(module.name)


def test_every_code_is_documented_with_its_status():
    import_all()
    documented = {code: int(status) for code, status in ROW.findall((ROOT / "docs/api-errors.md").read_text())}
    used = {kind.code: kind.status for kind in error_classes()}
    missing = {code: status for code, status in used.items() if documented.get(code) != status}
    assert not missing, f"docs/api-errors.md does not list {missing}"
    assert set(_CODES.values()) <= set(documented)
