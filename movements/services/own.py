"""Movements that an athlete adds for themselves: private, with the same attributes as the library's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import (
    CnsLoad,
    Discipline,
    InjuryArea,
    JointStress,
    MetricType,
    MovementPattern,
    Muscle,
    Region,
    Section,
    SkillLevel,
)
from movements import selectors
from movements.catalogue.fixture import OWN_SLUG_PREFIX
from movements.catalogue.lint import INDIRECT_ONLY, MAX_SHARE_SUM, WITHOUT_CREDIT
from movements.catalogue.names import slug_of, words_of
from movements.catalogue.records import MovementRecord
from movements.models import Equipment, Movement
from movements.services import embeddings
from movements.services.library import movement_row, rewrite_movements, write_children

DIRECT_SHARE = 1.0  # a primary muscle earns a whole set
INDIRECT_SHARE = 0.5  # a secondary one half (evidence.md 3.2)
MAX_SLUG_LENGTH = 130
REGION_OF_PATTERN: dict[MovementPattern, Region] = {
    MovementPattern.SQUAT: Region.ANTERIOR_LOWER,
    MovementPattern.LUNGE: Region.ANTERIOR_LOWER,
    MovementPattern.HINGE: Region.POSTERIOR_LOWER,
    MovementPattern.HORIZONTAL_PUSH: Region.ANTERIOR_UPPER,
    MovementPattern.VERTICAL_PUSH: Region.SHOULDER,
    MovementPattern.HORIZONTAL_PULL: Region.POSTERIOR_UPPER,
    MovementPattern.VERTICAL_PULL: Region.POSTERIOR_UPPER,
    MovementPattern.PLYOMETRIC: Region.LOWER_BODY,
}
SECTIONS_OF_PATTERN: dict[MovementPattern, tuple[Section, ...]] = {
    MovementPattern.MOBILITY: (Section.WARMUP, Section.COOLDOWN),
    MovementPattern.CONDITIONING: (Section.FINISHER,),
    MovementPattern.CARDIO: (Section.WARMUP, Section.FINISHER),
}


class OwnMovementError(DomainError):
    """The movement as described cannot be kept; ``errors`` says which field is wrong."""

    code = "invalid_movement"


class Attributes(TypedDict, total=False):
    """What an athlete may say of their movement, beside name, pattern and muscles trained most."""

    name: str
    pattern: MovementPattern
    primary_muscles: Iterable[Muscle]
    secondary_muscles: Iterable[Muscle]
    stabilizers: Iterable[Muscle]
    equipment: Iterable[str]
    region: Region
    discipline: Discipline
    skill_level: SkillLevel
    cns_load: CnsLoad
    metric_type: MetricType
    sections: Iterable[Section]
    compound: bool
    complex_lift: bool
    unilateral: bool
    implements: int
    bodyweight_share: float
    load_step_kg: float | None
    joints: Mapping[InjuryArea, JointStress]
    aliases: Iterable[str]
    cues: Iterable[str]
    description: str


_AS_GIVEN = (
    "name", "pattern", "region", "discipline", "compound", "complex_lift", "unilateral", "implements",
    "bodyweight_share", "load_step_kg", "joints", "description",
)  # fmt: skip
_AS_TUPLE = ("stabilizers", "sections", "aliases", "cues")
_CALLED_OTHERWISE = {"skill_level": "skill", "cns_load": "cns", "metric_type": "metric"}
_NEW = MovementRecord(
    slug="",
    name="",
    pattern=MovementPattern.ISOLATION,
    region=Region.FULL_BODY,
    discipline=Discipline.GENERAL,
    cns=CnsLoad.MODERATE,
    skill=SkillLevel.BEGINNER,
    metric=MetricType.REPS,
    primary={},
)


@transaction.atomic
def create_own_movement(*, user: Any, **attributes: Unpack[Attributes]) -> Movement:
    """Add a movement that only this athlete sees and is given: name, pattern and primary_muscles at least.

    Region and places in a session follow from the pattern where they are not given. Raises OwnMovementError with the
    field at fault.
    """
    record = replace(_described(_NEW, attributes), slug=_free_slug(user, attributes["name"]))
    _check(record)
    row = movement_row(record, owner=user)
    with _one_name():
        row.save(force_insert=True)
    write_children(pairs=[(row, record)])
    embeddings.refresh_builtin(ids=[row.pk])
    return row


@transaction.atomic
def update_own_movement(*, user: Any, movement: Movement, **attributes: Unpack[Attributes]) -> Movement:
    """Change what is given of an athlete's own movement (``selectors.own_movement_for``); its slug stays."""
    record = _described(selectors.listed(movement).record, attributes)
    _check(record)
    row = movement_row(record, owner=user, pk=movement.pk)
    with _one_name():
        rewrite_movements(pairs=[(row, record)])
    embeddings.refresh_builtin(ids=[row.pk])
    return selectors.own_movement_for(user, movement.pk)


