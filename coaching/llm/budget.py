"""The token budget: what is left out when the prompt would not fit, in a stated order, and recorded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .base import ChatRequest, Message, Role

BYTES_PER_TOKEN = 3.0  # UTF-8; on the safe side for English (about 4) and most other languages
MESSAGE_TOKENS = 6  # the frame that a chat template puts around each
CUT = " […]"


@dataclass(frozen=True, slots=True)
class Trimmed:
    """What was left out of a prompt, and how much of it."""

    what: str
    tokens: int


def tokens_of(text: str) -> int:
    """An upper guess of a text's tokens; servers count exactly, but only afterwards."""
    return math.ceil(len(text.encode()) / BYTES_PER_TOKEN)


def message_tokens(message: Message) -> int:
    calls = sum(tokens_of(call.name + str(dict(call.arguments))) for call in message.tool_calls)
    return tokens_of(message.content) + calls + MESSAGE_TOKENS


def request_tokens(request: ChatRequest) -> int:
    tools = sum(tokens_of(one.name + one.description + str(dict(one.parameters))) for one in request.tools)
    return tools + sum(message_tokens(message) for message in request.messages)


def fit(messages: Sequence[Message], *, room: int) -> tuple[tuple[Message, ...], list[Trimmed]]:
    """The messages that fit into ``room`` tokens.

    Left out first: the oldest turns of the conversation, one by one. Then the longest tool results are cut, then the
    question itself. The system message stays whole: it holds the rules.
    """
    kept, trimmed = list(messages), []
    question = _last_question(kept)
    while _total(kept) > room:
        place = next((at for at, one in enumerate(kept[:question]) if one.role is not Role.SYSTEM), None)
        if place is None:
            break
        gone = kept.pop(place)
        question -= 1
        trimmed.append(Trimmed("an earlier turn", message_tokens(gone)))
    for role in (Role.TOOL, Role.USER):
        trimmed += _cut(kept, role, room)
    return tuple(kept), trimmed


def _cut(kept: list[Message], role: Role, room: int) -> list[Trimmed]:
    over = _total(kept) - room
    places = sorted((at for at, one in enumerate(kept) if one.role is role), key=lambda at: -len(kept[at].content))
    trimmed = []
    for at in places:
        if over <= 0:
            break
        shorter = _shortened(kept[at], over)
        spared = message_tokens(kept[at]) - message_tokens(shorter)
        kept[at], over = shorter, over - spared
        trimmed.append(Trimmed("part of a tool's answer" if role is Role.TOOL else "part of the question", spared))
    return trimmed


def _shortened(message: Message, over: int) -> Message:
    keep = max(0, len(message.content.encode()) - math.ceil((over + tokens_of(CUT)) * BYTES_PER_TOKEN))
    text = message.content.encode()[:keep].decode("utf-8", "ignore") + CUT
    return Message(message.role, text, message.tool_calls, message.tool)


def _total(messages: Sequence[Message]) -> int:
    return sum(message_tokens(message) for message in messages)


def _last_question(messages: Sequence[Message]) -> int:
    """Where the newest question stands; what follows it (tool calls and answers) belongs to it."""
    return max((at for at, one in enumerate(messages) if one.role is Role.USER), default=len(messages))
