"""Another movement in an exercise's place: who may stand there, and putting it there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import ChosenBy, Section, SessionSource, SessionStatus
from movements.catalogue.records import MovementRecord
from movements.models import Movement
from movements.selectors import ListedMovement, listed, movement_for
from programs.engine.constraints import bans_of, serves
from programs.engine.reselect import swapped
from programs.engine.types import Athlete, History, PlannedExercise
from programs.history import training_history
from programs.models import Program, Session, SessionExercise

from .choosing import keep_choices, stand_in
from .facts import facts_of
from .locking import hold_session
from .reading import BodyReader
from .replanning import regrade
from .requests import InvalidRequestError
from .sessions import consecutive_patterns, refuse_finished, touch
from .standing import planned_of
from .substitutes import Substitute, substitutes_for

SCOPES = ("session", "block")
SWAP_KEYS = ("exercise_id", "movement", "scope")
COLUMNS = (
    "target_rir", "target_rpe", "target_percent_1rm", "target_load_kg", "load_is_guess",
)  # fmt: skip


class UnfitMovementError(DomainError):
    """The athlete's own rules, or the session itself, keep this movement out."""

    code = "unfit_movement"
    status = 422


@dataclass(frozen=True, slots=True)
class Swap:
    """A session after a swap, how many sessions took the new movement, and what to keep an eye on."""

    session: Session
    sessions: int
    warnings: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SwapOrder:
    exercise: SessionExercise
    movement: Movement | None
    scope: str


def read_swap(*, session: Session, body: Any) -> SwapOrder:
    """``{"exercise_id", "movement"?, "scope"?}``; without a movement, candidates are asked for.

    Raises ``InvalidRequestError``, and ``Http404`` for an exercise or a movement that is not there for this athlete.
    """
    if not isinstance(body, Mapping):
        raise InvalidRequestError(_("Send one JSON object."))
    reader = BodyReader(body)
    reader.refuse_unknown(SWAP_KEYS)
    if not reader.given("exercise_id"):
        reader.fail("exercise_id", _("This field is required."))
    scope = body.get("scope", SCOPES[0])
    if scope not in SCOPES:
        reader.fail("scope", _("Choose one of %s.") % ", ".join(SCOPES))
    movement = body.get("movement")
    if movement is not None and not isinstance(movement, str):
        reader.fail("movement", _("Name a movement by its slug or id."))
    if reader.errors:
        raise InvalidRequestError(_("Please mend what is marked."), errors=reader.errors)
    exercise = exercise_for(session, body["exercise_id"])
    user = session.microcycle.program.user
    return SwapOrder(exercise, movement_for(user, movement) if movement else None, scope)


def exercise_for(session: Session, key: Any) -> SessionExercise:
    """An exercise of this session. Raises ``Http404``."""
    try:
        pk = UUID(str(key))
    except ValueError as error:
        raise Http404 from error
    found: SessionExercise | None = session.exercises.select_related("movement").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def candidates_for(*, session: Session, exercise: SessionExercise) -> list[Substitute]:
    """Who may stand in, the closest first, each with the load converted from what is planned."""
    user = session.microcycle.program.user
    inside = set(session.exercises.values_list("movement__slug", flat=True))
    found = substitutes_for(user=user, movement=exercise.movement, load_kg=exercise.target_load_kg)
    section = Section(exercise.section)
    return [
        one
        for one in found
        if one.movement.record.slug not in inside
        and _fits(one.movement.record, section)
        and one.movement.record.metric == exercise.movement.metric_type
    ]


def _fits(record: MovementRecord, section: Section) -> bool:
    return serves(record, section) if section is Section.MAIN else section in record.sections


