"""Bring the published library into the database: idempotent, in bulk, and without ever deleting a movement.

A movement that leaves the fixtures is deactivated, because programs and logs still point at it. Athletes' own
movements are never touched, nor is what a curator decided (``curated_at``, docs/adr/0014).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Model, TextField, Value
from django.utils.timezone import now

from gainsly.lib.vocabulary import EQUIPMENT, MuscleRole
from movements import selectors
from movements.catalogue.fixture import parse_library
from movements.catalogue.kits import EQUIPMENT_NAMES
from movements.catalogue.names import fold
from movements.catalogue.records import CircuitRecord, LibraryRecord, MovementRecord, RelationRecord
from movements.embeddings.hashing import MODEL as HASHING_MODEL
from movements.models import (
    CoachingCue,
    Equipment,
    LibraryVersion,
    Movement,
    MovementDiscipline,
    MovementEquipment,
    MovementJoint,
    MovementMuscle,
    MovementRelationship,
    MovementTag,
    Tag,
)
from movements.services import embeddings
from movements.services.circuits import store_circuits
from movements.services.version import touch_library

LOADER_VERSION = "4"  # raise it when the same fixtures must be written differently
RELATIONS_FILE = "relations.json"
BATCH = 200
CHILDREN: tuple[type[Model], ...] = (
    MovementMuscle, MovementJoint, MovementEquipment, MovementDiscipline, MovementTag, CoachingCue,
)  # fmt: skip
_MOVEMENT_FIELDS = [
    "name", "pattern", "region", "discipline", "cns_load", "skill_level", "compound", "complex_lift", "unilateral",
    "metric_type", "implements", "bodyweight_share", "load_step_kg", "ratio_reference", "ratio_value", "ratio_grade",
    "ratio_source", "sections", "aliases", "alternatives", "description", "substitution_group", "is_active",
    "search", "updated_at", "curated_at",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did; ``skipped`` when the fixtures were loaded already."""

    skipped: bool = False
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    deactivated: int = 0
    kept: int = 0  # as a curator left them
    relations: int = 0
    circuits: int = 0


def read_fixtures(root: Path) -> tuple[LibraryRecord, str]:
    """The checked library under ``root`` and the hash of its text. Raises FixtureError, naming every mistake."""
    movements = _texts(root / "movements")
    relations = {name: text for name, text in movements.items() if name.endswith(RELATIONS_FILE)}
    circuits = _texts(root / "circuits")
    digest = hashlib.sha256(f"{LOADER_VERSION} {HASHING_MODEL}".encode())
    for name, text in sorted({**movements, **circuits}.items()):
        digest.update(f"\n{name}\n{text}".encode())
    library = parse_library(
        movements={name: text for name, text in movements.items() if name not in relations},
        relations=relations,
        circuits=circuits,
    )
    return library, digest.hexdigest()


