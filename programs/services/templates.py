"""Known programs as templates: what one would be for this athlete, how it is graded, and starting it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from movements.catalogue.records import MovementRecord
from movements.selectors import catalogue
from programs.engine.constraints import Infeasible
from programs.engine.quality import assess, graded
from programs.engine.reference_plan import Ground, draft_of, request_of, stand_ins_for
from programs.engine.references import Reference
from programs.engine.types import Plan, Request, Warning
from programs.history import training_history
from programs.selectors import ProgramTree
from programs.selectors.references import references

from .configuration import active_heuristics
from .facts import Facts, facts_of
from .plans import Rows, activate_when_none, rows_of, write_rows
from .requests import InvalidRequestError, read_request

KEYS = ("name", "start_date", "available_weekdays")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A known program on one athlete's calendar, with their loads and stand-ins, graded for them."""

    reference: Reference
    request: Request
    plan: Plan
    stand_ins: Mapping[str, str]  # what is forbidden -> what comes in its place, by slug
    movements: Mapping[str, MovementRecord]
    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Ground:
    facts: Facts
    ground: Ground
    version: str  # of the library


def fit_reference(*, user: Any, reference: Reference, start: dt.date | None = None) -> Fitted:
    """The program from the athlete's own today (or ``start``) on the days it was written for.

    Raises ``Infeasible`` where a rule of the athlete's leaves nothing in a movement's place.
    """
    base = _ground(user)
    return _fit(reference, base, start or base.facts.standing.today, reference.weekdays)


def grade_references(*, user: Any) -> list[tuple[Reference, Fitted | Infeasible]]:
    """Every known program with what it would be for this athlete; the refusal where there is no place for it."""

    base = _ground(user)
    rows: list[tuple[Reference, Fitted | Infeasible]] = []
    for reference in references().values():
        try:
            rows.append((reference, _fit(reference, base, base.facts.standing.today, reference.weekdays)))
        except Infeasible as refusal:
            rows.append((reference, refusal))
    return rows


def start_template(*, user: Any, reference: Reference, body: Any) -> ProgramTree:
    """Store the program for this athlete: ``{"start_date"?, "available_weekdays"?, "name"?}``; active where none is.

    Raises ``InvalidRequestError`` (field errors) and ``Infeasible``; then nothing is stored.
    """
    rows = _rows(user, reference, body)
    with transaction.atomic():
        activate_when_none(program=rows.tree.row)
        write_rows(rows=rows)
    return rows.tree


def preview_template(*, user: Any, reference: Reference) -> ProgramTree:
    """The same from today, never stored. Raises ``Infeasible``."""
    return _rows(user, reference, {}).tree


def _rows(user: Any, reference: Reference, body: Any) -> Rows:
    base = _ground(user)
    given = _given(body, len(reference.weekdays))
    standing = replace(base.facts.standing, weekdays=reference.weekdays)
    order = read_request({**_head(reference), **given}, standing=standing)
    fitted = _fit(reference, base, order.request.start_date, order.weekdays)
    order = replace(order, request=replace(fitted.request, seed=order.request.seed))
    return rows_of(user=user, order=order, plan=fitted.plan, gym_id=base.facts.gym_id, library_version=base.version)


def _given(body: Any, days: int) -> dict[str, Any]:
    if not isinstance(body, Mapping):
        raise InvalidRequestError(_("Send one JSON object."))
    unknown = sorted(set(body) - set(KEYS))
    if unknown:
        message = _("Unknown field. Known fields: %s.") % ", ".join(KEYS)
        raise InvalidRequestError(message, errors={str(key): [message] for key in unknown})
    weekdays = body.get("available_weekdays")
    if isinstance(weekdays, (list, tuple)) and len(weekdays) != days:
        words = _("This program trains on %d days: name as many weekdays.") % days
        raise InvalidRequestError(words, errors={"available_weekdays": [words]})
    return {key: value for key, value in body.items() if value is not None}


def _head(reference: Reference) -> dict[str, Any]:
    """The reference as a create body."""
    return {
        "name": reference.name,
        "goals": [{"goal": goal.value, "weight": weight} for goal, weight in reference.goals.items()],
        "duration_weeks": reference.duration_weeks,
        "days_per_week": len(reference.weekdays),
        "split_template": reference.split.value,
        "progression_style": reference.progression.value,
        "deload_every": reference.deload_every,
    }


def _ground(user: Any) -> _Ground:
    facts = facts_of(user)
    movements, version = catalogue(user)
    history = training_history().snapshot(user, facts.standing.today)
    return _Ground(facts, Ground(facts.athlete, history, movements, active_heuristics()), version)


def _fit(reference: Reference, base: _Ground, start: dt.date, weekdays: Sequence[int]) -> Fitted:
    days = tuple(weekdays)
    athlete = replace(base.ground.athlete, available_weekdays=days)
    ground = replace(base.ground, athlete=athlete)
    ground = replace(ground, stand_ins=stand_ins_for(reference, start, ground))
    draft = draft_of(reference, start, days, ground)
    draft = replace(draft, warnings=_warnings(ground))
    request = request_of(reference, draft, start)
    report = assess(
        graded(draft.microcycles, request, ground.movements, draft.warnings), athlete, ground.movements.values()
    )
    return Fitted(reference, request, draft.with_quality(report), ground.stand_ins, ground.movements, days)


def _warnings(ground: Ground) -> tuple[Warning, ...]:
    """What the athlete ought to know before the first session: each movement that had to be replaced."""
    return tuple(
        Warning(
            "stand_in",
            _("%(new)s stands in for %(old)s, which your kit, limits or rules leave out.")
            % {"new": ground.movements[new].name, "old": ground.movements[old].name},
            0.2,
        )
        for old, new in sorted(ground.stand_ins.items())
    )
