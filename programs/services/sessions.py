"""One session: lock it, skip it, move it, note that it was trained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import Section, SessionSource, SessionStatus, label_of
from programs.models import Program, Session, SessionExercise
from programs.models.session import COACH_NOTES_LENGTH
from programs.selectors import end_of

from .configuration import active_heuristics
from .edits import read_edits, save_edits
from .locking import hold_session
from .reading import BodyReader
from .replanning import regrade
from .requests import InvalidRequestError
from .standing import count_minutes

COUNTED = (SessionStatus.PLANNED, SessionStatus.DONE)
EDIT_KEYS = ("coach_notes", "locked", "exercises")


class SessionFinishedError(DomainError):
    """What was trained is history and no longer planned."""

    code = "session_finished"
    status = 409


@dataclass(frozen=True, slots=True)
class Reschedule:
    session: Session
    warnings: tuple[dict[str, Any], ...]


@transaction.atomic
def edit_session(*, session: Session, body: Any, today: dt.date) -> Session:
    """``{"coach_notes", "locked", "exercises"}``, each optional; see ``edits.read_edits`` for the exercises.

    Raises ``InvalidRequestError``, ``SessionFinishedError`` and ``ChangedMeanwhileError``.
    """
    if not isinstance(body, Mapping):
        raise InvalidRequestError(_("Send one JSON object."))
    session = hold_session(session=session)
    reader = BodyReader(body)
    reader.refuse_unknown(EDIT_KEYS)
    notes = body.get("coach_notes", session.coach_notes)
    if not isinstance(notes, str) or len(notes) > COACH_NOTES_LENGTH or "\x00" in notes:
        reader.fail("coach_notes", _("Give a text of at most %d characters.") % COACH_NOTES_LENGTH)
    locked = body.get("locked", session.locked)
    if not isinstance(locked, bool):
        reader.fail("locked", _("Give true or false."))
    rows = read_edits(reader, session)
    _refuse_faults(reader)
    session.coach_notes, session.locked = notes, locked
    if rows:
        refuse_finished(session)
        save_edits(rows=rows)
        session.source = SessionSource.ATHLETE.value
        count_minutes(session, session.exercises.all(), active_heuristics())
        session.save()
        regrade(program=session.microcycle.program, today=today)
    return _saved(session, "coach_notes", "locked", "source")


@transaction.atomic
def lock_session(*, session: Session, locked: bool = True) -> Session:
    """A locked session is never rewritten when the weeks ahead are planned again."""
    session.locked = locked
    return _saved(session, "locked")


@transaction.atomic
def skip_session(*, session: Session, today: dt.date) -> Session:
    """The athlete will not train it. Raises ``SessionFinishedError``."""
    refuse_finished(session)
    session.status = SessionStatus.SKIPPED.value
    return _regraded(session, today)


def cost_of_skipping(session: Session) -> str:
    """What leaving it out means for the week, in words: the working sets that go, and what is left."""
    sets = Q(exercises__section__in=[Section.MAIN, Section.ACCESSORY])
    week = Session.objects.filter(microcycle_id=session.microcycle_id).annotate(
        working=Coalesce(Sum("exercises__sets", filter=sets), 0)
    )
    rows = {pk: (working, status) for pk, working, status in week.values_list("pk", "working", "status")}
    gone = rows[session.pk][0]
    left = sum(count for pk, (count, status) in rows.items() if pk != session.pk and status in COUNTED)
    return _(
        "%(gone)d working sets leave this week and %(left)d stay. They are not added to other days: one missed "
        "session costs little, doubling up costs more."
    ) % {"gone": gone, "left": left}


@transaction.atomic
def unskip_session(*, session: Session, today: dt.date) -> Session:
    """The athlete will train it after all. Raises ``SessionFinishedError``."""
    refuse_finished(session)
    session.status = SessionStatus.PLANNED.value
    return _regraded(session, today)


def _regraded(session: Session, today: dt.date) -> Session:
    saved = _saved(session, "status")
    regrade(program=session.microcycle.program, today=today)
    return saved


@transaction.atomic
def mark_done(*, session: Session) -> Session:
    """A workout was logged on it (called by the diary)."""
    session.status = SessionStatus.DONE.value
    return _saved(session, "status")


@transaction.atomic
def mark_undone(*, session: Session, today: dt.date) -> Session:
    """Its last workout was deleted: planned again, or missed where its day has passed."""
    session.status = (SessionStatus.MISSED if session.date < today else SessionStatus.PLANNED).value
    return _saved(session, "status")


@transaction.atomic
def reschedule_session(*, session: Session, body: Any, today: dt.date) -> Reschedule:
    """Move a session to a free day of its program; ``{"date": "YYYY-MM-DD"}``.

    Answers with a warning (criterion C16) where neighbours then train the same main pattern.
    Raises ``InvalidRequestError`` and ``SessionFinishedError``.
    """
    refuse_finished(session)
    if not isinstance(body, Mapping):
        raise InvalidRequestError(_("Send one JSON object."))
    reader = BodyReader(body)
    reader.refuse_unknown(("date",))
    if not reader.given("date"):
        reader.fail("date", _("This field is required."))
    date = reader.date("date", session.date)
    # Two moves at once must not land on the same day: the program row is the queue.
    program = Program.objects.select_for_update(no_key=True).get(pk=session.microcycle.program_id)
    _check_date(reader, session, program, date, today)
    _refuse_faults(reader)
    session.date = date
    session.status = SessionStatus.PLANNED.value
    moved = _saved(session, "date", "status")
    regrade(program=session.microcycle.program, today=today)
    return Reschedule(moved, consecutive_patterns(session))


def _check_date(reader: BodyReader, session: Session, program: Program, date: dt.date, today: dt.date) -> None:
    if reader.errors:
        return
    first, last = program.start_date, end_of(program)
    if not first <= date <= last:
        reader.fail(
            "date",
            _("The program runs from %(first)s to %(last)s; choose a day inside it.") % {"first": first, "last": last},
        )
    elif date < today and date != session.date:
        reader.fail("date", _("Choose today or a later day."))
    elif _others(session).filter(date=date).exists():
        reader.fail("date", _("Another session stands on %s already; move that one first.") % date)


def consecutive_patterns(session: Session) -> tuple[dict[str, Any], ...]:
    """A warning for each main pattern that the day before or after trains too."""
    near = [session.date - dt.timedelta(days=1), session.date + dt.timedelta(days=1)]
    own = _main_patterns(SessionExercise.objects.filter(session=session))
    neighbours = SessionExercise.objects.filter(session__in=_others(session).filter(date__in=near))
    shared = sorted(own & _main_patterns(neighbours))
    return tuple(
        {
            "code": "consecutive_pattern",
            "severity": 0.5,
            "message": _("%s is now trained on two days in a row; recovery may fall short.") % label_of(pattern),
        }
        for pattern in shared
    )


def _main_patterns(exercises: Any) -> set[str]:
    return set(exercises.filter(section=Section.MAIN).values_list("movement__pattern", flat=True))


def _others(session: Session) -> Any:
    return Session.objects.filter(microcycle__program_id=session.microcycle.program_id).exclude(pk=session.pk)


def refuse_finished(session: Session) -> None:
    if session.status == SessionStatus.DONE:
        raise SessionFinishedError(_("This session was trained already."))


def _refuse_faults(reader: BodyReader) -> None:
    if reader.errors:
        raise InvalidRequestError(_("Please mend what is marked."), errors=reader.errors)


def touch(*, session: Session, others: Collection[Any]) -> None:
    """A new version for the session, for others whose exercises changed with it, and for the program."""
    _saved(session, "source")
    Session.objects.filter(pk__in=set(others) - {session.pk}).update(updated_at=session.updated_at)


def _saved(session: Session, *fields: str) -> Session:
    """Saves the session and moves its program's version on, because the program shows it."""
    session.save(update_fields=[*fields, "updated_at"])
    program = session.microcycle.program
    program.save(update_fields=["updated_at"])
    return session
