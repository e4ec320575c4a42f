"""Server-Sent Events: frames with ids, the heartbeat, and the closed set of events. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MEDIA_TYPE = "text/event-stream"
HEARTBEAT = b": still here\n\n"
HEARTBEAT_SECONDS = 10.0
RETRY_MILLISECONDS = 1000
START = "0-0"  # before the first event
ID = re.compile(r"[0-9]{1,19}-[0-9]{1,19}")


class EventName(StrEnum):
    TOKEN = "token"  # noqa: S105 - a piece of text
    CHANGE = "change"
    TOOL = "tool"
    USAGE = "usage"
    ERROR = "error"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Event:
    name: EventName
    data: Mapping[str, Any]

    def stored(self) -> dict[str, str]:
        """As a stream keeps it."""
        return {"event": self.name.value, "data": json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))}

    @property
    def is_last(self) -> bool:
        return self.name is EventName.DONE


def event_of(stored: Mapping[str, str]) -> Event:
    return Event(EventName(stored["event"]), json.loads(stored["data"]))


def frame(event: Event, identifier: str | None = None) -> bytes:
    """One event on the wire. JSON holds no line break, so that one data line is enough."""
    head = f"id: {identifier}\n" if identifier else ""
    stored = event.stored()
    return f"{head}event: {stored['event']}\ndata: {stored['data']}\n\n".encode()


def opening() -> bytes:
    """The first bytes: they open the connection and say how soon to come back."""
    return f"retry: {RETRY_MILLISECONDS}\n\n".encode()


def resume_after(last_event_id: str | None) -> str:
    """Where a client that saw this id goes on; at the start where it is none of ours."""
    return last_event_id if last_event_id and ID.fullmatch(last_event_id) else START


def after(identifier: str) -> str:
    """An id right behind this one, for an event that no stream holds any more."""
    time, _, count = identifier.partition("-")
    return f"{time}-{int(count or 0) + 1}"
