"""The prompt of the chat: one way to build it, for the model that answers and for the page that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coaching.llm.base import ChatRequest, Message
from coaching.llm.budget import BYTES_PER_TOKEN, Trimmed, fit, message_tokens, request_tokens, tokens_of
from coaching.prompts.conversation import PastTurn, messages_of
from coaching.prompts.summary import summary_of
from coaching.tools.athlete import Bound
from coaching.tools.registry import specs

from .providers import limits

WORD_FOR_WORD = 20  # turns at most; older ones are told in a summary
HISTORY_SHARE = 0.4  # of what rules, facts and question leave free, for turns word for word; the rest is for lookups
SUMMARY_SHARE = 0.15  # of the same, for the summary of those before them


@dataclass(frozen=True, slots=True)
class Opening:
    """The messages before anything is looked up; ``summarised`` says how many turns a summary stands for."""

    messages: tuple[Message, ...]
    summarised: int
    trimmed: tuple[Trimmed, ...]


def opening(athlete: Bound, past: Sequence[PastTurn], question: str, *, fence: bool) -> Opening:
    """Rules, facts and notes; the conversation so far, its older part in short; the question."""
    told_anyway = tokens_of_messages(messages_of(athlete.prompt(), (), question, fence=fence))
    free = max(0, room_of(last=False) - told_anyway)
    recent = _recent(past, free * HISTORY_SHARE)
    older = past[: len(past) - len(recent)]
    summary = summary_of(older, most=round(free * SUMMARY_SHARE * BYTES_PER_TOKEN))
    messages = messages_of(athlete.prompt(), recent, question, fence=fence, summary=summary)
    spared = sum(tokens_of(one.content) for one in older) - tokens_of(summary)
    told = f"{len(older)} earlier turns, told in a summary"
    return Opening(messages, len(older), (Trimmed(told, max(0, spared)),) if older else ())


def _recent(past: Sequence[PastTurn], room: float) -> Sequence[PastTurn]:
    """The newest turns that fit into so many tokens, whole exchanges only."""
    start = len(past)
    while start > 0 and len(past) - start < WORD_FOR_WORD:
        room -= tokens_of(past[start - 1].content)
        if room < 0:
            break
        start -= 1
    while start < len(past) and not past[start].by_athlete:
        start += 1
    return past[start:]


def request_of(athlete: Bound, messages: Sequence[Message], *, last: bool) -> tuple[ChatRequest, list[Trimmed]]:
    """What is sent: the messages that fit beside the tools and the answer, and what was left out of them."""
    kept, trimmed = fit(messages, room=room_of(last=last))
    facts = athlete.facts
    request = ChatRequest(
        kept,
        () if last else specs(),
        tone=facts.tone.value,
        level=facts.aggression,
        experience=facts.experience.value,
    )
    return request, trimmed


def room_of(*, last: bool) -> int:
    """Tokens that messages may take. The last round of a turn goes without tools, so that it has to answer."""
    window = limits()
    return window.context - window.answer - request_tokens(ChatRequest((), () if last else specs()))


def tokens_of_messages(messages: Sequence[Message]) -> int:
    return sum(message_tokens(one) for one in messages)
