"""What the live workout shows: the exercise of now with its next set, what is done, what follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from gainsly.lib.units import plates_per_side
from gainsly.lib.vocabulary import Section, SetKind
from logging_app.forms import RPE_CHIPS, SetForm, measured_fields, new_set_id, shown_weight, weight_step
from logging_app.models import SetLog
from logging_app.selectors import WorkoutExercise, WorkoutPage
from movements.catalogue.kits import KitFacts
from movements.models import Movement
from movements.selectors import default_gym, kit_of

WORK = (Section.SKILL, Section.MAIN, Section.ACCESSORY, Section.FINISHER)
BAR_EQUIPMENT = "barbell"
PLATE_HEIGHTS = {25.0: 56, 20.0: 56, 15.0: 50, 10.0: 42, 5.0: 34, 2.5: 28, 1.25: 24}
PLATE_COLOURS = {25.0: "plate-25", 20.0: "plate-20", 15.0: "plate-15", 10.0: "plate-10", 5.0: "plate-5"}
PLATE_WIDTH, PLATE_GAP, SLEEVE_X, AXIS_Y = 26, 3, 70, 32
DEFAULT_REST_SECONDS = 120
JUST_NOW_SECONDS = 3600  # an older last set needs no rest clock


def live_context(
    page: WorkoutPage, *, user: Any, units: str, exercise_id: str, extra: Movement | None, form: SetForm | None
) -> dict[str, Any]:
    """Context of workout.html. ``exercise_id`` or ``extra`` choose what is trained now, else the plan leads."""
    work = work_of(page)
    now = _now(page, work, exercise_id, extra)
    kit = kit_of(default_gym(user))
    equipment = {row.equipment_id for row in now.movement.equipment_rows.all()} if now else set()
    weighted = bool(equipment - {"mat", "box", "bench"}) or bool(now and now.movement.bodyweight_share)
    initial = _initial(now, units) if now else {}
    shown = form or (SetForm(units=units, initial=initial) if now else None)
    return {
        "page": page,
        "workout": page.workout,
        "now": now,
        "form": shown,
        "fields": [shown[name] for name in measured_fields(now.movement)] if now and shown else [],
        "weighted": weighted,
        "weight_step": weight_step(kit.load_step_kg, units),
        "number": now.done + 1 if now else None,
        "last_time": [row for row in now.last_time if row.kind != SetKind.WARMUP] if now else [],
        "warmup": [one for one in page.exercises if one.exercise and one.exercise.section == Section.WARMUP],
        "cooldown": [one for one in page.exercises if one.exercise and one.exercise.section == Section.COOLDOWN],
        "after": _after(work, now),
        "finished": [one for one in work if one.sets and one is not now and (one.exercise is None or one.is_complete)],
        "ticks": _ticks(work, now),
        "bar": _bar(initial.get("_kg"), kit) if now and BAR_EQUIPMENT in equipment else None,
        "last_set": _last_set(page),
        **_rest(page, now),
    }


def work_of(page: WorkoutPage) -> list[WorkoutExercise]:
    """What is logged set by set; warm-up and cool-down are only listed."""
    return [one for one in page.exercises if one.exercise is None or one.exercise.section in WORK]


def _now(
    page: WorkoutPage, work: Sequence[WorkoutExercise], exercise_id: str, extra: Movement | None
) -> WorkoutExercise | None:
    if extra is not None:
        known = next((one for one in work if one.movement.pk == extra.pk and one.exercise is None), None)
        return known or WorkoutExercise(movement=extra)
    asked = next((one for one in page.exercises if one.exercise and str(one.exercise.pk) == exercise_id), None)
    return (
        asked or _in_turn(work, _last_set(page)) or next((one for one in reversed(work) if one.exercise is None), None)
    )


def _in_turn(work: Sequence[WorkoutExercise], last: SetLog | None) -> WorkoutExercise | None:
    """What the last set left unfinished, else the first that is; inside a superset the one with the fewest sets."""
    left = [one for one in work if one.exercise and not one.is_complete]
    begun = next((one for one in left if last and last.pk in {row.pk for row in one.sets}), None)
    first = begun or next(iter(left), None)
    if first is None or first.exercise is None or not first.exercise.superset_group:
        return first
    group = first.exercise.superset_group[0]
    partners = [
        one for one in work if one.exercise and not one.is_complete and (one.exercise.superset_group or "")[:1] == group
    ]
    return min(partners, key=lambda one: one.done)


def _initial(now: WorkoutExercise, units: str) -> dict[str, Any]:
    """What the fields are filled with: this workout's last set, else the target, else last time's numbers."""
    exercise, suggestion = now.exercise, now.suggestion
    kilograms = suggestion.weight_kg if suggestion else None
    if not now.sets and exercise and exercise.target_load_kg is not None:
        kilograms = exercise.target_load_kg
    reps = suggestion.reps if suggestion else None
    if exercise and exercise.reps_max is not None and not now.sets:
        reps = exercise.reps_max
    return {
        "set_id": new_set_id(),
        "exercise": str(exercise.pk) if exercise else "",
        "movement": now.movement.slug,
        "kind": SetKind.WORKING.value,
        "weight": shown_weight(kilograms, units),
        "reps": reps,
        "seconds": (exercise.seconds if exercise else None) or (suggestion.seconds if suggestion else None),
        "metres": (exercise.metres if exercise else None) or (suggestion.metres if suggestion else None),
        "rpe": _chip(exercise.target_rpe if exercise else None),
        "_kg": kilograms,
    }


def _chip(rpe: float | None) -> str:
    """The effort chip nearest to a target; none without one."""
    return min(RPE_CHIPS, key=lambda chip: abs(float(chip) - rpe)) if rpe is not None else ""


def _after(work: Sequence[WorkoutExercise], now: WorkoutExercise | None) -> list[WorkoutExercise]:
    return [one for one in work if one.exercise and not one.is_complete and one is not now]


def _ticks(work: Sequence[WorkoutExercise], now: WorkoutExercise | None) -> list[str]:
    """One mark a planned set (``done``, ``now``, empty), ``gap`` between exercises."""
    marks: list[str] = []
    for one in work:
        done = min(one.done, one.planned)
        row = ["done"] * done + [""] * (one.planned - done)
        if one is now and done < one.planned:
            row[done] = "now"
        marks += ([*["gap"], *row] if marks else row) if row else []
    return marks


def _bar(kilograms: float | None, kit: KitFacts) -> dict[str, Any] | None:
    """Plates for one side as rectangles; nothing where the plates cannot make the load."""
    plates = plates_per_side(kilograms, kit.bar_kg, kit.plates_kg) if kilograms else None
    if plates is None:
        return None
    drawn = [
        {
            "kg": plate,
            "x": SLEEVE_X + index * (PLATE_WIDTH + PLATE_GAP),
            "y": AXIS_Y - PLATE_HEIGHTS.get(plate, 30) / 2,
            "height": PLATE_HEIGHTS.get(plate, 30),
            "text_x": SLEEVE_X + index * (PLATE_WIDTH + PLATE_GAP) + PLATE_WIDTH / 2,
            "colour": PLATE_COLOURS.get(plate, "plate-small"),
        }
        for index, plate in enumerate(plates)
    ]
    return {"bar_kg": kit.bar_kg, "plates": drawn, "width": PLATE_WIDTH}


def _last_set(page: WorkoutPage) -> SetLog | None:
    rows = [row for one in page.exercises for row in one.sets]
    return max(rows, key=lambda row: (row.created_at, row.pk)) if rows else None


def _rest(page: WorkoutPage, now: WorkoutExercise | None) -> dict[str, Any]:
    """When the rest began and how long it should be; nothing before the first set or long after the last."""
    last = _last_set(page)
    seconds = now.exercise.rest_seconds if now and now.exercise else DEFAULT_REST_SECONDS
    if last is None or (timezone.now() - last.created_at).total_seconds() > JUST_NOW_SECONDS:
        return {"rest_since": None, "rest_seconds": seconds}
    return {"rest_since": last.created_at.isoformat(), "rest_seconds": seconds}
