"""Iron on the live page: which weights can be made, the plates of one side, the warm-up ramp."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from gainsly.lib.units import plates_per_side
from gainsly.lib.vocabulary import SetKind
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
SMALL_HEIGHT = 30


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


def bar_of(kilograms: float | None, now: WorkoutExercise, kit: KitFacts) -> dict[str, Any]:
    """Plates for one side as rectangles, what to change since the last set, and what the page's script needs to draw
    them for another weight. ``plates`` is None where the iron cannot make the load."""
    plates = plates_per_side(kilograms, kit.bar_kg, kit.plates_kg) if kilograms else None
    last = next((row.weight_kg for row in reversed(now.sets) if row.weight_kg), None)
    sizes = sorted(set(kit.plates_kg), reverse=True)
    looks = {f"{size:g}": [PLATE_HEIGHTS.get(size, SMALL_HEIGHT), _colour(size)] for size in sizes}
    return {
        "bar_kg": kit.bar_kg,
        "plates": None if plates is None else [_drawn(plate, at) for at, plate in enumerate(plates)],
        "width": PLATE_WIDTH,
        "last_kg": last,
        "change_kg": round((kilograms - last) / 2, 3) if kilograms and last else 0,
        "sizes": json.dumps(sizes),
        "looks": json.dumps(looks),
    }


def _colour(plate: float) -> str:
    return PLATE_COLOURS.get(plate, "plate-small")


def _drawn(plate: float, at: int) -> dict[str, Any]:
    x = SLEEVE_X + at * (PLATE_WIDTH + PLATE_GAP)
    height = PLATE_HEIGHTS.get(plate, SMALL_HEIGHT)
    return {
        "kg": plate,
        "x": x,
        "y": AXIS_Y - height / 2,
        "height": height,
        "text_x": x + PLATE_WIDTH / 2,
        "colour": _colour(plate),
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
