"""The known programs that Gainsly ships, read once a process."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import Http404

from programs.engine.references import Reference, read_reference


@cache
def references() -> dict[str, Reference]:
    """By slug, in the order of their names. Raises ``ReferenceError`` for a file that cannot be read."""
    folder = settings.FIXTURE_ROOT / "templates"
    read = [read_reference(path.stem, path.read_text(encoding="utf-8")) for path in folder.glob("*.yaml")]
    return {one.slug: one for one in sorted(read, key=lambda one: one.name)}


def reference_for(slug: str) -> Reference:
    """The known program of this slug. Raises ``Http404``."""
    try:
        return references()[slug]
    except KeyError:
        raise Http404 from None
