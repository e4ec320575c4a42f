"""One turn of the coach: claimed once, asked of the model, guarded, streamed, stored (docs/coach.md)."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.llm.base import ChatRequest, Chunk, LLMProvider, Message, ProviderError, Role, ToolCall, Usage
from coaching.llm.budget import Trimmed
from coaching.llm.builtin import BuiltInProvider
from coaching.models import Turn
from coaching.prompts.conversation import VERSION, tool_text
from coaching.prompts.safety import CLAIMED, Deed, Refused, Sieve, stop_message
from coaching.selectors import deeds_before, past_turns, question_of
from coaching.streaming import Event, EventName
from coaching.tools.athlete import Bound, bound
from coaching.tools.registry import run
from gainsly.lib.vocabulary import TurnSource, TurnStatus

from . import streams
from .prompting import opening, request_of
from .proposing import completed
from .providers import chat_provider, limits

ROUNDS = 4  # of looking up before it has to answer
CALLS = 4  # in one round
TOUCH_SECONDS = 10.0
NOTHING_LEFT = "answer_refused"  # nothing of the model's answer could be shown
NOTHING_CHANGED = _("Nothing has been changed.")
STILL_PROPOSED = _("Nothing has been changed yet: the button on the card does it.")
FAILURE_WORDS = {
    "model_unreachable": "The model server cannot be reached.",
    "model_interrupted": "The model broke off.",
    "model_too_slow": "The model took too long.",
    "model_server_fault": "The model server failed.",
    "model_refused": "The model server refused the request.",
    "model_missing": "The model is not installed on the model server.",
    "model_garbled": "The model server sent something unreadable.",
    "model_resting": "The model server failed a moment ago and is left alone for a minute.",
    NOTHING_LEFT: "The model's answer could not be shown.",
}


def silence() -> dt.timedelta:
    """How long a living worker may show no sign: the first token's limit, three times asked."""
    return dt.timedelta(seconds=limits().first_token + 3 * limits().connect)


def answer_turn(*, turn_id: UUID | str, attempt: int, reply: Callable[[Turn], Talk] | None = None) -> None:
    """Answer a pending turn; a turn that is claimed, over or gone is left as it is. ``reply`` words other turns."""
    turn = _claim(turn_id, attempt)
    if turn is None:
        return
    started = time.monotonic()
    talk = (reply or _reply)(turn)
    _finish(turn, talk, round((time.monotonic() - started) * 1000))


def _claim(turn_id: UUID | str, attempt: int) -> Turn | None:
    """Of two workers with the same message one gets the turn."""
    waiting = Turn.objects.filter(pk=turn_id, attempt=attempt, status=TurnStatus.PENDING)
    if not waiting.update(status=TurnStatus.RUNNING.value, touched_at=timezone.now()):
        return None
    found: Turn = Turn.objects.select_related("conversation__user").get(pk=turn_id)
    return found


@dataclass(slots=True)
class Talk:
    """What comes of asking one provider."""

    turn: Turn
    provider: LLMProvider
    source: TurnSource
    failure: str = ""
    content: str = ""
    calls: list[dict[str, Any]] = field(default_factory=list)
    trimmed: list[dict[str, Any]] = field(default_factory=list)
    summarised: tuple[Trimmed, ...] = ()
    refused: list[Refused] = field(default_factory=list)
    deeds: tuple[Deed, ...] = ()
    prompt_tokens: int = 0
    completion_tokens: int = 0
    first_token_ms: int | None = None
    prompt_version: str = VERSION
    started: float = field(default_factory=time.monotonic)
    touched: float = field(default_factory=time.monotonic)

    def show(self, text: str) -> None:
        if text:
            if self.first_token_ms is None:
                self.first_token_ms = round((time.monotonic() - self.started) * 1000)
            self.content += text
            streams.publish(self.turn, Event(EventName.TOKEN, {"text": text}))

    def count(self, usage: Usage | None) -> None:
        if usage:
            self.prompt_tokens += usage.prompt_tokens
            self.completion_tokens += usage.completion_tokens

    def touch(self, *, at_once: bool = False) -> None:
        """Tell the beat that somebody is at work; no connection is kept while the model is listened to."""
        if at_once or time.monotonic() - self.touched > TOUCH_SECONDS:
            self.touched = time.monotonic()
            Turn.objects.filter(pk=self.turn.pk, attempt=self.turn.attempt).update(touched_at=timezone.now())
            streams.let_go()


def _reply(turn: Turn) -> Talk:
    question = question_of(turn)
    stop = stop_message(question)
    if stop is not None:
        talk = Talk(turn, BuiltInProvider(), TurnSource.STOP)
        talk.show(stop)
        return talk
    athlete = bound(turn.conversation.user, timezone.now())
    provider = chat_provider()
    source = TurnSource.BUILTIN if provider.kind == BuiltInProvider.kind else TurnSource.MODEL
    talk = Talk(turn, provider, source, deeds=deeds_before(turn))
    try:
        _converse(talk, athlete, question)
        _set_right(talk)
    except ProviderError as error:
        return _built_in_instead(talk, athlete, question, error.code)
    return talk if talk.content.strip() else _built_in_instead(talk, athlete, question, NOTHING_LEFT)


