"""A stored program as re-planning reads and rewrites it, and what changed in it. See docs/algorithms/replanning.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import Phase, Section
from movements.catalogue.records import MovementRecord
from programs.engine.heuristics import Heuristics
from programs.engine.stepping import Exposure
from programs.engine.timing import PREP, work_seconds
from programs.engine.types import Athlete, Choice, History, PlannedExercise, PlannedMicrocycle, PlannedSession, Request

SECONDS = 60
EXERCISE_FIELDS = (
    "movement", "sets", "reps_min", "reps_max", "target_rpe", "target_rir", "target_percent_1rm", "target_load_kg",
    "load_is_guess", "rest_seconds", "notes", "ramp", "choice",
)  # fmt: skip


class ChangeKind(StrEnum):
    """What kind of change, so that a page can group and a client can choose."""

    LOAD = "load"
    SWAP = "swap"
    SETS = "sets"
    REMOVE = "remove"
    MOVE = "move"
    DROP = "drop"
    DELOAD = "deload"


@dataclass(frozen=True, slots=True)
class Slot:
    """A planned exercise under the id it is stored by."""

    id: str
    planned: PlannedExercise
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A planned session under its id. ``fixed``: locked, logged, done, missed, skipped or past; it never changes."""

    id: str
    sequence: int
    is_deload: bool
    phase: Phase
    fixed: bool
    planned: PlannedSession  # its exercises live in ``slots``
    slots: tuple[Slot, ...]
    dropped: bool = False  # the athlete will not train it

    @property
    def date(self) -> dt.date:
        return self.planned.date


@dataclass(frozen=True, slots=True)
class Logged:
    """One lift as it was done on a day. ``e1rm_kg`` of its best set, where one can be told."""

    on: dt.date
    exposure: Exposure
    rir: float | None = None  # repetitions left as told
    e1rm_kg: float | None = None
    session: str | None = None  # the planned session that it was done in
    asked_rir: float | None = None  # repetitions that were to be left


def eased_in(settled: Iterable[str]) -> frozenset[str]:
    """The sessions that were eased after a break, from the keys of what was answered."""
    return frozenset(key.rsplit(":", 1)[-1] for key in settled if key.startswith("break:"))


@dataclass(frozen=True, slots=True)
class News:
    """What happened since the plan was written, as plain facts."""

    today: dt.date
    logged: Mapping[str, tuple[Logged, ...]] = field(default_factory=dict)  # by slug, oldest first
    trained_on: tuple[dt.date, ...] = ()
    settled: frozenset[str] = frozenset()  # keys of what an earlier re-planning answered already
    lost_weekdays: frozenset[int] = frozenset()
    free_weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    wants_deload: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """What the weeks ahead are written from, as of today."""

    request: Request
    athlete: Athlete
    movements: Mapping[str, MovementRecord]
    history: History
    config: Heuristics


