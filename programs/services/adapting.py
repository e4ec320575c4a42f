"""Today's session fitted to the day: looked at without a trace, written on the athlete's word, put back whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from gainsly.lib.ids import uuid7
from gainsly.lib.vocabulary import Muscle, Section, SessionSource, SessionStatus
from movements.catalogue.records import MovementRecord
from movements.models import Movement
from movements.selectors import alternatives_for, catalogue, movements_by_id
from programs.engine.adapt import Adapted, Ground, Kind, Signals, Step, adapt, missed_floors
from programs.engine.constraints import bans_of
from programs.engine.standing import Slot
from programs.engine.types import PlannedExercise
from programs.history import training_history
from programs.models import Session, SessionExercise

from .configuration import active_heuristics
from .facts import facts_of
from .locking import hold_session
from .replanning import regrade
from .sessions import touch
from .standing import count_minutes, planned_of

Json = dict[str, Any]
WORK = tuple(one.name for one in fields(PlannedExercise) if one.name not in ("ramp", "choice", "section", "order"))


class NotAdaptableError(DomainError):
    """Started, locked, done, skipped or past."""

    code = "not_adaptable"
    status = 409


@dataclass(frozen=True, slots=True)
class Fitted:
    """What adapting would change: plain JSON ready to be kept, and the session's rows as they would be."""

    changes: list[Json]
    original: list[Json]
    rows: list[SessionExercise]
    notes: tuple[str, ...]
    missed: Mapping[Muscle, float]
    minutes: float


def refuse_unadaptable(session: Session, today: dt.date) -> None:
    """Raises ``NotAdaptableError`` in words."""
    if session.locked:
        raise NotAdaptableError(_("This session is locked. Unlock it to adapt it."))
    if session.status != SessionStatus.PLANNED or session.date < today:
        raise NotAdaptableError(_("This session is over; only a session that lies ahead is adapted."))
    program = session.microcycle.program
    if session.pk in training_history().diary(program.user, session.date, session.date).begun:
        raise NotAdaptableError(_("This session has begun. Change its exercises in the workout instead."))


def fit_session(*, session: Session, signals: Signals, original: Sequence[Json] | None = None) -> Fitted:
    """The session as the signals ask for; from ``original`` where it was adapted before. Nothing is saved."""
    base = list(original) if original is not None else snapshot(session)
    rows = [row_of(one) for one in base]
    known = {key: one.record for key, one in movements_by_id({row.movement_id for row in rows}).items()}
    plan = tuple(Slot(str(row.pk), planned_of(row, known[row.movement_id].slug), row.locked) for row in rows)
    ground = _ground(session, known)
    adapted = adapt(plan, signals, ground)
    changes = [_change_json(step, ground.movements) for step in adapted.steps]
    return Fitted(
        changes=changes,
        original=base,
        rows=rows_after(base, changes),
        notes=adapted.notes,
        missed=_missed(session, plan, adapted, ground.movements),
        minutes=adapted.minutes,
    )


def _ground(session: Session, known: Mapping[UUID, MovementRecord]) -> Ground:
    user = session.microcycle.program.user
    facts = facts_of(user)
    offered, _version = catalogue(user)
    bans = bans_of(facts.athlete, session.date)

    later = _later(session)

    def stand_ins(slug: str) -> list[MovementRecord]:
        movement = Movement.objects.offered_to(user).get(slug=slug)
        hits = alternatives_for(user, movement, lambda one: not any(ban.forbids(one) for ban in bans))
        return [hit.movement.record for hit in hits]

    return Ground(
        athlete=facts.athlete,
        history=training_history().snapshot(user, facts.standing.today),
        movements={**{one.slug: one for one in known.values()}, **offered},
        bans=bans,
        stand_ins=stand_ins,
        config=active_heuristics(),
        later=later is not None,
        later_trains=frozenset(() if later is None else later.exercises.values_list("movement__slug", flat=True)),
    )


def _later(session: Session) -> Session | None:
    """The next open session of the same week, which takes what is deferred."""
    ahead = Session.objects.filter(
        microcycle_id=session.microcycle_id, date__gt=session.date, locked=False, status=SessionStatus.PLANNED
    )
    found: Session | None = ahead.order_by("date").first()
    return found


def _missed(
    session: Session, plan: Sequence[Slot], adapted: Adapted, movements: Mapping[str, MovementRecord]
) -> dict[Muscle, float]:
    """Muscles whose week falls below its floor; what was deferred stays in the week."""
    week: dict[Muscle, float] = {}
    rows = SessionExercise.objects.filter(
        session__microcycle_id=session.microcycle_id,
        section__in=[Section.SKILL, Section.MAIN, Section.ACCESSORY, Section.FINISHER],
    ).values_list("movement_id", "sets")
    listed = movements_by_id({key for key, _sets in rows})
    for key, sets in rows:
        for muscle, share in listed[key].record.muscle_shares().items():
            week[muscle] = week.get(muscle, 0.0) + share * sets
    deferred = {step.slot for step in adapted.steps if step.kind is Kind.DEFER}
    kept = (*adapted.slots, *(slot for slot in plan if slot.id in deferred))
    return missed_floors(plan, kept, week, movements)


