"""`manage.py prepare`: everything between an empty database and a product that can answer."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command, get_commands


class Command(BaseCommand):
    help = "Migrates, collects static files and loads the movement library; safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="also make the demo athlete")

    def handle(self, *, demo: bool, **_: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write("The database is up to date.")
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write("Static files are in place.")
        call_command("load_movements")
        if demo and "seed_demo" in get_commands():
            call_command("seed_demo")
            self.stdout.write("The demo athlete is there.")
