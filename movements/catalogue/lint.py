"""The linter of the library: what a parser cannot know but a curator must.

A finding is an error; there are no warnings to get used to. ``muscle_reason`` in a fixture is the written reason that
lets a movement train a muscle outside its pattern's table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from gainsly.lib.vocabulary import EQUIPMENT, MovementPattern, Muscle, RelationshipType
from movements.catalogue.circuit_rules import faults_of
from movements.catalogue.names import fold, words_of
from movements.catalogue.records import LibraryRecord, MovementRecord

MAX_SHARE_SUM = 4.5  # fractional sets that one set may credit in all (decisions.md 10)
MAX_CUE_LENGTH = 120
CUES = (2, 4)  # fewest and most coaching cues

_P, _M = MovementPattern, Muscle
PRESSING = {_M.CHEST, _M.TRICEPS, _M.FRONT_DELTS}

# Muscles that a pattern may credit (evidence.md 3.2; grade C). Patterns that are absent may credit any.
ALLOWED: dict[MovementPattern, set[Muscle]] = {
    _P.SQUAT: {_M.QUADRICEPS, _M.GLUTES, _M.ADDUCTORS, _M.LOWER_BACK},  # not hamstrings: Kubo 2019
    _P.LUNGE: {_M.QUADRICEPS, _M.GLUTES, _M.HAMSTRINGS, _M.ADDUCTORS},
    _P.HINGE: {_M.HAMSTRINGS, _M.GLUTES, _M.LOWER_BACK, _M.UPPER_BACK, _M.FOREARMS, _M.QUADRICEPS},
    _P.HORIZONTAL_PUSH: PRESSING,
    _P.VERTICAL_PUSH: {_M.FRONT_DELTS, _M.TRICEPS, _M.SIDE_DELTS},
    _P.HORIZONTAL_PULL: {_M.LATS, _M.UPPER_BACK, _M.BICEPS, _M.REAR_DELTS},
    _P.VERTICAL_PULL: {_M.LATS, _M.BICEPS, _M.UPPER_BACK, _M.FOREARMS},
    _P.CARRY: {_M.FOREARMS, _M.CORE, _M.OBLIQUES, _M.UPPER_BACK, _M.GLUTES},
    _P.CORE: {_M.CORE, _M.OBLIQUES, _M.HIP_FLEXORS, _M.LOWER_BACK},
    _P.ROTATION: {_M.OBLIQUES, _M.CORE},
}
# Counted in contacts, minutes and load, not in sets of a muscle: their shares are zero.
WITHOUT_CREDIT = frozenset({_P.PLYOMETRIC, _P.CONDITIONING, _P.CARDIO})
# Power work and stretches train no muscle directly; what they credit is indirect at most (evidence.md 3.2).
INDIRECT_ONLY = frozenset({_P.OLYMPIC, _P.MOBILITY})
INDIRECT = 0.5

# Beside the table, as indirect work only, because of variants that the pattern's row does not think of.
ALSO_INDIRECT: dict[tuple[MovementPattern, Muscle], str] = {
    (_P.VERTICAL_PUSH, _M.CHEST): "angled presses (landmine, incline) share the load with the chest",
    (_P.VERTICAL_PULL, _M.CHEST): "pullovers and muscle-ups load the chest as well",
    (_P.VERTICAL_PULL, _M.TRICEPS): "the long head extends the shoulder in pullovers and straight-arm pulls",
    (_P.VERTICAL_PULL, _M.REAR_DELTS): "floor pulls with raised arms work the rear delts",
    (_P.CARRY, _M.FRONT_DELTS): "a load overhead is held up by the front delts",
    (_P.HINGE, _M.ADDUCTORS): "a wide stance brings the adductors in",
    (_P.HINGE, _M.OBLIQUES): "a load on one side is held up by the obliques",
    (_P.CORE, _M.LATS): "rollouts and toes-to-bar are held by the lats",
    (_P.CORE, _M.FOREARMS): "hanging work is held by the grip",
    (_P.CORE, _M.FRONT_DELTS): "planks on one arm are held by the front delts",
    (_P.CORE, _M.GLUTES): "trunk extension on the floor ends in the glutes",
    (_P.CORE, _M.UPPER_BACK): "trunk extension on the floor works the whole back",
    (_P.ROTATION, _M.FOREARMS): "hanging, or passing a bell from hand to hand, works the grip",
    (_P.ROTATION, _M.LATS): "hanging work is held by the lats",
    (_P.ROTATION, _M.GLUTES): "rotation under load starts at the hip",
    (_P.ROTATION, _M.HIP_FLEXORS): "knee drives across the body lift the thigh",
    (_P.ROTATION, _M.FRONT_DELTS): "the load is carried in front of or above the body",
}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault of one movement."""

    slug: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.slug}: {self.rule}: {self.message}"


def lint_library(library: LibraryRecord) -> list[Finding]:
    """Every fault of the library, sorted by movement."""
    findings = [finding for rule in _RULES for finding in rule(library)]
    return sorted(findings)


