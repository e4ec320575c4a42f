"""From the text of the fixture files to a checked library. Every mistake is named with its file and slug.

``fixtures/SCHEMA.md`` describes the format for authors. One bad entry does not hide the next: all mistakes are
collected and reported together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from movements.catalogue.entries import CircuitEntry, Entry, MovementEntry, RelationEntry
from movements.catalogue.names import slug_of
from movements.catalogue.records import (
    CircuitRecord,
    LibraryRecord,
    MovementRecord,
    RelationRecord,
)

OWN_SLUG_PREFIX = "my-"  # athletes' own movements live under it, so that a library slug never meets one of theirs

Record = TypeVar("Record", MovementRecord, CircuitRecord)


class FixtureError(ValueError):
    """The fixtures cannot be loaded; ``problems`` has one line per mistake."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


class _Reader:
    """Reads entries and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.reasons: dict[str, str] = {}
        self.files: dict[str, str] = {}  # by slug, for messages about whole records

    def entries(self, file: str, text: str, key: str) -> list[dict[str, Any]]:
        try:
            document = json.loads(text)
        except ValueError as error:
            self.problems.append(f"{file}: not JSON ({error})")
            return []
        rows = document.get(key) if isinstance(document, dict) else None
        if not isinstance(rows, list) or set(document) != {key}:
            self.problems.append(f'{file}: must be {{"{key}": [...]}} and nothing else')
            return []
        return rows

    def movement(self, file: str, raw: Any) -> MovementRecord | None:
        entry = self._parsed(MovementEntry, file, raw)
        if entry is None:
            return None
        record = entry.record()
        if record.slug.startswith(OWN_SLUG_PREFIX):
            self.problems.append(f"{file}: {record.slug}: slugs that begin with {OWN_SLUG_PREFIX!r} belong to athletes")
        if entry.muscle_reason:
            self.reasons[record.slug] = entry.muscle_reason
        return record

    def circuit(self, file: str, raw: Any) -> CircuitRecord | None:
        entry = self._parsed(CircuitEntry, file, raw)
        return entry.record() if entry else None

    def relation(self, file: str, raw: Any) -> RelationRecord | None:
        entry = self._parsed(RelationEntry, file, raw)
        return entry.record() if entry else None

    def _parsed(self, kind: type[EntryT], file: str, raw: Any) -> EntryT | None:
        try:
            return kind.model_validate(raw)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                where = ".".join(str(part) for part in one["loc"]) or "entry"
                self.problems.append(f"{file}: {_label(raw)}: {where}: {one['msg']}")
            return None

    def shelve(
        self, files: Mapping[str, str], key: str, read: Callable[[str, Any], Record | None]
    ) -> dict[str, Record]:
        """Records by slug over several files; a slug or a name that comes twice is a mistake."""
        shelf: dict[str, Record] = {}
        names: dict[str, str] = {}
        for file in sorted(files):
            for raw in self.entries(file, files[file], key):
                record = read(file, raw)
                if record is None:
                    continue
                if record.slug in shelf:
                    self.problems.append(f"{file}: {record.slug}: this slug stands twice")
                if record.name.lower() in names:
                    self.problems.append(f"{file}: {record.slug}: the name {record.name!r} stands twice")
                names[record.name.lower()] = record.slug
                self.files[record.slug] = file
                shelf[record.slug] = record
        return shelf


EntryT = TypeVar("EntryT", bound=Entry)


def _label(raw: Any) -> str:
    """What to call a raw entry in a message."""
    if not isinstance(raw, dict):
        return repr(raw)[:60]
    if "source" in raw:
        return f"{raw.get('source')} -> {raw.get('target')}"
    return str(raw.get("slug") or slug_of(str(raw.get("name", "?"))) or "?")


def parse_library(
    *, movements: Mapping[str, str], relations: Mapping[str, str], circuits: Mapping[str, str]
) -> LibraryRecord:
    """The checked library from file texts by file name. Raises FixtureError with every mistake there is."""
    reader = _Reader()
    shelf = reader.shelve(movements, "movements", reader.movement)
    edges = [
        (file, reader.relation(file, raw))
        for file in sorted(relations)
        for raw in reader.entries(file, relations[file], "relations")
    ]
    rings = reader.shelve(circuits, "circuits", reader.circuit)
    reader.problems += _dangling(shelf, [(file, edge) for file, edge in edges if edge], rings, reader.files)
    if reader.problems:
        raise FixtureError(reader.problems)
    return LibraryRecord(
        movements=shelf,
        relations=tuple(edge for _, edge in edges if edge),
        circuits=rings,
        reasons=reader.reasons,
    )


def _dangling(
    shelf: Mapping[str, MovementRecord],
    edges: list[tuple[str, RelationRecord]],
    circuits: Mapping[str, CircuitRecord],
    files: Mapping[str, str],
) -> list[str]:
    """References to movements that are not there, and edges that stand twice."""
    problems = [
        f"{files[record.slug]}: {record.slug}: ratio.reference: there is no movement {record.ratio.reference!r}"
        for record in shelf.values()
        if record.ratio and record.ratio.reference not in shelf
    ]
    seen: set[RelationRecord] = set()
    for file, edge in edges:
        problems += [
            f"{file}: {edge.source} -> {edge.target}: there is no movement {end!r}"
            for end in (edge.source, edge.target)
            if end not in shelf
        ]
        if edge in seen:
            problems.append(f"{file}: {edge.source} -> {edge.target}: this {edge.type} edge stands twice")
        seen.add(edge)
    problems += [
        f"{files[circuit.slug]}: {circuit.slug}: there is no movement {exercise.movement!r}"
        for circuit in circuits.values()
        for exercise in circuit.exercises
        if exercise.movement not in shelf
    ]
    return problems
