"""Names of movements: their slugs, and when two of them say the same."""

from __future__ import annotations

import re
import unicodedata

_FILLER = frozenset({"the", "a", "with", "and", "on", "to"})
_SHORTEST_PLURAL = 3  # "ups" becomes "up"
_ES_PLURALS = ("sses", "ches", "shes", "xes")
_IRREGULAR = {"calves": "calf", "flies": "fly", "flyes": "fly", "flye": "fly", "tyre": "tire", "tyres": "tire"}


def fold(text: str) -> str:
    """Lower case without accents or apostrophes, so that spellings of one word meet; letters of any script stay."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter) and letter not in "'’")


def slug_of(name: str) -> str:
    """``Farmer's Carry (Heavy)`` -> ``farmers-carry-heavy``; empty for a name without Latin letters or digits."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def sequence_of(text: str) -> tuple[str, ...]:
    """The words of a text in their order, folded and singular; nothing is left out."""
    return tuple(_singular(word) for word in re.findall(r"[^\W_]+", fold(text)))


def words_of(name: str) -> tuple[str, ...]:
    """A name as a sorted bag of singular words: two spellings of one name are equal."""
    return tuple(sorted(word for word in sequence_of(name) if word not in _FILLER))


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > _SHORTEST_PLURAL and word.endswith(_ES_PLURALS):
        return word[:-2]
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss") else word
