"""Kind -> provider. A new kind is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable

from .base import Connection, LLMProvider
from .builtin import BuiltInProvider
from .ollama import OllamaProvider
from .openai import OpenAIProvider

PROVIDERS: dict[str, Callable[[Connection], LLMProvider]] = {
    OllamaProvider.kind: OllamaProvider,
    OpenAIProvider.kind: OpenAIProvider,
    BuiltInProvider.kind: BuiltInProvider,
}
