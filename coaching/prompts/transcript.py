"""A conversation as Markdown, to read or keep; what was typed stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

MARKUP = re.compile(r"([\\`*_{}\[\]<>#|])")
ESCAPED = r"\\\1"
SPEAKER = {"athlete": "You", "coach": "Coach"}


def markdown_of(thread: Mapping[str, Any]) -> str:
    """``# title``, then each turn under its speaker and time; tools as a list of what was looked up."""
    lines = [f"# {plain(thread['title'] or 'Conversation')}", ""]
    for turn in thread["turns"]:
        lines += [f"## {SPEAKER[turn['role']]}, {turn['at'][:16].replace('T', ' ')} UTC", ""]
        lines += [*_looked_up(turn["tool_calls"]), *_quoted(turn["content"]), *_source(turn), ""]
    return "\n".join(lines)


def plain(text: str) -> str:
    """Words in which no sign means markup."""
    return MARKUP.sub(ESCAPED, " ".join(text.split()))


def _quoted(content: str) -> Iterable[str]:
    return [f"> {MARKUP.sub(ESCAPED, line)}" for line in content.splitlines()] or ["> (no answer)"]


def _looked_up(calls: Iterable[Mapping[str, Any]]) -> list[str]:
    rows = [f"- looked up: {plain(str(call['name']))}" for call in calls]
    return [*rows, ""] if rows else []


def _source(turn: Mapping[str, Any]) -> list[str]:
    if turn["role"] != "coach" or not turn["source"]:
        return []
    model = f", {plain(turn['model'])}" if turn["model"] else ""
    return ["", f"Worded by: {turn['source']}{model}"]
