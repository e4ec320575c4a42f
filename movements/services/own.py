"""Movements that an athlete adds for themselves: private, with the same attributes as the library's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
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
from movements.catalogue.fixture import OWN_SLUG_PREFIX
from movements.catalogue.names import slug_of, words_of
from movements.catalogue.records import MovementRecord
from movements.models import Equipment, Movement
from movements.services.library import movement_row, write_children

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
    """The movement as described cannot be added; ``errors`` says which field is wrong."""

    code = "invalid_movement"


@transaction.atomic
def create_own_movement(
    *,
    user: Any,
    name: str,
    pattern: MovementPattern,
    primary_muscles: Iterable[Muscle],
    secondary_muscles: Iterable[Muscle] = (),
    equipment: Iterable[str] = (),
    region: Region | None = None,
    discipline: Discipline = Discipline.GENERAL,
    skill_level: SkillLevel = SkillLevel.BEGINNER,
    cns_load: CnsLoad = CnsLoad.MODERATE,
    metric_type: MetricType = MetricType.REPS,
    compound: bool = False,
    unilateral: bool = False,
    joints: Mapping[InjuryArea, JointStress] | None = None,
    cues: Iterable[str] = (),
    description: str = "",
) -> Movement:
    """Add a movement that only this athlete sees and is given. Raises OwnMovementError with the field at fault."""
    primary = dict.fromkeys(primary_muscles, DIRECT_SHARE)
    secondary = dict.fromkeys(secondary_muscles, INDIRECT_SHARE)
    pieces = tuple(sorted(set(equipment)))
    _check(name=name, primary=primary, secondary=secondary, equipment=pieces)
    record = MovementRecord(
        slug=_free_slug(user, name),
        name=name.strip(),
        pattern=pattern,
        region=region or REGION_OF_PATTERN.get(pattern, Region.FULL_BODY),
        discipline=discipline,
        cns=cns_load,
        skill=skill_level,
        metric=metric_type,
        primary=primary,
        secondary=secondary,
        equipment=pieces,
        joints=joints or {},
        sections=SECTIONS_OF_PATTERN.get(
            pattern, (Section.MAIN, Section.ACCESSORY) if compound else (Section.ACCESSORY,)
        ),
        disciplines=(discipline,),
        cues=tuple(cues),
        description=description,
        compound=compound,
        unilateral=unilateral,
    )
    return _insert(user, record)


def _insert(user: Any, record: MovementRecord) -> Movement:
    row = movement_row(record, owner=user)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        message = _("You already have a movement with this name.")
        raise OwnMovementError(message, errors={"name": [message]}) from error
    write_children([(row, record)])
    return row


def _check(
    *, name: str, primary: Mapping[Muscle, float], secondary: Mapping[Muscle, float], equipment: Iterable[str]
) -> None:
    errors: dict[str, list[str]] = {}
    if not words_of(name):
        errors["name"] = [_("Give the movement a name with letters or digits.")]
    if not primary:
        errors["primary_muscles"] = [_("Name at least one muscle.")]
    if set(primary) & set(secondary):
        errors["secondary_muscles"] = [_("A muscle is either primary or secondary, not both.")]
    unknown = set(equipment) - set(Equipment.objects.values_list("slug", flat=True))
    if unknown:
        errors["equipment"] = [_("Unknown equipment: %(slugs)s.") % {"slugs": ", ".join(sorted(unknown))}]
    if errors:
        raise OwnMovementError(_("This movement cannot be added."), errors=errors)


def _free_slug(user: Any, name: str) -> str:
    """A slug that no movement of this athlete has; the prefix keeps it apart from the library's for ever."""
    base = f"{OWN_SLUG_PREFIX}{slug_of(name) or 'movement'}"[:MAX_SLUG_LENGTH].rstrip("-")
    taken = set(Movement.objects.filter(owner=user, slug__startswith=base).values_list("slug", flat=True))
    candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 2))]
    return next(slug for slug in candidates if slug not in taken)
