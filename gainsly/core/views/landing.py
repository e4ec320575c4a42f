"""What someone sees who has not signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# What the drawing on the page shows: an example week, said to be one.
EXAMPLE_LEVELS = {"quadriceps": 1, "glutes": 2, "hamstrings": 2, "chest": 0, "lats": 1, "upper_back": 1, "forearms": 2}


def landing(request: HttpRequest) -> HttpResponse:
    """The welcome page; logging_app's today page answers with it where nobody is signed in."""
    return render(request, "core/landing.html", {"example_levels": EXAMPLE_LEVELS})
