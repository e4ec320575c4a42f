"""A sentence about a program: read by rules; a model, where there is one, may add to what they left unread."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from coaching.llm.base import ChatRequest, ProviderError
from coaching.models import Conversation, Turn
from coaching.prompts.sentence import VERSION, SentenceAnswer, messages_of
from gainsly.lib.vocabulary import EQUIPMENT, ConversationKind, InjuryArea, MovementRuleType, TurnRole, TurnSource
from programs.engine.sentence import Heard, Reading
from programs.engine.sentence.aims import share
from programs.engine.sentence.reading import Field
from programs.services import sentence as rules

from .conversations import title_from
from .providers import answers_at_once, sentence_provider

Json = dict[str, Any]
SINGLE = (
    Field.DAYS, Field.WEEKDAYS, Field.MINUTES, Field.WEEKS, Field.GOALS, Field.SPLIT, Field.DOSE, Field.MUSCLES,
    Field.EQUIPMENT, Field.DISCIPLINES, Field.EXPERIENCE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Understood:
    """``model`` tells of the asking: ``{}`` when nobody was asked, else name, milliseconds, failure, what was unfit."""

    text: str
    reading: Reading
    model: Json


def understand(*, user: User, text: str) -> Understood:
    """What a text says of a program. Nothing is planned or set; what a model was asked and said is kept for audit.

    Raises ``programs.services.sentence.SentenceError``.
    """
    reading = rules.read(user=user, text=text)
    if answers_at_once() or not reading.unread:
        return Understood(text, reading, {})
    provider, started = sentence_provider(), time.monotonic()
    asked: Json = {"model": provider.model, "prompt_version": VERSION}
    try:
        said = provider.complete_structured(ChatRequest(messages_of(text, EQUIPMENT)), SentenceAnswer)
    except ProviderError as error:
        failed = {**asked, "failure": error.code, "latency_ms": _since(started), "refused": []}
        _record(user, text, provider.kind, failed, [])
        return Understood(text, reading, failed)
    more, refused = judged(user, text, said, reading)
    told = {**asked, "latency_ms": _since(started), "refused": [*said.unfit, *refused]}
    _record(user, text, provider.kind, told, more)
    return Understood(text, merge(reading, more), told)


@transaction.atomic
def _record(user: User, text: str, provider: str, told: Json, more: list[Heard]) -> None:
    """The asking as a conversation of its own: the text, what was taken over, and what was validated away."""
    now = timezone.now()
    thread = Conversation.objects.create(
        user=user, kind=ConversationKind.PROGRAM_SETUP.value, title=title_from(text), last_turn_at=now
    )
    taken = [rules.heard_json(one) for one in more]
    Turn.objects.create(
        conversation=thread, number=1, role=TurnRole.ATHLETE.value, content=text.strip(), touched_at=now
    )
    Turn.objects.create(
        conversation=thread,
        number=2,
        role=TurnRole.COACH.value,
        source=TurnSource.MODEL.value,
        content=json.dumps(taken, ensure_ascii=False),
        failure=told.get("failure", ""),
        refused=[{"why": "not taken over", "text": one} for one in told["refused"]],
        provider=provider,
        model=told["model"][:120],
        prompt_version=VERSION,
        latency_ms=told["latency_ms"],
        touched_at=now,
    )


def merge(reading: Reading, more: list[Heard]) -> Reading:
    """The rules' reading, then the model's where the rules heard nothing; unread is what neither quotes."""
    quoted = [one.words.casefold() for one in more]
    unread = tuple(
        rest for rest in reading.unread if not any(q in rest.casefold() or rest.casefold() in q for q in quoted)
    )
    order = list(Field)
    heard = sorted((*reading.heard, *more), key=lambda one: order.index(one.field))
    return Reading(tuple(heard), unread)


def judged(user: User, text: str, said: SentenceAnswer, reading: Reading) -> tuple[list[Heard], list[str]]:
    """Of a model's answer what may count: typed, quoted from the text, and not said by explicit words already."""
    kept: list[Heard] = []
    refused: list[str] = []
    for heard in (*_single(said), *_injuries(said), *_movements(user, said)):
        why = _objection(heard, text, reading)
        if why:
            refused.append(f"{heard.field.value}: {why}")
        else:
            kept.append(heard)
    return kept, refused


def _objection(heard: Heard, text: str, reading: Reading) -> str:
    if heard.words.strip().casefold() not in text.casefold():
        return "The words are not in the text."
    if heard.field is Field.EQUIPMENT and not set(heard.value) <= set(EQUIPMENT):
        return "There is no such equipment."
    if heard.field in SINGLE and reading.of(heard.field) is not None:
        return "The athlete's own words say it."
    if heard.field is Field.MOVEMENTS and heard.value[1] is None:
        return "No movement is called so."
    already = [one.value for one in reading.heard if one.field is heard.field]
    if heard.field is Field.INJURIES:
        areas = {area for one in already for area, _severity in one}
        return "The area is noted already." if {area for area, _severity in heard.value} & areas else ""
    if heard.field is Field.MOVEMENTS and heard.value[1] in {slug for _type, slug in already}:
        return "The movement is noted already."
    return ""


def _single(said: SentenceAnswer) -> list[Heard]:
    found = []
    for name in SINGLE:
        told = getattr(said, name.value)
        if told is not None:
            found.append(Heard(name, _value(name, told.value), told.words, by="model"))
    return found


def _value(name: Field, value: Any) -> Any:
    if name is Field.GOALS:
        return share({one.goal: float(one.weight) for one in value})
    if isinstance(value, list):
        distinct = tuple(dict.fromkeys(value))
        return tuple(sorted(distinct)) if name is Field.WEEKDAYS else distinct
    return value.value if isinstance(value, Enum) else value


def _injuries(said: SentenceAnswer) -> list[Heard]:
    if said.injuries is None:
        return []
    parts = {InjuryArea(one.area): one.severity for one in said.injuries.value}
    return [Heard(Field.INJURIES, tuple(parts.items()), said.injuries.words, by="model")]


def _movements(user: User, said: SentenceAnswer) -> list[Heard]:
    lookup = rules.lookup_for(user)
    return [
        Heard(
            Field.MOVEMENTS,
            (MovementRuleType(one.value.type), lookup(one.value.movement)),
            one.words,
            by="model",
        )
        for one in said.movements or ()
    ]


def understood_json(understood: Understood) -> Json:
    """``{"text", "heard", "unread", "body", "settings", "model"}``: for the API, and for the session."""
    heard = [rules.heard_json(one) for one in understood.reading.heard]
    return {
        "text": understood.text,
        "heard": heard,
        "unread": list(understood.reading.unread),
        "body": rules.body_of(heard),
        "settings": rules.settings_of(heard),
        "model": understood.model,
    }


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
