"""Sessions that a language model goes over: asked for, claimed one at a time, written, taken back.

The state is on the rows, so that any worker can go on where another one died. The asking itself is coaching's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gainsly.core.jobs import enqueue
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import ChosenBy, RefinementStatus, SessionSource, SessionStatus
from movements.selectors import movements_by_slug
from programs.engine.refine import Offer, Refined, Scene, Wish, offers_of, refine
from programs.engine.standing import Standing
from programs.engine.types import Check
from programs.engine.types import Choice as EngineChoice
from programs.models import Choice, Microcycle, Program, Refinement, Session, SessionExercise
from programs.models.refinement import OPEN
from programs.selectors import SessionTree, local_today

from .choosing import keep_choices, stand_in
from .locking import hold_program
from .plans import grade_rows
from .standing import Outset, count_minutes, outset_of, report_on

Json = dict[str, Any]
REFINE_TASK = "coaching.tasks.refine_program"
UNCLAIMED_AFTER = dt.timedelta(minutes=2)
MOST_ATTEMPTS = 2
REASON_LENGTH = 300
COLUMNS = (
    "movement_id", "choice_id", "superset_group", "sets", "reps_min", "reps_max", "target_rpe", "target_rir",
    "target_percent_1rm", "target_load_kg", "load_is_guess", "load_why", "rest_seconds", "ramp", "order", "position",
)  # fmt: skip
TOLD = ("movement", "sets", "reps_min", "reps_max", "target_rpe", "rest_seconds", "superset_group")


class NothingToUndoError(DomainError):
    """This session is as the engine wrote it, or it has begun."""

    code = "nothing_to_undo"
    status = 409


@dataclass(frozen=True, slots=True)
class Brief:
    """What a model may be told of a session, and what its answer is judged against."""

    refinement: Refinement
    outset: Outset
    scene: Scene

    @property
    def standing(self) -> Standing:
        return self.scene.session

    @property
    def offers(self) -> dict[str, Offer]:
        return dict(self.scene.offers)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said of a session, read but not judged; ``refused`` is what could not be read or shown."""

    wishes: Sequence[Wish]
    pairs: Sequence[tuple[str, str]] = ()
    notes: str = ""
    refused: Sequence[Json] = ()
    provider: str = ""
    model: str = ""
    prompt_version: str = ""
    latency_ms: int | None = None
    trimmed: Sequence[Json] = field(default_factory=tuple)


def is_wanted() -> bool:
    """Whether a model is configured that goes over sessions."""
    return bool(settings.LLM_REFINE) and settings.LLM_PROVIDER != "builtin"


# -- asking for it


def request_refinement(*, program: Program) -> bool:
    """Have a model go over what lies ahead and was not gone over; asking twice is asking once."""
    if not is_wanted():
        return False
    _open_weeks(program).exclude(refinement_status__in=[one.value for one in OPEN]).update(
        refinement_status=RefinementStatus.PENDING.value, refinement_reason="", updated_at=timezone.now()
    )
    Refinement.objects.filter(
        session__microcycle__program=program, session__in=_open_sessions(program), status=RefinementStatus.FAILED
    ).update(status=RefinementStatus.PENDING.value, reason="", attempt=0, touched_at=timezone.now())
    enqueue(REFINE_TASK, program_id=program.pk)
    return True


def _open_weeks(program: Program) -> QuerySet[Microcycle]:
    return Microcycle.objects.filter(program=program, sessions__in=_open_sessions(program)).distinct()


def _open_sessions(program: Program) -> QuerySet[Session]:
    """Ahead, planned, unlocked and as the engine wrote them: what the athlete changed is theirs."""
    rows: QuerySet[Session] = Session.objects.filter(
        microcycle__program=program,
        date__gte=local_today(program.user),
        status=SessionStatus.PLANNED,
        locked=False,
        source=SessionSource.ENGINE,
    )
    return rows


# -- one at a time


@transaction.atomic
def claim_next(*, program_id: UUID | str, now: dt.datetime) -> Refinement | None:
    """The next session of a program to go over; None where none is left or another worker is at one."""
    program = Program.objects.select_for_update(no_key=True).select_related("user").filter(pk=program_id).first()
    if program is None:
        return None
    mine = Refinement.objects.filter(session__microcycle__program=program)
    if mine.filter(status=RefinementStatus.RUNNING).exists():
        return None
    ahead = _open_sessions(program).filter(microcycle__refinement_status__in=[one.value for one in OPEN])
    new = ahead.filter(refinement__isnull=True)
    Refinement.objects.bulk_create([Refinement(session=one, touched_at=now) for one in new], ignore_conflicts=True)
    _let_go(mine, program)
    row: Refinement | None = (
        mine.filter(status=RefinementStatus.PENDING)
        .select_related("session__microcycle__program__user")
        .order_by("session__date", "session__day_number")
        .first()
    )
    if row is None:
        mirror(program=program)
        return None
    row.status, row.attempt, row.touched_at = RefinementStatus.RUNNING.value, row.attempt + 1, now
    row.save(update_fields=["status", "attempt", "touched_at", "updated_at"])
    mirror(program=program)
    return row