@transaction.atomic
def remove_own_movement(*, movement: Movement) -> bool:
    """Remove it for good, or, where plans or logs hold it, from lists, search and new plans; true when for good."""
    try:
        with transaction.atomic():
            movement.delete()
    except (ProtectedError, RestrictedError):
        Movement.objects.filter(pk=movement.pk).update(is_active=False, updated_at=now())
        return False
    return True


@contextmanager
def _one_name() -> Iterator[None]:
    """A savepoint in which a name that the athlete has already becomes a fault of the field ``name``."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        message = _("You already have a movement with this name.")
        raise OwnMovementError(message, errors={"name": [message]}) from error


def _described(record: MovementRecord, given: Attributes) -> MovementRecord:
    """The record with what is given; what follows from the pattern follows it anew when the pattern changes."""
    values: dict[str, Any] = {name: given[name] for name in _AS_GIVEN if name in given}  # type: ignore[literal-required]
    values |= {name: tuple(given[name]) for name in _AS_TUPLE if name in given}  # type: ignore[literal-required]
    values |= {inner: given[outer] for outer, inner in _CALLED_OTHERWISE.items() if outer in given}  # type: ignore[literal-required]
    if "name" in values:
        values["name"] = values["name"].strip()
    if "equipment" in given:
        values |= {"equipment": tuple(sorted(set(given["equipment"]))), "alternatives": ()}
    changed = replace(record, **values)
    return replace(changed, **_following(changed, given))


def _following(record: MovementRecord, given: Attributes) -> dict[str, Any]:
    """Region, sections, disciplines and shares as they follow from the rest."""
    values: dict[str, Any] = {"disciplines": tuple(sorted({record.discipline, *record.disciplines}))}
    if "discipline" in given:
        values["disciplines"] = (record.discipline,)
    if "pattern" in given and "region" not in given:
        values["region"] = REGION_OF_PATTERN.get(record.pattern, Region.FULL_BODY)
    if {"pattern", "compound"} & given.keys() and "sections" not in given:
        usual = (Section.MAIN, Section.ACCESSORY) if record.compound else (Section.ACCESSORY,)
        values["sections"] = SECTIONS_OF_PATTERN.get(record.pattern, usual)
    if {"pattern", "primary_muscles", "secondary_muscles"} & given.keys():
        direct, indirect = _shares(record.pattern)
        values["primary"] = dict.fromkeys(given.get("primary_muscles", record.primary), direct)
        values["secondary"] = dict.fromkeys(given.get("secondary_muscles", record.secondary), indirect)
    return values


def _shares(pattern: MovementPattern) -> tuple[float, float]:
    """What a set credits to primary and secondary muscles: nothing where minutes or contacts are counted."""
    if pattern in WITHOUT_CREDIT:
        return 0.0, 0.0
    return (INDIRECT_SHARE if pattern in INDIRECT_ONLY else DIRECT_SHARE), INDIRECT_SHARE


def _check(record: MovementRecord) -> None:
    errors: dict[str, list[str]] = {}
    if not words_of(record.name):
        errors["name"] = [_("Give the movement a name with letters or digits.")]
    if not record.primary:
        errors["primary_muscles"] = [_("Name at least one muscle.")]
    elif sum(record.muscle_shares().values()) > MAX_SHARE_SUM:
        errors["primary_muscles"] = [_("These are too many muscles for one movement: keep those that tire first.")]
    if set(record.primary) & set(record.secondary):
        errors["secondary_muscles"] = [_("A muscle is either primary or secondary, not both.")]
    if set(record.stabilizers) & {*record.primary, *record.secondary}:
        errors["stabilizers"] = [_("A muscle that holds you steady is not one that is trained.")]
    unknown = set(record.equipment) - set(Equipment.objects.values_list("slug", flat=True))
    if unknown:
        errors["equipment"] = [_("Unknown equipment: %(slugs)s.") % {"slugs": ", ".join(sorted(unknown))}]
    if errors:
        raise OwnMovementError(_("This movement cannot be saved."), errors=errors)


def _free_slug(user: Any, name: str) -> str:
    """A slug that no movement of this athlete has; the prefix keeps it apart from the library's for ever."""
    base = f"{OWN_SLUG_PREFIX}{slug_of(name) or 'movement'}"[:MAX_SLUG_LENGTH].rstrip("-")
    taken = set(Movement.objects.filter(owner=user, slug__startswith=base).values_list("slug", flat=True))
    candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 2))]
    return next(slug for slug in candidates if slug not in taken)
