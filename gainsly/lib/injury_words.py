"""What an athlete types about pain, mapped to the closed list of areas. Pure; grade C, product rule.

Longer phrases win over shorter ones, a negation before a phrase takes it out ("no knee pain"), and a long word may
hold a typing slip (edit distance 1, or 2 from eight letters on). Nothing is stored from a guess: the caller shows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gainsly.lib.vocabulary import InjuryArea

A = InjuryArea
PHRASES: dict[InjuryArea, tuple[str, ...]] = {
    A.SHOULDER: (
        "shoulder", "rotator cuff", "rotator", "supraspinatus", "labrum", "ac joint", "impingement", "deltoid",
        "delt", "collarbone", "clavicle", "frozen shoulder", "scapula", "shoulder blade", "slap tear",
    ),
    A.ELBOW: ("elbow", "tennis elbow", "golfers elbow", "epicondylitis", "funny bone", "biceps tendon"),
    A.WRIST: ("wrist", "carpal tunnel", "scaphoid", "tfcc", "hand", "thumb", "finger", "forearm"),
    A.LOWER_BACK: (
        "lower back", "low back", "lumbar", "lumbago", "sciatica", "slipped disc", "herniated disc", "bulging disc",
        "disc", "disk", "sacrum", "si joint", "sacroiliac", "tailbone", "spondylolisthesis", "l4", "l5", "s1", "back",
    ),
    A.HIP: (
        "hip", "groin", "hip flexor", "psoas", "glute", "gluteal", "piriformis", "adductor", "fai", "pelvis",
        "hip labrum", "labrum of the hip", "hip impingement",
    ),
    A.KNEE: (
        "knee", "kneecap", "patella", "patellar", "meniscus", "acl", "mcl", "pcl", "jumpers knee", "runners knee",
        "it band", "itb", "cruciate",
    ),
    A.ANKLE: ("ankle", "achilles", "foot", "heel", "plantar fasciitis", "plantar", "shin splints", "shin", "calf"),
    A.NECK: ("neck", "cervical", "whiplash", "upper trap", "stiff neck"),
}  # fmt: skip
UNCLEAR = ("upper back", "mid back", "middle back", "thoracic")  # near an area, yet none of the list
NEGATIONS = frozenset({"no", "not", "without", "never", "nor", "healed", "zero", "isnt", "doesnt", "dont"})
ENDS = frozenset({"but", "only", "however", "though", "just"})  # after these a negation no longer holds
HEALED_AFTER = ("is fine", "are fine", "is ok", "are ok", "is good", "has healed", "healed", "feels fine")
SEVERE = ("torn", "tear", "rupture", "ruptured", "fracture", "broken", "surgery", "operated", "operation", "severe",
          "cannot", "cant", "unbearable", "dislocated", "herniated", "slipped")  # fmt: skip
MILD = ("niggle", "stiff", "tight", "slight", "slightly", "mild", "sometimes", "bit", "little", "achy", "wonky", "old")
NEGATION_REACH = 4  # words between a negation and what it takes out
SHORTEST_SLIP, LONGER_SLIP = 5, 8  # letters from which one and two slips are forgiven
MILD_LEVEL, MIDDLE, SEVERE_LEVEL = 1, 2, 3

_ROWS = sorted(
    [(tuple(phrase.split()), area) for area, phrases in PHRASES.items() for phrase in phrases]
    + [(tuple(phrase.split()), None) for phrase in UNCLEAR],
    key=lambda row: (-len(row[0]), -len("".join(row[0])), row[0]),
)


@dataclass(frozen=True, slots=True)
class Guess:
    """Areas in the order of the text (empty: ask), a severity 1-3 to confirm, and areas said to be fine."""

    areas: tuple[InjuryArea, ...]
    severity: int
    negated: tuple[InjuryArea, ...] = ()

    @property
    def understood(self) -> bool:
        return bool(self.areas or self.negated)


def read_injury(text: str) -> Guess:
    """The areas that a text complains of. ``read_injury("no knee pain but my rotator cuff")`` -> shoulder."""
    found: dict[InjuryArea, None] = {}
    negated: dict[InjuryArea, None] = {}
    severity = _severity(_words(text))
    for clause in re.split(r"[.,;!?\n]", text.lower()):
        words = _words(clause)
        for position, width, area in _mentions(words):
            if area is not None:
                (negated if _is_negated(words, position, width) else found)[area] = None
    fine = tuple(area for area in negated if area not in found)
    return Guess(tuple(found), severity, fine)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", text.lower()))


def _mentions(words: list[str]) -> list[tuple[int, int, InjuryArea | None]]:
    """Position, number of words and area of each phrase; a word belongs to the longest phrase that holds it."""
    taken: set[int] = set()
    hits = []
    for exact in (True, False):
        for phrase, area in _ROWS:
            width = len(phrase)
            for start in range(len(words) - width + 1):
                span = range(start, start + width)
                if taken.isdisjoint(span) and _fits(words[start : start + width], phrase, exact=exact):
                    taken.update(span)
                    hits.append((start, width, area))
    return sorted(hits, key=lambda hit: hit[0])


def _fits(words: list[str], phrase: tuple[str, ...], *, exact: bool) -> bool:
    return all(_same(word, wanted, exact=exact) for word, wanted in zip(words, phrase, strict=True))


def _same(word: str, wanted: str, *, exact: bool) -> bool:
    if word in (wanted, wanted + "s", wanted + "es"):
        return True
    if exact or min(len(word), len(wanted)) < SHORTEST_SLIP - 1 or word[0] != wanted[0]:
        return False
    if len(wanted) < SHORTEST_SLIP:  # short words forgive only a doubled or dropped letter
        return len(word) != len(wanted) and _distance(word, wanted) == 1 and word not in COMMON
    return _distance(word, wanted) <= (2 if len(wanted) >= LONGER_SLIP else 1) and word not in COMMON


# English words one slip away from a phrase; they mean what they say.
COMMON = frozenset({"should", "held", "help", "hell", "hear", "wrest", "black", "angle", "angles", "feel", "food"})


def _distance(left: str, right: str) -> int:
    """Edits between two words; two neighbouring letters swapped count as one (optimal string alignment)."""
    rows = [list(range(len(right) + 1))]
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, rows[i - 2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def _is_negated(words: list[str], start: int, width: int) -> bool:
    before = words[max(0, start - NEGATION_REACH) : start]
    for word in reversed(before):
        if word in ENDS:
            break
        if word in NEGATIONS:
            return True
    after = " ".join(words[start + width : start + width + NEGATION_REACH])
    return after.startswith(HEALED_AFTER)


def _severity(words: list[str]) -> int:
    if any(word in SEVERE for word in words):
        return SEVERE_LEVEL
    return MILD_LEVEL if any(word in MILD for word in words) else MIDDLE
