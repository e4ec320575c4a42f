"""Words of the vocabulary as people write them."""

from __future__ import annotations

from collections.abc import Iterable

ABBREVIATIONS = {
    **{word: word.upper() for word in ("amrap", "cns", "emom", "ez", "hiit", "hrv", "rir", "rpe")},
    "crossfit": "CrossFit",
    "e1rm": "e1RM",
}


def label_of(value: str) -> str:
    """``horizontal_push`` -> ``Horizontal push``, ``ez_bar`` -> ``EZ bar``."""
    first, *rest = (ABBREVIATIONS.get(word, word) for word in str(value).lower().split("_"))
    return " ".join((first[:1].upper() + first[1:], *rest))


def labelled(values: Iterable[str]) -> list[tuple[str, str]]:
    """``(value, words)`` pairs for a form: CircuitType -> [("amrap", "AMRAP"), ...]."""
    return [(str(value), label_of(value)) for value in values]
