"""Numbers as people write them, English and German. See docs/algorithms/sentence.md."""

from __future__ import annotations

NUMBERS: dict[str, float] = {
    "a couple of": 2, "a couple": 2, "a few": 3, "ein paar": 3, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60, "seventy-five": 75, "ninety": 90,
    "eine": 1, "einen": 1, "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreißig": 30, "vierzig": 40, "fünfundvierzig": 45, "sechzig": 60,
    "neunzig": 90,
}  # fmt: skip
NUMBER = r"(?:\d+(?:[.,]\d+)?|" + "|".join(sorted(NUMBERS, key=lambda one: -len(one))) + ")"
RANGE = rf"({NUMBER})(?:\s*(?:-|to|or|bis|oder)\s*({NUMBER}))?"


def number(text: str) -> float:
    """``"four"`` -> 4, ``"1,5"`` -> 1.5. The text has to match ``NUMBER``."""
    return NUMBERS[text] if text in NUMBERS else float(text.replace(",", "."))
