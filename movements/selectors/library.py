"""The whole library as plain records.

It is the same for everyone and changes rarely, so each process keeps it until ``LibraryVersion`` moves. Athletes' own
movements are always read fresh.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Prefetch, QuerySet

from gainsly.lib.vocabulary import (
    CnsLoad,
    Discipline,
    InjuryArea,
    JointStress,
    MetricType,
    MovementPattern,
    Muscle,
    MuscleRole,
    Region,
    Section,
    SkillLevel,
)
from movements.catalogue.records import MovementRecord, RatioPrior
from movements.models import (
    CoachingCue,
    LibraryVersion,
    Movement,
    MovementDiscipline,
    MovementEquipment,
    MovementJoint,
    MovementMuscle,
    MovementTag,
)


@dataclass(frozen=True, slots=True)
class ListedMovement:
    """A movement's record together with what only the database knows of it."""

    id: UUID
    record: MovementRecord
    owner_id: UUID | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The library of one version, as this process keeps it."""

    key: tuple[Any, ...]
    version: str
    by_id: Mapping[UUID, ListedMovement]
    active: Mapping[str, MovementRecord]  # by slug


_shelf: _Shelf | None = None
_shelf_lock = threading.Lock()


def catalogue(user: Any = None) -> tuple[dict[str, MovementRecord], str]:
    """Every movement the athlete may be given, by slug, and the version under which that may be cached.

    One query when the process already holds the library, two with an athlete.
    """
    shelf = held_library()
    if user is None:
        return dict(shelf.active), shelf.version
    own = Movement.objects.filter(owner=user, is_active=True)
    state = own.aggregate(latest=Max("updated_at"), count=Count("pk"))  # the count: a removed one changes no time
    if not state["count"]:
        return dict(shelf.active), shelf.version
    records = {listed.record.slug: listed.record for listed in listed_movements(own).values()}
    return {**records, **shelf.active}, f"{shelf.version}+{user.pk}.{state['count']}.{state['latest'].isoformat()}"


def movements_by_id(ids: Iterable[UUID]) -> dict[UUID, ListedMovement]:
    """Movements with their records, whoever owns them and also where they have left the library.

    For rendering rows that already belong to the athlete (a session, a log). Library movements come from memory.
    """
    wanted = set(ids)
    known = held_library().by_id
    missing = {pk for pk in wanted if pk not in known}  # not "wanted - known.keys()", which walks the whole library
    others = listed_movements(Movement.objects.filter(pk__in=missing)) if missing else {}
    return {pk: known[pk] if pk in known else others[pk] for pk in wanted if pk in known or pk in others}


def movements_by_slug(slugs: Iterable[str], user: Any = None) -> dict[str, ListedMovement]:
    """Active movements by slug: the library's, and the athlete's own when an athlete is given."""
    wanted = set(slugs)
    shelf = held_library()
    found = {
        listed.record.slug: listed
        for listed in shelf.by_id.values()
        if listed.is_active and listed.record.slug in wanted
    }
    missing = wanted - found.keys()
    if user is not None and missing:
        own = listed_movements(Movement.objects.filter(owner=user, is_active=True, slug__in=missing))
        found |= {listed.record.slug: listed for listed in own.values()}
    return found


def library_version() -> str:
    """The version of the loaded library, without an athlete's own movements."""
    return held_library().version


def held_library() -> _Shelf:
    global _shelf  # noqa: PLW0603 - one library per process, replaced as a whole
    row = LibraryVersion.objects.filter(pk=1).values_list("content_hash", "revision", "loaded_at").first()
    key = row or ()
    shelf = _shelf
    if not key:
        return _read_shelf(key)  # nothing was loaded yet: no version says when this would be out of date
    if shelf is None or shelf.key != key:
        with _shelf_lock:
            shelf = _shelf = _read_shelf(key)
    return shelf


def _read_shelf(key: tuple[Any, ...]) -> _Shelf:
    by_id = listed_movements(Movement.objects.filter(owner__isnull=True))
    active = {one.record.slug: one.record for one in by_id.values() if one.is_active}
    version = f"{key[0][:12]}.{key[1]}" if key else "empty"
    return _Shelf(key=key, version=version, by_id=by_id, active=active)


def listed_movements(rows: QuerySet[Movement]) -> dict[UUID, ListedMovement]:
    """Rows of a queryset as records, by id: one query and one for each kind of child row."""
    found = rows.order_by("name", "id").prefetch_related(
        Prefetch("muscles", MovementMuscle.objects.order_by("role", "-share", "muscle")),
        Prefetch("joints", MovementJoint.objects.order_by("area")),
        Prefetch("cues", CoachingCue.objects.order_by("order")),
        Prefetch("equipment_rows", MovementEquipment.objects.order_by("equipment_id")),
        Prefetch("discipline_rows", MovementDiscipline.objects.order_by("discipline")),
        Prefetch("tag_rows", MovementTag.objects.order_by("tag_id")),
    )
    return {
        row.pk: ListedMovement(id=row.pk, record=record_of(row), owner_id=row.owner_id, is_active=row.is_active)
        for row in found
    }


def record_of(row: Movement) -> MovementRecord:
    """A row with its children prefetched, as the plain record that it was loaded from."""
    muscles = list(row.muscles.all())
    return MovementRecord(
        slug=row.slug,
        name=row.name,
        pattern=MovementPattern(row.pattern),
        region=Region(row.region),
        discipline=Discipline(row.discipline),
        cns=CnsLoad(row.cns_load),
        skill=SkillLevel(row.skill_level),
        metric=MetricType(row.metric_type),
        primary=_shares(muscles, MuscleRole.PRIMARY),
        secondary=_shares(muscles, MuscleRole.SECONDARY),
        stabilizers=tuple(sorted(_shares(muscles, MuscleRole.STABILIZER))),
        equipment=tuple(one.equipment_id for one in row.equipment_rows.all()),
        alternatives=tuple(tuple(pieces) for pieces in row.alternatives),
        joints={InjuryArea(one.area): JointStress(one.stress) for one in row.joints.all()},
        sections=tuple(Section(section) for section in row.sections),
        disciplines=tuple(Discipline(one.discipline) for one in row.discipline_rows.all()),
        tags=tuple(one.tag_id for one in row.tag_rows.all()),
        aliases=tuple(row.aliases),
        cues=tuple(cue.text for cue in row.cues.all()),
        description=row.description,
        compound=row.compound,
        complex_lift=row.complex_lift,
        unilateral=row.unilateral,
        implements=row.implements,
        bodyweight_share=float(row.bodyweight_share),
        load_step_kg=None if row.load_step_kg is None else float(row.load_step_kg),
        ratio=_ratio(row),
        group=row.substitution_group,
    )


def _shares(muscles: list[MovementMuscle], role: MuscleRole) -> dict[Muscle, float]:
    return {Muscle(row.muscle): float(row.share) for row in muscles if row.role == role}


def _ratio(row: Movement) -> RatioPrior | None:
    if row.ratio_value is None:
        return None
    return RatioPrior(row.ratio_reference, float(row.ratio_value), row.ratio_grade, row.ratio_source)
