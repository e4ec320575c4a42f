"""One session: lock it, skip it, move it, note that it was trained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import Section, SessionStatus, label_of
from programs.models import Program, Session, SessionExercise
from programs.models.session import COACH_NOTES_LENGTH
from programs.selectors import end_of

from .reading import BodyReader
from .requests import InvalidRequestError

EDIT_KEYS = ("coach_notes", "locked")


class SessionFinishedError(DomainError):
    """What was trained is history and no longer planned."""

    code = "session_finished"
    status = 409


@dataclass(frozen=True, slots=True)
class Reschedule:
    session: Session
    warnings: tuple[dict[str, Any], ...]


@transaction.atomic
def edit_session(*, session: Session, body: Any) -> Session:
    """``{"coach_notes", "locked"}``, each optional. Raises ``InvalidRequestError``."""
    if not isinstance(body, Mapping):
        raise InvalidRequestError(_("Send one JSON object."))
    reader = BodyReader(body)
    reader.refuse_unknown(EDIT_KEYS)
    notes = body.get("coach_notes", session.coach_notes)
    if not isinstance(notes, str) or len(notes) > COACH_NOTES_LENGTH or "\x00" in notes:
        reader.fail("coach_notes", _("Give a text of at most %d characters.") % COACH_NOTES_LENGTH)
    locked = body.get("locked", session.locked)
    if not isinstance(locked, bool):
        reader.fail("locked", _("Give true or false."))
    _refuse_faults(reader)
    session.coach_notes, session.locked = notes, locked
    return _saved(session, "coach_notes", "locked")


@transaction.atomic
def lock_session(*, session: Session, locked: bool = True) -> Session:
    """A locked session is never rewritten when the weeks ahead are planned again."""
    session.locked = locked
    return _saved(session, "locked")


@transaction.atomic
def skip_session(*, session: Session) -> Session:
    """The athlete will not train it. Raises ``SessionFinishedError``."""
    _refuse_finished(session)
    session.status = SessionStatus.SKIPPED.value
    return _saved(session, "status")


@transaction.atomic
def unskip_session(*, session: Session) -> Session:
    """The athlete will train it after all. Raises ``SessionFinishedError``."""
    _refuse_finished(session)
    session.status = SessionStatus.PLANNED.value
    return _saved(session, "status")


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
    _refuse_finished(session)
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
    return Reschedule(_saved(session, "date", "status"), _consecutive_patterns(session))


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


def _consecutive_patterns(session: Session) -> tuple[dict[str, Any], ...]:
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


def _refuse_finished(session: Session) -> None:
    if session.status == SessionStatus.DONE:
        raise SessionFinishedError(_("This session was trained already."))


def _refuse_faults(reader: BodyReader) -> None:
    if reader.errors:
        raise InvalidRequestError(_("Please mend what is marked."), errors=reader.errors)


def _saved(session: Session, *fields: str) -> Session:
    """Saves the session and moves its program's version on, because the program shows it."""
    session.save(update_fields=[*fields, "updated_at"])
    program = session.microcycle.program
    program.save(update_fields=["updated_at"])
    return session
