"""Words of lists, counts and clauses, as the built-in coach says them."""

from __future__ import annotations

from collections.abc import Iterable

MINUTE, IN_MINUTES = 60, 120  # seconds; from the second on a rest is told in minutes
Facts = tuple[str, dict[str, str]]  # a case of the phrases, and what goes into its gaps
LISTED = 4


def clause(sentence: str) -> str:
    """A sentence as the end of another one."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def listed(items: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"; four at most, the rest counted."""
    rows = list(items)
    if len(rows) > LISTED:
        return f"{', '.join(rows[:LISTED])} and {len(rows) - LISTED} more"
    return " and ".join(filter(None, (", ".join(rows[:-1]), rows[-1]))) if rows else ""


def counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def spoken_rest(seconds: int) -> str:
    """ "90 s", "2:30 min"."""
    if seconds < IN_MINUTES:
        return f"{seconds} s"
    minutes, rest = divmod(seconds, MINUTE)
    return f"{minutes}:{rest:02d} min" if rest else f"{minutes} min"
