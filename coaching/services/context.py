"""What the coach sees: the prompt as it would be sent now, in parts, with what is left out of it and why."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils import timezone

from accounts.models import User
from coaching.llm.base import ChatRequest, Role
from coaching.llm.budget import message_tokens, request_tokens
from coaching.models import Conversation
from coaching.prompts.conversation import VERSION
from coaching.selectors import turns_before
from coaching.tools.athlete import bound
from coaching.tools.registry import TOOLS

from .prompting import opening, request_of, room_of
from .providers import answers_at_once, chat_provider, limits

Json = dict[str, Any]
STAND_IN = "(your question)"


def seen_by_coach(*, user: User, conversation: Conversation | None = None) -> Json:
    """The context of the next question, in a new thread or in this one. Built as the answer's prompt is built."""
    athlete = bound(user, timezone.now())
    past = turns_before(conversation, None) if conversation is not None else []
    begun = opening(athlete, past, STAND_IN, fence=True)
    request, trimmed = request_of(athlete, begun.messages, last=False)
    provider = chat_provider()
    return {
        "prompt_version": VERSION,
        "provider": provider.kind,
        "model": provider.model,
        "model_reads_it": not answers_at_once(),
        "window_tokens": limits().context,
        "answer_tokens": limits().answer,
        "room_tokens": room_of(last=False),
        "used_tokens": request_tokens(request),
        "messages": [
            {"role": one.role.value, "content": one.content, "tokens": message_tokens(one)}
            for one in request.messages
            if one.role is not Role.TOOL
        ],
        "left_out": [asdict(one) for one in (*begun.trimmed, *trimmed)],
        "tools": [
            {"name": one.name, "description": TOOLS[one.name].description, "tokens": request_tokens(_alone(one))}
            for one in request.tools
        ],
    }


def _alone(tool: Any) -> ChatRequest:
    return ChatRequest((), (tool,))
