"""The one number that tells every process to read the library anew."""

from __future__ import annotations

from django.db.models import F

from movements.models import LibraryVersion


def touch_library() -> None:
    """Tell every process that the library was edited, so that it reads it anew."""
    LibraryVersion.objects.update_or_create(
        pk=1, defaults={"revision": F("revision") + 1}, create_defaults={"revision": 1}
    )
