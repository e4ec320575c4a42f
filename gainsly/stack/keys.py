"""Keys that are made once and kept in the data directory, readable by their owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def kept_key(data_dir: Path, name: str) -> str:
    """The key of that name, made at first use. Sessions and signatures stay good over restarts."""
    path = data_dir / "keys" / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