def _texts(folder: Path) -> dict[str, str]:
    return {f"{folder.name}/{path.name}": path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.json"))}


@transaction.atomic
def load_library(*, root: Path, force: bool = False) -> LoadReport:
    """Make the database hold what the fixtures say. The same fixtures a second time change nothing."""
    library, content_hash = read_fixtures(root)
    return store_library(library=library, content_hash=content_hash, force=force)


@transaction.atomic
def store_library(*, library: LibraryRecord, content_hash: str, force: bool = False) -> LoadReport:
    """Write a checked library. ``force`` writes every row anew, also curators' edits."""
    LibraryVersion.objects.get_or_create(pk=1)
    version = LibraryVersion.objects.select_for_update().get(pk=1)  # two starting processes load one after the other
    if version.content_hash == content_hash and not force:
        return LoadReport(skipped=True, unchanged=len(library.movements))
    _store_vocabulary(library)
    if force:
        Movement.objects.filter(owner__isnull=True, slug__in=library.movements).update(curated_at=None)
    curated = _curated_by_slug()
    report, replaced = _store_movements(library.movements, curated, force=force)
    ids = dict(Movement.objects.filter(owner__isnull=True).values_list("slug", "pk")) | replaced
    _store_relations(library.relations, ids, left_alone=set(curated.values()))
    store_circuits(records=library.circuits, ids=ids, force=force)
    version.content_hash = content_hash
    version.revision += 1
    version.save()
    embeddings.refresh_builtin()
    return replace(report, relations=len(library.relations), circuits=len(library.circuits))


@transaction.atomic
def set_active(*, ids: Collection[UUID], active: bool) -> int:
    """Retire movements or bring them back; answers how many there were. Their programs and logs keep them."""
    count = Movement.objects.filter(pk__in=ids).update(is_active=active, updated_at=now(), curated_at=now())
    touch_library()
    return count


@transaction.atomic
def mark_curated(*, ids: Collection[UUID]) -> None:
    """These library movements are as a curator wants them: new fixtures leave them alone."""
    Movement.objects.filter(pk__in=ids, owner__isnull=True).update(curated_at=now())


@transaction.atomic
def hand_back(*, ids: Collection[UUID]) -> int:
    """Let the published library decide these movements again, from its next load on; answers how many there were."""
    count = Movement.objects.filter(pk__in=ids, curated_at__isnull=False).update(curated_at=None)
    LibraryVersion.objects.filter(pk=1).update(content_hash="")  # so that the next load looks at every row
    return count


@transaction.atomic
def add_tag(*, ids: Collection[UUID], tag: str) -> int:
    """Give these movements a tag; answers how many did not have it. The tag is made when it is new."""
    Tag.objects.get_or_create(slug=tag)
    have = MovementTag.objects.filter(movement__in=ids, tag_id=tag).values_list("movement_id", flat=True)
    missing = set(ids) - set(have)
    MovementTag.objects.bulk_create([MovementTag(movement_id=pk, tag_id=tag) for pk in sorted(missing)])
    Movement.objects.filter(pk__in=missing).update(updated_at=now())
    mark_curated(ids=missing)
    refresh_search(ids=missing)
    touch_library()
    return len(missing)


@transaction.atomic
def refresh_search(*, ids: Collection[UUID]) -> None:
    """Write the search documents and vectors of these movements anew, after their facts were edited."""
    records = selectors.listed_movements(Movement.objects.filter(pk__in=ids))
    rows = [Movement(pk=pk, search=search_document(listed.record)) for pk, listed in records.items()]
    Movement.objects.bulk_update(rows, ["search"], batch_size=BATCH)
    embeddings.refresh_builtin(ids=ids)


def _store_vocabulary(library: LibraryRecord) -> None:
    Equipment.objects.bulk_create(
        [Equipment(slug=slug, name=EQUIPMENT_NAMES[slug], sort_order=at) for at, slug in enumerate(EQUIPMENT)],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["name", "sort_order"],
    )
    shelves: Iterable[MovementRecord | CircuitRecord] = [*library.movements.values(), *library.circuits.values()]
    tags = {tag for one in shelves for tag in one.tags}
    Tag.objects.bulk_create([Tag(slug=tag) for tag in sorted(tags)], ignore_conflicts=True)


# -- movements


def _curated_by_slug() -> dict[str, UUID]:
    rows = Movement.objects.filter(owner__isnull=True, curated_at__isnull=False)
    return dict(rows.values_list("slug", "pk"))


def _store_movements(
    records: Mapping[str, MovementRecord], curated: Mapping[str, UUID], *, force: bool
) -> tuple[LoadReport, dict[str, UUID]]:
    """Write what differs, but for what a curator decided; also curated rows that stand for records by name."""
    held = selectors.listed_movements(Movement.objects.filter(owner__isnull=True))
    by_slug = {one.record.slug: one for one in held.values()}
    replaced = _replaced(records, [held[pk] for pk in curated.values()])
    open_records = {slug: one for slug, one in records.items() if slug not in curated and slug not in replaced}
    gone = [one.id for slug, one in by_slug.items() if slug not in records and slug not in curated and one.is_active]
    Movement.objects.filter(pk__in=gone).update(is_active=False)  # first: a new movement may take over the name
    changed = {
        by_slug[slug].id: record
        for slug, record in open_records.items()
        if slug in by_slug and (force or not by_slug[slug].is_active or by_slug[slug].record != record)
    }
    fresh = [movement_row(record) for slug, record in open_records.items() if slug not in by_slug]
    Movement.objects.bulk_create(fresh, batch_size=BATCH)
    write_children(pairs=[(row, records[row.slug]) for row in fresh])
    rows = [movement_row(record, pk=pk) for pk, record in changed.items()]
    rewrite_movements(pairs=[(row, records[row.slug]) for row in rows])
    report = LoadReport(
        created=len(fresh),
        updated=len(rows),
        unchanged=len(open_records) - len(fresh) - len(rows),
        kept=len(records) - len(open_records),
        deactivated=len(gone),
    )
    return report, replaced


def _replaced(records: Mapping[str, MovementRecord], curated: Iterable[selectors.ListedMovement]) -> dict[str, UUID]:
    """Published slugs whose name a curator gave to another movement: that one stands for them."""
    names = {one.record.name.lower(): one for one in curated if one.is_active}
    return {
        slug: one.id
        for slug, record in records.items()
        if (one := names.get(record.name.lower())) and one.record.slug != slug
    }


def rewrite_movements(*, pairs: list[tuple[Movement, MovementRecord]]) -> None:
    """Make stored movements say what their records say: every attribute, search document and child row."""
    Movement.objects.bulk_update([row for row, _ in pairs], _MOVEMENT_FIELDS, batch_size=BATCH)
    write_children(pairs=pairs)


def movement_row(record: MovementRecord, *, owner: Any = None, pk: Any = None, curated_at: Any = None) -> Movement:
    """The unsaved row of a record, without its children; ``curated_at`` where a curator decided it."""
    identity = {} if pk is None else {"pk": pk}
    return Movement(
        **identity,
        owner=owner,
        updated_at=now(),
        curated_at=curated_at,
        name=record.name,
        slug=record.slug,
        pattern=record.pattern,
        region=record.region,
        discipline=record.discipline,
        cns_load=record.cns,
        skill_level=record.skill,
        compound=record.compound,
        complex_lift=record.complex_lift,
        unilateral=record.unilateral,
        metric_type=record.metric,
        implements=record.implements,
        bodyweight_share=record.bodyweight_share,
        load_step_kg=record.load_step_kg,
        ratio_reference=record.ratio.reference if record.ratio else "",
        ratio_value=record.ratio.value if record.ratio else None,
        ratio_grade=record.ratio.grade if record.ratio else "",
        ratio_source=record.ratio.source if record.ratio else "",
        sections=list(record.sections),
        aliases=list(record.aliases),
        alternatives=[list(pieces) for pieces in record.alternatives],
        description=record.description,
        substitution_group=record.group,
        is_active=True,
        search=search_document(record),
    )


def write_children(*, pairs: list[tuple[Movement, MovementRecord]]) -> None:
    """Replace the child rows of these movements: two statements per kind of child."""
    ids = [row.pk for row, _ in pairs]
    for model in CHILDREN:
        model._default_manager.filter(movement_id__in=ids).delete()
        rows = [child for row, record in pairs for child in _children_of(row, record) if isinstance(child, model)]
        model._default_manager.bulk_create(rows, batch_size=BATCH * 5)


def _children_of(row: Movement, record: MovementRecord) -> Iterable[Model]:
    for role, shares in (
        (MuscleRole.PRIMARY, record.primary),
        (MuscleRole.SECONDARY, record.secondary),
        (MuscleRole.STABILIZER, dict.fromkeys(record.stabilizers, 0.0)),
    ):
        for muscle, share in shares.items():
            yield MovementMuscle(movement=row, muscle=muscle, role=role, share=share)
    yield from (MovementJoint(movement=row, area=area, stress=stress) for area, stress in record.joints.items())
    yield from (MovementEquipment(movement=row, equipment_id=slug) for slug in record.equipment)
    yield from (MovementDiscipline(movement=row, discipline=discipline) for discipline in record.disciplines)
    yield from (MovementTag(movement=row, tag_id=tag) for tag in record.tags)
    yield from (CoachingCue(movement=row, order=at, text=text) for at, text in enumerate(record.cues, start=1))


def search_document(record: MovementRecord) -> Any:
    """What full-text search reads: the name weighs most, then aliases, then muscles, pattern and equipment."""
    muscles = " ".join([*record.primary, *record.secondary]).replace("_", " ")
    around = " ".join([record.pattern, *record.equipment, *record.disciplines, *record.tags]).replace("_", " ")
    parts = [(fold(record.name), "A"), (fold(" ; ".join(record.aliases)), "B"), (muscles, "C"), (around, "C")]
    vectors = [
        SearchVector(Value(text, output_field=TextField()), weight=weight, config=selectors.SEARCH_CONFIG)
        for text, weight in parts
    ]
    document: Any = vectors[0]
    for vector in vectors[1:]:
        document = document + vector
    return document


# -- relations


def _store_relations(relations: Iterable[RelationRecord], ids: Mapping[str, Any], *, left_alone: set[UUID]) -> None:
    """Make the edges those of the fixtures, but for those that begin at a curated movement (``left_alone``)."""
    every = {(ids[edge.source], ids[edge.target], edge.type.value) for edge in relations}
    wanted = {edge for edge in every if edge[0] not in left_alone and edge[0] != edge[1]}
    held = {
        (edge.source_id, edge.target_id, edge.type): edge.pk
        for edge in MovementRelationship.objects.filter(source__owner__isnull=True, target__owner__isnull=True)
        if edge.source_id not in left_alone
    }
    MovementRelationship.objects.filter(pk__in=[held[key] for key in held.keys() - wanted]).delete()
    MovementRelationship.objects.bulk_create(
        [
            MovementRelationship(source_id=source, target_id=target, type=kind)
            for source, target, kind in sorted(wanted - held.keys(), key=str)
        ],
        batch_size=BATCH * 5,
    )