def _let_go(mine: QuerySet[Refinement], program: Program) -> None:
    """What was started, locked, changed or trained meanwhile stays as it is."""
    gone = mine.filter(status=RefinementStatus.PENDING).exclude(session__in=_open_sessions(program))
    gone.update(status=RefinementStatus.NONE.value, reason=_("This session had begun or was changed by you."))


def touch(*, refinement: Refinement) -> None:
    """Tell the beat that somebody is at work."""
    _ours(refinement).update(touched_at=timezone.now())


def _ours(refinement: Refinement) -> QuerySet[Refinement]:
    return Refinement.objects.filter(pk=refinement.pk, attempt=refinement.attempt, status=RefinementStatus.RUNNING)


def brief_of(*, refinement: Refinement, today: dt.date) -> Brief | None:
    """The session among its program, as of now; None once it may no longer change."""
    session = refinement.session
    outset = outset_of(program=session.microcycle.program, today=today)
    found = [number for number, one in enumerate(outset.sessions) if one.id == str(session.pk)]
    if not found or outset.sessions[found[0]].fixed:
        return None
    choices = Choice.objects.filter(program=session.microcycle.program_id).values_list("pk", "runners_up")
    runners_up = {str(pk): [one["movement"] for one in rows] for pk, rows in choices}
    offers = offers_of(outset.sessions, found[0], outset.basis, runners_up)

    def hard_failures(sessions: Sequence[Standing]) -> frozenset[str]:
        return frozenset(check.code for check in report_on(outset, sessions).checks if _is_broken(check))

    return Brief(refinement, outset, Scene(outset.sessions, found[0], outset.basis, offers, hard_failures))


def _is_broken(check: Check) -> bool:
    return check.kind == "hard" and check.applies and not check.passed


# -- writing


@transaction.atomic
def write_refinement(*, refinement: Refinement, answer: Answer, today: dt.date) -> Refinement:
    """Judge an answer by today's plan and write what holds; once, and only while the session may change."""
    session = refinement.session
    program = hold_program(program=Program.objects.select_related("user").get(pk=session.microcycle.program_id))
    row = _ours(refinement).select_for_update(of=("self",)).select_related("session__microcycle__program__user").first()
    if row is None:
        return refinement
    brief = None if row.session.source != SessionSource.ENGINE else brief_of(refinement=row, today=today)
    _stamp(row, answer)
    if brief is None:
        row.status = RefinementStatus.NONE.value
        row.reason = _("This session had begun or was changed by you.")
    else:
        _write(row, brief, refine(brief.scene, answer.wishes, answer.pairs), answer)
    row.save()
    mirror(program=program)
    return row


def _stamp(row: Refinement, answer: Answer) -> None:
    row.provider, row.model, row.prompt_version = answer.provider, answer.model[:120], answer.prompt_version
    row.latency_ms, row.trimmed = answer.latency_ms, list(answer.trimmed)
    row.refused, row.touched_at = list(answer.refused), timezone.now()


def _write(row: Refinement, brief: Brief, refined: Refined, answer: Answer) -> None:
    outset, session = brief.outset, row.session
    trees = {str(tree.row.pk): tree for tree in outset.tree.sessions()}
    row.refused = [*row.refused, *(asdict(one) for one in refined.refused)]
    row.changes = _told(brief, refined)
    slugs = {slot.planned.movement for one in refined.sessions for slot in one.slots}
    ids = {slug: one.id for slug, one in movements_by_slug(slugs, outset.tree.row.user).items()}
    touched: list[SessionExercise] = []
    row.rows = []
    reasons = _keep_reasons(outset, refined, trees, ids)
    now = timezone.now()
    for old, new in zip(outset.sessions, refined.sessions, strict=True):
        if old == new:
            continue
        tree = trees[new.id]
        touched += _set_rows(row, tree.exercises, new, ids, reasons)
        count_minutes(tree.row, tree.exercises, outset.basis.config)
        tree.row.updated_at = now
        tree.row.save()
    SessionExercise.objects.bulk_update(touched, COLUMNS)
    session.refresh_from_db()
    row.notes_before = session.coach_notes
    if answer.notes:
        session.coach_notes = answer.notes
    if row.changes or answer.notes:
        session.source = SessionSource.LLM.value
        session.save(update_fields=["coach_notes", "source", "updated_at"])
    _grade(outset, refined)
    row.status, row.undone_at = RefinementStatus.DONE.value, None
    row.reason = "" if row.changes else _("The model kept the engine's exercises.")


