"""From a body to a whole program: gather facts, let the engine plan, store the plan."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from movements.selectors import catalogue
from programs.engine.types import Catalogue, Collision
from programs.history import training_history
from programs.selectors import ProgramTree

from .facts import Facts, athlete_for, facts_of
from .plans import Rows, activate_when_none, rows_of, write_rows
from .requests import Order, read_request


class InfeasibleProgramError(DomainError):
    """The request is valid, but some of the athlete's own rules cannot hold together."""

    code = "infeasible"
    status = 422

    def __init__(self, collisions: tuple[Collision, ...]) -> None:
        named = [{"rules": list(one.rules), "message": one.message} for one in collisions]
        message = " ".join(one.message for one in collisions)
        super().__init__(message or _("These wishes cannot hold together."), extra={"collisions": named})


def create_program(*, user: Any, body: Any) -> ProgramTree:
    """Plan and store a whole program; it becomes the active one where none is.

    Raises ``InvalidRequestError`` (field errors) and ``InfeasibleProgramError`` (collisions); then nothing is stored.
    """
    rows = _planned_rows(user, body)
    with transaction.atomic():
        activate_when_none(program=rows.tree.row)
        write_rows(rows=rows)
    return rows.tree


def preview_program(*, user: Any, body: Any) -> ProgramTree:
    """The same program, never stored. Raises like ``create_program``."""
    return _planned_rows(user, body).tree


def _planned_rows(user: Any, body: Any) -> Rows:
    facts = facts_of(user)
    order = read_request(body, standing=facts.standing)
    movements, version = catalogue(user)
    plan = _plan(user, facts, order, Catalogue(movements, version))
    return rows_of(user=user, order=order, plan=plan, gym_id=facts.gym_id, library_version=version)


def _plan(user: Any, facts: Facts, order: Order, movements: Catalogue) -> Any:
    from programs.engine.generate import generate  # noqa: PLC0415 - until the engine stands

    history = training_history().snapshot(user, facts.standing.today)
    return generate(athlete_for(facts, order), order.request, movements, history)
