"""Changing a workout while it is trained: add, swap, remove, move, pair, note, rest; circuits; and taking back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID, uuid5

from django.core import serializers
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import profile_of
from gainsly.lib.errors import DomainError
from gainsly.lib.ids import uuid7
from gainsly.lib.vocabulary import SetKind, Sex
from logging_app.models import SetLog, WorkoutLog
from movements.models import Circuit, CircuitExercise

from . import metrics
from .inputs import MAX_SETS, SECONDS, SetInput, invalid
from .locks import LockedWorkout, lock_workout
from .workouts import add_sets, delete_set, start_workout

MAX_CHANGES = 300
MAX_REPS = 10_000
KINDS = frozenset({"add", "swap", "remove", "move", "pair", "unpair", "note", "rest", "sets", "circuit"})
NOTE_LENGTH = 300
ROUNDS = (0, 100)


class WorkoutFinishedError(DomainError):
    """The workout is over; nothing more can be changed or undone in it by accident."""

    code = "workout_finished"
    status = 409


@transaction.atomic
def change_workout(*, user: User, workout_id: UUID, change_id: UUID, op: str, values: Mapping[str, Any]) -> WorkoutLog:
    """Lay one change over a running workout's plan; the same id again changes nothing.

    ``op`` is one of ``KINDS``, ``values`` what metrics/agenda.py reads for it. Raises ``InvalidLogError``,
    ``WorkoutFinishedError`` and ``Http404``.
    """
    if op not in KINDS or len(str(values.get("note", ""))) > NOTE_LENGTH:
        raise invalid({"op": [_("This change is not known.")]})
    workout = running_workout(user=user, workout_id=workout_id).row
    append_change(workout=workout, change_id=change_id, op=op, values=values)
    return workout


@transaction.atomic
def log_circuit(
    *, user: User, workout_id: UUID, change_id: UUID, circuit: Circuit, rounds: int, reps: int = 0, seconds: int | None
) -> WorkoutLog:
    """A circuit's result, and its rounds as sets of their movements; ``reps`` are those beyond the last full round.

    The same id again stores nothing. Raises ``InvalidLogError`` and ``WorkoutFinishedError``.
    """
    workout = running_workout(user=user, workout_id=workout_id).row
    if any(one["id"] == str(change_id) for one in workout.changes):
        return workout
    stations = list(circuit.exercises.select_related("movement"))
    _check_result(rounds, reps, seconds, stations)
    inputs = [
        _station_set(station, uuid5(change_id, f"{number}/{station.order}"), light=profile_of(user).sex == Sex.FEMALE)
        for number in range(rounds)
        for station in stations
        if station.reps or station.seconds or station.metres  # calories are no measure of a set
    ]
    if inputs:
        add_sets(user=user, workout_id=workout_id, sets=inputs)
    result = {
        "circuit": circuit.slug,
        "rounds": rounds,
        "reps": reps,
        "seconds": seconds,
        "sets": [str(one.id) for one in inputs],
    }
    append_change(workout=workout, change_id=change_id, op="result", values=result)
    return workout


@transaction.atomic
def repeat_workout(*, user: User, workout_id: UUID) -> WorkoutLog:
    """A running workout that asks for what an old one held: its movements in their order, with the heaviest set of
    each as the target. The one that runs already, if there is one. Raises ``Http404``."""
    old = lock_workout(user=user, workout_id=workout_id).row
    row, is_new = start_workout(user=user, title=old.title)
    if is_new:
        for sets in _by_movement(old):
            append_change(workout=row, change_id=uuid7(), op="add", values=_as_target(sets))
    return row


def _by_movement(workout: WorkoutLog) -> list[list[SetLog]]:
    """Working sets by movement, in the order in which the movements were begun."""
    found: dict[UUID, list[SetLog]] = {}
    for one in workout.sets.exclude(kind=SetKind.WARMUP).order_by("order", "performed_at", "id"):
        found.setdefault(one.movement_id, []).append(one)
    return list(found.values())


def _as_target(sets: Sequence[SetLog]) -> dict[str, Any]:
    best = max(sets, key=lambda one: (one.weight_kg or 0.0, one.reps or 0))
    return {
        "movement": str(best.movement_id),
        "sets": len(sets),
        "load_kg": best.weight_kg,
        "reps_min": best.reps or None,
        "reps_max": best.reps or None,
        "seconds": best.seconds,
        "metres": best.metres,
        "rpe": best.rpe,
    }


@transaction.atomic
def undo_last(*, user: User, workout_id: UUID) -> str | None:
    """Take back what was done last: ``"set"``, or the kind of the change; ``None`` when there is nothing.

    Raises ``WorkoutFinishedError``.
    """
    workout = running_workout(user=user, workout_id=workout_id).row
    last = workout.sets.order_by("-created_at", "-order", "-id").first()
    change = workout.changes[-1] if workout.changes else None
    if change is not None and (last is None or dt.datetime.fromisoformat(change["at"]) >= last.created_at):
        for set_id in change.get("sets", []) if change["op"] == "result" else []:
            if workout.sets.filter(pk=set_id).exists():
                delete_set(user=user, workout_id=workout_id, set_id=UUID(set_id))
        _put_back(workout, change.get("before", ()))
        workout.changes = workout.changes[:-1]
        workout.save(update_fields=["changes", "updated_at"])
        return str(change["op"])
    if last is None:
        return None
    delete_set(user=user, workout_id=workout_id, set_id=last.pk)
    return "set"


def _put_back(workout: WorkoutLog, copies: Sequence[Mapping[str, Any]]) -> None:
    """Sets as they were before they were corrected or removed."""
    movements = set()
    for copy in serializers.deserialize("python", copies):
        copy.save()  # as it is: the time at which it was logged stays
        movements.add(cast(SetLog, copy.object).movement)
    if movements:
        metrics.refresh(user_id=workout.user_id, movements=list(movements), since=workout.started_at)


@transaction.atomic
def undo_sets(*, user: User, workout_id: UUID, set_ids: Sequence[UUID]) -> None:
    """Take back these sets, of which some may never have arrived. Raises ``Http404`` for another's workout."""
    workout = lock_workout(user=user, workout_id=workout_id).row
    for set_id in workout.sets.filter(pk__in=set_ids).values_list("pk", flat=True):
        delete_set(user=user, workout_id=workout_id, set_id=set_id)


