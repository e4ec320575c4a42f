"""A long conversation in short: what was asked and how each answer began, by rule, so that the window holds.

No model writes it: the same turns give the same summary, and nothing is in it that nobody said.
"""

from __future__ import annotations

from collections.abc import Sequence

from .conversation import PastTurn
from .safety import SENTENCE_END

ASKED, ANSWERED = 90, 140  # characters of a question and of the first sentence of its answer
LONGEST = 1500
HEADING = "Earlier in this conversation, in short:"


def summary_of(turns: Sequence[PastTurn], most: int = LONGEST) -> str:
    """One line per question, the newest kept when they do not fit into ``most`` characters; empty for no turns."""
    lines = _lines(turns)
    kept: list[str] = []
    room = min(most, LONGEST) - len(HEADING)
    for line in reversed(lines):
        if len(line) + 1 > room:
            break
        kept.insert(0, line)
        room -= len(line) + 1
    gone = len(lines) - len(kept)
    before = [f"({gone} earlier questions are left out.)"] if gone else []
    return "\n".join([HEADING, *before, *kept]) if lines else ""


def _lines(turns: Sequence[PastTurn]) -> list[str]:
    lines: list[str] = []
    for turn in turns:
        if turn.by_athlete:
            lines.append(f"- Asked: {_short(turn.content, ASKED)}")
        elif lines:
            first = SENTENCE_END.split(turn.content.strip(), maxsplit=1)[0]
            lines[-1] += f" | Answered: {_short(first, ANSWERED)}"
    return lines


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"
