"""Twelve weeks of a simulated lifter on a real plan, with the real re-planning after every session.

What a workout leaves behind is read as the diary reads it (`logging_app/history.py`): the load that most sets were
done with, the repetitions of each, what was asked, the reserve that was told, and the best e1RM.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from gainsly.lib import strength
from gainsly.lib.units import floor_load
from gainsly.lib.vocabulary import ExperienceLevel, ProgressionStyle, Section
from logging_app.metrics import e1rm, records
from movements.catalogue.records import MovementRecord
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.loads import carried_bodyweight, is_loadable, share_for, weights_for
from programs.engine.progression import pause_of
from programs.engine.replan import Replan, replan
from programs.engine.standing import Basis, Change, ChangeKind, Logged, News, Slot, Standing
from programs.engine.stepping import Exposure
from programs.engine.types import Athlete, Catalogue, Draft, History, PlannedExercise, StrengthFact
from tests.bench.grid import START, athlete_with, load_catalogue, request_for
from tests.bench.lifters.person import REFERENCE_KG, Nature, Person

WEEKS = 12
LIFTED = (Section.MAIN, Section.ACCESSORY)
PAST_DAYS = (22, 19, 15, 12, 8, 5)  # days before the start on which the reference lifts were trained


@dataclass(frozen=True, slots=True)
class Trained:
    """One exposure of a lift as it was planned that morning and as it was done."""

    on: dt.date
    week: int
    movement: str
    section: Section
    asked: PlannedExercise
    load_kg: float
    made: bool
    is_deload: bool
    eased: bool
    left: float  # repetitions left as told, mean of the sets

    @property
    def strained(self) -> bool:
        """Short of repetitions, or with clearly fewer left than asked."""
        return not self.made or self.left < (self.asked.target_rir or 0.0) - 1


@dataclass(slots=True)
class Season:
    """The state of a program while it is trained, and all that was seen of it."""

    person: Person
    basis: Basis
    plan: Draft
    sessions: tuple[Standing, ...]
    planned: tuple[Standing, ...]  # as the sessions were before anything happened
    logged: dict[str, tuple[Logged, ...]] = field(default_factory=dict)
    exposures: list[Trained] = field(default_factory=list)
    days: dict[str, list[e1rm.Exposure]] = field(default_factory=dict)
    trained_on: tuple[dt.date, ...] = ()
    settled: frozenset[str] = frozenset()
    answers: list[tuple[dt.date, Replan]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    truths: dict[dt.date, dict[str, float | None]] = field(default_factory=dict)  # by Sunday: e1RM without luck, kg
    strength_at: dict[str, dict[dt.date, float]] = field(default_factory=dict)  # the same on the days it was done

    def news(self, today: dt.date) -> News:
        return News(today, logged=self.logged, trained_on=self.trained_on, settled=self.settled)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue()


def athlete_of(experience: ExperienceLevel = ExperienceLevel.INTERMEDIATE, **changes: object) -> Athlete:
    return athlete_with(experience=experience.value, bodyweight_kg=80.0, **changes)


def begin(
    nature: Nature, style: ProgressionStyle, rng: random.Random, *, athlete: Athlete | None = None, **wishes: object
) -> Season:
    """A lifter with a plan on the first morning; ``wishes`` are those of a request, ``goals`` among them."""
    athlete = athlete or athlete_of()
    goals = wishes.pop("goals", {"strength": 6, "hypertrophy": 4})
    wanted = {"weeks": WEEKS, "seed": rng.randrange(10_000), **wishes}
    request = request_for(goals, progression=style, **wanted)  # type: ignore[arg-type]
    person = Person(nature, rng)
    strengths = {slug: _known_from_before(person, slug) for slug in sorted(REFERENCE_KG)}
    history = History(strength=strengths)
    config = default_heuristics()
    plan = generate_plan(athlete, request, catalogue(), history, config)
    assert isinstance(plan, Draft), plan
    basis = Basis(request, athlete, catalogue().movements, history, config)
    stored = _stored(plan)
    return Season(person, basis, plan, stored, stored)


def _known_from_before(person: Person, slug: str) -> StrengthFact:
    """What the log of three weeks says of a lift on the first morning; of it the body feels nothing any more."""
    movement = catalogue().movements[slug]
    days = (START - dt.timedelta(days=one) for one in PAST_DAYS)
    found = [day for on in days if (day := a_day(person, movement, on, reps=6, rir=2.0)) is not None]
    now = e1rm.current_strength(found, START)
    if now is None:  # far more enduring than the formula is good for: a single told the truth
        true = person.strength(movement, START)
        return StrengthFact(true, records.NOISE_CV * true, START)
    return StrengthFact(now.e1rm * person.nature.believed, now.sd, START, now.exposures)


def a_day(person: Person, movement: MovementRecord, on: dt.date, *, reps: int, rir: float) -> e1rm.Exposure | None:
    """Three sets at the load that strength and chart make of what is asked, as the log would estimate from them."""
    asked = PlannedExercise(Section.MAIN, 1, movement.slug, 3, 180, reps, reps + 2, target_rir=rir)
    load = person.strength(movement, on) * share_for(reps + rir)
    done, told = _sets(person, asked, load, movement, on)
    estimates = [_estimate(load, count, left) for count, left in zip(done, told, strict=True)]
    best = max((one for one in estimates if one is not None), key=lambda one: one.value, default=None)
    return None if best is None else e1rm.Exposure(on, best.value, (best.high - best.low) / 2)


def _stored(plan: Draft) -> tuple[Standing, ...]:
    """The plan as the database would give it back."""
    return tuple(
        Standing(
            id=f"{week.sequence}-{session.day_number}",
            sequence=week.sequence,
            is_deload=week.is_deload,
            phase=week.phase,
            fixed=False,
            planned=replace(session, exercises=()),
            slots=tuple(
                Slot(f"{week.sequence}-{session.day_number}-{number}", one)
                for number, one in enumerate(session.exercises)
            ),
        )
        for week in plan.microcycles
        for session in week.sessions
    )


def never(_number: int, _day: dt.date) -> bool:
    """The habit of one who misses nothing."""
    return False


def train(season: Season, misses: Callable[[int, dt.date], bool] = never) -> Season:
    """Live through the program day by day. ``misses(number, day)`` tells which of the sessions is not trained."""
    number = 0
    days = season.plan.microcycles[-1].start_date - START
    for offset in range(days.days + season.plan.microcycles[-1].length_days):
        today = START + dt.timedelta(days=offset)
        due = [one for one in season.sessions if one.date == today and not one.dropped]
        if due or today.weekday() == 0:
            answer(season, today)
        for session in [one for one in season.sessions if one.date == today and not one.dropped]:
            if not misses(number, today):
                _work_out(season, session.id)
            number += 1
        if today.weekday() == 6:
            season.truths[today] = {
                slug: season.person.shown(catalogue().movements[slug], today) for slug in season.days
            }
    return season


def answer(season: Season, today: dt.date, *, only_loads: bool = False) -> None:
    """Plan what lies ahead again and take it over; what is fixed must come back untouched, and once is enough."""
    before = tuple(replace(one, fixed=one.fixed or one.date < today) for one in season.sessions)
    found = replan(before, season.news(today), season.basis)
    for old, new in zip(before, found.sessions, strict=True):
        if old.fixed and old != new:
            season.faults.append(f"{today}: {old.id} is fixed and changed")
    if only_loads:
        season.sessions = _with_loads(before, found.changes)
        return
    season.sessions = found.sessions
    season.settled |= found.settled
    season.answers.append((today, found))


def _with_loads(sessions: tuple[Standing, ...], changes: tuple[Change, ...]) -> tuple[Standing, ...]:
    """What finishing a workout writes: the changes of loads, nothing else."""
    after: Mapping[str | None, Mapping[str, object]] = {
        one.exercise: one.after for one in changes if one.kind is ChangeKind.LOAD
    }
    return tuple(
        replace(
            one,
            slots=tuple(
                replace(slot, planned=replace(slot.planned, **after[slot.id])) if slot.id in after else slot  # type: ignore[arg-type]
                for slot in one.slots
            ),
        )
        for one in sessions
    )


def _work_out(season: Season, session_id: str) -> None:
    session = next(one for one in season.sessions if one.id == session_id)
    eased = any(key.rsplit(":", 1)[-1] == session.id for key in season.settled)
    for slot in session.slots:
        if slot.planned.section in LIFTED and slot.planned.reps_min and slot.planned.target_rir is not None:
            movement = catalogue().movements[slot.planned.movement]
            if is_loadable(movement):
                _lift(season, session, slot.planned, movement, eased=eased)
    season.sessions = tuple(replace(one, fixed=True) if one.id == session.id else one for one in season.sessions)
    season.trained_on = (*season.trained_on, session.date)
    answer(season, session.date, only_loads=True)


def _lift(season: Season, session: Standing, asked: PlannedExercise, movement: MovementRecord, *, eased: bool) -> None:
    person, today = season.person, session.date
    load = asked.target_load_kg if asked.target_load_kg is not None else _chosen(season, asked, movement, today)
    carried = carried_bodyweight(movement, season.basis.athlete)
    done, told = _sets(person, asked, load + carried, movement, today)
    season.strength_at.setdefault(movement.slug, {})[today] = person.strength(movement, today)
    person.train(movement, asked.sets, today, easy=session.is_deload)
    if not done:
        return  # the empty bar is too heavy for this lift; nothing to log
    estimates = [_estimate(load + carried, reps, left) for reps, left in zip(done, told, strict=True)]
    known = [one for one in estimates if one is not None]
    best = max(known, key=lambda one: one.value, default=None)
    exposure = Exposure(load, done, asked.reps_min or 1, pause_of(asked.tempo), is_deload=session.is_deload)
    left = round(sum(told) / len(told), 1)
    logged = Logged(today, exposure, left, best.value if best else None, session.id, asked.target_rir)
    season.logged[movement.slug] = (*season.logged.get(movement.slug, ()), logged)
    if best is not None:
        day = e1rm.Exposure(today, best.value, (best.high - best.low) / 2)
        season.days.setdefault(movement.slug, []).append(day)
    season.exposures.append(
        Trained(today, session.sequence, movement.slug, asked.section, asked, load, exposure.made, session.is_deload,
                eased, left)
    )  # fmt: skip


def _sets(
    person: Person, asked: PlannedExercise, load: float, movement: MovementRecord, on: dt.date
) -> tuple[tuple[int, ...], list[float]]:
    """Every set goes to the reserve that was asked, between the lower and the upper repetitions, or to failure."""
    done, told = [], []
    least, most = asked.reps_min or 1, max(asked.reps_min or 1, asked.reps_max or 0)
    for number in range(asked.sets):
        able = person.reps_to_failure(load, movement, on, number)
        by_feel = int(able - (asked.target_rir or 0.0))
        reps = min(int(able), max(least, min(most, by_feel)))
        if reps < 1:
            continue
        done.append(reps)
        told.append(person.feels(able - reps))
    return tuple(done), told


def _estimate(load: float, reps: int, left: float) -> strength.Estimate | None:
    effective = strength.effective_reps(reps, rir=left)
    return strength.estimate(load, effective) if effective is not None else None


def _chosen(season: Season, asked: PlannedExercise, movement: MovementRecord, on: dt.date) -> float:
    """Where the plan knows no load the athlete takes one that feels right, a twentieth off."""
    weights = weights_for(movement, season.basis.athlete.kit)
    able = season.person.strength(movement, on) * season.person.rng.lognormvariate(0, 0.05)
    share = share_for((asked.reps_min or 1) + (asked.target_rir or 0.0))
    return floor_load(able * share - carried_bodyweight(movement, season.basis.athlete), weights)
