"""Whose turn it is in a running workout, and whether anything has changed since a page was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from gainsly.core.http import owned_or_404
from gainsly.lib.vocabulary import SetKind
from logging_app.models import SetLog, WorkoutLog
from movements.models import Movement

from .pages import WorkoutExercise, WorkoutPage

USUAL_SETS = 30  # the newest sets of a movement say what is usual


def last_set_of(page: WorkoutPage) -> SetLog | None:
    """The set that was stored last."""
    rows = [row for one in page.exercises for row in one.sets]
    return max(rows, key=lambda row: (row.created_at, row.order, row.pk)) if rows else None


def in_turn(work: Sequence[WorkoutExercise], last: SetLog | None) -> WorkoutExercise | None:
    """What the last set left unfinished, else the first that is; inside a superset the one with the fewest sets."""
    left = [one for one in work if one.item and not one.is_complete]
    begun = next((one for one in left if last and last.pk in {row.pk for row in one.sets}), None)
    first = begun or _partner_of_last(work, left, last) or next((one for one in left if waits(one)), None)
    if first is None or not first.letter:
        return first
    return min((one for one in left if one.letter == first.letter), key=lambda one: one.done)


def waits(one: WorkoutExercise) -> bool:
    """Whether an exercise still has its turn: one without a number of sets only until its first."""
    return one.item is not None and (one.item.sets is not None or not one.sets)


def _partner_of_last(
    work: Sequence[WorkoutExercise], left: Sequence[WorkoutExercise], last: SetLog | None
) -> WorkoutExercise | None:
    """The other half of a superset of which the last set finished one."""
    ended = next((one for one in work if last and one.letter and last.pk in {row.pk for row in one.sets}), None)
    return next((one for one in left if ended and one.letter == ended.letter), None)


@dataclass(frozen=True, slots=True)
class Turn:
    """Between the last set and the next: how long to rest, or straight on inside a superset's round."""

    rest_seconds: int | None
    straight_on: bool

    @classmethod
    def of(cls, work: Sequence[WorkoutExercise], now: WorkoutExercise | None, last: SetLog | None) -> Turn:
        from_one = next((one for one in work if last and last.pk in {row.pk for row in one.sets}), None)
        asked = from_one if from_one and from_one.item else now
        rest = asked.item.rest_seconds if asked and asked.item else None
        straight = bool(
            now and from_one and from_one is not now and from_one.letter and from_one.letter == now.letter
        ) and (now is not None and from_one is not None and now.done < from_one.done)
        return cls(rest, straight)


def version_of(page: WorkoutPage) -> str:
    """The workout's state in a word, from rows at hand: the same as ``workout_version``."""
    rows = [row for one in page.exercises for row in one.sets]
    return _version(page.workout, len(rows), max((row.updated_at for row in rows), default=None))


def workout_version(workout: WorkoutLog) -> str:
    """The workout's state in a word; it differs after any change of its sets or its plan. One query."""
    found = workout.sets.aggregate(count=Count("id"), newest=Max("updated_at"))
    return _version(workout, found["count"], found["newest"])


def _version(workout: WorkoutLog, count: int, newest: Any) -> str:
    change = workout.changes[-1]["id"] if workout.changes else "-"
    return f"{count}.{newest.timestamp() if newest else 0}.{len(workout.changes)}.{change}.{int(workout.completed)}"


@dataclass(frozen=True, slots=True)
class Usual:
    """The newest sets of a movement: what weights are usual, and how many this workout holds already."""

    weights_kg: tuple[float, ...]
    here: tuple[SetLog, ...]


def workout_with_usual(user: Any, pk: UUID, *, slug: str) -> tuple[WorkoutLog, Usual]:
    """The athlete's workout, with the newest sets of a movement but for warm-ups. One query. Raises ``Http404``."""
    slug = slug.replace("\x00", "")  # as it was posted; the database takes no such character
    mine = Movement.objects.filter(
        Q(owner__isnull=True) | Q(owner=user), slug=slug
    )  # one row, so that its index serves
    named = mine.order_by(F("owner").asc(nulls_first=True)).values("pk")[:1]
    newest = SetLog.objects.filter(user=OuterRef("user"), movement=Subquery(named)).exclude(kind=SetKind.WARMUP)
    facts = newest.order_by("-performed_at").values(fact=JSONObject(**{name: name for name in _USUAL_FIELDS}))
    rows = WorkoutLog.objects.annotate(usual=ArraySubquery(facts[:USUAL_SETS]))
    workout: Any = owned_or_404(rows, user, pk)
    sets = [SetLog(**{name: _typed(name, value) for name, value in fact.items()}) for fact in workout.usual]
    return workout, Usual(
        weights_kg=tuple(row.weight_kg for row in sets if row.weight_kg is not None and row.weight_kg > 0),
        here=tuple(row for row in sets if row.workout_id == workout.pk),
    )


_USUAL_FIELDS = ("id", "workout_id", "session_exercise_id", "weight_kg", "reps", "seconds", "metres")


def _typed(name: str, value: Any) -> Any:
    """JSON knows no ids."""
    return UUID(value) if name.endswith("id") and value else value
