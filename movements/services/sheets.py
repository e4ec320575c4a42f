"""Curators' tables: the library out as CSV, and back in after a preview; all of a file or nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from movements import selectors
from movements.catalogue.records import MovementRecord
from movements.catalogue.sheet import RowProblem, changed_fields, read_sheet
from movements.models import LibraryVersion, Movement, Tag
from movements.services import embeddings
from movements.services.library import movement_row, rewrite_movements, write_children
from movements.services.version import touch_library


class SheetError(DomainError):
    """The file holds rows that cannot be taken; ``errors`` has them at ``file``, and nothing is saved."""

    code = "invalid_sheet"


@dataclass(frozen=True, slots=True)
class SheetChange:
    """A movement that the file changes, and in what."""

    name: str
    slug: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """What taking the file would do."""

    new: tuple[MovementRecord, ...]
    changed: tuple[SheetChange, ...]
    unchanged: int
    problems: tuple[RowProblem, ...]


def preview_sheet(*, text: str) -> SheetPreview:
    """What this CSV would do to the library. Nothing is saved."""
    held = _held()
    reading = read_sheet(text, {slug: record for slug, (_pk, record) in held.items()})
    new, changed, same = [], [], 0
    for record in reading.records.values():
        before = held.get(record.slug)
        if before is None:
            new.append(record)
        elif before[1] == record:
            same += 1
        else:
            changed.append(SheetChange(record.name, record.slug, changed_fields(before[1], record)))
    return SheetPreview(tuple(new), tuple(changed), same, reading.problems)


@transaction.atomic
def import_sheet(*, text: str) -> SheetPreview:
    """Take the file, whole; answers what it did. Raises SheetError where a row cannot be taken."""
    LibraryVersion.objects.select_for_update().filter(pk=1).first()  # two curators take turns
    preview = preview_sheet(text=text)
    if preview.problems:
        lines = [_("Line %(line)s: %(reason)s") % {"line": one.line, "reason": one.reason} for one in preview.problems]
        raise SheetError(_("Nothing was saved: some rows cannot be taken."), errors={"file": lines})
    held = _held()
    records = read_sheet(text, {slug: record for slug, (_pk, record) in held.items()}).records.values()
    touched = [record for record in records if record.slug not in held or held[record.slug][1] != record]
    _store(touched, {slug: pk for slug, (pk, _record) in held.items()})
    return preview


def _held() -> dict[str, tuple[UUID, MovementRecord]]:
    """The library's movements by slug, retired ones too: their slugs are taken."""
    rows = selectors.listed_movements(Movement.objects.filter(owner__isnull=True))
    return {one.record.slug: (one.id, one.record) for one in rows.values()}


def _store(records: list[MovementRecord], ids: Mapping[str, Any]) -> None:
    Tag.objects.bulk_create(
        [Tag(slug=tag) for tag in sorted({tag for record in records for tag in record.tags})], ignore_conflicts=True
    )
    fresh = [(movement_row(record, curated_at=now()), record) for record in records if record.slug not in ids]
    Movement.objects.bulk_create([row for row, _record in fresh])
    write_children(pairs=fresh)
    known = [
        (movement_row(record, pk=ids[record.slug], curated_at=now()), record)
        for record in records
        if record.slug in ids
    ]
    rewrite_movements(pairs=known)
    embeddings.refresh_builtin(ids=[row.pk for row, _record in [*fresh, *known]])
    touch_library()
