"""What every provider speaks: messages in, chunks out, and the ways in which it can fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

Json = dict[str, Any]
Answer = TypeVar("Answer", bound=BaseModel)
Checker = Callable[[Answer], list[str]]  # what is wrong with an answer beyond its shape, in words for the model


class Role(StrEnum):
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model wants a tool run. ``arguments`` are as the model wrote them: not checked yet."""

    id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    content: str
    tool_calls: tuple[ToolCall, ...] = ()  # of an assistant
    tool: ToolCall | None = None  # what a tool's message answers to


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool as the model is told of it; ``parameters`` is a JSON schema."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One question to a model. Tone, level and experience matter to the built-in coach; others read them in the
    system message."""

    messages: tuple[Message, ...]
    tools: tuple[ToolSpec, ...] = ()
    tone: str = "supportive"
    level: int = 3  # of 5: how hard it pushes
    experience: str = ""  # ExperienceLevel: how much it explains
    schema: Mapping[str, Any] | None = None  # the answer has to be JSON of this schema


@dataclass(frozen=True, slots=True)
class Usage:
    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class Chunk:
    text: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    usage: Usage | None = None  # at the end, where the server counts


@dataclass(frozen=True, slots=True)
class Health:
    well: bool
    sentence: str
    command: str = ""  # what would mend it


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds; coaching.md gives the rule. ``context`` and ``answer`` are tokens."""

    whole: float = 1100.0
    connect: float = 5.0
    context: int = 8192
    answer: int = 800

    @property
    def first_token(self) -> float:
        return min(120.0, self.whole)


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a provider lives. ``clock`` gives monotonic seconds."""

    base_url: str
    model: str
    clock: Callable[[], float]
    api_key: str = field(default="", repr=False)
    limits: Limits = field(default_factory=Limits)


class LLMProvider(Protocol):
    kind: str
    model: str

    def stream_chat(self, request: ChatRequest) -> Iterator[Chunk]:
        """The answer as it comes. Raises ``ProviderError``."""
        ...

    def complete_structured(
        self, request: ChatRequest, answer: type[Answer], check: Checker[Answer] | None = None
    ) -> Answer:
        """A JSON answer of this model, asked for again (3 times at most) with what was wrong. Raises as above."""
        ...

    def health(self) -> Health:
        """Whether it would answer now; never raises."""
        ...

    def list_models(self) -> list[str]:
        """The names of what is installed. Raises ``ProviderError``."""
        ...


# -- how it fails


class ProviderError(Exception):
    """``code`` is kept on the turn; ``retryable`` says whether asking again at once may help."""

    code = "model_failed"
    retryable = False


class UnreachableError(ProviderError):
    """No connection, or the connection broke before the first word."""

    code = "model_unreachable"
    retryable = True


class BrokenOffError(ProviderError):
    """The connection broke after some of the answer had come."""

    code = "model_interrupted"


class TooSlowError(ProviderError):
    code = "model_too_slow"


class ServerFaultError(ProviderError):
    """The server answered 5xx."""

    code = "model_server_fault"
    retryable = True


class RefusedError(ProviderError):
    """The server does not accept the request (4xx)."""

    code = "model_refused"


class ModelMissingError(ProviderError):
    code = "model_missing"

    def __init__(self, model: str, command: str) -> None:
        super().__init__(f"The model server has no model named {model}. {command}")
        self.command = command


class GarbledError(ProviderError):
    """What came is not the wire format."""

    code = "model_garbled"


class InvalidAnswerError(ProviderError):
    """Three times asked, three times no valid structure; ``problems`` are those of the last time."""

    code = "model_invalid_answer"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class RestingError(ProviderError):
    """The breaker is open: this server failed moments ago."""

    code = "model_resting"
