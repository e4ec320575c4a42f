"""Plan what lies ahead again: look at what would change, apply it, take it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import Section, SessionStatus
from movements.selectors import movements_by_slug
from programs.engine.forecast import Forecast, forecast
from programs.engine.replan import Replan, replan
from programs.engine.standing import Change, ChangeKind
from programs.engine.types import Choice, QualityReport
from programs.models import Microcycle, Program, Replanning, Session, SessionExercise
from programs.selectors import end_of

from .choosing import keep_choices
from .locking import hold_program
from .plans import grade_rows
from .refining import request_refinement
from .standing import Outset, count_minutes, outset_of, report_on

WEEK_DAYS = 7
MOST_FORECASTS = 6
SETS_DIGITS = 1
WHY_LENGTH = 300
EXERCISE_COLUMNS = [
    "movement_id", "choice_id", "sets", "reps_min", "reps_max", "target_rpe", "target_rir", "target_percent_1rm",
    "target_load_kg", "load_is_guess", "rest_seconds", "notes", "ramp", "load_why", "order",
]  # fmt: skip


class NothingAheadError(DomainError):
    """No microcycle lies ahead that could be written."""

    code = "nothing_ahead"
    status = 409


class ChangedSinceError(DomainError):
    """What a re-planning wrote was changed or trained since, so that it cannot be taken back."""

    code = "changed_since"
    status = 409


@dataclass(frozen=True, slots=True)
class Scope:
    """Which sessions may change: those of some ids, those of a microcycle, or all that lie ahead (both empty)."""

    session_ids: frozenset[UUID] = frozenset()
    microcycle_id: UUID | None = None


AHEAD = Scope()


@dataclass(frozen=True, slots=True)
class LiftForecast:
    """A main lift today and at the end of the program."""

    movement: str  # slug
    name: str
    now_kg: float
    end: Forecast


@dataclass(frozen=True, slots=True)
class MuscleSets:
    """Mean weekly hard sets of a muscle in the weeks ahead."""

    muscle: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would change, and what it means."""

    program: Program
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    settled: frozenset[str]
    before: QualityReport
    after: QualityReport
    weekly_sets: tuple[MuscleSets, ...]
    forecasts: tuple[LiftForecast, ...]
    choices: tuple[Choice, ...] = ()  # why each stand-in was chosen


def look_ahead(*, program: Program, today: dt.date, scope: Scope = AHEAD, wants_deload: bool = False) -> Outlook:
    """What a re-planning would change; nothing is written."""
    return _outlook(outset_of(program=program, today=today, wants_deload=wants_deload), scope)


@transaction.atomic
def replan_program(
    *, program: Program, today: dt.date, scope: Scope = AHEAD, wants_deload: bool = False
) -> tuple[Outlook, Replanning | None]:
    """Apply what has changed since the plan was written; the second time there is nothing left to apply.

    Raises ``Http404`` for a scope that is not of this program, ``ChangedMeanwhileError`` when it was changed at once.
    """
    locked = hold_program(program=program)
    outset = outset_of(program=locked, today=today, wants_deload=wants_deload)
    outlook = _outlook(outset, scope)
    if not outlook.changes and not outlook.settled - outset.news.settled:
        return outlook, None
    _write(outset, outlook.changes, outlook.choices)
    request_refinement(program=locked)
    grade_rows(tree=outset.tree, report=outlook.after)
    program.quality, program.updated_at = locked.quality, locked.updated_at
    return outlook, Replanning.objects.create(
        program=locked,
        changes=[change_json(one) for one in outlook.changes],
        notes=list(outlook.notes),
        settled=sorted(outlook.settled - outset.news.settled),
    )


def generate_next(*, program: Program, today: dt.date) -> tuple[Microcycle, Outlook]:
    """Write the next microcycle from what was logged; safe to call twice. Raises ``NothingAheadError``."""
    following = program.microcycles.filter(start_date__gt=today).order_by("sequence").first()
    if following is None:
        raise NothingAheadError(_("This is the last week of the program; nothing lies ahead of it."))
    outlook, _row = replan_program(program=program, today=today, scope=Scope(microcycle_id=following.pk))
    following.refresh_from_db()
    return following, outlook


def update_loads(*, program: Program, today: dt.date) -> int:
    """After a workout: the loads of the next exposures, by the progression state machine. The number of changes."""
    outset = outset_of(program=program, today=today)
    found = replan(outset.sessions, outset.news, outset.basis)
    loads = tuple(one for one in found.changes if one.kind == ChangeKind.LOAD)
    if loads:
        _write(outset, loads)
        program.save(update_fields=["updated_at"])
    return len(loads)


