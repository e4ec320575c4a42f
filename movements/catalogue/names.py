"""Names of movements: their slugs, and when two of them say the same."""

from __future__ import annotations

import re
import unicodedata

_FILLER = frozenset({"the", "a", "with", "and", "on", "to"})
_SHORTEST_PLURAL = 3  # "ups" becomes "up"


def fold(text: str) -> str:
    """Lower case without accents or apostrophes, so that spellings of one word meet; letters of any script stay."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter) and letter not in "'’")


def slug_of(name: str) -> str:
    """``Farmer's Carry (Heavy)`` -> ``farmers-carry-heavy``; empty for a name without Latin letters or digits."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def words_of(name: str) -> tuple[str, ...]:
    """A name as a sorted bag of singular words: two spellings of one name are equal."""
    words = [word for word in re.findall(r"[^\W_]+", fold(name)) if word not in _FILLER]
    return tuple(sorted(_singular(word) for word in words))


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss") else word
