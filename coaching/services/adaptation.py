"""Today's session adapted: previewed, accepted in whole or in part, rejected, undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import local_today
from coaching.models import Adaptation
from coaching.prompts.safety import stop_message
from coaching.selectors import adaptation_for, moved_by, standing_adaptation, turn_json
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import AdaptationStatus, Muscle, label_of
from programs.engine.today import WORKED
from programs.models import Session, SessionExercise
from programs.selectors import SessionTree, session_json, session_on
from programs.selectors.trees import movements_json
from programs.services.adapting import fit_session, refuse_unadaptable, write_adaptation
from programs.services.configuration import active_heuristics
from programs.services.standing import count_minutes
from programs.services.stored_rows import rows_after

from . import explaining
from .check_in import Told, keep_check_in, score_of, signals_for
from .standing import with_notes

Json = dict[str, Any]


class AdaptationStaleError(DomainError):
    """The plan, or the adaptation itself, has moved on."""

    code = "adaptation_stale"
    status = 409


class UnknownChangeError(DomainError):
    """A change that this adaptation does not hold."""

    code = "unknown_change"


def preview(*, user: User, date: dt.date, signals: Told) -> Adaptation:
    """Work out what these signals change and keep it as a proposal; the plan stays as it is, the coach words it.

    Raises ``Http404`` on a day without a session, ``NotAdaptableError``.
    """
    with transaction.atomic():
        row = _propose(user, date, signals)
        explaining.open_turn(adaptation=row)
    explaining.word(adaptation=row)
    return row


def _propose(user: User, date: dt.date, signals: Told) -> Adaptation:
    session = session_on(user, date)
    if session is None:
        raise Http404
    refuse_unadaptable(session, local_today(user))
    stop = stop_message(signals.notes) or ""
    earlier = _standing_on(session)
    counted, standing = with_notes(user=user, date=date, signals=signals)
    now = None if stop else signals_for(user, date, counted)
    fitted = fit_session(
        session=session,
        signals=now,
        original=earlier.original if earlier else None,
        moved=moved_by(session),
    )
    row: Adaptation = Adaptation.objects.create(
        session=session,
        inputs=signals.stored(),
        changes=fitted.changes,
        original=fitted.original,
        notes=[*standing, *fitted.notes, *(_missed_words(muscle, sets) for muscle, sets in fitted.missed.items())],
        later_notes=fitted.later_words,
        recovery_score=score_of(counted),
        stop=stop,
        source_before=earlier.source_before if earlier else session.source,
        session_version=session.updated_at,
    )
    return row


def _missed_words(muscle: Muscle, sets: float) -> str:
    words = _("%(muscle)s: %(sets)s sets are left this week, fewer than the four that keep it.")
    return words % {"muscle": label_of(muscle), "sets": f"{sets:g}"}


def _standing_on(session: Session) -> Adaptation | None:
    """The adaptation in force whose plan is still the plan, so that adapting twice never cuts twice."""
    row = standing_adaptation(session)
    return row if row is not None and row.session_version == session.updated_at else None


@transaction.atomic
def accept(
    *, user: User, date: dt.date, adaptation_id: UUID | str, change_ids: Sequence[str] | None = None
) -> Adaptation:
    """Make all the rules' changes, or the named ones and suggestions; a second time changes nothing.

    The check-in goes to the diary.

    Raises ``Http404``, ``AdaptationStaleError``, ``UnknownChangeError``, ``NotAdaptableError``.
    """
    row = _held(user, date, adaptation_id)
    if row.status == AdaptationStatus.ACCEPTED:
        return row
    refuse_unadaptable(row.session, local_today(user))
    _refuse_stale(row)
    offered = [*row.changes, *(one for one in row.suggestions if not one["refused"])]
    wanted = [one["id"] for one in row.changes] if change_ids is None else [str(one) for one in change_ids]
    if not set(wanted) <= {one["id"] for one in offered}:
        message = _("This adaptation holds no such change.")
        raise UnknownChangeError(message, errors={"change_ids": [message]})
    earlier = standing_adaptation(row.session)
    changes = [change for change in offered if change["id"] in wanted]
    deferred = earlier.deferred if earlier is not None else []
    if earlier is not None:
        Adaptation.objects.filter(pk=earlier.pk).update(status=AdaptationStatus.UNDONE.value)
    if changes or earlier is not None:
        row.deferred, row.later_notes = _write(row, changes, deferred, local_today(user))
    row.status, row.accepted = AdaptationStatus.ACCEPTED.value, [change["id"] for change in changes]
    row.session.refresh_from_db(fields=["updated_at"])
    row.session_version = row.session.updated_at
    row.save()
    keep_check_in(user=user, date=date, inputs=row.inputs)
    return row


def _write(row: Adaptation, changes: list[Json], deferred: list[Json], today: dt.date) -> tuple[list[Json], list[str]]:
    written = write_adaptation(
        session=row.session,
        original=row.original,
        changes=changes,
        deferred=deferred,
        source=row.source_before,
        today=today,
    )
    return written.deferred, written.words


@transaction.atomic
def reject(*, user: User, date: dt.date, adaptation_id: UUID | str) -> Adaptation:
    """Drop a proposal; the plan was never touched. Raises ``Http404``, ``AdaptationStaleError``."""
    row = _held(user, date, adaptation_id)
    if row.status == AdaptationStatus.PROPOSED:
        row.status = AdaptationStatus.REJECTED.value
        row.save(update_fields=["status", "updated_at"])
    elif row.status != AdaptationStatus.REJECTED:
        raise AdaptationStaleError(_("This adaptation was accepted already. Undo it on the page of today."))
    return row


@transaction.atomic
def undo(*, user: User, date: dt.date, adaptation_id: UUID | str) -> Adaptation:
    """Put the session back as it was planned. Raises ``Http404``, ``AdaptationStaleError``, ``NotAdaptableError``."""
    row = _held(user, date, adaptation_id)
    if row.status == AdaptationStatus.UNDONE:
        return row
    if row.status != AdaptationStatus.ACCEPTED or row.session_version != row.session.updated_at:
        raise AdaptationStaleError(_("The session was changed after it was adapted, so this cannot be undone."))
    if row.accepted or row.deferred:
        _write(row, [], row.deferred, local_today(user))
    row.status = AdaptationStatus.UNDONE.value
    row.save(update_fields=["status", "updated_at"])
    return row


def _held(user: User, date: dt.date, pk: UUID | str) -> Adaptation:
    """The athlete's own adaptation of that day, held until the transaction ends."""
    found = adaptation_for(user, date, pk)
    row: Adaptation = (
        Adaptation.objects.select_for_update(of=("self",))
        .select_related("session__microcycle__program__user")
        .get(pk=found.pk)
    )
    return row


