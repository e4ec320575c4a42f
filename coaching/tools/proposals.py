"""Two tools that propose a change and perform none: the athlete confirms it with a button (services/proposing.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from gainsly.lib.vocabulary import Muscle, Section, label_of
from movements.catalogue.names import sequence_of
from movements.embeddings.speech import Wishes, wishes_of
from movements.selectors import equipment_list, search
from programs.models import Session
from programs.selectors import session_on
from programs.services.substitutes import Substitute
from programs.services.swapping import candidates_for

from .athlete import Bound, Json
from .planning import next_exercise

SOUGHT = 60  # movements that some words find, of which a stand-in is taken
OTHERS = 3
NOTHING = "none"  # as kit: the body alone
MUSCLES = ", ".join(one.value for one in Muscle)


class AdaptArgument(BaseModel):
    model_config = ConfigDict(extra="forbid")
    minutes: int | None = Field(default=None, ge=10, le=300, description="minutes that the athlete has today")
    soreness: dict[Muscle, int] = Field(default_factory=dict, description=f"0-10 by muscle: {MUSCLES}")
    sleep_hours: float | None = Field(default=None, ge=0, le=16, description="hours slept last night")
    fatigue: int | None = Field(default=None, ge=1, le=10, description="how tired the athlete feels, 10 is worst")
    equipment: list[str] | None = Field(
        default=None,
        max_length=20,
        description="the only kit at hand, such as dumbbell, bench, band, none; left out where it is the usual",
    )

    @field_validator("soreness")
    @classmethod
    def _on_the_scale(cls, soreness: dict[Muscle, int]) -> dict[Muscle, int]:
        if any(not 0 <= level <= 10 for level in soreness.values()):  # noqa: PLR2004 - the scale of decisions.md 20
            raise ValueError("soreness is 0 to 10")
        return soreness


class SwapArgument(BaseModel):
    model_config = ConfigDict(extra="forbid")
    exercise: str = Field(min_length=1, max_length=80, description="the planned exercise, as the athlete calls it")
    instead: str = Field(default="", max_length=80, description="what is wanted in its place: a name or a meaning")


def adapt_today(athlete: Bound, arguments: AdaptArgument) -> Json:
    """Propose today's session for fewer minutes, sore muscles, short sleep, a tired day or less kit; nothing changes
    until the athlete confirms."""
    session = session_on(athlete.user, athlete.today)
    told = {
        "minutes": arguments.minutes,
        "soreness": {muscle.value: level for muscle, level in arguments.soreness.items()},
        "sleep_hours": arguments.sleep_hours,
        "fatigue": arguments.fatigue,
        "equipment": None if arguments.equipment is None else sorted({*arguments.equipment} - {NOTHING}),
    }
    if strange := _strange(arguments.equipment or ()):
        return {"error": f"there is no equipment named {strange}"}
    if session is None:
        return {"proposal": None, "session": None, "told": told}
    return {"proposal": "adaptation", "session": _named(athlete, session), "told": told}


def _strange(equipment: Sequence[str]) -> str:
    """What of the told kit no gym has."""
    known = {one.slug for one in equipment_list()} if equipment else set()
    return ", ".join(sorted({*equipment} - known - {NOTHING}))[:80]


def _named(athlete: Bound, session: Session) -> Json:
    return {
        "id": str(session.pk),
        "title": session.title,
        "when": athlete.words_of(session.date),
        "date": session.date.isoformat(),
    }


def swap_exercise(athlete: Bound, arguments: SwapArgument) -> Json:
    """Propose another movement in a planned exercise's place; nothing changes until the athlete confirms."""
    found = next_exercise(athlete, arguments.exercise.strip())
    if found is None:
        return {"proposal": None, "exercise": None, "asked": arguments.exercise}
    candidates = candidates_for(session=found.session, exercise=found)
    wishes = wishes_of(sequence_of(arguments.instead))
    fitting = _sought(athlete, candidates, arguments.instead.strip(), wishes)
    told: Json = {
        "exercise": found.movement.name,
        "asked": arguments.instead,
        "session": _named(athlete, found.session),
        "section": label_of(Section(found.section)).lower(),
    }
    if not fitting:
        return {**told, "proposal": None, "others": [_name(one) for one in candidates[:OTHERS]]}
    best = fitting[0]
    load = best.load.load_kg if best.load else None
    return {
        **told,
        "proposal": "swap",
        "instead": _name(best),
        "reason": _reason(best, wishes),
        "load": athlete.weight(load),
        "load_is_guess": bool(best.load and best.load.is_guess),
        "others": [_name(one) for one in fitting[1 : OTHERS + 1]],
        "exercise_id": str(found.pk),
        "from": found.movement.slug,
        "to": best.movement.record.slug,
    }


def _name(candidate: Substitute) -> str:
    return candidate.movement.record.name


def _reason(candidate: Substitute, wishes: Wishes) -> str:
    """Why it: first what was asked to be spared, then its likeness."""
    if not wishes.spared or not _grants(candidate, wishes):
        return candidate.hit.reason
    spared = " and ".join(label_of(area).lower() for area in wishes.spared)
    return f"Not heavy on the {spared}; {candidate.hit.reason[:1].lower()}{candidate.hit.reason[1:]}"


def _sought(athlete: Bound, candidates: list[Substitute], words: str, wishes: Wishes) -> list[Substitute]:
    """The candidates that answer the words, the best answer first; all of them where nothing was said."""
    if not words:
        return candidates
    willing = [one for one in candidates if _grants(one, wishes)] if wishes.spared or wishes.equipment else []
    if willing:
        return willing
    ranks: dict[Any, int] = {
        hit.movement.id: place for place, hit in enumerate(search(athlete.user, words, limit=SOUGHT))
    }
    answering = [one for one in candidates if one.movement.id in ranks]
    return sorted(answering, key=lambda one: ranks[one.movement.id])


def _grants(candidate: Substitute, wishes: Wishes) -> bool:
    """Whether a stand-in spares the joints and uses the kit that were asked for."""
    record = candidate.movement.record
    gear = set(record.equipment) or {"none"}
    spares = not any(area in wishes.spared and stress == "heavy" for area, stress in record.joints.items())
    return spares and (not wishes.equipment or bool(gear & set(wishes.equipment)))
