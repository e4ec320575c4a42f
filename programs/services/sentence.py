"""An athlete's sentence read with their own movements at hand, and what of it goes into their settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import activities_of, athlete_facts, local_today
from accounts.services.activities import add_activity
from accounts.services.injuries import NOTES_LENGTH, add_injury
from accounts.services.profile import update_profile
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import EnjoyableActivity, InjuryArea, MovementRuleType
from movements.selectors import movement_for, movements_by_slug, search
from movements.services.rules import set_rule
from programs.engine.sentence import Heard, Reading, read_sentence
from programs.engine.sentence.read import LONGEST
from programs.engine.sentence.reading import Field
from programs.engine.sentence.surroundings import Lookup
from programs.selectors import ProgramTree

from .generation import create_program

Json = dict[str, Any]
CALLED_SO = 0.95  # a search hit of this score is named or nicknamed by just these words
MOST_SEARCHES = 16  # of one text
IN_SETTINGS = (Field.EXPERIENCE, Field.INJURIES, Field.MOVEMENTS, Field.RECREATION)


class SentenceError(DomainError):
    """The text is empty or too long."""


def read(*, user: User, text: str) -> Reading:
    """What the rules make of a text. Nothing is stored. Raises ``SentenceError``."""
    if not text.strip():
        raise SentenceError(_("Say what you want first."), errors={"text": [_("Say what you want first.")]})
    if len(text) > LONGEST:
        told = _("At most %(limit)d characters.") % {"limit": LONGEST}
        raise SentenceError(told, errors={"text": [told]})
    return read_sentence(text, lookup=lookup_for(user), today=local_today(user))


def lookup_for(user: User) -> Lookup:
    """Words -> the slug of the movement that is called just so; only so many words of a text are looked up."""
    left = iter(range(MOST_SEARCHES))

    @cache
    def lookup(words: str) -> str | None:
        if next(left, None) is None:
            return None
        hit = next(iter(search(user, words, limit=1)), None)
        return hit.movement.record.slug if hit is not None and hit.score >= CALLED_SO else None

    return lookup


def heard_json(one: Heard) -> Json:
    """``{"field", "value", "words", "asked", "by"}`` with plain values."""
    return {"field": one.field.value, "value": _plain(one), "words": one.words, "asked": one.asked, "by": one.by}


def _plain(one: Heard) -> Any:
    value = one.value
    if one.field is Field.GOALS:
        return [{"goal": goal.value, "weight": points} for goal, points in value]
    if one.field is Field.INJURIES:
        return [{"area": area.value, "severity": severity} for area, severity in value]
    if one.field is Field.MOVEMENTS:
        return {"type": value[0].value, "movement": value[1]}
    if one.field is Field.RECREATION:
        return {"type": value[0].value, "custom_name": value[1], "weekdays": list(value[2])}
    if one.field is Field.START:
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def body_of(heard: Sequence[Mapping[str, Any]]) -> Json:
    """The keys of the create body that were told of; disciplines count 4 of 5."""
    body = {one["field"]: one["value"] for one in heard if one["field"] not in IN_SETTINGS}
    if "disciplines" in body:
        body["disciplines"] = [{"discipline": one, "weight": 4} for one in body["disciplines"]]
    return body


def settings_of(heard: Sequence[Mapping[str, Any]]) -> list[Json]:
    """What belongs into the settings, one entry each: ``{"id", "field", "value", "words"}``."""
    rows = []
    for one in heard:
        if one["field"] in IN_SETTINGS:
            values = one["value"] if one["field"] == Field.INJURIES else [one["value"]]
            rows += [{"field": one["field"], "value": value, "words": one["words"]} for value in values]
    return [{"id": str(number), **row} for number, row in enumerate(rows)]


def movement_names(user: User, notes: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    slugs = [one["value"]["movement"] for one in notes if one["field"] == Field.MOVEMENTS]
    return {slug: listed.record.name for slug, listed in movements_by_slug(slugs, user).items()} if slugs else {}


@transaction.atomic
def take_notes(*, user: User, notes: Sequence[Mapping[str, Any]]) -> int:
    """Write what the athlete confirmed into their settings; what stands there already is left. Gives how many."""
    writers = {
        Field.EXPERIENCE.value: _note_experience,
        Field.INJURIES.value: _note_injury,
        Field.MOVEMENTS.value: _note_movement,
        Field.RECREATION.value: _note_recreation,
    }
    return sum(writers[one["field"]](user, one["value"], one["words"]) for one in notes)


@transaction.atomic
def create_with_notes(
    *, user: User, body: Any, program_id: Any = None, notes: Sequence[Mapping[str, Any]] = ()
) -> ProgramTree:
    """Take the confirmed notes, then plan with them; where no plan can be made, no note is taken either."""
    take_notes(user=user, notes=notes)
    return create_program(user=user, body=body, program_id=program_id)


def _note_experience(user: User, value: Any, _words: str) -> bool:
    update_profile(user=user, experience_level=value)
    return True


def _note_injury(user: User, value: Any, words: str) -> bool:
    held = {one.area: one.severity for one in athlete_facts(user, local_today(user)).injuries}
    area = InjuryArea(value["area"])
    if held.get(area, 0) >= value["severity"]:
        return False
    add_injury(user=user, area=area.value, severity=value["severity"], notes=words[:NOTES_LENGTH])
    return True


def _note_movement(user: User, value: Any, words: str) -> bool:
    movement = movement_for(user, value["movement"])
    set_rule(user=user, movement=movement, type=MovementRuleType(value["type"]), notes=words[:200])
    return True


def _note_recreation(user: User, value: Any, _words: str) -> bool:
    kind, name = EnjoyableActivity(value["type"]), value["custom_name"]
    if any(one.type == kind and one.custom_name == name for one in activities_of(user)):
        return False
    add_activity(user=user, type=kind.value, custom_name=name, weekdays=value["weekdays"])
    return True
