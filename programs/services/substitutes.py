"""What an athlete may do in a movement's place: under their kit, injuries, skill and rules, with the load for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from movements.models import Movement
from movements.selectors import ListedMovement, SearchHit, alternatives_for, listed
from programs.engine.constraints import bans_of
from programs.engine.substitute import Conversion, convert_load, usual_load
from programs.history import training_history

from .facts import facts_of

MOST = 12


@dataclass(frozen=True, slots=True)
class Substitute:
    """A stand-in with its score and reason; ``load`` where one can be given."""

    hit: SearchHit
    load: Conversion | None

    @property
    def movement(self) -> ListedMovement:
        return self.hit.movement


def substitutes_for(*, user: Any, movement: Movement, load_kg: float | None = None) -> list[Substitute]:
    """The best stand-ins, at most twelve. With ``load_kg`` (what the movement is done with) each load is converted
    from it; without, it is the load of a usual set as far as the log knows."""
    facts = facts_of(user)
    athlete = facts.athlete
    history = training_history().snapshot(user, facts.standing.today)
    bans = bans_of(athlete, facts.standing.today)
    source = listed(movement).record
    hits = alternatives_for(user, movement, lambda one: not any(ban.forbids(one) for ban in bans))[:MOST]
    return [
        Substitute(
            hit,
            usual_load(hit.movement.record, athlete, history)
            if load_kg is None
            else convert_load(load_kg, source, hit.movement.record, athlete, history),
        )
        for hit in hits
    ]


def converted_load(*, user: Any, movement: Movement, stand_in: Movement, load_kg: float) -> float | None:
    """What a stand-in is done with, in kg, where ``movement`` is done with ``load_kg``; None where it is not known."""
    facts = facts_of(user)
    history = training_history().snapshot(user, facts.standing.today)
    found = convert_load(load_kg, listed(movement).record, listed(stand_in).record, facts.athlete, history)
    return found.load_kg if found else None
