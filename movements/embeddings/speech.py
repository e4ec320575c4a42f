"""What people mean when they describe a movement: everyday words as wishes about muscles, patterns and kit.

One pass over the words of a query, the longest known phrase first. See docs/algorithms/search.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from movements.catalogue.names import sequence_of

Facet = tuple[str, str]  # (kind, value); the kinds are the fields of Wishes
LONGEST_PHRASE = 6
ARTICLES = frozenset({"the", "a", "an", "my", "your"})  # what a phrase may hold or leave out
KINDS = ("muscle", "pattern", "equipment", "skill", "discipline", "impact", "side", "joint")


def _book() -> dict[str, Any]:
    book: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return book


def _phrases(book: Mapping[str, Any]) -> dict[tuple[str, ...], list[Facet]]:
    phrases: dict[tuple[str, ...], list[Facet]] = {}
    for kind in KINDS:
        for values, spoken in book[kind].items():
            for phrase in spoken:
                phrases.setdefault(_bare(sequence_of(str(phrase))), []).extend(
                    (kind, value) for value in values.split()
                )
    return phrases


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words without articles: "back of my arm" is "back of the arm"."""
    return tuple(word for word in words if word not in ARTICLES)


def _is_phrase(words: tuple[str, ...]) -> bool:
    return not ARTICLES & {words[0], words[-1]} and _bare(words) in PHRASES


_BOOK = _book()
PHRASES = _phrases(_BOOK)
REFUSALS, CAUTIONS, STOP_WORDS = (frozenset(_BOOK[name]) for name in ("refusals", "cautions", "stop_words"))
SPOKEN = frozenset(word for phrase in PHRASES for word in phrase) | REFUSALS | CAUTIONS | STOP_WORDS
CAUTION_REACH = 3  # words between a joint and the word that asks to spare it


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a query asks for. ``words`` are those that may stand in a name; ``spoken`` all words that carry meaning."""

    muscle: tuple[str, ...] = ()
    pattern: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()  # "none" is the body alone
    skill: tuple[str, ...] = ()
    discipline: tuple[str, ...] = ()
    impact: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()  # joint areas that must not be stressed
    refused: tuple[Facet, ...] = ()  # muscles or pieces that are not wanted
    words: tuple[str, ...] = ()
    spoken: tuple[str, ...] = field(default=())

    def is_empty(self) -> bool:
        return not (self.muscle or self.pattern or self.equipment or self.skill or self.discipline or self.impact
                    or self.side or self.spared or self.refused)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    facets: tuple[Facet, ...]
    refused: bool
    careful: bool


def wishes_of(words: tuple[str, ...]) -> Wishes:
    """What these words (of :func:`movements.catalogue.names.sequence_of`) ask for."""
    found = list(_scan(words))
    named: dict[str, list[str]] = {}
    refused: list[Facet] = []
    silent: set[int] = set()
    for one in found:
        joints = [value for kind, value in one.facets if kind == "joint"]
        if joints and (one.careful or one.refused):
            named.setdefault("spared", []).extend(joints)
            silent |= set(range(one.start, one.end))
        if one.refused:
            refused += [facet for facet in one.facets if facet[0] in ("muscle", "equipment", "pattern")]
            silent |= set(range(one.start, one.end))
        elif not (joints and one.careful):
            for kind, value in one.facets:
                if kind != "joint":
                    named.setdefault(kind, []).append(value)
    silent |= {at for at, word in enumerate(words) if word in CAUTIONS | REFUSALS | STOP_WORDS}
    return Wishes(
        **{kind: tuple(dict.fromkeys(values)) for kind, values in named.items()},
        refused=tuple(dict.fromkeys(refused)),
        words=tuple(word for at, word in enumerate(words) if at not in silent),
        spoken=tuple(word for word in words if word not in STOP_WORDS),
    )


def _scan(words: tuple[str, ...]) -> Iterator[_Found]:
    """Known phrases from left to right, the longest at each place."""
    at = 0
    while at < len(words):
        reach = range(min(len(words), at + LONGEST_PHRASE), at, -1)
        end = next((end for end in reach if _is_phrase(words[at:end])), 0)
        if not end:
            at += 1
            continue
        around = words[max(0, at - CAUTION_REACH) : at] + words[end : end + CAUTION_REACH]
        yield _Found(
            at, end, tuple(PHRASES[_bare(words[at:end])]), _is_refused(words, at), bool(CAUTIONS & set(around))
        )
        at = end


def _is_refused(words: tuple[str, ...], at: int) -> bool:
    """``without (the) X``: the nearest word before the phrase that is no article refuses it."""
    before = [word for word in words[:at] if word not in ("the", "a", "any", "my", "much", "use", "using")]
    return bool(before) and before[-1] in REFUSALS
