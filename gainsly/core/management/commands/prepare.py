"""`manage.py prepare`: everything between an empty database and a product that can answer."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandParser, call_command

IGNORED = ["CVS", ".*", "*~"]


class Command(BaseCommand):
    help = "Migrates, collects static files and loads the movement library and the activities; safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="also make the demo athlete")

    def handle(self, *, demo: bool, **_: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write("The database is up to date.")
        collect_static()
        self.stdout.write("Static files are in place.")
        call_command("load_movements")
        call_command("load_activities")
        if demo:
            call_command("seed_demo")
            self.stdout.write("The demo athlete is there.")


def collect_static() -> None:
    """Hashing and compressing takes seconds, so it is done again only when a source file has changed."""
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    now = fingerprint_of_sources()
    if stamp.exists() and stamp.read_text() == now:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)


def fingerprint_of_sources() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(IGNORED):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
