"""``manage.py seed_demo``: an athlete to look around with, in the middle of a program."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from logging_app.services import demo


class Command(BaseCommand):
    help = "Make the demo athlete with two programs and thirteen weeks of training; a second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", default=demo.EMAIL)
        parser.add_argument("--password", default=demo.PASSWORD)

    def handle(self, *args: Any, email: str, password: str, **options: Any) -> None:
        made = demo.seed_demo(email=email, password=password, today=timezone.now().date())
        self.stdout.write(f"{email} is ready." if made else f"{email} was there already; nothing was changed.")
