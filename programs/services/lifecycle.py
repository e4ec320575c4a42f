"""A program's life: activate, rename, copy, delete."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gainsly.lib.ids import uuid7
from gainsly.lib.vocabulary import MicrocycleStatus, SessionStatus
from programs.models import Choice, Program
from programs.selectors import ProgramTree, program_tree

from .locking import hold_program
from .plans import Rows, lock_owner, write_rows
from .reading import BodyReader
from .requests import NAME_LENGTH, YEAR, InvalidRequestError

RENAME_KEYS = ("name",)
DUPLICATE_KEYS = ("name", "start_date")


@transaction.atomic
def activate_program(*, program: Program) -> Program:
    """Make it the one that today's page shows; the athlete's other programs step back."""
    lock_owner(user_id=program.user_id)
    Program.objects.filter(user_id=program.user_id, is_active=True).exclude(pk=program.pk).update(is_active=False)
    program.is_active = True
    program.save(update_fields=["is_active", "updated_at"])
    return program


@transaction.atomic
def deactivate_program(*, program: Program) -> Program:
    """Put it aside; nothing is lost."""
    program.is_active = False
    program.save(update_fields=["is_active", "updated_at"])
    return program


@transaction.atomic
def rename_program(*, program: Program, body: Any) -> Program:
    """``{"name": ...}``; what was planned cannot be changed by hand.

    Raises ``InvalidRequestError``, and ``ChangedMeanwhileError`` when the program moved on since it was read.
    """
    program = hold_program(program=program)
    reader = _reader(body, RENAME_KEYS)
    if not reader.given("name"):
        reader.fail("name", _("This field is required."))
    name = reader.text("name", program.name, longest=NAME_LENGTH)
    _refuse_faults(reader)
    program.name = name
    program.save(update_fields=["name", "updated_at"])
    return program


@transaction.atomic
def delete_program(*, program: Program) -> None:
    """The plan goes; workouts that were logged on it stay. Raises ``ChangedMeanwhileError``."""
    hold_program(program=program).delete()


@transaction.atomic
def duplicate_program(*, program: Program, body: Any, today: dt.date) -> ProgramTree:
    """The same plan once more, untrained and not active, from ``start_date`` (the same weekday) on."""
    reader = _reader(body, DUPLICATE_KEYS)
    name = reader.text("name", _("%s (copy)") % program.name[: NAME_LENGTH - 10], longest=NAME_LENGTH)
    start = reader.date("start_date", program.start_date)
    if start.weekday() != program.start_date.weekday():
        reader.fail("start_date", _("Start on the same weekday as the original, so that the training days stay."))
    if reader.given("start_date") and not today - YEAR <= start <= today + YEAR:
        reader.fail(
            "start_date", _("Start between %(first)s and %(last)s.") % {"first": today - YEAR, "last": today + YEAR}
        )
    _refuse_faults(reader)
    rows = _copied(program_tree(program), list(program.choices.all()), start - program.start_date)
    rows.tree.row.name = name
    write_rows(rows=rows)
    return rows.tree


def _copied(tree: ProgramTree, choices: list[Choice], shift: dt.timedelta) -> Rows:
    """The tree's own rows turned into unsaved copies with new ids and moved dates."""
    program = _fresh(tree.row)
    program.start_date += shift
    program.is_active = False
    tree.row = program
    copies: dict[UUID, Choice] = {}
    for choice in choices:
        copies[choice.pk] = fresh = _fresh(choice)
        fresh.program = program
    for microcycle in tree.microcycles:
        microcycle.row = _fresh(microcycle.row)
        microcycle.row.program = program
        microcycle.row.start_date += shift
        microcycle.row.status = MicrocycleStatus.PLANNED.value
        for session in microcycle.sessions:
            session.row = _fresh(session.row)
            session.row.microcycle = microcycle.row
            session.row.date += shift
            session.row.status = SessionStatus.PLANNED.value
            session.exercises = [_fresh(exercise) for exercise in session.exercises]
            for exercise in session.exercises:
                exercise.session = session.row
                exercise.choice = copies.get(exercise.choice_id) if exercise.choice_id else None
    return Rows(tree, list(copies.values()))


def _fresh(row: Any) -> Any:
    """An unsaved twin with an id of its own."""
    twin = copy.copy(row)
    twin._state = copy.copy(row._state)
    twin._state.adding = True
    twin._state.fields_cache = dict(row._state.fields_cache)
    twin.pk = uuid7()
    return twin


def _reader(body: Any, keys: tuple[str, ...]) -> BodyReader:
    if not isinstance(body, Mapping):
        raise InvalidRequestError(_("Send one JSON object."))
    reader = BodyReader(body)
    reader.refuse_unknown(keys)
    return reader


def _refuse_faults(reader: BodyReader) -> None:
    if reader.errors:
        raise InvalidRequestError(_("Please mend what is marked."), errors=reader.errors)
