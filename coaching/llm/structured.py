"""Structured answers: the server's JSON-schema mode, and validated again on arrival (coaching.md, Providers)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace

from pydantic import ValidationError

from .base import Answer, ChatRequest, Checker, Chunk, InvalidAnswerError, Message, Role

ATTEMPTS = 3
SHOWN_PROBLEMS = 6


class StructuredAnswers(ABC):
    """Gives a provider ``complete_structured`` on top of its ``stream_chat``."""

    @abstractmethod
    def stream_chat(self, request: ChatRequest) -> Iterator[Chunk]: ...

    def complete_structured(
        self, request: ChatRequest, answer: type[Answer], check: Checker[Answer] | None = None
    ) -> Answer:
        asked = replace(request, schema=answer.model_json_schema(), tools=())
        problems: list[str] = []
        for _attempt in range(ATTEMPTS):
            text = "".join(chunk.text for chunk in self.stream_chat(asked))
            found, problems = _read(text, answer)
            if found is not None:
                problems = check(found) if check else []
                if not problems:
                    return found
            told = Message(Role.USER, "That was not valid. Send the whole JSON again. " + "; ".join(problems))
            asked = replace(asked, messages=(*asked.messages, Message(Role.ASSISTANT, text), told))
        raise InvalidAnswerError(problems)


def _read(text: str, answer: type[Answer]) -> tuple[Answer | None, list[str]]:
    try:
        return answer.model_validate_json(text), []
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)[:SHOWN_PROBLEMS]
        return None, [f"{'.'.join(str(part) for part in one['loc']) or 'answer'}: {one['msg']}" for one in faults]
