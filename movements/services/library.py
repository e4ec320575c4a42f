"""Bring the published library into the database: idempotent, in bulk, and without ever deleting a movement.

A movement that leaves the fixtures is deactivated, because programs and logs still point at it. Athletes' own
movements are never touched.
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
from django.db.models import F, Model, TextField, Value
from django.utils.timezone import now

from gainsly.lib.vocabulary import EQUIPMENT, MuscleRole
from movements import selectors
from movements.catalogue.fixture import parse_library
from movements.catalogue.kits import EQUIPMENT_NAMES
from movements.catalogue.names import fold
from movements.catalogue.records import CircuitRecord, LibraryRecord, MovementRecord, RelationRecord
from movements.embeddings.hashing import MODEL as HASHING_MODEL
from movements.models import (
    Circuit,
    CircuitExercise,
    CircuitStress,
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
    "search", "updated_at",
]  # fmt: skip
_CIRCUIT_FIELDS = [
    "name", "type", "rounds", "time_cap_seconds", "work_seconds", "rest_seconds", "estimated_minutes", "difficulty",
    "scaling", "description",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did; ``skipped`` when the fixtures were loaded already."""

    skipped: bool = False
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    deactivated: int = 0
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
    report = _store_movements(library.movements, force=force)
    ids = dict(Movement.objects.filter(owner__isnull=True).values_list("slug", "pk"))
    _store_relations(library.relations, ids)
    _store_circuits(library.circuits, ids)
    version.content_hash = content_hash
    version.revision += 1
    version.save()
    embeddings.refresh_builtin()
    return replace(report, relations=len(library.relations), circuits=len(library.circuits))


def touch_library() -> None:
    """Tell every process that the library was edited, so that it reads it anew."""
    LibraryVersion.objects.update_or_create(
        pk=1, defaults={"revision": F("revision") + 1}, create_defaults={"revision": 1}
    )


@transaction.atomic
def set_active(*, ids: Collection[UUID], active: bool) -> int:
    """Retire movements or bring them back; answers how many there were. Their programs and logs keep them."""
    count = Movement.objects.filter(pk__in=ids).update(is_active=active, updated_at=now())
    touch_library()
    return count


@transaction.atomic
def add_tag(*, ids: Collection[UUID], tag: str) -> int:
    """Give these movements a tag; answers how many did not have it. The tag is made when it is new."""
    Tag.objects.get_or_create(slug=tag)
    have = MovementTag.objects.filter(movement__in=ids, tag_id=tag).values_list("movement_id", flat=True)
    missing = set(ids) - set(have)
    MovementTag.objects.bulk_create([MovementTag(movement_id=pk, tag_id=tag) for pk in sorted(missing)])
    Movement.objects.filter(pk__in=missing).update(updated_at=now())
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


def _store_movements(records: Mapping[str, MovementRecord], *, force: bool) -> LoadReport:
    held = selectors.listed_movements(Movement.objects.filter(owner__isnull=True))
    by_slug = {one.record.slug: one for one in held.values()}
    gone = [one.id for slug, one in by_slug.items() if slug not in records and one.is_active]
    Movement.objects.filter(pk__in=gone).update(is_active=False)  # first: a new movement may take over the name
    changed = {
        one.id: records[slug]
        for slug, one in by_slug.items()
        if slug in records and (force or not one.is_active or one.record != records[slug])
    }
    fresh = [movement_row(record) for slug, record in records.items() if slug not in by_slug]
    Movement.objects.bulk_create(fresh, batch_size=BATCH)
    write_children(pairs=[(row, records[row.slug]) for row in fresh])
    rows = [movement_row(record, pk=pk) for pk, record in changed.items()]
    rewrite_movements(pairs=[(row, records[row.slug]) for row in rows])
    return LoadReport(
        created=len(fresh),
        updated=len(rows),
        unchanged=len(records) - len(fresh) - len(rows),
        deactivated=len(gone),
    )


def rewrite_movements(*, pairs: list[tuple[Movement, MovementRecord]]) -> None:
    """Make stored movements say what their records say: every attribute, search document and child row."""
    Movement.objects.bulk_update([row for row, _ in pairs], _MOVEMENT_FIELDS, batch_size=BATCH)
    write_children(pairs=pairs)


def movement_row(record: MovementRecord, *, owner: Any = None, pk: Any = None) -> Movement:
    """The unsaved row of a record, without its children."""
    identity = {} if pk is None else {"pk": pk}
    return Movement(
        **identity,
        owner=owner,
        updated_at=now(),
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


# -- relations and circuits


def _store_relations(relations: Iterable[RelationRecord], ids: Mapping[str, Any]) -> None:
    wanted = {(ids[edge.source], ids[edge.target], edge.type.value) for edge in relations}
    held = {
        (edge.source_id, edge.target_id, edge.type): edge.pk
        for edge in MovementRelationship.objects.filter(source__owner__isnull=True, target__owner__isnull=True)
    }
    MovementRelationship.objects.filter(pk__in=[held[key] for key in held.keys() - wanted]).delete()
    MovementRelationship.objects.bulk_create(
        [
            MovementRelationship(source_id=source, target_id=target, type=kind)
            for source, target, kind in sorted(wanted - held.keys(), key=str)
        ],
        batch_size=BATCH * 5,
    )


def _store_circuits(records: Mapping[str, CircuitRecord], ids: Mapping[str, Any]) -> None:
    Circuit.objects.exclude(slug__in=records).update(is_active=False)
    Circuit.objects.bulk_create(
        [
            Circuit(slug=slug, is_active=True, **{field: getattr(record, field) for field in _CIRCUIT_FIELDS})
            for slug, record in records.items()
        ],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=[*_CIRCUIT_FIELDS, "is_active"],
    )
    rows = {row.slug: row for row in Circuit.objects.filter(slug__in=records)}
    circuits = [(rows[slug], record) for slug, record in records.items()]
    CircuitExercise.objects.filter(circuit__in=rows.values()).delete()
    CircuitExercise.objects.bulk_create(
        [
            CircuitExercise(
                circuit=row,
                order=at,
                movement_id=ids[exercise.movement],
                **{field: getattr(exercise, field) for field in _STATION_FIELDS},
            )
            for row, record in circuits
            for at, exercise in enumerate(record.exercises, start=1)
        ]
    )
    CircuitStress.objects.filter(circuit__in=rows.values()).delete()
    CircuitStress.objects.bulk_create(
        [
            CircuitStress(circuit=row, bucket=bucket, level=level)
            for row, record in circuits
            for bucket, level in record.stress.items()
        ]
    )
    through = Circuit.tags.through
    through.objects.filter(circuit__in=rows.values()).delete()
    through.objects.bulk_create([through(circuit=row, tag_id=tag) for row, record in circuits for tag in record.tags])


_STATION_FIELDS = ("reps", "seconds", "metres", "calories", "load_kg", "load_kg_female", "notes")
