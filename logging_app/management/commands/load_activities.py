"""`manage.py load_activities`: fixtures/activities.json into the table of activities."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from logging_app.services.activities import load_definitions


class Command(BaseCommand):
    help = "Loads the kinds of activity; safe to run again."

    def handle(self, **_: Any) -> None:
        created, changed = load_definitions(path=settings.FIXTURE_ROOT / "activities.json")
        self.stdout.write(f"Activities loaded: {created} new, {changed} updated.")
