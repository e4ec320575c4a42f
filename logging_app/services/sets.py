"""Sets as told become rows: movements and session exercises found, targets copied, e1RM estimated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from gainsly.lib.ids import uuid7
from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import E1rmFormula, MovementPattern
from logging_app.metrics import e1rm
from logging_app.metrics.facts import Lift
from logging_app.models import SetLog, WorkoutLog
from movements.models import Movement
from programs.models import SessionExercise

from .inputs import WEIGHT_KG, SetInput, invalid

KG_DIGITS = 2
SAME_BODY = ("kind", "weight_kg", "reps", "seconds", "metres", "left", "right", "rpe", "rir")


class IdTakenError(DomainError):
    """A client-made id that already names something else of this athlete's."""

    code = "id_taken"
    status = 409


@dataclass(frozen=True, slots=True)
class Athlete:
    """What of an athlete decides how a set is stored."""

    formula: E1rmFormula
    bodyweight_kg: float | None


def build_sets(
    *,
    user: Any,
    workout: WorkoutLog,
    inputs: Sequence[SetInput],
    athlete: Athlete,
    after: int,
    at: dt.datetime,
    stored: Mapping[UUID, SetLog] = MappingProxyType({}),
) -> list[SetLog]:
    """Unsaved rows in the order given, numbered on from ``after``; ``at`` is when a set was done that does not say.

    ``stored`` are the rows that these replace, by id.

    Raises ``Http404`` for another's session exercise, ``InvalidLogError`` for an unknown movement.
    """
    exercises = _exercises(user, workout, inputs)
    movements = _movements(user, inputs, exercises.values())
    _refuse_help(inputs, movements)
    rows: list[SetLog] = []
    for number, told in enumerate(inputs, start=after + 1):
        exercise = exercises.get(told.session_exercise_id) if told.session_exercise_id else None
        row = _row(told, workout=workout, movement=movements[told.movement], exercise=exercise, athlete=athlete)
        if exercise is not None and row.movement_id != exercise.movement_id:
            row.asked_load_kg = _swapped_load(workout, exercise)
        known = stored.get(row.pk)
        if known is not None and known.movement_id == row.movement_id:
            row.bodyweight_kg = known.bodyweight_kg  # as it was then, not as it is on the day of the edit
        row.order = told.order or number
        row.performed_at = told.performed_at or at
        estimate_row(row, formula=athlete.formula)
        rows.append(row)
    return rows


def estimate_row(row: SetLog, *, formula: E1rmFormula) -> None:
    """Set the row's e1RM, band and formula from what was done."""
    found = e1rm.of_set(row.fact(lift_of_movement(row.movement)), formula)
    row.e1rm = None if found is None else round_half_up(found.value, KG_DIGITS)
    row.e1rm_low = None if found is None else round_half_up(found.low, KG_DIGITS)
    row.e1rm_high = None if found is None else round_half_up(found.high, KG_DIGITS)
    row.e1rm_formula = "" if found is None else found.formula.value


def lift_of_movement(movement: Movement) -> Lift:
    """A movement's row as a lift without muscles: all that estimates and records need."""
    return Lift(
        key=str(movement.pk),
        pattern=MovementPattern(movement.pattern),
        implements=movement.implements,
        bodyweight_share=float(movement.bodyweight_share),
    )


def split_stored(*, workout: WorkoutLog, inputs: Sequence[SetInput]) -> tuple[list[SetInput], list[SetLog]]:
    """The inputs that are new, and the rows of those that are not: the same id with the same body is the same set.

    Raises ``Http404`` for an id that is not this workout's, ``IdTakenError`` for one with another body.
    """
    ids = [told.id for told in inputs if told.id is not None]
    if not ids:
        return list(inputs), []
    known: dict[UUID, SetLog] = SetLog.objects.filter(id__in=ids).select_related("movement").in_bulk()
    for told in inputs:
        row = known.get(told.id) if told.id else None
        if row is not None and row.workout_id != workout.pk:
            raise Http404
        if row is not None and not same_set(row, told):
            raise IdTakenError(_("A set with this id is already stored with other numbers."))
    return [told for told in inputs if told.id not in known], list(known.values())


