"""The words that names are made of: how telling each is, and what a mistyped one was meant to be.

See docs/algorithms/search.md.
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

SHORTHAND: dict[tuple[str, ...], tuple[str, ...]] = {
    ("kb",): ("kettlebell",),
    ("db",): ("dumbbell",),
    ("bb",): ("barbell",),
    ("bw",): ("bodyweight",),
    ("sm",): ("smith", "machine"),
    ("bss",): ("bulgarian", "split", "squat"),
    ("sldl",): ("stiff", "leg", "deadlift"),
    ("ohp",): ("overhead", "press"),
    ("cgbp",): ("close", "grip", "bench", "press"),
    ("bpa",): ("band", "pull", "apart"),
    ("hspu",): ("handstand", "push", "up"),
    ("tgu",): ("turkish", "get", "up"),
    ("ghr",): ("glute", "ham", "raise"),
    ("press", "up"): ("push", "up"),
    ("one", "leg"): ("single", "leg"),
    ("one", "legged"): ("single", "leg"),
    ("single", "legged"): ("single", "leg"),
    ("stiff", "legged"): ("stiff", "leg"),
    ("one", "arm"): ("single", "arm"),
    ("one", "armed"): ("single", "arm"),
    ("side", "raise"): ("lateral", "raise"),
    ("side", "lateral"): ("lateral", "raise"),
    ("smr",): ("foam", "roll"),
    ("butt", "bridge"): ("glute", "bridge"),
    ("step", "ups"): ("step", "up"),
    ("ab", "roller"): ("ab", "wheel"),
    ("hex", "bar"): ("trap", "bar"),
    ("exercise", "ball"): ("stability", "ball"),
    ("swiss", "ball"): ("stability", "ball"),
    ("med", "ball"): ("medicine", "ball"),
    ("palm", "up"): ("underhand",),
    ("supinated",): ("underhand",),
    ("flye",): ("fly",),
}
"""What lifters write for short, word by word (singular)."""

SHORT_WORD, LONG_WORD = 4, 8  # from four letters one slip is forgiven, from eight two
SHORTHAND_REACH = 2


class Lexicon:
    """The vocabulary of a library's names and aliases, given as word sequences; ``spoken`` words are right as well."""

    def __init__(self, labels: Iterable[Sequence[str]], spoken: Collection[str] = ()) -> None:
        self._spoken = frozenset(spoken)
        self._counts: Counter[str] = Counter()
        self._joined: dict[str, tuple[str, str]] = {}
        self._size = 0
        for label in labels:
            self._size += 1
            self._counts.update(set(label))
            for first, second in itertools.pairwise(label):
                self._joined.setdefault(first + second, (first, second))
        self._sorted = sorted(self._counts)
        self._shelves: dict[tuple[int, str], list[tuple[str, int]]] = {}
        for word in self._sorted:
            for end in {"<" + word[0], word[-1] + ">"}:
                self._shelves.setdefault((len(word), end), []).append((word, _letters(word)))

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def weight(self, word: str) -> float:
        """How much a word tells: the logarithm of the inverse of its share of the labels."""
        return math.log(1 + (self._size + 1) / (self._counts[word] + 1))

    def read(self, words: Sequence[str]) -> tuple[str, ...]:
        """A query as the library would write it: shorthand written out, words joined or parted, slips mended."""
        return tuple(part for word in self._joined_up(_written_out(words)) for part in self._mended(word))

    def begins(self, prefix: str) -> bool:
        """Whether some word of the library begins so."""
        at = bisect.bisect_left(self._sorted, prefix)
        return at < len(self._sorted) and self._sorted[at].startswith(prefix)

    def _joined_up(self, words: Sequence[str]) -> list[str]:
        """``pull down`` as ``pulldown`` where the library writes it in one and never in two."""
        joined: list[str] = []
        for word in words:
            pair = joined[-1] + word if joined else ""
            if pair in self._counts and pair not in self._joined:
                joined[-1] = pair
            else:
                joined.append(word)
        return joined

    def _mended(self, word: str) -> tuple[str, ...]:
        if word in self._counts or word in self._spoken:
            return (word,)
        if word in self._joined:
            return self._joined[word]
        if len(word) < SHORT_WORD or self.begins(word):
            return (word,)  # too short to guess at, or still being typed
        slips = 2 if len(word) >= LONG_WORD else 1
        near = [(distance(word, other, most=slips), -self._counts[other], other) for other in self._alike(word, slips)]
        best = min(near, default=(slips + 1, 0, word))
        return (best[2],) if best[0] <= slips else (word,)

    def _alike(self, word: str, slips: int) -> set[str]:
        """Words of about its length that begin or end as it does and share nearly all of its letters."""
        letters = _letters(word)
        return {
            other
            for length in range(len(word) - slips, len(word) + slips + 1)
            for end in ("<" + word[0], word[-1] + ">")
            for other, theirs in self._shelves.get((length, end), ())
            if (letters ^ theirs).bit_count() <= 2 * slips
        }


def _letters(word: str) -> int:
    """Which letters a word has, as bits: one slip changes two of them at most."""
    bits = 0
    for letter in word:
        bits |= 1 << ord(letter) % 64
    return bits


def _written_out(words: Sequence[str]) -> list[str]:
    out: list[str] = []
    at = 0
    while at < len(words):
        for reach in range(min(SHORTHAND_REACH, len(words) - at), 0, -1):
            meant = SHORTHAND.get(tuple(words[at : at + reach]))
            if meant:
                out += meant
                at += reach
                break
        else:
            out.append(words[at])
            at += 1
    return out


def distance(one: str, other: str, *, most: int) -> int:
    """Edits between two words: a letter put in, left out, changed, or two neighbours swapped; ``most + 1`` when more.

    Optimal string alignment (Damerau 1964), row by row, given up as soon as a whole row is too far.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        following = [i]
        for j, match in enumerate(other, start=1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != match))
            if before and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        if min(following) > most:
            return most + 1
        before, row = row, following
    return min(row[-1], most + 1)
