"""Any server that speaks OpenAI's chat completions (vLLM, llama.cpp, a cloud): Server-Sent Events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from .base import BrokenOffError, ChatRequest, Chunk, Connection, Health, Json, Message, ProviderError, ToolCall, Usage
from .structured import StructuredAnswers
from .wire import arguments_of, document_of, expecting_the_format, lines_of, listing

DATA = "data:"
END = "[DONE]"


@dataclass(slots=True)
class _PartialCall:
    """A tool call arrives in pieces, told apart by their index."""

    id: str = ""
    name: str = ""
    arguments: str = ""


class OpenAIProvider(StructuredAnswers):
    kind = "openai"

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.model = connection.model

    def stream_chat(self, request: ChatRequest) -> Iterator[Chunk]:
        calls: dict[int, _PartialCall] = {}
        for line in lines_of(self.connection, "/v1/chat/completions", self._body(request), self._missing):
            if not line.startswith(DATA):
                continue  # comments and event names
            data = line.removeprefix(DATA).strip()
            if data == END:
                if calls:
                    yield Chunk(tool_calls=tuple(_whole(calls[index], index) for index in sorted(calls)))
                return
            document = document_of(data)
            if document.get("error"):
                raise BrokenOffError(str(document["error"]))
            with expecting_the_format():
                chunk = _chunk(document, calls)
            if chunk:
                yield chunk
        raise BrokenOffError("the stream ended without [DONE]")

    def list_models(self) -> list[str]:
        with expecting_the_format():
            return sorted(str(model["id"]) for model in listing(self.connection, "/v1/models")["data"])

    def health(self) -> Health:
        try:
            names = self.list_models()
        except ProviderError:
            return Health(well=False, sentence="The model server does not answer.")
        if self.model not in names:
            return Health(
                well=False, sentence=f"The model server has no model named {self.model}.", command=self._missing
            )
        return Health(well=True, sentence=f"{self.model} is ready.")

    @property
    def _missing(self) -> str:
        return f"Start the server with {self.model}, or set OPENAI_MODEL to one that it serves."

    def _body(self, request: ChatRequest) -> Json:
        body: Json = {
            "model": self.model,
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens": self.connection.limits.answer,
            "messages": [_message(message) for message in request.messages],
        }
        if request.tools:
            body["tools"] = [
                {
                    "type": "function",
                    "function": {"name": one.name, "description": one.description, "parameters": dict(one.parameters)},
                }
                for one in request.tools
            ]
        if request.schema is not None:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "answer", "schema": dict(request.schema)},
            }
        return body


def _message(message: Message) -> Json:
    written: Json = {"role": message.role.value, "content": message.content}
    if message.tool_calls:
        written["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": call.name, "arguments": json.dumps(dict(call.arguments))},
            }
            for call in message.tool_calls
        ]
    if message.tool:
        written["tool_call_id"] = message.tool.id
    return written


def _chunk(document: Json, calls: dict[int, _PartialCall]) -> Chunk | None:
    """The text of one event; pieces of tool calls are put aside until the end."""
    usage = document.get("usage")
    counted = Usage(int(usage["prompt_tokens"]), int(usage["completion_tokens"])) if usage else None
    choices = document.get("choices") or []
    delta = (choices[0].get("delta") or {}) if choices else {}
    for piece in delta.get("tool_calls") or ():
        partial = calls.setdefault(int(piece.get("index", 0)), _PartialCall())
        function = piece.get("function") or {}
        partial.id = piece.get("id") or partial.id
        partial.name += function.get("name") or ""
        partial.arguments += function.get("arguments") or ""
    text = delta.get("content") or ""
    if not isinstance(text, str):
        raise TypeError("the content is no text")
    return Chunk(text=text, usage=counted) if text or counted else None


def _whole(partial: _PartialCall, index: int) -> ToolCall:
    return ToolCall(partial.id or f"call-{index}", partial.name, arguments_of(partial.arguments or "{}"))