# -- rows as JSON and back


def snapshot(session: Session) -> list[Json]:
    """The session's exercises, column by column."""
    return [
        {field.attname: _plain(getattr(row, field.attname)) for field in SessionExercise._meta.concrete_fields}
        for row in session.exercises.order_by("position")
    ]


def row_of(stored: Mapping[str, Any]) -> SessionExercise:
    row = SessionExercise(**stored)
    row.id, row.movement_id = UUID(stored["id"]), UUID(stored["movement_id"])
    row.session_id = UUID(stored["session_id"])
    return row


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def _change_json(step: Step, movements: Mapping[str, MovementRecord]) -> Json:
    names = [name for name in WORK if step.after is None or getattr(step.before, name) != getattr(step.after, name)]
    if step.after is None:
        names = ["sets"]
    return {
        "id": str(uuid7()),
        "kind": step.kind.value,
        "exercise_id": step.slot,
        "movement": movements[step.before.movement].name,
        "reason": step.reason,
        "rule": step.rule,
        "before": {name: getattr(step.before, name) for name in names},
        "after": None if step.after is None else {name: getattr(step.after, name) for name in names},
    }


def rows_after(original: Sequence[Json], changes: Sequence[Json]) -> list[SessionExercise]:
    """The rows once these changes are made, counted anew; unsaved."""
    rows = {one["id"]: row_of(one) for one in original}
    slugs = {change["after"]["movement"] for change in changes if change["after"] and "movement" in change["after"]}
    ids = dict(Movement.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    for change in changes:
        if change["exercise_id"] not in rows:
            continue
        if change["after"] is None:
            del rows[change["exercise_id"]]
            continue
        _set(rows[change["exercise_id"]], change, ids)
    return _numbered(list(rows.values()))


def _set(row: SessionExercise, change: Json, ids: Mapping[str, UUID]) -> None:
    for name, value in change["after"].items():
        if name == "movement":
            row.movement_id, row.choice_id, row.ramp = ids[value], None, []
            row.load_why = change["reason"][:300]
        else:
            setattr(row, name, value)


def _numbered(rows: list[SessionExercise]) -> list[SessionExercise]:
    counts: dict[str, int] = {}
    for position, row in enumerate(rows, start=1):
        counts[row.section] = counts.get(row.section, 0) + 1
        row.position, row.order = position, counts[row.section]
    return rows


# -- writing


@transaction.atomic
def write_adaptation(
    *, session: Session, original: Sequence[Json], changes: Sequence[Json], deferred: Collection[str], today: dt.date
) -> list[str]:
    """Make the session the original with these changes; gives the ids of what now stands in a later session.

    ``deferred`` are such ids of an earlier adaptation: they leave again first.
    Raises ``NotAdaptableError``, ``ChangedMeanwhileError``.
    """
    held = hold_session(session=session)
    refuse_unadaptable(held, today)
    _take_back(held, deferred)
    rows = rows_after(original, changes)
    held.exercises.all().delete()
    SessionExercise.objects.bulk_create(rows)
    count_minutes(held, rows, active_heuristics())
    held.source = SessionSource.ATHLETE.value
    held.save()
    made = _defer(held, original, changes)
    touch(session=held, others=())
    regrade(program=held.microcycle.program, today=today)
    return made


def _take_back(session: Session, deferred: Collection[str]) -> None:
    """What an earlier adaptation put into later sessions leaves them, and their minutes are counted anew."""
    rows = SessionExercise.objects.filter(
        pk__in=list(deferred), session__microcycle_id=session.microcycle_id, session__status=SessionStatus.PLANNED
    )
    touched = list(Session.objects.filter(pk__in=rows.values("session_id")))
    rows.delete()
    for one in touched:
        count_minutes(one, list(one.exercises.order_by("position")), active_heuristics())
        one.save()


def _defer(session: Session, original: Sequence[Json], changes: Sequence[Json]) -> list[str]:
    """Put what is deferred at the end of its section in the week's next session, unless that trains it already."""
    target = _later(session)
    moved = {change["exercise_id"] for change in changes if change["kind"] == Kind.DEFER}
    if target is None or not moved:
        return []
    there = list(target.exercises.order_by("position"))
    taken, made = {row.movement_id for row in there}, []
    for stored in original:
        row = row_of(stored)
        if stored["id"] in moved and row.movement_id not in taken:
            row.id, row.session_id, row.superset_group = uuid7(), target.pk, None
            row.order = 1 + max((one.order for one in there if one.section == row.section), default=0)
            row.position = 1 + max((one.position for one in there), default=0)
            there.append(row)
            made.append(row)
    SessionExercise.objects.bulk_create(made)
    count_minutes(target, there, active_heuristics())
    target.save()
    return [str(row.pk) for row in made]
