"""What the live workout shows: the exercise of now with its next set, what is done, what follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from accounts.models import Settings
from gainsly.lib.vocabulary import EffortScale, MovementPattern, Section, SetKind
from logging_app.forms import (
    RIR_CHIPS,
    RPE_CHIPS,
    SetForm,
    TypedSetsForm,
    measured_fields,
    new_set_id,
    shown_clock,
    shown_weight,
    weight_step,
)
from logging_app.metrics.agenda import Item
from logging_app.metrics.next_set import Suggestion
from logging_app.models import SetLog
from logging_app.selectors import WorkoutExercise, WorkoutPage
from logging_app.selectors.live import Turn, in_turn, last_set_of, version_of, waits
from movements.catalogue.kits import KitFacts
from movements.models import Movement
from movements.selectors import default_gym, kit_of, listed

from .iron import bar_of, iron_of, ramp_of
from .next_set import next_set, sentence

WORK = (Section.SKILL, Section.MAIN, Section.ACCESSORY, Section.FINISHER)
BAR_EQUIPMENT = "barbell"
DEFAULT_REST_SECONDS = 120
JUST_NOW_SECONDS = 3600  # an older last set needs no rest clock
MAX_RPE = 10


def live_context(
    page: WorkoutPage,
    *,
    chosen: Settings,
    user: Any,
    exercise_key: str,
    movement_slug: str,
    extra: Movement | None,
    form: SetForm | None,
) -> dict[str, Any]:
    """Context of workout.html. A key, or a movement by its slug, choose what is trained now; else the plan leads."""
    work = work_of(page)
    last = last_set_of(page)
    now = _now(page, work, exercise_key, movement_slug, extra)
    kit = kit_of(default_gym(user))
    return {
        "page": page,
        "workout": page.workout,
        "version": version_of(page),
        "now": now,
        "warmup": _section(page, Section.WARMUP),
        "cooldown": _section(page, Section.COOLDOWN),
        "after": _after(work, now),
        "finished": [one for one in work if one.sets and one is not now and (one.is_complete or not waits(one))],
        "ticks": _ticks(work, now),
        "last_set": last,
        "can_undo": last is not None or bool(page.workout.changes),
        "change_id": new_set_id(),
        **(_exercise(page, now, kit, chosen, form) if now else {}),
        **_rest(work, now, last),
    }


def work_of(page: WorkoutPage) -> list[WorkoutExercise]:
    """What is logged set by set; warm-up and cool-down are only listed."""
    return [one for one in page.exercises if one.exercise is None or one.exercise.section in WORK]


def _section(page: WorkoutPage, section: Section) -> list[WorkoutExercise]:
    return [one for one in page.exercises if one.exercise and one.exercise.section == section]


def _now(
    page: WorkoutPage, work: Sequence[WorkoutExercise], key: str, slug: str, extra: Movement | None
) -> WorkoutExercise | None:
    if key and (asked := next((one for one in page.exercises if one.key == key), None)):
        return asked
    if slug:
        known = next((one for one in work if one.movement.slug == slug and one.exercise is None), None)
        if known or extra:
            return known or WorkoutExercise(movement=extra)  # type: ignore[arg-type]
    return in_turn(work, last_set_of(page)) or next((one for one in reversed(work) if one.item is None), None)


def _exercise(
    page: WorkoutPage, now: WorkoutExercise, kit: KitFacts, chosen: Settings, form: SetForm | None
) -> dict[str, Any]:
    """What concerns the exercise of now."""
    record = listed(now.movement).record
    equipment = set(record.equipment)
    weighted = bool(equipment - {"mat", "box", "bench"}) or bool(now.movement.bodyweight_share)
    weighted = weighted and now.movement.pattern != MovementPattern.CARDIO  # a rower is no load
    loads = iron_of(record, kit)
    suggestion = next_set(now, record=record, loads=loads, hold=chosen.next_set)
    initial = _initial(now, chosen.units, chosen.effort_scale, suggestion)
    shown = form or SetForm(units=chosen.units, initial=initial)
    working = [row for row in now.last_time if row.kind != SetKind.WARMUP]
    return {
        "form": shown,
        "typed_form": TypedSetsForm(initial={**initial, "set_id": new_set_id()}),
        "fields": [shown[name] for name in measured_fields(now.movement)],
        "times_hold": "seconds" in measured_fields(now.movement),
        "effort": _effort(shown, chosen.effort_scale),
        "weighted": weighted,
        "weight_step": weight_step(kit.load_step_kg, chosen.units),
        "number": now.done + 1,
        "to_come": range(now.done + 2, now.planned + 1) if now.item and now.item.sets else (),
        "last_time": working,
        "last_row": working[min(now.done, len(working) - 1)] if working else None,
        "bar": bar_of(initial["_kg"], now, kit, chosen.units) if BAR_EQUIPMENT in equipment else None,
        "ramp": ramp_of(now, loads),
        "suggestion": suggestion if suggestion and suggestion.changes else None,
        "suggestion_text": sentence(suggestion, now, chosen) if suggestion and suggestion.changes else "",
        "kept": _kept(now, suggestion),
        "rest_asked": now.item.rest_seconds if now.item and now.item.rest_seconds else DEFAULT_REST_SECONDS,
        "is_last_in_line": _is_last(page, now),
    }


def _is_last(page: WorkoutPage, now: WorkoutExercise) -> bool:
    work = [one for one in work_of(page) if one.item]
    return not work or work[-1].key == now.key


def _effort(form: SetForm, scale: str) -> Any:
    """The bound field in which the athlete tells effort; None for who does not."""
    return None if scale == EffortScale.OFF else form[scale]


def _kept(now: WorkoutExercise, suggestion: Suggestion | None) -> dict[str, Any] | None:
    """What "keep it" goes back to."""
    if suggestion is None or not suggestion.changes or not now.sets:
        return None
    last = [row for row in now.sets if row.kind != SetKind.WARMUP][-1]
    return {"kg": last.weight_kg or 0.0, "reps": last.reps}


def _initial(now: WorkoutExercise, units: str, scale: str, suggestion: Suggestion | None) -> dict[str, Any]:
    """What the fields are filled with: the suggestion, else the last set, else the target, else last time's numbers."""
    item, before = now.item or Item(key="", movement=""), now.suggestion
    begun = any(row.kind != SetKind.WARMUP for row in now.sets)
    kilograms = before.weight_kg if before and (begun or not now.sets) else None
    if not begun and item.load_kg is not None:
        kilograms = item.load_kg
    if suggestion is not None:
        kilograms = suggestion.load_kg if now.movement.bodyweight_share == 0 or suggestion.load_kg else kilograms
    reps = suggestion.reps if suggestion else (before.reps if before else None)
    if item.reps_max is not None and not begun:
        reps = item.reps_max
    return {
        "set_id": new_set_id(),
        "exercise": str(now.exercise.pk) if now.exercise else "",
        "movement": now.movement.slug,
        "number": now.done + 1,
        "kind": SetKind.WORKING.value,
        "weight": shown_weight(abs(kilograms) if kilograms is not None else None, units),
        "helped": bool(kilograms and kilograms < 0),
        "reps": reps,
        "seconds": (seconds := item.seconds or (before.seconds if before else None)),
        "clock": shown_clock(seconds),
        "metres": item.metres or (before.metres if before else None),
        **_effort_initial(item.rpe, scale),
        "_kg": kilograms,
    }


