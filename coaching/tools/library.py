"""Looking into the library of movements."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from gainsly.lib.vocabulary import label_of
from movements.selectors import equipment_names, movement_for, search
from programs.services.substitutes import substitutes_for

from .athlete import Bound, Json
from .planning import MovementArgument

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


def substitutes(athlete: Bound, arguments: MovementArgument) -> Json:
    """What can stand in for a movement under the athlete's kit, limits and rules, the closest first."""
    hits = search(athlete.user, arguments.movement, limit=1) if arguments.movement.strip() else []
    if not hits:
        return {"movement": None, "asked": arguments.movement, "substitutes": []}
    movement = movement_for(athlete.user, str(hits[0].movement.id))
    return {
        "movement": movement.name,
        "asked": arguments.movement,
        "substitutes": [
            {
                "name": one.movement.record.name,
                "why": one.hit.reason,
                "load": athlete.weight(one.load.load_kg) if one.load else "",
            }
            for one in substitutes_for(user=athlete.user, movement=movement)[:FOUND]
        ],
    }


def movement_guide(athlete: Bound, arguments: MovementArgument) -> Json:
    """How a movement of the library is done: its cues, kit and muscles."""
    hits = search(athlete.user, arguments.movement, limit=1) if arguments.movement.strip() else []
    if not hits:
        return {"movement": None, "asked": arguments.movement}
    record = hits[0].movement.record
    return {
        "movement": record.name,
        "asked": arguments.movement,
        "cues": list(record.cues)[:FOUND],
        "equipment": equipment_names(record.equipment),
        "muscles": [label_of(muscle).lower() for muscle in (*record.primary, *record.secondary)],
    }
