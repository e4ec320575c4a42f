"""Rows that are rewritten one request at a time, and only as they were read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from programs.models import Program, Session


class ChangedMeanwhileError(DomainError):
    """Somebody else saved it between reading and writing."""

    code = "stale"
    status = 412


def hold_program(*, program: Program) -> Program:
    """The program's row, held until the transaction ends. Raises ``ChangedMeanwhileError`` when it has moved on."""
    locked: Program = (
        Program.objects.select_for_update(no_key=True, of=("self",)).select_related("user").get(pk=program.pk)
    )
    _same(program, locked)
    return locked


def hold_session(*, session: Session) -> Session:
    """The session with its program's row held, so that sessions of one program are edited one after another."""
    Program.objects.select_for_update(no_key=True).filter(pk=session.microcycle.program_id).values_list("pk").get()
    locked: Session = (
        Session.objects.select_for_update(no_key=True, of=("self",))
        .select_related("microcycle__program__user")
        .get(pk=session.pk)
    )
    _same(session, locked)
    return locked


def _same(read: Program | Session, locked: Program | Session) -> None:
    if read.updated_at != locked.updated_at:
        raise ChangedMeanwhileError(_("This was changed elsewhere in the meantime. Load it again before you save."))
