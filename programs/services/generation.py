"""From a body to a whole program: gather facts, let the engine plan, store the plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from movements.selectors import catalogue
from programs.engine.generate import generate_plan
from programs.engine.quality import assess, graded
from programs.engine.types import Catalogue, Plan
from programs.history import training_history
from programs.models import Program
from programs.selectors import ProgramTree, program_for, program_tree

from .configuration import active_heuristics
from .facts import Facts, athlete_for, facts_of
from .plans import Rows, activate_when_none, rows_of, write_rows
from .refining import request_refinement
from .requests import Order, read_request


def create_program(*, user: Any, body: Any, program_id: UUID | None = None) -> ProgramTree:
    """Plan and store a whole program; it becomes the active one where none is.

    ``program_id`` is the id that the wizard drew with its page: the same click twice is one program.

    Raises ``InvalidRequestError`` (field errors) and ``programs.engine.constraints.Infeasible`` (422, the athlete's
    own rules that collide); then nothing is stored.
    """
    rows = _planned_rows(user, body, program_id)
    with transaction.atomic():
        activate_when_none(program=rows.tree.row)  # also the queue in which two clicks wait for each other
        stored = Program.objects.filter(pk=rows.tree.row.pk).first()
        if stored is not None:
            return program_tree(program_for(user, stored.pk))
        write_rows(rows=rows)
        request_refinement(program=rows.tree.row)
    return rows.tree


def preview_program(*, user: Any, body: Any) -> ProgramTree:
    """The same program, never stored. Raises like ``create_program``."""
    return _planned_rows(user, body).tree


def _planned_rows(user: Any, body: Any, program_id: UUID | None = None) -> Rows:
    facts = facts_of(user)
    order = read_request(body, standing=facts.standing)
    movements, version = catalogue(user)
    plan = _plan(user, facts, order, Catalogue(movements, version))
    return rows_of(
        user=user, order=order, plan=plan, gym_id=facts.gym_id, library_version=version, program_id=program_id
    )


def _plan(user: Any, facts: Facts, order: Order, movements: Catalogue) -> Plan:
    """The engine's draft, graded by the rubric that shares no code with it."""
    athlete = athlete_for(facts, order)
    history = training_history().snapshot(user, facts.standing.today)
    draft = generate_plan(athlete, order.request, movements, history, active_heuristics())
    program = graded(draft.microcycles, order.request, movements.movements, draft.warnings, draft.choices)
    return draft.with_quality(assess(program, athlete, movements.movements.values()))
