"""Exports that are not JSON."""

from __future__ import annotations

from typing import Any

from rest_framework.renderers import BaseRenderer, JSONRenderer


class TextRenderer(BaseRenderer):
    """Text goes out as it is; a problem document is still JSON."""

    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        if isinstance(data, str):
            return data.encode()
        rendered: bytes = JSONRenderer().render(data)
        return rendered


class CalendarRenderer(TextRenderer):
    media_type = "text/calendar"
    format = "ics"


class SpreadsheetRenderer(TextRenderer):
    media_type = "text/csv"
    format = "csv"
