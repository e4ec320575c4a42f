"""What an athlete can train with, as plain facts; and the usual rooms as presets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gainsly.lib.units import lb_to_kg
from gainsly.lib.vocabulary import EQUIPMENT, Units
from movements.catalogue.records import MovementRecord

BAR_KG = 20.0
PLATES_KG = (1.25, 2.5, 5.0, 10.0, 15.0, 20.0, 25.0)
DUMBBELLS_KG = (*(float(n) for n in range(1, 11)), *(10.0 + 2 * n for n in range(1, 21)))
LOAD_STEP_KG = 2.5


def _pounds(*weights: float) -> tuple[float, ...]:
    """Kilograms of pound iron, to the hundredth as they are kept."""
    return tuple(round(lb_to_kg(one), 2) for one in weights)


IRON: dict[Units, dict[str, Any]] = {
    Units.METRIC: {
        "bar_kg": BAR_KG, "plates_kg": PLATES_KG, "dumbbells_kg": DUMBBELLS_KG, "load_step_kg": LOAD_STEP_KG,
    },
    Units.IMPERIAL: {
        "bar_kg": _pounds(45)[0],
        "plates_kg": _pounds(2.5, 5, 10, 25, 35, 45),
        "dumbbells_kg": _pounds(*range(5, 105, 5)),
        "load_step_kg": _pounds(5)[0],
    },
}  # fmt: skip
"""What the usual gym has where people count in kilograms, and where they count in pounds."""

SPECIAL = frozenset(
    {"chains", "massage_ball", "balance_board", "heavy_bag", "neck_harness", "keg", "atlas_stone", "strongman_frame"}
)
"""What few gyms have, and nobody is given without having ticked it."""

FULL_GYM = tuple(slug for slug in EQUIPMENT if slug not in SPECIAL)


@dataclass(frozen=True, slots=True)
class KitFacts:
    """Equipment slugs, and the weights that the iron there can make (kilograms)."""

    equipment: tuple[str, ...] = FULL_GYM
    bar_kg: float = BAR_KG
    plates_kg: tuple[float, ...] = PLATES_KG
    dumbbells_kg: tuple[float, ...] = DUMBBELLS_KG
    load_step_kg: float = LOAD_STEP_KG


KIT_PRESETS: dict[str, tuple[str, ...]] = {
    "full_gym": FULL_GYM,
    "home_barbell": ("barbell", "rack", "bench", "dumbbell", "pull_up_bar", "band", "mat", "foam_roller"),
    "dumbbells": ("dumbbell", "bench", "mat"),
    "kettlebell": ("kettlebell", "mat"),
    "bands": ("band", "mat"),
    "bodyweight": (),
    "machines": (
        "machine", "cable", "leg_press", "leg_extension", "leg_curl", "hack_squat", "smith_machine", "bike",
        "treadmill", "elliptical", "rower", "mat",
    ),
    "hotel": ("dumbbell", "bench", "band", "treadmill", "bike", "mat"),
}  # fmt: skip
"""Equipment slugs of the usual rooms; ``bodyweight`` needs nothing but the floor."""


def can_do(record: MovementRecord, equipment: Iterable[str]) -> bool:
    """Whether the kit holds all that the movement needs, or one of its complete alternatives."""
    owned = frozenset(equipment)
    return owned.issuperset(record.equipment) or any(owned.issuperset(pieces) for pieces in record.alternatives)


EQUIPMENT_NAMES: dict[str, str] = {
    **{slug: slug.replace("_", " ").capitalize() for slug in EQUIPMENT},
    "rack": "Squat rack",
    "dumbbell": "Dumbbells",
    "kettlebell": "Kettlebells",
    "ez_bar": "EZ curl bar",
    "cable": "Cable station",
    "machine": "Weight machines",
    "smith_machine": "Smith machine",
    "pull_up_bar": "Pull-up bar",
    "rings": "Gymnastic rings",
    "band": "Resistance bands",
    "suspension": "Suspension trainer",
    "box": "Plyometric box",
    "safety_bar": "Safety squat bar",
    "log": "Strongman log",
    "tire": "Tyre",
    "rower": "Rowing machine",
    "bike": "Exercise bike",
    "air_bike": "Air bike",
    "ski_erg": "Ski ergometer",
    "pool": "Swimming pool",
    "mat": "Exercise mat",
    "neck_harness": "Neck harness",
    "atlas_stone": "Atlas stones",
    "keg": "Loading keg",
    "strongman_frame": "Strongman frame or yoke",
}
"""What people call each piece."""
