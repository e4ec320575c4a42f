"""What an athlete trains with, and their profile with it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import Prefetch

from accounts.selectors import disciplines_of, profile_of
from movements.catalogue.kits import KitFacts
from movements.models import (
    Gym,
    GymEquipment,
)


def default_gym(user: Any) -> Gym | None:
    """The athlete's default gym, or none while they have never said what they train with."""
    return (
        Gym.objects.of(user)
        .filter(is_default=True)
        .prefetch_related(Prefetch("equipment_rows", GymEquipment.objects.order_by("equipment__sort_order")))
        .first()
    )


def kit_of(gym: Gym | None) -> KitFacts:
    """What the gym offers; a full gym where there is none."""
    if gym is None:
        return KitFacts()
    return KitFacts(
        equipment=tuple(row.equipment_id for row in gym.equipment_rows.all()),
        bar_kg=float(gym.bar_kg),
        plates_kg=tuple(float(plate) for plate in gym.plates_kg),
        dumbbells_kg=tuple(float(weight) for weight in gym.dumbbells_kg),
        load_step_kg=float(gym.load_step_kg),
    )


def kit_for(user: Any) -> KitFacts:
    """What the athlete can train with: their default gym, or a full gym until they say otherwise."""
    return kit_of(default_gym(user))


PROFILE_KEYS = (
    "experience_level", "time_zone", "available_weekdays", "first_weekday", "session_minutes", "date_of_birth", "sex",
    "height_cm", "mix_disciplines", "cardio_own_day", "long_term_goals", "onboarding_completed_at",
)  # fmt: skip


def profile_and_kit(user: Any) -> dict[str, Any]:
    """The keys of GET /settings/profile, values as the models hold them. Four queries."""
    profile = profile_of(user)
    own = {name: getattr(profile, name) for name in PROFILE_KEYS}
    return {**own, "disciplines": disciplines_of(user), **asdict(kit_for(user))}
