"""From a body to a whole program: gather facts, let the engine plan, store the plan."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from movements.selectors import catalogue
from programs.engine.generate import generate_plan
from programs.engine.quality import assess, graded
from programs.engine.types import Catalogue, Plan
from programs.history import training_history
from programs.selectors import ProgramTree

from .configuration import active_heuristics
from .facts import Facts, athlete_for, facts_of
from .plans import Rows, activate_when_none, rows_of, write_rows
from .requests import Order, read_request


def create_program(*, user: Any, body: Any) -> ProgramTree:
    """Plan and store a whole program; it becomes the active one where none is.

    Raises ``InvalidRequestError`` (field errors) and ``programs.engine.constraints.Infeasible`` (422, the athlete's
    own rules that collide); then nothing is stored.
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


def _plan(user: Any, facts: Facts, order: Order, movements: Catalogue) -> Plan:
    """The engine's draft, graded by the rubric that shares no code with it."""
    athlete = athlete_for(facts, order)
    history = training_history().snapshot(user, facts.standing.today)
    draft = generate_plan(athlete, order.request, movements, history, active_heuristics())
    program = graded(draft.microcycles, order.request, movements.movements, draft.warnings)
    return draft.with_quality(assess(program, athlete, movements.movements.values()))