@transaction.atomic
def swap_exercise(
    *, session: Session, exercise: SessionExercise, movement: Movement, today: dt.date, scope: str = "session"
) -> Swap:
    """Put a movement in an exercise's place, here or in the rest of the block.

    Raises ``UnfitMovementError`` where a hard rule keeps it out, ``SessionFinishedError``, ``ChangedMeanwhileError``.
    """
    held = hold_session(session=session)
    refuse_finished(held)
    program = held.microcycle.program
    facts = facts_of(program.user)
    target, source = listed(movement), listed(exercise.movement)
    _refuse_unfit(held, exercise, target, facts.athlete)
    history = training_history().snapshot(program.user, today)
    rows = [one for one in _reach(held, exercise, today, scope) if one.pk == exercise.pk or _is_free(one, movement)]
    kept = _keep_reasons(program, rows, source, target)
    for row in rows:
        _swap_row(row, source, target, facts.athlete, history)
        row.choice_id = kept[row.pk]
    SessionExercise.objects.bulk_update(rows, ["movement", "choice", "ramp", "load_why", *COLUMNS])
    touched = {row.session_id for row in rows}
    Session.objects.filter(pk__in=touched).update(source=SessionSource.ATHLETE.value)
    held.source = SessionSource.ATHLETE.value
    touch(session=held, others=touched)
    regrade(program=program, today=today)
    return Swap(held, len(touched), consecutive_patterns(held) if exercise.section == Section.MAIN else ())


def _refuse_unfit(session: Session, exercise: SessionExercise, target: ListedMovement, athlete: Athlete) -> None:
    record = target.record
    against = [ban.words for ban in bans_of(athlete, session.date) if ban.forbids(record)]
    if against:
        message = _("%(name)s does not fit %(rules)s.") % {"name": record.name, "rules": ", ".join(against)}
    elif session.exercises.filter(movement_id=target.id).exists():
        message = _("%s is in this session already.") % record.name
    elif not _fits(record, Section(exercise.section)):
        message = _("%s does not belong in this part of a session.") % record.name
    elif record.metric != exercise.movement.metric_type:
        message = _("%s is measured in another way, so its sets cannot be taken over.") % record.name
    else:
        return
    raise UnfitMovementError(message, errors={"movement": [message]})


def _reach(session: Session, exercise: SessionExercise, today: dt.date, scope: str) -> QuerySet[SessionExercise]:
    """The exercise alone, or with it the same slot in every session ahead that is still open."""
    rows = SessionExercise.objects.select_related("movement", "session").order_by("session__date", "position")
    if scope != "block":
        return rows.filter(pk=exercise.pk)
    same = rows.filter(
        session__microcycle__program_id=session.microcycle.program_id,
        session__status=SessionStatus.PLANNED,
        session__date__gte=max(today, session.date),
        session__locked=False,
        section=exercise.section,
        movement_id=exercise.movement_id,
        locked=False,
    )
    if exercise.choice_id:  # a choice is made once a block
        same = same.filter(choice_id=exercise.choice_id)
    begun = _begun(session.microcycle.program, today)
    return same.exclude(session_id__in=begun - {session.pk}) | rows.filter(pk=exercise.pk)


def _begun(program: Program, today: dt.date) -> set[UUID]:
    return set(training_history().diary(program.user, program.start_date, today).begun)


def _keep_reasons(
    program: Program, rows: Sequence[SessionExercise], source: ListedMovement, target: ListedMovement
) -> dict[UUID, UUID]:
    """The explanation of each row's swap: the athlete's own word, and how alike the two movements are."""
    words = _("You put it in place of %s.") % source.record.name
    told = {row.pk: stand_in(row, source.record, [target.record], by=ChosenBy.ATHLETE, reason=words) for row in rows}
    unique = {one.key: one for one in told.values()}
    kept = keep_choices(program=program, choices=unique.values(), ids={target.record.slug: target.id})
    return {pk: kept[one.key] for pk, one in told.items()}


def _is_free(row: SessionExercise, movement: Movement) -> bool:
    """Whether a session ahead does not hold the new movement already."""
    return not SessionExercise.objects.filter(session_id=row.session_id, movement=movement).exists()


def _swap_row(
    row: SessionExercise, source: ListedMovement, target: ListedMovement, athlete: Athlete, history: History
) -> None:
    planned: PlannedExercise = swapped(
        replace(planned_of(row, source.record.slug), choice=None), source.record, target.record, athlete, history
    )
    row.movement_id = target.id
    row.ramp = [{"percent_1rm": one.percent_1rm, "reps": one.reps, "load_kg": one.load_kg} for one in planned.ramp]
    for name in COLUMNS:
        setattr(row, name, getattr(planned, name))
    row.load_why = _("You put it in place of %s; the load is converted, not copied.") % source.record.name