def _effort_initial(rpe: float | None, scale: str) -> dict[str, str]:
    """The chip nearest to the target; none without one."""
    if rpe is None or scale == EffortScale.OFF:
        return {"rpe": "", "rir": ""}
    if scale == EffortScale.RIR:
        return {"rpe": "", "rir": min(RIR_CHIPS, key=lambda chip: abs(MAX_RPE - float(chip) - rpe))}
    return {"rpe": min(RPE_CHIPS, key=lambda chip: abs(float(chip) - rpe)), "rir": ""}


def _after(work: Sequence[WorkoutExercise], now: WorkoutExercise | None) -> list[list[WorkoutExercise]]:
    """What is left, supersets together."""
    left = [one for one in work if one is not now and not one.is_complete and waits(one)]
    groups: list[list[WorkoutExercise]] = []
    for one in left:
        if groups and one.letter and groups[-1][0].letter == one.letter:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


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


def _rest(work: Sequence[WorkoutExercise], now: WorkoutExercise | None, last: SetLog | None) -> dict[str, Any]:
    """When the rest began and how long it should be; nothing before the first set, long after the last, after a
    warm-up set, or between the halves of a superset's round."""
    turn = Turn.of(work, now, last)
    seconds = turn.rest_seconds or DEFAULT_REST_SECONDS
    context = {"rest_since": None, "rest_seconds": seconds, "straight_on": turn.straight_on}
    if last is None or turn.straight_on or last.kind == SetKind.WARMUP:
        return context
    if (timezone.now() - last.created_at).total_seconds() > JUST_NOW_SECONDS:
        return context
    return {**context, "rest_since": last.created_at.isoformat()}
