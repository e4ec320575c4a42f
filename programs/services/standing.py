"""A stored program and the news about it, in the engine's plain data."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import (
    ChosenBy,
    Discipline,
    Dose,
    Goal,
    Muscle,
    Phase,
    ProgressionStyle,
    Section,
    SessionStatus,
    SessionType,
    SplitTemplate,
)
from movements.catalogue.records import MovementRecord
from movements.selectors import catalogue, default_gym, movements_by_id
from programs.engine import types as engine
from programs.engine.heuristics import Heuristics
from programs.engine.quality import assess, graded
from programs.engine.standing import Basis, News, Slot, Standing, eased_in, microcycles_of, section_minutes
from programs.engine.types import (
    Athlete,
    GoalWeight,
    PlannedExercise,
    PlannedMicrocycle,
    PlannedSession,
    QualityReport,
    RampSet,
    Request,
    Warning,
)
from programs.history import Diary, training_history
from programs.models import Choice, Program, Replanning, Session, SessionExercise
from programs.selectors import ProgramTree, SessionTree, program_tree

from .configuration import active_heuristics
from .facts import Facts, facts_of

WEEK_DAYS = 7
PLAIN = (
    "order", "sets", "rest_seconds", "reps_min", "reps_max", "seconds", "metres", "target_rpe", "target_rir",
    "target_percent_1rm", "target_load_kg", "load_is_guess", "superset_group", "tempo", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outset:
    """Everything that a re-planning looks at: rows, the same as engine data, and what happened."""

    tree: ProgramTree
    sessions: tuple[Standing, ...]
    frame: tuple[PlannedMicrocycle, ...]
    basis: Basis
    news: News
    choices: tuple[engine.Choice, ...]  # why each movement stands where it does


def outset_of(*, program: Program, today: dt.date, wants_deload: bool = False) -> Outset:
    """Read the program, the athlete as of today and the diary; the number of queries does not depend on their size."""
    user = program.user
    tree = program_tree(program)
    history, facts = training_history(), facts_of(user)
    diary = history.diary(user, program.start_date, today)
    records = _records(user, tree)
    basis = Basis(
        request=request_of(program),
        athlete=_athlete(program, facts, tree),
        movements=records,
        history=history.snapshot(user, today),
        config=active_heuristics(),
    )
    slugs = {pk: movement["slug"] for pk, movement in tree.movements.items()}
    return Outset(
        tree=tree,
        sessions=tuple(
            _standing(session, week.row, slugs, fixed=_is_fixed(session.row, diary, today))
            for week in tree.microcycles
            for session in sorted(week.sessions, key=lambda one: (one.row.date, one.row.day_number))
        ),
        frame=tuple(_frame(week.row) for week in tree.microcycles),
        basis=basis,
        news=_news(program, facts, diary, today, wants_deload=wants_deload),
        choices=_choices(program),
    )


def _choices(program: Program) -> tuple[engine.Choice, ...]:
    columns = ("key", "movement__slug", "scores", "weights", "total", "relaxation_step", "chosen_by", "reason")
    rows = Choice.objects.filter(program=program).order_by("key").values_list(*columns)
    return tuple(
        engine.Choice(key, movement, scores, weights, total, step, chosen_by=ChosenBy(by), reason=reason)
        for key, movement, scores, weights, total, step, by, reason in rows
    )


def _records(user: Any, tree: ProgramTree) -> dict[str, MovementRecord]:
    """The library as offered today, and whatever the plan holds already."""
    offered, _version = catalogue(user)
    held = {one.record.slug: one.record for one in movements_by_id(tree.movements.keys()).values()}
    return {**held, **offered}


def _is_fixed(session: Session, diary: Diary, today: dt.date) -> bool:
    """Locked, logged, done, missed, skipped or past: none of it ever changes."""
    planned = session.status == SessionStatus.PLANNED
    return session.locked or not planned or session.date < today or session.pk in diary.begun


def _news(program: Program, facts: Facts, diary: Diary, today: dt.date, *, wants_deload: bool) -> News:
    rows = Replanning.objects.filter(program=program, undone_at__isnull=True).values_list("settled", flat=True)
    free = facts.standing.weekdays
    return News(
        today=today,
        logged=diary.logged,
        trained_on=diary.trained_on,
        settled=frozenset(key for keys in rows for key in keys),
        lost_weekdays=frozenset(program.weekdays) - frozenset(free),
        free_weekdays=tuple(free),
        wants_deload=wants_deload,
    )


def _athlete(program: Program, facts: Facts, tree: ProgramTree) -> Athlete:
    """The athlete of today on this program: kit that left the gym since it was written is gone, the rest stays."""
    equipment = frozenset(tree.equipment)
    gym = default_gym(program.user)
    if gym is not None and gym.updated_at > program.created_at:
        equipment &= facts.athlete.kit.equipment
    return replace(
        facts.athlete,
        available_weekdays=facts.standing.weekdays,
        kit=replace(facts.athlete.kit, equipment=equipment),
        aggression=program.persona_aggression,
    )


def request_of(program: Program) -> Request:
    """The request that a stored program was written from; the days of a hybrid are in its sessions already."""
    return Request(
        start_date=program.start_date,
        duration_weeks=program.duration_weeks,
        days_per_week=program.days_per_week,
        goals=tuple(GoalWeight(Goal(goal), weight) for goal, weight in program.goals),
        split=SplitTemplate(program.split_template),
        progression=ProgressionStyle(program.progression_style),
        session_minutes=program.session_minutes,
        deload_every=program.deload_every,
        microcycle_days=program.microcycle_days,
        dose=Dose(program.dose),
        priority_muscles=tuple(Muscle(one) for one in program.priority_muscles),
        disciplines={Discipline(slug): weight for slug, weight in program.disciplines.items()},
        seed=program.seed,
    )


def _frame(row: Any) -> PlannedMicrocycle:
    return PlannedMicrocycle(row.sequence, row.start_date, row.length_days, row.is_deload, Phase(row.phase), ())


def _standing(tree: SessionTree, week: Any, slugs: Mapping[UUID, str], *, fixed: bool) -> Standing:
    row = tree.row
    return Standing(
        id=str(row.pk),
        sequence=week.sequence,
        is_deload=week.is_deload,
        phase=Phase(week.phase),
        fixed=fixed,
        dropped=row.status == SessionStatus.SKIPPED,
        planned=PlannedSession(
            date=row.date,
            day_number=row.day_number,
            session_type=SessionType(row.session_type),
            intent=tuple(row.intent_tags),
            exercises=(),
            minutes={section: getattr(row, f"minutes_{section.value}") for section in Section},
            estimated_minutes=row.estimated_minutes,
            coach_notes=row.coach_notes,
            title=row.title,
        ),
        slots=tuple(Slot(str(one.pk), planned_of(one, slugs[one.movement_id]), one.locked) for one in tree.exercises),
    )


def planned_of(row: SessionExercise, slug: str) -> PlannedExercise:
    """A stored exercise as the engine knows it; ``choice`` carries the id of its explanation."""
    return PlannedExercise(
        section=Section(row.section),
        movement=slug,
        ramp=tuple(RampSet(**one) for one in row.ramp),
        choice=str(row.choice_id) if row.choice_id else None,
        **{name: getattr(row, name) for name in PLAIN},
    )


def count_minutes(row: Session, exercises: Iterable[SessionExercise], config: Heuristics) -> None:
    """Set a session's minutes from what it holds now; a circuit keeps the minutes that it was given."""
    if row.main_circuit_id or row.finisher_circuit_id:
        return
    exact = section_minutes([planned_of(one, "") for one in exercises], config)
    for section, minutes in exact.items():
        setattr(row, f"minutes_{section.value}", round(minutes, 1))
    row.estimated_minutes = max(1, int(round_half_up(sum(exact.values()))))


def report_on(outset: Outset, sessions: Collection[Standing], settled: Collection[str] | None = None) -> QualityReport:
    """The rubric's judgement of the program with these sessions; ``settled`` where a re-planning answered more."""
    basis, row = outset.basis, outset.tree.row
    eased = eased_in(outset.news.settled if settled is None else settled)
    warnings = [Warning(one["code"], one["message"], one.get("severity", 0.0)) for one in row.warnings]
    program = graded(microcycles_of(sessions, outset.frame), basis.request, basis.movements, warnings, outset.choices)
    # Only the athlete moves a session to a day outside the program's own weekdays, so that is no fault of the plan.
    own = frozenset(range(WEEK_DAYS)) - frozenset(row.weekdays)
    program = replace(
        program,
        skipped=Counter(one.sequence for one in sessions if one.dropped),
        limits_from=outset.news.today,
        eased=frozenset(one.date for one in sessions if one.id in eased),
    )
    return assess(
        program,
        replace(basis.athlete, available_weekdays=tuple(sorted(own.union(basis.athlete.available_weekdays)))),
        basis.movements.values(),
    )