def _attributes(library: LibraryRecord) -> Iterator[Finding]:
    """Everything is decided: muscles, places in a session, cues, description, group."""
    fewest, most = CUES
    for record in library.movements.values():
        checks = [
            (bool(record.primary), "has no primary muscle"),
            (bool(record.sections), "says nowhere in which sections it may stand"),
            (bool(record.description), "has no description"),
            (fewest <= len(record.cues) <= most, f"has {len(record.cues)} cues, not {fewest} to {most}"),
            (all(len(cue) <= MAX_CUE_LENGTH for cue in record.cues), f"has a cue above {MAX_CUE_LENGTH} characters"),
            (set(record.equipment) <= set(EQUIPMENT), "needs equipment that nobody can own"),
        ]
        for holds, message in checks:
            if not holds:
                yield Finding(record.slug, "attributes", message)


def _credit_of(record: MovementRecord) -> Iterator[str]:
    """What one set may credit: not too much in all, and nothing where sets of a muscle are not counted."""
    total = sum(record.muscle_shares().values())
    highest = max(record.primary.values(), default=0.0)
    if total > MAX_SHARE_SUM:
        yield f"credits {total:g} sets at once, more than {MAX_SHARE_SUM:g}"
    if record.pattern in WITHOUT_CREDIT and total > 0:
        yield f"{record.pattern} credits no sets; make its shares zero"
    if record.pattern in INDIRECT_ONLY and highest > INDIRECT:
        yield f"{record.pattern} trains nothing directly; shares are {INDIRECT} at most"
    if record.pattern not in WITHOUT_CREDIT | INDIRECT_ONLY and record.primary and highest == 0:
        yield "trains no muscle directly: every primary share is zero"


def _credit(library: LibraryRecord) -> Iterator[Finding]:
    for record in library.movements.values():
        yield from (Finding(record.slug, "credit", message) for message in _credit_of(record))


def _muscles(library: LibraryRecord) -> Iterator[Finding]:
    """Muscles outside the pattern's table need a written reason."""
    for record in library.movements.values():
        allowed = ALLOWED.get(record.pattern)
        if allowed is None or record.slug in library.reasons:
            continue
        for muscle, share in record.muscle_shares().items():
            indirect = share <= INDIRECT and (record.pattern, muscle) in ALSO_INDIRECT
            if share > 0 and muscle not in allowed and not indirect:
                yield Finding(record.slug, "muscles", f"{muscle} is unusual for {record.pattern}: give a muscle_reason")


def _names(library: LibraryRecord) -> Iterator[Finding]:
    """No two movements are called the same, in names and aliases, whatever the order of the words."""
    called: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for record in library.movements.values():
        for name in (record.name, *record.aliases):
            called[words_of(name), _directions(name)].add(record.slug)
    for (words, _directed), slugs in called.items():
        for first, second in combinations(sorted(slugs), 2):
            yield Finding(first, "names", f"is called like {second}: {words}")


def _directions(name: str) -> tuple[str, ...]:
    """``low to high`` is not ``high to low``: the only order of words that tells two movements apart."""
    return tuple(re.findall(r"[^\W_]+[\s-]+to[\s-]+[^\W_]+", fold(name)))


def _cycles(library: LibraryRecord) -> Iterator[Finding]:
    """From easier to harder one never comes back to where one was."""
    harder: dict[str, set[str]] = defaultdict(set)
    for edge in library.relations:
        if edge.type is RelationshipType.PROGRESSION:
            harder[edge.source].add(edge.target)
        if edge.type is RelationshipType.REGRESSION:
            harder[edge.target].add(edge.source)
    for slug in sorted(_on_cycles(harder)):
        yield Finding(slug, "graph", "is harder than itself by way of the progression graph")


def _on_cycles(harder: dict[str, set[str]]) -> set[str]:
    """What is left when movements with nothing harder, or nothing easier, are taken away again and again."""
    left = {slug: set(targets) for slug, targets in harder.items()}
    while True:
        targets = {target for found in left.values() for target in found}
        kept = {slug: {target for target in found if target in left} for slug, found in left.items() if slug in targets}
        kept = {slug: found for slug, found in kept.items() if found}
        if kept == left:
            return set(left)
        left = kept


def _ladders(library: LibraryRecord) -> Iterator[Finding]:
    """A progression does not lead to a movement of a lower skill level."""
    rank = {slug: list(type(record.skill)).index(record.skill) for slug, record in library.movements.items()}
    for edge in library.relations:
        if edge.type is RelationshipType.PROGRESSION and rank[edge.source] > rank[edge.target]:
            yield Finding(edge.source, "graph", f"progresses to {edge.target}, which asks less skill")


def _variations(library: LibraryRecord) -> Iterator[Finding]:
    """A variation shares its pattern or a leading muscle; what shares neither is another movement."""
    for edge in library.relations:
        one, other = library.movements[edge.source], library.movements[edge.target]
        alike = one.pattern is other.pattern or set(one.primary) & set(other.primary)
        if edge.type is RelationshipType.VARIATION and not alike:
            yield Finding(edge.source, "graph", f"is no variation of {edge.target}: another pattern, other muscles")


def _circuits(library: LibraryRecord) -> Iterator[Finding]:
    for circuit in library.circuits.values():
        yield from (Finding(circuit.slug, "circuit", sentence) for sentence in faults_of(circuit).values())


_RULES: tuple[Callable[[LibraryRecord], Iterable[Finding]], ...] = (
    _attributes, _credit, _muscles, _names, _cycles, _ladders, _variations, _circuits,
)  # fmt: skip
