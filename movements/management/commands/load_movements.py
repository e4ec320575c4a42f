"""``manage.py load_movements``: the published library into the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from movements.catalogue.fixture import FixtureError
from movements.services import library


class Command(BaseCommand):
    help = "Load movements, relations and circuits from fixtures/ (does nothing when they are loaded already)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="write every row anew, also curators' edits")
        parser.add_argument("--root", type=Path, default=settings.FIXTURE_ROOT, help="folder of the fixtures")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = library.load_library(root=options["root"], force=options["force"])
        except FixtureError as error:
            raise CommandError(f"The library has mistakes, nothing was loaded:\n{error}") from error
        if report.skipped:
            self.stdout.write(f"The library is up to date ({report.unchanged} movements).")
            return
        self.stdout.write(
            f"Library loaded: {report.created} new, {report.updated} updated, {report.unchanged} unchanged, "
            f"{report.deactivated} retired, {report.kept} kept as curated movements; "
            f"{report.relations} relations, {report.circuits} circuits."
        )