@transaction.atomic
def undo_replanning(*, replanning: Replanning, today: dt.date) -> None:
    """Put everything back as it was. Raises ``ChangedSinceError``."""
    program = hold_program(program=replanning.program)
    if replanning.undone_at is not None or not is_undoable(replanning):
        raise ChangedSinceError(_("This can no longer be taken back."))
    outset = outset_of(program=program, today=today)
    fixed = {one.id for one in outset.sessions if one.fixed and not one.dropped}
    if fixed & {one["session"] for one in replanning.changes}:
        raise ChangedSinceError(_("Some of these sessions were trained or locked since, so this stays."))
    _write(outset, tuple(_reversed(one) for one in replanning.changes))
    replanning.undone_at = timezone.now()
    replanning.save(update_fields=["undone_at", "updated_at"])
    regrade(program=program, today=today)


def regrade(*, program: Program, today: dt.date) -> None:
    """Judge the program again after an edit, so that its page tells the truth."""
    outset = outset_of(program=program, today=today)
    grade_rows(tree=outset.tree, report=report_on(outset, outset.sessions))


def is_undoable(replanning: Replanning) -> bool:
    """What was taken out is gone for good; everything else can be put back."""
    return all(one["kind"] != ChangeKind.REMOVE for one in replanning.changes)


def last_replanning(program: Program) -> Replanning | None:
    row: Replanning | None = Replanning.objects.filter(program=program, undone_at__isnull=True).first()
    return row


# -- looking


def _outlook(outset: Outset, scope: Scope) -> Outlook:
    inside = _ids_in(outset, scope)
    found = replan(outset.sessions, outset.news, outset.basis)
    changes = tuple(one for one in found.changes if one.session in inside)
    after = [new if new.id in inside else old for old, new in zip(outset.sessions, found.sessions, strict=True)]
    before = report_on(outset, outset.sessions)
    report = report_on(outset, after, found.settled) if changes else before
    return Outlook(
        program=outset.tree.row,
        changes=changes,
        notes=found.notes,
        settled=frozenset(key for key in found.settled if _is_settled(key, found, inside)),
        before=before,
        after=report,
        weekly_sets=_weekly_sets(before, report, outset),
        forecasts=_forecasts(outset),
        choices=found.choices,
    )


def _is_settled(key: str, found: Replan, inside: Collection[str]) -> bool:
    return key.rsplit(":", 1)[-1] in inside


def _ids_in(outset: Outset, scope: Scope) -> set[str]:
    """The sessions that a scope names, each of this program. Raises ``Http404``."""
    if scope.session_ids:
        wanted = {str(pk) for pk in scope.session_ids}
        if wanted - {one.id for one in outset.sessions}:
            raise Http404
        return wanted
    if scope.microcycle_id is None:
        return {one.id for one in outset.sessions}
    week = next((one for one in outset.tree.microcycles if one.row.pk == scope.microcycle_id), None)
    if week is None:
        raise Http404
    return {str(one.row.pk) for one in week.sessions}


def _weekly_sets(before: QualityReport, after: QualityReport, outset: Outset) -> tuple[MuscleSets, ...]:
    """Muscles whose mean weekly sets in the weeks ahead differ."""
    today = outset.news.today
    ahead = {week.sequence for week in outset.frame if week.start_date + dt.timedelta(days=week.length_days) > today}
    means = [_means(report, ahead) for report in (before, after)]
    rows = (MuscleSets(muscle, means[0].get(muscle, 0.0), means[1].get(muscle, 0.0)) for muscle in sorted(means[0]))
    return tuple(row for row in rows if row.before != row.after)


def _means(report: QualityReport, ahead: Collection[int]) -> dict[str, float]:
    weeks = [week.muscle_sets for week in report.weeks if week.sequence in ahead]
    muscles = sorted({muscle for week in weeks for muscle in week})
    return {one: round(sum(week.get(one, 0.0) for week in weeks) / len(weeks), SETS_DIGITS) for one in muscles}


def _forecasts(outset: Outset) -> tuple[LiftForecast, ...]:
    """The main lifts that the log knows, where they will stand at the end of the program."""
    basis, today = outset.basis, outset.news.today
    weeks = max(0, round((end_of(outset.tree.row) - today).days / WEEK_DAYS))
    rate = basis.config.growth.weekly[basis.athlete.experience]
    mains = {
        slot.planned.movement
        for one in outset.sessions
        if one.date >= today
        for slot in one.slots
        if slot.planned.section is Section.MAIN
    }
    known = sorted(mains & basis.history.strength.keys())[:MOST_FORECASTS]
    share = 1.0 if basis.history.adherence is None else basis.history.adherence
    return tuple(
        LiftForecast(
            slug,
            basis.movements[slug].name,
            basis.history.strength[slug].e1rm_kg,
            forecast(basis.history.strength[slug], rate, weeks, share, _loading(outset)),
        )
        for slug in known
    )


