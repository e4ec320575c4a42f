"""What the linter says of the library as it stands in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from gainsly.lib.vocabulary import RelationshipType
from movements.catalogue.lint import Finding, lint_library
from movements.catalogue.records import LibraryRecord, RelationRecord
from movements.models import MovementRelationship

from .library import held_library

WRITTEN_REASONS = "muscles"  # this rule reads the reasons that stand in fixtures/ alone

_judged: tuple[str, Mapping[str, list[Finding]]] | None = None


def library_findings() -> Mapping[str, list[Finding]]:
    """Findings by slug, of active library movements; kept in the process until the library's version moves.

    The rule about unusual muscles is left to ``make lint``: the written reasons that it accepts are in the fixtures.
    """
    global _judged  # noqa: PLW0603 - one library per process, judged once a version
    shelf = held_library()
    if _judged is None or _judged[0] != shelf.version:
        _judged = (shelf.version, _judge())
    return _judged[1]


def _judge() -> dict[str, list[Finding]]:
    movements = held_library().active
    edges = MovementRelationship.objects.filter(source__owner__isnull=True, target__owner__isnull=True)
    relations = tuple(
        RelationRecord(source, target, RelationshipType(kind))
        for source, target, kind in edges.values_list("source__slug", "target__slug", "type")
        if source in movements and target in movements
    )
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in lint_library(LibraryRecord(movements=movements, relations=relations)):
        if finding.rule != WRITTEN_REASONS:
            found[finding.slug].append(finding)
    return dict(found)
