"""The built-in coach as a provider like any other: it asks for one tool, then words what came back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from coaching.llm.base import ChatRequest, Chunk, Connection, Health, Message, RefusedError, Role, ToolCall
from coaching.llm.structured import StructuredAnswers

from .facts import facts_of
from .intents import Intent, understand
from .levels import closing
from .phrases import phrase
from .topics import GERMAN_HELP

MODEL = "built-in"
SENTENCE_END = re.compile(r"(?<=[.!?:]) +(?=[A-Z])")


class BuiltInProvider(StructuredAnswers):
    kind = "builtin"
    model = MODEL

    def __init__(self, connection: Connection | None = None) -> None:
        """It needs no connection; the registry makes all providers alike."""

    def stream_chat(self, request: ChatRequest) -> Iterator[Chunk]:
        if request.schema is not None:
            raise RefusedError("The built-in coach writes no structured answers; the engine's draft stands.")
        last = request.messages[-1]
        if last.role is Role.TOOL and last.tool:
            yield from _words(_said(last, request))
            return
        wanted = understand(last.content)
        if wanted and any(tool.name == wanted.tool for tool in request.tools):
            yield Chunk(tool_calls=(ToolCall("builtin-1", wanted.tool, wanted.arguments),))
        else:
            yield from _words(_untold(wanted, request.tone))

    def health(self) -> Health:
        return Health(well=True, sentence="The built-in coach is always ready.")

    def list_models(self) -> list[str]:
        return [MODEL]


def _said(message: Message, request: ChatRequest) -> str:
    """What a tool found, read as the question asks for it."""
    asked = next((one.content for one in reversed(request.messages) if one.role is Role.USER), "")
    called = message.tool.name if message.tool else ""
    wanted = understand(asked)
    ours = wanted if wanted and wanted.tool == called else Intent(called)
    case, facts = facts_of(ours.reader or called, json.loads(message.content))
    added = closing(case, tone=request.tone, level=request.level, experience=request.experience)
    return _led(ours, request.tone) + phrase(case, request.tone, facts) + added


def _untold(wanted: Intent | None, tone: str) -> str:
    """What is said without a look into the rows."""
    if wanted is None or not wanted.says:
        return phrase("help", tone, {})
    if wanted.says == GERMAN_HELP:
        return GERMAN_HELP
    first = SENTENCE_END.split(wanted.says, maxsplit=1)[0]
    return _led(wanted, tone) + phrase("topic", tone, {"what": wanted.says, "short": first})


def _led(wanted: Intent, tone: str) -> str:
    return phrase("german", tone, {}) + " " if wanted.german else ""


def _words(text: str) -> Iterator[Chunk]:
    for word in re.findall(r"\S+\s*", text):
        yield Chunk(text=word)
