"""Names of movements: their slugs, and when two of them say the same."""

from __future__ import annotations

import re
import unicodedata

_FILLER = frozenset({"the", "a", "with", "and", "on", "to"})
_SHORTEST_PLURAL = 4  # "abs" stays; "rows" becomes "row"


def slug_of(name: str) -> str:
    """``Farmer's Carry (Heavy)`` -> ``farmers-carry-heavy``."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.replace("'", "")).strip("-")


def words_of(name: str) -> tuple[str, ...]:
    """A name as a sorted bag of singular words: two spellings of one name are equal."""
    words = [word for word in slug_of(name).split("-") if word and word not in _FILLER]
    return tuple(sorted(_singular(word) for word in words))


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss") else word
