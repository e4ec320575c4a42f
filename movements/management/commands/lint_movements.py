"""``manage.py lint_movements``: is the published library fit to be loaded? No database is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from movements.catalogue.fixture import FixtureError
from movements.catalogue.lint import lint_library
from movements.services import library


class Command(BaseCommand):
    help = "Check fixtures/movements and fixtures/circuits: format, references, attributes, names, graph."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--root", type=Path, default=settings.FIXTURE_ROOT, help="folder of the fixtures")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found, _digest = library.read_fixtures(options["root"])
        except FixtureError as error:
            raise CommandError(f"The library cannot be read:\n{error}") from error
        findings = lint_library(found)
        if findings:
            raise CommandError(f"{len(findings)} findings:\n" + "\n".join(str(finding) for finding in findings))
        counts = f"{len(found.movements)} movements, {len(found.relations)} relations, {len(found.circuits)} circuits"
        self.stdout.write(f"{counts}: clean.")
