"""Ollama: one JSON object per line over /api/chat."""

from __future__ import annotations

from collections.abc import Iterator

from .base import BrokenOffError, ChatRequest, Chunk, Connection, Health, Json, Message, ProviderError, ToolCall, Usage
from .structured import StructuredAnswers
from .wire import arguments_of, document_of, expecting_the_format, lines_of, listing


class OllamaProvider(StructuredAnswers):
    kind = "ollama"

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.model = connection.model

    def stream_chat(self, request: ChatRequest) -> Iterator[Chunk]:
        finished = False
        for number, line in enumerate(lines_of(self.connection, "/api/chat", self._body(request), self._pull)):
            document = document_of(line)
            if "error" in document:
                raise BrokenOffError(str(document["error"]))
            with expecting_the_format():
                chunk = _chunk(document, number)
            finished = document.get("done") is True
            yield chunk
        if not finished:
            raise BrokenOffError("the stream ended without its last message")

    def list_models(self) -> list[str]:
        with expecting_the_format():
            return sorted(str(model["name"]) for model in listing(self.connection, "/api/tags")["models"])

    def health(self) -> Health:
        try:
            names = self.list_models()
        except ProviderError:
            return Health(well=False, sentence="The model server does not answer.", command="ollama serve")
        if not {self.model, f"{self.model}:latest"} & set(names):
            return Health(well=False, sentence=f"The model server has no model named {self.model}.", command=self._pull)
        return Health(well=True, sentence=f"{self.model} is ready.")

    @property
    def _pull(self) -> str:
        return f"ollama pull {self.model}"

    def _body(self, request: ChatRequest) -> Json:
        limits = self.connection.limits
        body: Json = {
            "model": self.model,
            "stream": True,
            "messages": [_message(message) for message in request.messages],
            # without num_ctx the server cuts long prompts without a word
            "options": {"num_ctx": limits.context, "num_predict": limits.answer},
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
            body["format"] = dict(request.schema)
        return body


def _message(message: Message) -> Json:
    written: Json = {"role": message.role.value, "content": message.content}
    if message.tool_calls:
        written["tool_calls"] = [
            {"function": {"name": call.name, "arguments": dict(call.arguments)}} for call in message.tool_calls
        ]
    if message.tool:
        written["tool_name"] = message.tool.name
    return written


def _chunk(document: Json, number: int) -> Chunk:
    said = document.get("message") or {}
    calls = tuple(
        ToolCall(f"call-{number}-{place}", str(one["function"]["name"]), arguments_of(one["function"].get("arguments")))
        for place, one in enumerate(said.get("tool_calls") or ())
    )
    usage = None
    if document.get("done"):
        usage = Usage(int(document.get("prompt_eval_count") or 0), int(document.get("eval_count") or 0))
    text = said.get("content") or ""
    if not isinstance(text, str):
        raise TypeError("the content is no text")
    return Chunk(text=text, tool_calls=calls, usage=usage)
