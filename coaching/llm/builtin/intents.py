"""What a question asks for, by its words: the first rule that fits names a tool and its arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

QUESTION_LENGTH = 1000  # of a longer text the beginning decides
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Intent:
    tool: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


# (words, tool, the argument that takes the pattern's group); specific questions stand before general ones
RULES: tuple[tuple[str, str, str | None], ...] = (
    (r"\b(?:why|reason for|what for)\b(.*)", "explain_exercise", "movement"),
    (r"\b(?:deload|lighter week|light week|easy week|easier week)", "programme_outline", None),
    (r"\b(?:records?|prs?|personal bests?|pbs?)\b", "records", None),
    (r"\b(?:last|past|previous|this) week\b", "week_review", None),
    (r"\b(?:how (?:did|was) (?:my|the) week)\b", "week_review", None),
    (r"\b(?:streak|adherence|consistent|consistency|missed|skipped|showing up)\b", "adherence", None),
    (r"\b(?:volume|how many sets|sets per|weekly sets)\b", "weekly_volume", None),
    (
        r"\b(?:sore|soreness|recover(?:ed|y|ing)?|tired|fatigued?|fresh|readiness|slept|sleep|rested)\b",
        "recovery",
        None,
    ),
    (r"\b(?:right now|so far|this workout|current workout|am i doing)\b", "current_workout", None),
    (r"\b(?:last workouts?|recent workouts?|last sessions?|last time|what did i do)\b", "recent_workouts", None),
    (r"\bexercises? (?:for|with) (.+)", "find_movements", "query"),
    (r"\b(?:find|search(?: for)?|look up|show me|alternatives? (?:to|for)|instead of) (.+)", "find_movements", "query"),
    (
        r"\b(?:programme?|plan|block|phase|goals?|next week|which week|how many weeks|schedule)\b",
        "programme_outline",
        None,
    ),
    (r"\b(today|tomorrow|tonight|" + "|".join(WEEKDAYS) + r")\b", "session_on", "day"),
    (r"\bhow(?:'s| is| are| was| has) (?:my |the )?(.+?)(?: (?:going|doing|coming along|progressing|been).*)?$",
     "lift_strength", "movement"),
    (r"\bhow (?:strong|much|heavy)\b.*?\b(?:on|in|at|can i|do i|my|for)\s+(?:the |my )?(.+)",
     "lift_strength", "movement"),
    (r"\b(?:progress|e1rm|1rm|max|strength)\b(?: (?:on|in|of|with|for))?(?: the| my)?\s+(.+)",
     "lift_strength", "movement"),
    (r"(?:my )?([\w' -]+?) (?:progress|e1rm|1rm|max|strength|trend)\b", "lift_strength", "movement"),
    (r"\b(?:what (?:should|do|shall) i (?:do|train|lift)|workout|session|train(?:ing)?)\b", "session_on", None),
)  # fmt: skip
COMPILED = tuple((re.compile(words), tool, argument) for words, tool, argument in RULES)
FILLER = re.compile(
    r"\b(?:why|is|are|do|does|did|am|i|we|you|the|a|an|my|this|that|have|has|to|doing|in|on|for|there|today|tomorrow|"
    r"exercise|movement|session|plan|programme?|please|now|here|so|get|got|these|those|next|week|workout|training)\b"
)


def understand(question: str) -> Intent | None:
    """The tool that answers a question in English, or None where no rule fits."""
    text = " ".join(question[:QUESTION_LENGTH].lower().replace("’", "'").split()).rstrip("?!. ")
    for words, tool, argument in COMPILED:
        found = words.search(text)
        if found:
            return Intent(tool, _arguments(text, tool, argument, found))
    return None


def _arguments(text: str, tool: str, argument: str | None, found: re.Match[str]) -> dict[str, Any]:
    if tool == "week_review":
        return {"weeks_ago": 0 if "this week" in text else 1}
    if argument is None:
        return {}
    value = " ".join((found.group(1) or "").split())
    if argument == "query":
        value = re.sub(r"^(?:an?|the|my|some|any) ", "", value)
    if argument == "movement":
        value = " ".join(FILLER.sub(" ", re.sub(r"[^\w' -]", " ", value)).split())
    return {argument: value[:80]}