def _set_right(talk: Talk) -> None:
    """Where a claimed change was held back, say how it is: nothing was changed, and what would change it."""
    if talk.content.strip() and any(one.why == CLAIMED for one in talk.refused):
        proposed = any((call["card"] or {}).get("proposal") for call in talk.calls)
        talk.show(f"\n\n{STILL_PROPOSED if proposed else NOTHING_CHANGED}")


def _built_in_instead(talk: Talk, athlete: Bound, question: str, code: str) -> Talk:
    second = put_aside(talk, code)
    _converse(second, athlete, question)
    return second


def put_aside(talk: Talk, code: str) -> Talk:
    """The model failed: what it said is put aside and kept, and the built-in coach may answer in its place."""
    problem = {
        "type": f"urn:gainsly:problem:{code}",
        "code": code,
        "title": "Model",
        "status": 502,
        "detail": f"{FAILURE_WORDS[code]} The built-in coach answers instead.",
    }
    streams.publish(talk.turn, Event(EventName.ERROR, {**problem, "restart": True}))
    broken = [Refused("broken off", talk.content)] if talk.content else []
    return replace(
        talk,
        provider=BuiltInProvider(),
        source=TurnSource.BUILTIN,
        failure=code,
        content="",
        calls=[],
        refused=[*talk.refused, *broken],
        first_token_ms=None,
    )


def _converse(talk: Talk, athlete: Bound, question: str) -> None:
    """Ask, look up what the model wants to know, ask again; until it answers or the rounds are used up."""
    fence = talk.source is TurnSource.MODEL
    begun = opening(athlete, past_turns(talk.turn), question, fence=fence)
    talk.summarised, messages = begun.trimmed, begun.messages
    for turn_of_asking in range(ROUNDS):
        talk.touch(at_once=True)
        request = _request(talk, athlete, messages, last=turn_of_asking == ROUNDS - 1)
        text, calls = _listen(talk, request)
        if not calls:
            break
        messages = (*messages, Message(Role.ASSISTANT, text, calls), *_look_up(talk, athlete, calls))
    if talk.prompt_tokens or talk.completion_tokens:
        counted = {"prompt_tokens": talk.prompt_tokens, "completion_tokens": talk.completion_tokens}
        streams.publish(talk.turn, Event(EventName.USAGE, counted))


def _request(talk: Talk, athlete: Bound, messages: Sequence[Message], *, last: bool) -> ChatRequest:
    request, trimmed = request_of(athlete, messages, last=last)
    if trimmed or talk.summarised:
        talk.trimmed = [asdict(one) for one in (*talk.summarised, *trimmed)]
    return request


def _listen(talk: Talk, request: ChatRequest) -> tuple[str, tuple[ToolCall, ...]]:
    """One answer of the provider, let through by the sieve as it comes."""
    sieve, before = Sieve(passed=talk.content, deeds=talk.deeds), len(talk.content)
    calls: list[ToolCall] = []
    for chunk in talk.provider.stream_chat(request):
        _hear(talk, sieve, chunk)
        calls += chunk.tool_calls
    talk.show(sieve.end())
    talk.refused += sieve.refused
    return talk.content[before:], tuple(calls[:CALLS])


def _hear(talk: Talk, sieve: Sieve, chunk: Chunk) -> None:
    talk.show(sieve.feed(chunk.text))
    talk.count(chunk.usage)
    talk.touch()


def _look_up(talk: Talk, athlete: Bound, calls: Sequence[ToolCall]) -> list[Message]:
    answers = []
    for call in calls:
        result = completed(athlete, run(athlete, call.name, call.arguments))
        talk.calls.append(result.stored())
        streams.publish(talk.turn, Event(EventName.TOOL, result.stored()))
        answers.append(Message(Role.TOOL, tool_text(result.data), tool=call))
    return answers


def _finish(turn: Turn, talk: Talk, milliseconds: int) -> None:
    """Store the answer if the turn is still ours, then tell who listens: the database has the last word."""
    now: dt.datetime = timezone.now()
    ours = Turn.objects.filter(pk=turn.pk, attempt=turn.attempt, status=TurnStatus.RUNNING)
    if not ours.update(
        status=TurnStatus.DONE.value,
        content=talk.content.strip(),
        source=talk.source.value,
        failure=talk.failure,
        tool_calls=talk.calls,
        trimmed=talk.trimmed,
        refused=[asdict(one) for one in talk.refused],
        provider=talk.provider.kind,
        model=talk.provider.model[:120],
        prompt_version=talk.prompt_version,
        prompt_tokens=talk.prompt_tokens or None,
        completion_tokens=talk.completion_tokens or None,
        first_token_ms=talk.first_token_ms,
        latency_ms=milliseconds,
        touched_at=now,
        updated_at=now,
    ):
        return
    turn.refresh_from_db()
    streams.publish(turn, streams.last_event(turn))
