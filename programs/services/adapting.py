"""Today's session fitted to the day: looked at without a trace, written on the athlete's word, put back whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from gainsly.lib.ids import uuid7
from gainsly.lib.vocabulary import Muscle, Section, SessionSource, SessionStatus
from movements.catalogue.records import MovementRecord
from movements.models import Movement
from movements.selectors import alternatives_for, catalogue, movements_by_id
from programs.engine.adapt import adapt, missed_floors
from programs.engine.constraints import bans_of
from programs.engine.standing import Slot
from programs.engine.suggestions import Refusal, Suggestion, consider
from programs.engine.today import Adapted, Ground, Kind, Later, Signals
from programs.history import training_history
from programs.models import Session, SessionExercise

from .choosing import explain_adapted
from .configuration import active_heuristics
from .deferring import clash_on, joined, later_of, open_later, outings_around, take_back, write_joined
from .facts import Facts, facts_of
from .locking import hold_session
from .replanning import regrade
from .sessions import touch
from .standing import count_minutes, planned_of
from .stored_rows import Json, change_json, row_of, rows_after, snapshot


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
    later_words: list[str]


def refuse_unadaptable(session: Session, today: dt.date) -> None:
    """Raises ``NotAdaptableError`` in words."""
    if session.locked:
        raise NotAdaptableError(_("This session is locked. Unlock it to adapt it."))
    if session.status != SessionStatus.PLANNED or session.date < today:
        raise NotAdaptableError(_("This session is over; only a session that lies ahead is adapted."))
    program = session.microcycle.program
    if session.pk in training_history().diary(program.user, session.date, session.date).begun:
        raise NotAdaptableError(_("This session has begun. Change its exercises in the workout instead."))


def fit_session(
    *,
    session: Session,
    signals: Signals | None,
    original: Sequence[Json] | None = None,
    moved: Collection[str] = (),
) -> Fitted:
    """The session as the signals ask for. Nothing is saved.

    Where it was adapted before: from ``original``, and without what that ``moved`` to later sessions (ids).

    Recreation in the window around it is read here, whatever ``signals`` hold of it; without any signals at all
    (the stop message is said instead) the plan stays.
    """
    base = list(original) if original is not None else snapshot(session)
    scene = scene_of(session=session, signals=signals, original=base, moved=moved)
    adapted = adapt(scene.plan, scene.signals, scene.ground)
    changes = [change_json(step, scene.ground.movements) for step in adapted.steps]
    return Fitted(
        changes=changes,
        original=base,
        rows=rows_after(base, changes),
        notes=adapted.notes,
        missed=_missed(session, scene.plan, adapted, scene.ground.movements),
        minutes=adapted.minutes,
        later_words=_later_words(session, base, changes, scene.ground, moved),
    )


@dataclass(frozen=True, slots=True)
class Scene:
    """A session as the engine adapts it: its plan, what is told of today with recreation, and the ground."""

    plan: tuple[Slot, ...]
    signals: Signals
    ground: Ground


def scene_of(*, session: Session, signals: Signals | None, original: Sequence[Json], moved: Collection[str]) -> Scene:
    """What adapting ``original`` today looks at; ``moved`` as in ``fit_session``."""
    rows = [row_of(one) for one in original]
    known = {key: one.record for key, one in movements_by_id({row.movement_id for row in rows}).items()}
    plan = tuple(Slot(str(row.pk), planned_of(row, known[row.movement_id].slug), row.locked) for row in rows)
    ahead, facts = open_later(session), facts_of(session.microcycle.program.user)
    last = max([session.date, *(one.date for one in ahead)])
    outings = outings_around(session.microcycle.program.user, session.date, last, facts.athlete.recreation)
    told = Signals() if signals is None else replace(signals, clash=clash_on(session.date, outings))
    return Scene(plan, told, _ground(session, known, facts, later_of(ahead, outings, moved)))


def considered(*, scene: Scene, suggestions: Sequence[Suggestion]) -> list[Json]:
    """Suggestions as changes ready to be accepted, or with the rule that refuses them under ``refused``."""
    adapted = adapt(scene.plan, scene.signals, scene.ground)
    names = {slot.id: scene.ground.movements[slot.planned.movement].name for slot in scene.plan}
    found = []
    for one in consider(scene.plan, adapted, suggestions, scene.signals, scene.ground):
        if isinstance(one, Refusal):
            found.append(_refused_json(one, names))
        else:
            found.append({**change_json(one, scene.ground.movements), "by": "model", "refused": None})
    return found


def _refused_json(one: Refusal, names: Mapping[str, str]) -> Json:
    said = one.suggestion
    return {
        "id": str(uuid7()),
        "kind": said.kind.value,
        "exercise_id": said.slot,
        "movement": names.get(said.slot, ""),
        "reason": said.why,
        "rule": one.rule,
        "before": {},
        "after": None,
        "to_session": None,
        "by": "model",
        "refused": one.words,
    }


def _ground(session: Session, known: Mapping[UUID, MovementRecord], facts: Facts, later: Sequence[Later]) -> Ground:
    user = session.microcycle.program.user
    offered, _version = catalogue(user)
    bans = bans_of(facts.athlete, session.date)

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
        later=later,
    )


def _later_words(
    session: Session, original: Sequence[Json], changes: Sequence[Json], ground: Ground, moved: Collection[str]
) -> list[str]:
    minutes = session.microcycle.program.session_minutes
    joins = joined(original=original, changes=changes, movements=ground.movements, minutes=minutes, leaving=moved)
    return [one.words for one in joins if one.words]


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


@dataclass(frozen=True, slots=True)
class Written:
    """What later sessions took in, ready to be kept for undo, and in words."""

    deferred: list[Json]
    words: list[str]


@transaction.atomic
def write_adaptation(
    *,
    session: Session,
    original: Sequence[Json],
    changes: Sequence[Json],
    deferred: Collection[Json],
    source: str,
    today: dt.date,
) -> Written:
    """Make the session the original with these changes; without any it is the plan of ``source`` again.

    ``deferred`` is what an earlier adaptation put into later sessions: it leaves them first.
    Raises ``NotAdaptableError``, ``ChangedMeanwhileError``.
    """
    held = hold_session(session=session)
    refuse_unadaptable(held, today)
    touched = take_back(session=held, deferred=deferred)
    rows = rows_after(original, changes)
    explain_adapted(program=held.microcycle.program, original=original, changes=changes, rows=rows)
    held.exercises.all().delete()
    SessionExercise.objects.bulk_create(rows)
    count_minutes(held, rows, active_heuristics())
    held.source = SessionSource.ATHLETE.value if changes else source
    held.save()
    program = held.microcycle.program
    joins = joined(
        original=original, changes=changes, movements=catalogue(program.user)[0], minutes=program.session_minutes
    )
    kept = write_joined(joins)
    touch(session=held, others=[*touched, *(one.session.pk for one in joins)])
    version = held.updated_at.isoformat()
    regrade(program=program, today=today)
    return Written([{**one, "version": version} for one in kept], [one.words for one in joins if one.words])
