"""Looking into the library of movements."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from gainsly.lib.vocabulary import label_of
from movements.selectors import equipment_names, search

from .athlete import Bound, Json

FOUND = 5


class QueryArgument(BaseModel):
    model_config = ConfigDict(extra="forbid")
    query: str = Field(min_length=1, max_length=80, description="a muscle, a piece of kit, a name or a meaning")


def find_movements(athlete: Bound, arguments: QueryArgument) -> Json:
    """Movements of the library and the athlete's own that fit some words, best first."""
    hits = search(athlete.user, arguments.query, limit=FOUND)
    return {
        "asked": arguments.query,
        "movements": [
            {
                "name": hit.movement.record.name,
                "pattern": label_of(hit.movement.record.pattern).lower(),
                "equipment": equipment_names(hit.movement.record.equipment),
            }
            for hit in hits
        ],
    }
