"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gainsly.lib.vocabulary import Theme, Units

from .htmx import layout_for


class Display:
    """How this person wants to see things: theme and units."""

    def __init__(self, theme: str = Theme.DARK, units: str = Units.METRIC) -> None:
        self.theme = theme
        self.units = units


def ui(request: HttpRequest) -> dict[str, Any]:
    """``layout`` for base.html; ``display.theme`` and ``display.units``, read only when a template asks."""
    return {"layout": layout_for(request), "display": SimpleLazyObject(lambda: display_of(request))}


def display_of(request: HttpRequest) -> Display:
    """The signed-in person's settings row (one query a request), or the defaults."""
    user = getattr(request, "user", None)
    row = getattr(user, "settings", None) if user is not None and user.is_authenticated else None
    return Display(row.theme, row.units) if row else Display()