def _refuse_stale(row: Adaptation) -> None:
    if row.status != AdaptationStatus.PROPOSED:
        raise AdaptationStaleError(_("This proposal was dropped already. Adapt the session again."))
    if row.session_version != row.session.updated_at:
        raise AdaptationStaleError(_("The plan has changed since this was worked out. Adapt the session again."))


@dataclass(frozen=True, slots=True)
class Sizes:
    """A session before and after the changes that are proposed, or that were made."""

    minutes: tuple[int, int]
    sets: tuple[int, int]


def sizes_of(row: Adaptation) -> Sizes:
    """Minutes and working sets as planned and adapted; nothing is changed."""
    made = row.status in (AdaptationStatus.ACCEPTED, AdaptationStatus.UNDONE)
    offered = [*row.changes, *row.suggestions] if made else row.changes
    changes = [one for one in offered if not made or one["id"] in row.accepted]
    before, after = (_size(row.session, rows_after(row.original, each)) for each in ([], changes))
    return Sizes((before[0], after[0]), (before[1], after[1]))


def _size(session: Session, rows: Sequence[SessionExercise]) -> tuple[int, int]:
    counted = copy(session)
    count_minutes(counted, rows, active_heuristics())
    return counted.estimated_minutes, sum(one.sets for one in rows if one.section in WORKED)


def adaptation_json(row: Adaptation) -> Json:
    """The proposal with the session as it would be."""
    rows = rows_after(row.original, row.changes)
    session = row.session
    count_minutes(session, rows, active_heuristics())
    document = session_json(SessionTree(session, rows), movements_json({one.movement_id for one in rows}), {})
    return {
        "id": str(row.pk),
        "status": row.status,
        "changes": row.changes,
        "session": document,
        "recovery_score": row.recovery_score,
        "notes": [*row.notes, *row.later_notes],
        "stop": row.stop or None,
        "suggestions": row.suggestions,
        "words": turn_json(row.turn) if row.turn else None,
    }
