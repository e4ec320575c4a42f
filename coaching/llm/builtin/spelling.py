"""Typed in a hurry: a word that is a slip away from one of the coach's own words is read as that word."""

from __future__ import annotations

import re

# what questions to a coach are made of; a word of a movement's name must never be a slip away from one it is not
OWN_WORDS = (
    "which today tomorrow yesterday should would workout session training exercise exercises programme program "
    "squat squats bench press deadlift deadlifts shoulder shoulders hamstrings quadriceps triceps biceps glutes "
    "weight weights warm-up recovery recovered soreness tired minutes protein calories creatine deload records "
    "volume progress strength strong instead replace substitute alternative schedule weekly monday tuesday "
    "wednesday thursday friday saturday sunday overtraining stretch dumbbell dumbbells barbell kettlebell"
)
WORDS = frozenset(OWN_WORDS.split())
LEFT = frozenset({"alternating", "alternate", "tire", "tires", "weigh", "world"})  # right as they are
LEAST, LONG = 4, 8  # letters: shorter words are left alone, long ones may hold two slips
WORD = re.compile(r"[a-z-]+")


def corrected(text: str) -> str:
    """A lower-case text with slips mended: one letter missing, doubled, wrong or swapped, two in a long word."""
    return WORD.sub(lambda found: _mended(found.group(0)), text)


def _mended(word: str) -> str:
    if len(word) < LEAST or {word, f"{word}s", word.removesuffix("s")} & WORDS or word in LEFT:
        return word
    near = [one for one in WORDS if one[0] == word[0] and abs(len(one) - len(word)) <= 1 + (len(one) >= LONG)]
    measured = sorted((_slips(word, one), one) for one in near if len(one) > LEAST)
    if measured and measured[0][0] <= (2 if len(measured[0][1]) >= LONG else 1):
        return measured[0][1]
    return word


def _slips(left: str, right: str) -> int:
    """Optimal string alignment: letters put in, left out, changed, or two neighbours swapped."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(right, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one != other))
            if i > 1 and j > 1 and one == right[j - 2] and left[i - 2] == other:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
    return row[-1]