def _loading(outset: Outset) -> float:
    """The part of the microcycles ahead that are no deload; 1 when none is left."""
    eased = {one.sequence for one in outset.sessions if one.is_deload}
    ahead = {one.sequence for one in outset.sessions if one.date >= outset.news.today}
    return len(ahead - eased) / len(ahead) if ahead else 1.0


# -- writing


def change_json(change: Change) -> dict[str, Any]:
    """A change as the API and the record of it show it."""
    return {
        "kind": change.kind.value,
        "session": change.session,
        "exercise": change.exercise,
        "before": {name: _plain(value) for name, value in change.before.items()},
        "after": {name: _plain(value) for name, value in change.after.items()},
        "rule": change.rule,
        "reason": change.reason,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [asdict(one) if is_dataclass(one) and not isinstance(one, type) else one for one in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value


def _reversed(stored: Mapping[str, Any]) -> Change:
    return Change(
        kind=ChangeKind(stored["kind"]),
        session=stored["session"],
        exercise=stored["exercise"],
        before=stored["after"],
        after=stored["before"],
        rule="undo",
        reason="",
    )


def _write(outset: Outset, changes: Collection[Change], choices: Collection[Choice] = ()) -> None:
    """The changes as rows, in a fixed number of statements; ``choices`` explain the stand-ins among them."""
    exercises = {str(one.pk): one for tree in outset.tree.sessions() for one in tree.exercises}
    slugs = {one.after["movement"] for one in changes if "movement" in one.after}
    ids = {slug: one.id for slug, one in movements_by_slug(slugs, outset.tree.row.user).items()} if slugs else {}
    gone = {one.exercise for one in changes if one.kind == ChangeKind.REMOVE}
    written = {one.after["choice"] for one in changes if one.after.get("choice")}
    new = [one for one in choices if one.key in written]
    reasons = keep_choices(program=outset.tree.row, choices=new, ids=ids)
    touched = []
    for change in changes:
        if change.exercise is None or change.exercise in gone:
            continue
        row = exercises[change.exercise]
        _set_exercise(row, change, ids, reasons)
        touched.append(row)
    SessionExercise.objects.filter(pk__in=[one for one in gone if one]).delete()
    touched += _renumbered(outset, gone)
    SessionExercise.objects.bulk_update({row.pk: row for row in touched}.values(), EXERCISE_COLUMNS)
    _write_sessions(outset, changes, gone)


def _set_exercise(row: SessionExercise, change: Change, ids: Mapping[str, UUID], reasons: Mapping[str, UUID]) -> None:
    for name, value in change.after.items():
        if name == "movement":
            row.movement_id = ids[value]
        elif name == "choice":
            row.choice_id = reasons.get(value) or UUID(value) if value else None
        else:
            setattr(row, name, _plain(value))
    if "target_load_kg" in change.after:
        row.load_why = change.reason[:WHY_LENGTH]


def _renumbered(outset: Outset, gone: Collection[str | None]) -> list[SessionExercise]:
    """What stays beside something removed counts from one again."""
    moved = []
    for tree in outset.tree.sessions():
        if not any(str(one.pk) in gone for one in tree.exercises):
            continue
        numbers: dict[str, int] = {}
        for row in tree.exercises:
            if str(row.pk) not in gone:
                numbers[row.section] = row.order = numbers.get(row.section, 0) + 1
                moved.append(row)
    return moved


def _write_sessions(outset: Outset, changes: Collection[Change], gone: Collection[str | None]) -> None:
    """Dates, drops, minutes and easy weeks; every touched session gets a new version."""
    by_id = {str(tree.row.pk): tree for tree in outset.tree.sessions()}
    now = timezone.now()
    weeks: dict[UUID, Microcycle] = {}
    rows: dict[UUID, Session] = {}
    for change in changes:
        row = by_id[change.session].row
        rows[row.pk] = row
        row.updated_at = now
        for name, value in change.after.items() if change.exercise is None else ():
            _set_session(row, name, value, weeks, outset)
    for row in rows.values():
        left = [one for one in by_id[str(row.pk)].exercises if str(one.pk) not in gone]
        count_minutes(row, left, outset.basis.config)
    columns = ["date", "status", "updated_at", "estimated_minutes", *(f"minutes_{one.value}" for one in Section)]
    Session.objects.bulk_update(rows.values(), columns)
    Microcycle.objects.bulk_update(weeks.values(), ["is_deload", "phase"])


def _set_session(row: Session, name: str, value: Any, weeks: dict[UUID, Microcycle], outset: Outset) -> None:
    if name == "date":
        row.date = dt.date.fromisoformat(value) if isinstance(value, str) else value
    elif name == "dropped":
        row.status = (SessionStatus.SKIPPED if value else SessionStatus.PLANNED).value
    else:
        week = next(one.row for one in outset.tree.microcycles if one.row.pk == row.microcycle_id)
        setattr(week, name, _plain(value))
        weeks[week.pk] = week
