"""An athlete's gym: what can be done there, and which weights its iron makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.selectors import settings_of
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import Units
from movements import selectors
from movements.catalogue.kits import IRON, KitFacts
from movements.models import Equipment, Gym, GymEquipment

MAX_WEIGHTS = 100  # sizes of plates or dumbbells in one gym
HEAVIEST_KG = 200
BAR_RANGE_KG = (0, 50)
STEP_RANGE_KG = (0.25, 20)
KIT_FIELDS = ("bar_kg", "plates_kg", "dumbbells_kg", "load_step_kg")


class InvalidKitError(DomainError):
    """The kit as described cannot exist; ``errors`` says which part."""

    code = "invalid_kit"


@transaction.atomic
def ensure_default_gym(*, user: Any) -> Gym:
    """The athlete's default gym; a full gym is made for those who never described theirs."""
    gym = selectors.default_gym(user)
    if gym is None:
        usual = IRON[Units(settings_of(user).units)]
        gym, created = Gym.objects.get_or_create(user=user, is_default=True, defaults=usual)
        if created:
            _set_equipment(gym, KitFacts().equipment)
        gym = selectors.default_gym(user)
        assert gym is not None
    return gym


@transaction.atomic
def follow_units(*, user: Any, units: Units) -> None:
    """Who changes to pounds or kilograms gets the usual iron of that unit, unless they described their own."""
    gym = Gym.objects.of(user).filter(is_default=True).first()
    if gym is None:
        return
    kit = selectors.kit_of(gym)
    others = [iron for unit, iron in IRON.items() if unit != units]
    if any(all(getattr(kit, field) == weight for field, weight in iron.items()) for iron in others):
        update_gym(user=user, changes=IRON[units])


@transaction.atomic
def set_default_gym_equipment(*, user: Any, slugs: Iterable[str]) -> Gym:
    """Say what the default gym holds. An unknown slug raises InvalidKitError and nothing is saved."""
    return update_gym(user=user, changes={"equipment": list(slugs)})


@transaction.atomic
def update_gym(*, user: Any, changes: Mapping[str, Any]) -> Gym:
    """Change the default gym: any of equipment, bar_kg, plates_kg, dumbbells_kg, load_step_kg (kilograms).

    What is not named stays. Raises InvalidKitError with the field at fault; then nothing is saved.
    """
    errors = check_kit(changes)
    if errors:
        raise InvalidKitError(_("This equipment cannot be saved."), errors=errors)
    gym = ensure_default_gym(user=user)
    named = [field for field in KIT_FIELDS if field in changes]
    for field in named:
        setattr(gym, field, _stored(changes[field]))
    if named:
        gym.save(update_fields=[*named, "updated_at"])
    if "equipment" in changes:
        _set_equipment(gym, changes["equipment"])
    saved = selectors.default_gym(user)
    assert saved is not None
    return saved


def _stored(value: Any) -> Any:
    return sorted(set(value)) if isinstance(value, Sequence) else value


def check_kit(changes: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with a described kit, by field; empty when it can be saved."""
    errors: dict[str, list[str]] = {}
    if "equipment" in changes:
        known = set(Equipment.objects.values_list("slug", flat=True))
        unknown = sorted(set(changes["equipment"]) - known)
        if unknown:
            errors["equipment"] = [_("Unknown equipment: %(slugs)s.") % {"slugs": ", ".join(unknown)}]
    for field, (low, high) in {"bar_kg": BAR_RANGE_KG, "load_step_kg": STEP_RANGE_KG}.items():
        if field in changes and not low <= changes[field] <= high:
            errors[field] = [_("Must be between %(low)s and %(high)s kg.") % {"low": low, "high": high}]
    for field in ("plates_kg", "dumbbells_kg"):
        weights = changes.get(field, [])
        if len(weights) > MAX_WEIGHTS or not all(0 < weight <= HEAVIEST_KG for weight in weights):
            errors[field] = [
                _("Give at most %(count)s weights, each above 0 and up to %(heaviest)s kg.")
                % {"count": MAX_WEIGHTS, "heaviest": HEAVIEST_KG}
            ]
    return errors


def _set_equipment(gym: Gym, slugs: Iterable[str]) -> None:
    wanted = set(slugs)
    held = set(GymEquipment.objects.filter(gym=gym).values_list("equipment_id", flat=True))
    if wanted != held:
        gym.save(update_fields=["updated_at"])  # plans compare this with their own day of birth
    GymEquipment.objects.filter(gym=gym, equipment_id__in=held - wanted).delete()
    known = Equipment.objects.filter(slug__in=wanted - held).values_list("slug", flat=True)
    GymEquipment.objects.bulk_create([GymEquipment(gym=gym, equipment_id=slug) for slug in known])
