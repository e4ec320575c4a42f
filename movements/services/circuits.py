"""Circuits as the fixtures publish them, and as a curator writes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from movements.catalogue.circuit_rules import faults_of
from movements.catalogue.names import slug_of
from movements.catalogue.records import CircuitExerciseRecord, CircuitRecord
from movements.models import Circuit, CircuitExercise, CircuitStress, Movement, Tag
from movements.selectors.pages import uuid_or_none
from movements.services.version import touch_library

_CIRCUIT_FIELDS = [
    "name", "type", "rounds", "time_cap_seconds", "work_seconds", "rest_seconds", "estimated_minutes", "difficulty",
    "scaling", "description",
]  # fmt: skip
_STATION_FIELDS = ("reps", "seconds", "metres", "calories", "load_kg", "load_kg_female", "notes")


class InvalidCircuitError(DomainError):
    """The circuit as described cannot be run; ``errors`` says which field is at fault."""

    code = "invalid_circuit"


# -- what the fixtures publish


def store_circuits(*, records: Mapping[str, CircuitRecord], ids: Mapping[str, Any], force: bool = False) -> None:
    """Make the database hold these circuits; what a curator decided stays. ``ids``: movements by slug."""
    curated = Circuit.objects.filter(curated_at__isnull=False)
    Circuit.objects.exclude(slug__in=records).exclude(pk__in=curated.values("pk")).update(is_active=False)
    kept = set() if force else {word for pair in curated.values_list("slug", "name") for word in pair}
    published = {slug: one for slug, one in records.items() if slug not in kept and one.name not in kept}
    Circuit.objects.bulk_create(
        [_row_of(record) for record in published.values()],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=[*_CIRCUIT_FIELDS, "is_active", "curated_at", "updated_at"],
    )
    rows = {row.slug: row for row in Circuit.objects.filter(slug__in=published)}
    _write_children([(rows[slug], record) for slug, record in published.items()], ids)


def _row_of(record: CircuitRecord) -> Circuit:
    facts = {field: getattr(record, field) for field in _CIRCUIT_FIELDS}
    return Circuit(slug=record.slug, is_active=True, updated_at=now(), **facts)


def _write_children(pairs: list[tuple[Circuit, CircuitRecord]], ids: Mapping[str, Any]) -> None:
    """Replace stations, stress and tags: two statements per kind of child."""
    rows = [row for row, _record in pairs]
    CircuitExercise.objects.filter(circuit__in=rows).delete()
    CircuitExercise.objects.bulk_create(
        [
            CircuitExercise(
                circuit=row,
                order=at,
                movement_id=ids[exercise.movement],
                **{field: getattr(exercise, field) for field in _STATION_FIELDS},
            )
            for row, record in pairs
            for at, exercise in enumerate(record.exercises, start=1)
        ]
    )
    CircuitStress.objects.filter(circuit__in=rows).delete()
    CircuitStress.objects.bulk_create(
        [
            CircuitStress(circuit=row, bucket=bucket, level=level)
            for row, record in pairs
            for bucket, level in record.stress.items()
        ]
    )
    through = Circuit.tags.through
    through.objects.filter(circuit__in=rows).delete()
    through.objects.bulk_create([through(circuit=row, tag_id=tag) for row, record in pairs for tag in record.tags])


# -- what a curator writes


@transaction.atomic
def save_circuit(*, record: CircuitRecord, circuit: Circuit | None = None) -> Circuit:
    """Create a circuit, or make this one say what the record says; the fixtures leave it alone from then on.

    ``exercises`` name library movements by slug or id. Raises InvalidCircuitError with the field at fault; then nothing
    is saved. A retired circuit of the same name is taken up again under its old id.
    """
    slug = circuit.slug if circuit else slug_of(record.name)
    movements = _library_movements({exercise.movement for exercise in record.exercises})
    errors = {field: [_(sentence)] for field, sentence in faults_of(record).items()}
    errors |= _unknown(record, movements)
    errors |= _taken(record.name, slug, circuit)
    if errors:
        raise InvalidCircuitError(_("This circuit cannot be saved."), errors=errors)
    row = circuit or Circuit.objects.filter(is_active=False).filter(Q(slug=slug) | Q(name=record.name)).first()
    row = row or Circuit(slug=slug)
    for field in _CIRCUIT_FIELDS:
        setattr(row, field, getattr(record, field))
    row.is_active, row.curated_at = True, now()
    row.save()
    Tag.objects.bulk_create([Tag(slug=tag) for tag in record.tags], ignore_conflicts=True)
    _write_children([(row, replace(record, slug=row.slug))], movements)
    touch_library()
    return row


@transaction.atomic
def retire_circuit(*, circuit: Circuit) -> None:
    """Give the circuit to nobody any more; plans and logs that hold it keep it."""
    circuit.is_active, circuit.curated_at = False, now()
    circuit.save(update_fields=["is_active", "curated_at", "updated_at"])
    touch_library()


def _library_movements(keys: Collection[str]) -> dict[str, UUID]:
    """Ids of active library movements by the slug or id that names them."""
    as_ids = {key: pk for key in keys if (pk := uuid_or_none(key))}
    rows = Movement.objects.filter(owner__isnull=True, is_active=True)
    found = rows.filter(Q(slug__in=keys) | Q(pk__in=as_ids.values())).values_list("slug", "pk")
    by_name = {name: pk for slug, pk in found for name in (slug, str(pk))}
    return {key: by_name[name] for key in keys if (name := str(as_ids.get(key, key))) in by_name}


def _unknown(record: CircuitRecord, movements: Mapping[str, UUID]) -> dict[str, list[str]]:
    return {
        f"exercises.{at}.movement": [_("There is no such movement in the library.")]
        for at, exercise in enumerate(record.exercises)
        if exercise.movement not in movements
    }


def _taken(name: str, slug: str, circuit: Circuit | None) -> dict[str, list[str]]:
    if not slug:
        return {"name": [_("Use some Latin letters or digits in the name.")]}
    others = Circuit.objects.exclude(pk=circuit.pk) if circuit else Circuit.objects.filter(is_active=True)
    if others.filter(Q(slug=slug) | Q(name__iexact=name)).exists():
        return {"name": [_("There is a circuit of this name already.")]}
    return {}


def circuit_record_from(values: Mapping[str, Any]) -> CircuitRecord:
    """A checked body (the fields of :class:`CircuitRecord`; exercises as mappings) as a record without a slug."""
    stations = tuple(CircuitExerciseRecord(**station) for station in values["exercises"])
    tags = tuple(sorted(set(values.get("tags", ()))))
    return CircuitRecord(slug="", **{**values, "exercises": stations, "tags": tags})