def running_workout(*, user: User, workout_id: UUID) -> LockedWorkout:
    """The athlete's running workout, locked. Raises ``WorkoutFinishedError`` and ``Http404``."""
    locked = lock_workout(user=user, workout_id=workout_id)
    if locked.row.finished_at is not None:
        raise WorkoutFinishedError(_("This workout is finished. Edit it to change its sets."))
    return locked


def append_change(*, workout: WorkoutLog, change_id: UUID, op: str, values: Mapping[str, Any]) -> None:
    """Lay a change over the workout's plan, once for each id. Raises ``InvalidLogError`` where there are too many."""
    if any(one["id"] == str(change_id) for one in workout.changes):
        return
    if len(workout.changes) >= MAX_CHANGES:
        raise invalid({"op": [_("A workout takes at most %(limit)s changes.") % {"limit": MAX_CHANGES}]})
    change = {"id": str(change_id), "op": op, "at": timezone.now().isoformat(), **values}
    workout.changes = [*workout.changes, change]
    workout.save(update_fields=["changes", "updated_at"])


def _check_result(rounds: int, reps: int, seconds: int | None, stations: Sequence[CircuitExercise]) -> None:
    low, high = ROUNDS
    most = min(high, MAX_SETS // max(1, len(stations)))
    message = _("Must be between %(low)g and %(high)g.")
    if not low <= rounds <= most:
        raise invalid({"rounds": [message % {"low": low, "high": most}]})
    if not 0 <= reps <= MAX_REPS:
        raise invalid({"reps": [message % {"low": 0, "high": MAX_REPS}]})
    if seconds is not None and not SECONDS[0] <= seconds <= SECONDS[1]:
        raise invalid({"seconds": [message % {"low": SECONDS[0], "high": SECONDS[1]}]})
    if not rounds and not reps and not seconds:
        raise invalid({"rounds": [_("Say how many rounds you did, or how long it took.")]})


def _station_set(station: CircuitExercise, set_id: UUID, *, light: bool) -> SetInput:
    """One round at one station, with the load that the circuit gives to women or to men."""
    load = (station.load_kg_female if light else None) or station.load_kg
    return SetInput(
        id=set_id,
        movement=str(station.movement_id),
        weight_kg=None if load is None else float(load),
        reps=station.reps,
        seconds=station.seconds,
        metres=station.metres,
    )
