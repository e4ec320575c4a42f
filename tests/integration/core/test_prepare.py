"""Preparing twice changes nothing, and a changed static file is seen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gainsly.core.management.commands.prepare import collect_static


@pytest.fixture
def source(settings, tmp_path: Path) -> Path:
    """A static tree of one style sheet, collected the way production does it."""
    (tmp_path / "from").mkdir()
    settings.STATICFILES_DIRS = [tmp_path / "from"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = str(tmp_path / "to")
    sheet = tmp_path / "from" / "a.css"
    sheet.write_text("a { color: red }")
    return sheet


def test_static_files_are_collected_once(source: Path, settings) -> None:
    collect_static()
    collected = Path(settings.STATIC_ROOT) / "a.css"
    os.utime(collected, (1, 1))
    collect_static()
    assert collected.stat().st_mtime == 1


def test_a_changed_static_file_is_collected_again(source: Path, settings) -> None:
    collect_static()
    source.write_text("a { color: blue }")
    collect_static()
    assert "blue" in (Path(settings.STATIC_ROOT) / "a.css").read_text()