def _grade(outset: Outset, refined: Refined) -> None:
    grade_rows(tree=outset.tree, report=report_on(outset, refined.sessions))


def _keep_reasons(
    outset: Outset, refined: Refined, trees: Mapping[str, SessionTree], ids: Mapping[str, UUID]
) -> dict[UUID, UUID]:
    """An explanation for each exercise that the model changed, by the exercise's id."""
    words = _("The coach's model chose it among the engine's alternatives.")
    movements, told = outset.basis.movements, dict[UUID, EngineChoice]()
    for old, new in zip(outset.sessions, refined.sessions, strict=True):
        if old == new:
            continue
        rows = {str(one.pk): one for one in trees[new.id].exercises}
        before = {slot.id: slot.planned.movement for slot in old.slots}
        for slot in new.slots:
            source, target = movements[before[slot.id]], movements[slot.planned.movement]
            if source.slug != target.slug:
                row = rows[slot.id]
                told[row.pk] = stand_in(row, source, [target], by=ChosenBy.MODEL, reason=words)
    kept = keep_choices(program=outset.tree.row, choices={one.key: one for one in told.values()}.values(), ids=ids)
    return {pk: kept[one.key] for pk, one in told.items()}


def _set_rows(
    refinement: Refinement,
    rows: Sequence[SessionExercise],
    new: Standing,
    ids: Mapping[str, UUID],
    reasons: Mapping[UUID, UUID],
) -> list[SessionExercise]:
    """Make the rows what the slots say; their columns before and after are kept for the way back."""
    by_id, changed = {str(row.pk): row for row in rows}, []
    for position, slot in enumerate(new.slots, start=1):
        row, planned = by_id[slot.id], slot.planned
        before = {name: _plain(getattr(row, name)) for name in COLUMNS}
        if ids[planned.movement] != row.movement_id:
            row.movement_id, row.choice_id = ids[planned.movement], reasons[row.pk]
            row.load_why = _("The coach's model chose it among the engine's alternatives; the load is converted.")
        for name in COLUMNS:
            if hasattr(planned, name) and name != "ramp":
                setattr(row, name, getattr(planned, name))
        row.ramp = [asdict(one) for one in planned.ramp]
        row.position = position
        after = {name: _plain(getattr(row, name)) for name in COLUMNS}
        if after != before:
            names = [name for name in COLUMNS if after[name] != before[name]]
            told = {"before": {name: before[name] for name in names}, "after": {name: after[name] for name in names}}
            refinement.rows.append({"id": slot.id, **told})
            changed.append(row)
    return changed


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def _told(brief: Brief, refined: Refined) -> list[Json]:
    """What changed in this session, for people: one line for each field of each exercise."""
    movements = brief.outset.basis.movements
    after = {slot.id: slot for slot in refined.sessions[brief.scene.index].slots}
    lines: list[Json] = []
    for slot in brief.standing.slots:
        old, new = slot.planned, after[slot.id].planned
        for name in TOLD:
            before, now = getattr(old, name), getattr(new, name)
            if before == now or (name == "target_rpe" and old.movement != new.movement):
                continue
            if name == "movement":
                before, now = movements[before].name, movements[now].name
            lines.append(
                {
                    "exercise_id": slot.id,
                    "movement": movements[old.movement].name,
                    "field": name,
                    "before": before,
                    "after": now,
                }
            )
    return lines


@transaction.atomic
def fail_refinement(
    *, refinement: Refinement, reason: str, answer: Answer | None = None, all_of_it: bool = False
) -> None:
    """The engine's session stands, and why; ``all_of_it`` gives up the program's waiting sessions too."""
    program_id = refinement.session.microcycle.program_id
    row = _ours(refinement).select_for_update(of=("self",)).first()
    if row is not None:
        if answer is not None:
            _stamp(row, answer)
        row.status, row.reason = RefinementStatus.FAILED.value, reason[:REASON_LENGTH]
        row.save()
    if all_of_it:
        waiting = Refinement.objects.filter(session__microcycle__program=program_id, status=RefinementStatus.PENDING)
        waiting.update(status=RefinementStatus.FAILED.value, reason=reason[:REASON_LENGTH], touched_at=timezone.now())
    mirror(program=Program.objects.get(pk=program_id))


@transaction.atomic
def call_off(*, program_id: Any, reason: str) -> None:
    """No model answers: nothing waits for one, and the weeks say why."""
    Refinement.objects.filter(session__microcycle__program=program_id, status=RefinementStatus.PENDING).delete()
    Microcycle.objects.filter(program=program_id, refinement_status__in=[one.value for one in OPEN]).update(
        refinement_status=RefinementStatus.NONE.value,
        refinement_reason=reason[:REASON_LENGTH],
        updated_at=timezone.now(),
    )