def same_set(row: SetLog, told: SetInput) -> bool:
    """Whether a stored set is what was told."""
    named = told.movement in (row.movement.slug, str(row.movement_id))
    return named and all(getattr(row, name) == getattr(told, name) for name in SAME_BODY)


def _row(
    told: SetInput, *, workout: WorkoutLog, movement: Movement, exercise: SessionExercise | None, athlete: Athlete
) -> SetLog:
    return SetLog(
        id=told.id or uuid7(),
        user_id=workout.user_id,
        workout=workout,
        movement=movement,
        session_exercise=exercise,
        kind=told.kind,
        asked_load_kg=exercise.target_load_kg if exercise else None,
        asked_reps_min=exercise.reps_min if exercise else None,
        asked_reps_max=exercise.reps_max if exercise else None,
        asked_rpe=exercise.target_rpe if exercise else None,
        weight_kg=told.weight_kg,
        reps=told.reps,
        seconds=told.seconds,
        metres=told.metres,
        left=told.left,
        right=told.right,
        rpe=told.rpe,
        rir=told.rir,
        rest_seconds=told.rest_seconds,
        bodyweight_kg=athlete.bodyweight_kg if movement.bodyweight_share else None,
        notes=told.notes,
    )


def _refuse_help(inputs: Sequence[SetInput], movements: Mapping[str, Movement]) -> None:
    """Only a movement of the body's own weight can be made lighter than nothing."""
    low, high = WEIGHT_KG
    errors = {
        f"sets.{position}.weight_kg": [_("Must be between %(low)g and %(high)g.") % {"low": low, "high": high}]
        for position, told in enumerate(inputs)
        if told.weight_kg is not None and told.weight_kg < low and not movements[told.movement].bodyweight_share
    }
    if errors:
        raise invalid(errors)


def _swapped_load(workout: WorkoutLog, exercise: SessionExercise) -> float | None:
    """What was asked of the movement that stands in for the planned one."""
    swaps = [one for one in workout.changes if one["op"] == "swap" and one["key"] == str(exercise.pk)]
    return swaps[-1].get("load_kg") if swaps else None


def _exercises(user: Any, workout: WorkoutLog, inputs: Sequence[SetInput]) -> dict[UUID, SessionExercise]:
    wanted = {told.session_exercise_id for told in inputs if told.session_exercise_id}
    if not wanted:
        return {}
    found = {row.pk: row for row in SessionExercise.objects.of(user).filter(pk__in=wanted).select_related("movement")}
    if wanted - found.keys():
        raise Http404
    errors = {
        f"sets.{position}.session_exercise_id": [_("This exercise belongs to another session.")]
        for position, told in enumerate(inputs)
        if told.session_exercise_id and found[told.session_exercise_id].session_id != workout.session_id
    }
    if errors:
        raise invalid(errors)
    return found


def _movements(user: Any, inputs: Sequence[SetInput], exercises: Collection[SessionExercise]) -> dict[str, Movement]:
    """Movements by the name they were called: the exercises' own first, then one query for the rest."""
    named: dict[str, Movement] = {}
    for exercise in exercises:
        named |= {str(exercise.movement_id): exercise.movement, exercise.movement.slug: exercise.movement}
    missing = {told.movement for told in inputs} - named.keys()
    if missing:
        ids = [one for name in missing if (one := _uuid(name))]
        rows = Movement.objects.filter(Q(owner__isnull=True) | Q(owner=user)).filter(
            Q(slug__in=missing) | Q(id__in=ids)
        )
        for row in rows.order_by("owner_id"):  # the library's come last and keep the slug
            named |= {str(row.pk): row, row.slug: row}
    named |= {name: named[str(one)] for name in missing if (one := _uuid(name)) and str(one) in named}
    errors = {
        f"sets.{position}.movement": [_("There is no movement “%(name)s”.") % {"name": told.movement[:80]}]
        for position, told in enumerate(inputs)
        if told.movement not in named
    }
    if errors:
        raise invalid(errors)
    return named


def _uuid(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
