"""What a text was understood to say, each part with the words that it came from. See docs/algorithms/sentence.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

NEGATION = re.compile(  # it reaches three words far, and not across what begins something of its own
    r"\b(?:no|not|don'?t|doesn'?t|without|except|never|nothing|hate|dislike|avoid|skip|kein\w*|nicht"
    r"|ohne|außer|hasse)\b"
    r"(?:\s+(?!and\b|und\b|with\b|mit\b|plus\b|only\b|just\b)[\w'-]+)?"
    r"(?:\s+(?!and\b|und\b|with\b|mit\b|plus\b|only\b|just\b|in\b|im\b|at\b)[\w'-]+){0,2}\s*\Z"
)
CLAUSE_END = re.compile(r"[,;!?\n]|\.(?!\d)|\s(?:but|however|though|aber|doch)\s")
BETWEEN = re.compile(r"\bbetween(\s+\S+\s+)and(\s+)(?=\S+\s+(?:min|day|week|hour|session|time))")
TAKEN = "\0"
PLAIN = {ord("’"): "'", ord("–"): "-", ord("—"): "-", ord("\u00a0"): " "}


class Field(StrEnum):
    """What can be understood: the keys of the create body, and what belongs into the athlete's settings."""

    DAYS = "days_per_week"
    WEEKDAYS = "available_weekdays"
    MINUTES = "session_minutes"
    WEEKS = "duration_weeks"
    START = "start_date"
    GOALS = "goals"
    SPLIT = "split_template"
    PROGRESSION = "progression_style"
    DOSE = "dose"
    DELOAD = "deload_every"
    MUSCLES = "priority_muscles"
    EQUIPMENT = "equipment"
    DISCIPLINES = "disciplines"
    EXPERIENCE = "experience_level"
    INJURIES = "injuries"
    MOVEMENTS = "movements"
    RECREATION = "recreation"


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing understood. ``words`` are the athlete's; ``asked`` says what was said where the value had to differ."""

    field: Field
    value: Any
    words: str
    asked: str = ""
    by: str = "rules"


@dataclass(frozen=True, slots=True)
class Reading:
    """``unread`` are the stretches of text that nothing was made of."""

    heard: tuple[Heard, ...] = ()
    unread: tuple[str, ...] = ()

    def of(self, name: Field) -> Heard | None:
        return next((one for one in self.heard if one.field is name), None)

    @property
    def values(self) -> dict[str, Any]:
        """Field -> value."""
        return {one.field.value: one.value for one in self.heard}


@dataclass(slots=True)
class Scanner:
    """A text that rules take stretches from; what is taken is not read twice."""

    text: str
    heard: list[Heard] = field(default_factory=list)
    low: str = ""
    taken: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        plain = self.text.translate(PLAIN)
        low = "".join(one.lower() if len(one.lower()) == 1 else one for one in plain)
        self.low = BETWEEN.sub(lambda found: f"{'':7}{found[1][:-1]}  to{found[2]}", low)
        self.taken = [False] * len(self.text)

    def find(self, pattern: re.Pattern[str], start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Matches of which nothing is taken yet."""
        for match in pattern.finditer(self.low, start, len(self.low) if end is None else end):
            if match.end() > match.start() and not any(self.taken[match.start() : match.end()]):
                yield match

    def first(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return next(self.find(pattern), None)

    def take(self, start: int, end: int) -> str:
        """Mark a stretch as read; gives its words as they were written."""
        self.taken[start:end] = [True] * (end - start)
        return self.text[start:end].strip()

    def hear(self, name: Field, value: Any, span: tuple[int, int], asked: str = "") -> None:
        self.heard.append(Heard(name, value, self.take(*span), asked))

    def negated(self, start: int) -> bool:
        """Whether a negation stands within three words before, in the same clause."""
        return self.negation(start) is not None

    def negation(self, start: int) -> re.Match[str] | None:
        """The negation that reaches to this place, with the words between."""
        begin, _end = self.clause(start)
        return NEGATION.search(self.low, begin, start)

    def clause(self, place: int) -> tuple[int, int]:
        """The stretch between two commas (or a "but") that holds this place."""
        begin, end = 0, len(self.low)
        for match in CLAUSE_END.finditer(self.low):
            if match.end() <= place:
                begin = match.end()
            elif match.start() >= place:
                end = match.start()
                break
        return begin, end

    def clauses(self) -> Iterator[tuple[int, int]]:
        begin = 0
        for match in CLAUSE_END.finditer(self.low):
            yield begin, match.start()
            begin = match.end()
        yield begin, len(self.low)

    def left(self, start: int, end: int) -> str:
        """A stretch with blanks where it was taken."""
        return self.marked(start, end).replace(TAKEN, " ")

    def marked(self, start: int, end: int) -> str:
        """A stretch with ``TAKEN`` where it was taken."""
        pairs = zip(self.low[start:end], self.taken[start:end], strict=True)
        return "".join(TAKEN if taken else letter for letter, taken in pairs)
