"""Which numbers the engine works with: the active version in the database, or those that Gainsly ships with."""

from __future__ import annotations

from programs.engine.heuristics import Heuristics, default_heuristics, parse
from programs.models import HeuristicConfig

ENGINE = "engine"  # name of the configuration that the engine reads


def active_heuristics() -> Heuristics:
    """One query; a stored body was validated when it was stored and is parsed again here."""
    row = HeuristicConfig.objects.filter(name=ENGINE, active=True).first()
    return default_heuristics() if row is None else parse(row.body)