@dataclass(frozen=True, slots=True)
class Reason:
    kind: ChangeKind
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: only the fields that change, before and after."""

    kind: ChangeKind
    session: str
    exercise: str | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    rule: str
    reason: str


@dataclass(slots=True)
class Draft:
    """The sessions while they are rewritten, with the reason of each rewriting by the id of what it touched."""

    sessions: list[Standing]
    reasons: dict[str, Reason] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)  # consequences for the athlete, in words
    choices: dict[str, Choice] = field(default_factory=dict)  # why each stand-in was chosen, by its key

    def open(self) -> list[tuple[int, Standing]]:
        return [(index, one) for index, one in enumerate(self.sessions) if not one.fixed and not one.dropped]

    def put(self, index: int, session: Standing) -> None:
        self.sessions[index] = session

    def put_slot(self, index: int, number: int, planned: PlannedExercise, reason: Reason) -> None:
        """Rewrite one exercise and remember why, unless that changes nothing."""
        session = self.sessions[index]
        slot = session.slots[number]
        if slot.locked or planned == slot.planned:
            return
        slots = (*session.slots[:number], replace(slot, planned=planned), *session.slots[number + 1 :])
        self.put(index, replace(session, slots=slots))
        self.reasons.setdefault(slot.id, reason)


def section_minutes(exercises: Iterable[PlannedExercise], config: Heuristics) -> dict[Section, float]:
    """Minutes of each section by the time model (docs/algorithms/timing.md)."""
    seconds = dict.fromkeys(Section, 0.0)
    for one in exercises:
        seconds[one.section] += _seconds(one, config)
    for section in PREP:
        seconds[section] += config.time.section_base if seconds[section] else 0
    return {section: value / SECONDS for section, value in seconds.items()}


def fitted(session: Standing, config: Heuristics) -> Standing:
    """The session with its minutes counted again."""
    exact = section_minutes((slot.planned for slot in session.slots), config)
    minutes = {section: round(value, 1) for section, value in exact.items()}
    total = max(1, int(round_half_up(sum(exact.values()))))
    return replace(session, planned=replace(session.planned, minutes=minutes, estimated_minutes=total))


def _seconds(one: PlannedExercise, config: Heuristics) -> float:
    if one.section in PREP:
        return config.time.per_movement
    rest = one.rest_seconds * (config.time.superset_rest if one.superset_group else 1.0)
    return one.sets * work_seconds(one, config) + (one.sets - 1) * rest + config.time.transition


def microcycles_of(sessions: Iterable[Standing], frame: Sequence[PlannedMicrocycle]) -> tuple[PlannedMicrocycle, ...]:
    """The sessions as the plan that the rubric grades; dropped ones are out. ``frame`` gives the dates and lengths."""
    grouped: dict[int, list[Standing]] = {}
    for one in sessions:
        grouped.setdefault(one.sequence, []).append(one)
    weeks = []
    for week in frame:
        inside = grouped.get(week.sequence, [])
        planned = tuple(
            replace(one.planned, exercises=tuple(slot.planned for slot in one.slots))
            for one in sorted(inside, key=lambda one: (one.date, one.planned.day_number))
            if not one.dropped
        )
        deload = inside[0].is_deload if inside else week.is_deload
        phase = inside[0].phase if inside else week.phase
        weeks.append(replace(week, sessions=planned, is_deload=deload, phase=phase))
    return tuple(weeks)


def differences(before: Sequence[Standing], draft: Draft) -> tuple[Change, ...]:
    """What the draft changed, session by session in order; what came out as it was is no change."""
    changes: list[Change] = []
    for old, new in zip(before, draft.sessions, strict=True):
        if old == new:
            continue
        changes += _session_changes(old, new, draft.reasons)
        kept = {slot.id: slot.planned for slot in new.slots}
        changes += [
            _exercise_change(old.id, slot, kept.get(slot.id), draft.reasons[slot.id])
            for slot in old.slots
            if _differs(slot.planned, kept.get(slot.id))
        ]
    return tuple(changes)


def _differs(old: PlannedExercise, new: PlannedExercise | None) -> bool:
    """Whether more than its number in the section has changed."""
    return new is None or any(getattr(old, name) != getattr(new, name) for name in EXERCISE_FIELDS)


def _session_changes(old: Standing, new: Standing, reasons: Mapping[str, Reason]) -> list[Change]:
    fields = {
        "date": (old.date, new.date),
        "dropped": (old.dropped, new.dropped),
        "is_deload": (old.is_deload, new.is_deload),
        "phase": (old.phase, new.phase),
    }
    changed = {name: pair for name, pair in fields.items() if pair[0] != pair[1]}
    if not changed:
        return []
    reason = reasons[old.id]
    before = {name: pair[0] for name, pair in changed.items()}
    after = {name: pair[1] for name, pair in changed.items()}
    return [Change(reason.kind, old.id, None, before, after, reason.rule, reason.words)]


def _exercise_change(session: str, slot: Slot, after: PlannedExercise | None, reason: Reason) -> Change:
    if after is None:
        before = {"movement": slot.planned.movement, "sets": slot.planned.sets}
        return Change(reason.kind, session, slot.id, before, {}, reason.rule, reason.words)
    names = [name for name in EXERCISE_FIELDS if getattr(slot.planned, name) != getattr(after, name)]
    return Change(
        reason.kind,
        session,
        slot.id,
        {name: getattr(slot.planned, name) for name in names},
        {name: getattr(after, name) for name in names},
        reason.rule,
        reason.words,
    )