def mirror(*, program: Program) -> None:
    """Each week's state from its sessions'."""
    rows = list(
        Refinement.objects.filter(session__microcycle__program=program).values_list(
            "session__microcycle_id", "status", "reason"
        )
    )
    weeks = list(Microcycle.objects.filter(program=program))
    changed = []
    for week in weeks:
        inside = [(status, reason) for pk, status, reason in rows if pk == week.pk]
        if not inside:
            continue
        status = _overall([one for one, _reason in inside])
        reason = next((why for one, why in inside if one == status and status == RefinementStatus.FAILED), "")
        if (week.refinement_status, week.refinement_reason) != (status, reason):
            week.refinement_status, week.refinement_reason, week.updated_at = status, reason, timezone.now()
            changed.append(week)
    Microcycle.objects.bulk_update(changed, ["refinement_status", "refinement_reason", "updated_at"])


def _overall(statuses: Collection[str]) -> str:
    over = {RefinementStatus.DONE, RefinementStatus.FAILED} & set(statuses)
    if RefinementStatus.RUNNING in statuses or (RefinementStatus.PENDING in statuses and over):
        return RefinementStatus.RUNNING.value
    for one in (RefinementStatus.PENDING, RefinementStatus.FAILED, RefinementStatus.DONE):
        if one in statuses:
            return one.value
    return RefinementStatus.NONE.value


# -- going back, going on


@transaction.atomic
def undo_refinement(*, session: Session, today: dt.date) -> None:
    """The engine's own session again; what the athlete changed since stays. Raises ``NothingToUndoError``."""
    program = hold_program(program=Program.objects.select_related("user").get(pk=session.microcycle.program_id))
    row = Refinement.objects.select_for_update(of=("self",)).select_related("session").filter(session=session).first()
    if row is None or row.status != RefinementStatus.DONE or row.undone_at or row.session.source != SessionSource.LLM:
        raise NothingToUndoError(_("This session is not as the model left it; there is nothing to take back."))
    outset = outset_of(program=program, today=today)
    fixed = {one.id for one in outset.sessions if one.fixed}
    if str(session.pk) in fixed:
        raise NothingToUndoError(_("This session has begun, is locked or is over; it stays."))
    _put_back(row, outset, fixed)
    Session.objects.filter(pk=session.pk).update(
        coach_notes=row.notes_before, source=SessionSource.ENGINE.value, updated_at=timezone.now()
    )
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at", "updated_at"])
    after = outset_of(program=program, today=today)
    grade_rows(tree=after.tree, report=report_on(after, after.sessions))


def _put_back(refinement: Refinement, outset: Outset, fixed: Collection[str]) -> None:
    kept = {one["id"]: one for one in refinement.rows}
    changed = []
    for tree in outset.tree.sessions():
        mine = [row for row in tree.exercises if str(row.pk) in kept]
        if str(tree.row.pk) in fixed or not mine:
            continue
        for row in mine:
            _restore(row, kept[str(row.pk)])
        changed += mine
        count_minutes(tree.row, tree.exercises, outset.basis.config)
        tree.row.save()
    SessionExercise.objects.bulk_update(changed, COLUMNS)


def _restore(row: SessionExercise, kept: Json) -> None:
    """Each column that still is as the model left it; with a movement everything that hangs on it."""
    before, after = kept["before"], kept["after"]
    swapped = "movement_id" in before
    if swapped and str(row.movement_id) != after["movement_id"]:
        return
    for name, value in before.items():
        if swapped or _plain(getattr(row, name)) == after[name]:
            setattr(row, name, UUID(value) if name in ("movement_id", "choice_id") and value else value)


def pick_up_lost(*, now: dt.datetime, silence: dt.timedelta) -> int:
    """Sessions whose worker died are asked about again, then given up; forgotten programs get their message again."""
    dead = Refinement.objects.filter(status=RefinementStatus.RUNNING, touched_at__lt=now - silence)
    lost = list(dead.filter(attempt__gte=MOST_ATTEMPTS).select_related("session__microcycle"))
    for row in lost:
        fail_refinement(refinement=row, reason=_("The work was interrupted twice; the engine's session stands."))
    dead.filter(attempt__lt=MOST_ATTEMPTS).update(status=RefinementStatus.PENDING.value, touched_at=now, updated_at=now)
    waiting = Microcycle.objects.filter(
        Q(refinement_status=RefinementStatus.PENDING, updated_at__lt=now - UNCLAIMED_AFTER)
        | Q(sessions__refinement__status=RefinementStatus.PENDING)
    ).exclude(program__microcycles__sessions__refinement__status=RefinementStatus.RUNNING)
    programs = list(waiting.order_by().values_list("program_id", flat=True).distinct()[:100])
    for program_id in programs:
        enqueue(REFINE_TASK, program_id=program_id)
    return len(programs) + len(lost)
