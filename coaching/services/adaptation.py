"""Today's session adapted: previewed, accepted in whole or in part, rejected, undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import local_today
from coaching.models import Adaptation
from coaching.prompts.adaptation import told
from coaching.prompts.safety import stop_message
from coaching.selectors import adaptation_for
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import AdaptationStatus, Muscle, label_of
from logging_app.metrics import readiness
from logging_app.selectors import signals_of
from logging_app.services.readiness import SorenessInput, record_recovery, record_soreness
from programs.engine.today import Signals
from programs.models import Session
from programs.selectors import SessionTree, session_json, session_on
from programs.selectors.trees import movements_json
from programs.services.adapting import fit_session, refuse_unadaptable, write_adaptation
from programs.services.configuration import active_heuristics
from programs.services.facts import facts_of
from programs.services.standing import count_minutes
from programs.services.stored_rows import rows_after

Json = dict[str, Any]
BASELINE = dt.timedelta(days=28)
SCORED = ("sleep_hours", "sleep_quality", "stress", "motivation", "mood", "fatigue", "readiness")


class AdaptationStaleError(DomainError):
    """The plan, or the adaptation itself, has moved on."""

    code = "adaptation_stale"
    status = 409


class UnknownChangeError(DomainError):
    """A change that this adaptation does not hold."""

    code = "unknown_change"


@dataclass(frozen=True, slots=True)
class Told:
    """What the athlete said of today; what was not said is absent. Scales of decisions.md 20."""

    soreness: Mapping[str, int] = field(default_factory=dict)  # muscle -> 0-10
    readiness: Mapping[str, float] = field(default_factory=dict)
    minutes: int | None = None
    equipment: Sequence[str] | None = None
    notes: str = ""

    def stored(self) -> Json:
        return {
            "soreness": dict(self.soreness),
            "readiness": {name: value for name, value in self.readiness.items() if value is not None},
            "minutes": self.minutes,
            "equipment": None if self.equipment is None else sorted(self.equipment),
            "notes": self.notes,
        }


@transaction.atomic
def preview(*, user: User, date: dt.date, signals: Told) -> Adaptation:
    """Work out what these signals change and keep it as a proposal; the plan stays as it is.

    Raises ``Http404`` on a day without a session, ``NotAdaptableError``.
    """
    session = session_on(user, date)
    if session is None:
        raise Http404
    refuse_unadaptable(session, local_today(user))
    stop = stop_message(signals.notes) or ""
    score = _score(signals)
    earlier = _standing_on(session)
    now = None if stop else _signals(user, date, signals, score)
    fitted = fit_session(session=session, signals=now, original=earlier.original if earlier else None)
    return Adaptation.objects.create(
        session=session,
        inputs=signals.stored(),
        changes=fitted.changes,
        original=fitted.original,
        notes=[*fitted.notes, *(_missed_words(muscle, sets) for muscle, sets in fitted.missed.items())],
        later_notes=fitted.later_words,
        recovery_score=score,
        stop=stop,
        source_before=earlier.source_before if earlier else session.source,
        session_version=session.updated_at,
    )


def _missed_words(muscle: Muscle, sets: float) -> str:
    words = _("%(muscle)s: %(sets)s sets are left this week, fewer than the four that keep it.")
    return words % {"muscle": label_of(muscle), "sets": f"{sets:g}"}


def _in_force(session: Session) -> Adaptation | None:
    row: Adaptation | None = Adaptation.objects.filter(session=session, status=AdaptationStatus.ACCEPTED).first()
    return row


def _standing_on(session: Session) -> Adaptation | None:
    """The adaptation in force whose plan is still the plan, so that adapting twice never cuts twice."""
    row = _in_force(session)
    return row if row is not None and row.session_version == session.updated_at else None


def worst_part(row: Adaptation) -> readiness.Part | None:
    """The lowest of the parts that the recovery score was made of; None without one."""
    found = _scored(row.inputs.get("readiness", {}), row.inputs.get("soreness", {}))
    return None if found is None else found.worst


def _score(signals: Told) -> float | None:
    found = _scored(signals.readiness, signals.soreness)
    return None if found is None else found.score


def _scored(told: Mapping[str, Any], soreness: Mapping[str, int]) -> readiness.RecoveryScore | None:
    given = {name: value for name, value in told.items() if name in SCORED}
    return readiness.recovery_score(readiness.Signals(**given, soreness=max(soreness.values(), default=None)))


def _signals(user: User, date: dt.date, signals: Told, score: float | None) -> Signals:
    rows = list(signals_of(user).filter(date__lt=date, date__gte=date - BASELINE))
    earlier = [readiness.recovery_score(readiness.Signals(**{n: getattr(row, n) for n in SCORED})) for row in rows]
    # Soreness of single muscles has steps of its own; a score made of it alone would cut the same sets again.
    only_sore = not any(signals.readiness.get(name) is not None for name in SCORED)
    return Signals(
        soreness={Muscle(muscle): level for muscle, level in signals.soreness.items() if level},
        score=None if only_sore else score,
        scores=tuple(one.score for one in earlier if one is not None),
        hrv=signals.readiness.get("hrv"),
        hrvs=tuple(row.hrv for row in rows if row.hrv is not None),
        minutes=signals.minutes,
        equipment=None if signals.equipment is None else frozenset(signals.equipment),
    )


@transaction.atomic
def accept(
    *, user: User, date: dt.date, adaptation_id: UUID | str, change_ids: Sequence[str] | None = None
) -> Adaptation:
    """Make the changes, all or the named ones; a second time changes nothing. The check-in goes to the diary.

    Raises ``Http404``, ``AdaptationStaleError``, ``UnknownChangeError``, ``NotAdaptableError``.
    """
    row = _held(user, date, adaptation_id)
    if row.status == AdaptationStatus.ACCEPTED:
        return row
    refuse_unadaptable(row.session, local_today(user))
    _refuse_stale(row)
    known = [change["id"] for change in row.changes]
    wanted = known if change_ids is None else [str(one) for one in change_ids]
    if not set(wanted) <= set(known):
        message = _("This adaptation holds no such change.")
        raise UnknownChangeError(message, errors={"change_ids": [message]})
    earlier = _in_force(row.session)
    changes = [change for change in row.changes if change["id"] in wanted]
    deferred = earlier.deferred if earlier is not None else []
    if earlier is not None:
        Adaptation.objects.filter(pk=earlier.pk).update(status=AdaptationStatus.UNDONE.value)
    if changes or earlier is not None:
        row.deferred, row.later_notes = _write(row, changes, deferred, local_today(user))
    row.status, row.accepted = AdaptationStatus.ACCEPTED.value, [change["id"] for change in changes]
    row.session.refresh_from_db(fields=["updated_at"])
    row.session_version = row.session.updated_at
    row.save()
    _keep_check_in(user, date, row.inputs)
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


def words_of(row: Adaptation) -> str:
    """The built-in coach on these changes, in the athlete's tone; it names nothing but the change list."""
    tone = facts_of(row.session.microcycle.program.user).standing.tone.value
    return row.stop or told(tone, row.changes, [*row.notes, *row.later_notes])


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


def _keep_check_in(user: User, date: dt.date, inputs: Json) -> None:
    if date != local_today(user):
        return
    if inputs["readiness"]:
        record_recovery(user=user, date=date, source="manual", signals=inputs["readiness"])
    if inputs["soreness"]:
        now = timezone.now()
        record_soreness(
            user=user, reports=[SorenessInput(one, level, now) for one, level in inputs["soreness"].items()]
        )


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
    }
