"""Iron on the live page: which weights can be made, the plates of one side, the warm-up ramp."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gainsly.lib.units import KG_PER_LB, in_pounds, is_pounds, lb_to_kg, plates_per_side
from gainsly.lib.vocabulary import SetKind, Units
from logging_app.forms import new_set_id
from logging_app.metrics.ramp import ramp_to
from logging_app.selectors import WorkoutExercise
from movements.catalogue.kits import KitFacts
from movements.catalogue.records import MovementRecord
from programs.engine.loads import weights_for
from programs.engine.types import Kit

PLATE_HEIGHTS = {25.0: 56, 20.0: 56, 15.0: 50, 10.0: 42, 5.0: 34, 2.5: 28, 1.25: 24}
PLATE_COLOURS = {25.0: "plate-25", 20.0: "plate-20", 15.0: "plate-15", 10.0: "plate-10", 5.0: "plate-5"}
PLATE_WIDTH, PLATE_GAP, SLEEVE_X, AXIS_Y = 26, 3, 70, 32
SMALL_HEIGHT, OTHER = 30, "plate-small"
ALIKE = 0.15  # a 25 lb plate (11.3 kg) looks like one of 10 kg


def iron_of(record: MovementRecord, kit: KitFacts) -> tuple[float, ...]:
    """Every weight of this movement that the athlete's own kit makes, ascending, kg."""
    return weights_for(
        record,
        Kit(
            equipment=frozenset(kit.equipment),
            bar_kg=kit.bar_kg,
            plates_kg=tuple(kit.plates_kg),
            dumbbells_kg=tuple(kit.dumbbells_kg),
            load_step_kg=kit.load_step_kg,
        ),
    )


@dataclass(frozen=True, slots=True)
class Iron:
    """Bar and plates in the unit that they were cast in, whatever the athlete counts in."""

    unit: Units
    bar: float
    sizes: tuple[float, ...]  # heaviest first

    @classmethod
    def of(cls, kit: KitFacts) -> Iron:
        pounds = is_pounds((kit.bar_kg, *kit.plates_kg))
        unit = Units.IMPERIAL if pounds else Units.METRIC
        own = in_pounds if pounds else float
        return cls(unit, own(kit.bar_kg), tuple(sorted({own(size) for size in kit.plates_kg}, reverse=True)))

    def weighs(self, kilograms: float) -> float:
        return in_pounds(kilograms) if self.unit == Units.IMPERIAL else kilograms

    def factor_from(self, units: str) -> float:
        """From what the athlete types to the unit of the iron."""
        if units == self.unit:
            return 1.0
        return KG_PER_LB if units == Units.IMPERIAL else 1 / KG_PER_LB


def bar_of(kilograms: float | None, now: WorkoutExercise, kit: KitFacts, units: str) -> dict[str, Any]:
    """Plates for one side as rectangles, what to change since the last set, and what the page's script needs to draw
    them for another weight, all in the unit of the iron. ``plates`` is None where the iron cannot make the load."""
    iron = Iron.of(kit)
    load = iron.weighs(kilograms) if kilograms else None
    plates = plates_per_side(load, iron.bar, iron.sizes) if load else None
    kept = next((row.weight_kg for row in reversed(now.sets) if row.weight_kg), None)
    last = iron.weighs(kept) if kept else None
    return {
        "bar": iron.bar,
        "unit": iron.unit,
        "factor": iron.factor_from(units),
        "plates": None if plates is None else [_drawn(plate, at, iron.unit) for at, plate in enumerate(plates)],
        "width": PLATE_WIDTH,
        "last": last,
        "change": round((load - last) / 2, 3) if load and last else 0,
        "sizes": json.dumps(iron.sizes),
        "looks": json.dumps({f"{size:g}": _looks(size, iron.unit) for size in iron.sizes}),
    }


def _looks(plate: float, unit: Units) -> tuple[int, str]:
    """Height and colour: those of the kilogram plate that is nearest, if one is near."""
    kilograms = lb_to_kg(plate) if unit == Units.IMPERIAL else plate
    like = min(PLATE_HEIGHTS, key=lambda size: abs(size - kilograms))
    near = abs(like - kilograms) <= ALIKE * like
    return PLATE_HEIGHTS[like] if near else SMALL_HEIGHT, PLATE_COLOURS.get(like, OTHER) if near else OTHER


def _drawn(plate: float, at: int, unit: Units) -> dict[str, Any]:
    x = SLEEVE_X + at * (PLATE_WIDTH + PLATE_GAP)
    height, colour = _looks(plate, unit)
    return {
        "size": plate,
        "x": x,
        "y": AXIS_Y - height / 2,
        "height": height,
        "text_x": x + PLATE_WIDTH / 2,
        "colour": colour,
    }


def ramp_of(now: WorkoutExercise, loads: Sequence[float]) -> list[dict[str, Any]]:
    """Warm-up sets up to the working weight: the plan's own, else worked out for the load; those done are marked."""
    item, exercise = now.item, now.exercise
    load = item.load_kg if item else None
    if exercise is not None and exercise.ramp and load == exercise.target_load_kg:
        steps = [(step.get("load_kg"), step["reps"], step.get("percent_1rm")) for step in exercise.ramp]
    else:
        steps = [(kg, reps, None) for kg, reps in ramp_to(load or 0.0, loads)]
    done = sum(row.kind == SetKind.WARMUP for row in now.sets)
    return [
        {
            "kg": kg,
            "reps": reps,
            "percent": percent,
            "done": at < done,
            "next": at == done and not now.done,
            "set_id": new_set_id(),
        }
        for at, (kg, reps, percent) in enumerate(steps)
    ]
