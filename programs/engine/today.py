"""What adapting a day is given and gives, and the draft that its rules work on. See docs/algorithms/adapt.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from gainsly.lib.vocabulary import MovementPattern, Muscle, Section
from movements.catalogue.records import MovementRecord
from programs.engine.constraints import Ban
from programs.engine.heuristics import Heuristics
from programs.engine.recreation import WEEKDAYS, Beside
from programs.engine.standing import Slot, section_minutes
from programs.engine.types import Athlete, History, PlannedExercise

WORKED = (Section.SKILL, Section.MAIN, Section.ACCESSORY, Section.FINISHER)
LEAST_LEFT = 0.4  # of the working sets: cuts never exceed 60 %
# the athlete's lock on an exercise holds against these
SOFT_RULES = ("minutes", "recreation", "soreness", "recovery")


class Kind(StrEnum):
    SWAP = "swap"
    SETS = "sets"
    EFFORT = "effort"
    REST = "rest"
    DEFER = "defer"  # to a later day of the week
    DROP = "drop"  # let go this week
    WARMUP = "warmup"
    PAIR = "pair"  # a superset, so that one muscle rests while the other works


@dataclass(frozen=True, slots=True)
class Signals:
    """How the athlete is: soreness 0-10, score and earlier scores 0-100, HRV in ms; what was not told is absent."""

    soreness: Mapping[Muscle, int] = field(default_factory=dict)
    score: float | None = None
    scores: Sequence[float] = ()  # of the 28 days before
    hrv: float | None = None
    hrvs: Sequence[float] = ()
    minutes: int | None = None
    equipment: frozenset[str] | None = None
    clash: Mapping[MovementPattern, Beside] = field(default_factory=dict)  # recreation in the window


@dataclass(frozen=True, slots=True)
class Later:
    """A later open session of this week, as far as it matters to what moves there."""

    id: str
    date: dt.date
    trains: frozenset[str] = frozenset()  # by slug
    crowded: frozenset[MovementPattern] = frozenset()  # main patterns of that day and of the days beside it
    clash: frozenset[MovementPattern] = frozenset()  # recreation is close to that day too

    @property
    def day(self) -> str:
        return WEEKDAYS[self.date.weekday()]


@dataclass(frozen=True, slots=True)
class Ground:
    """What adapting looks at beside the signals; ``stand_ins`` gives the ranked alternatives of a movement."""

    athlete: Athlete
    history: History
    movements: Mapping[str, MovementRecord]
    bans: Sequence[Ban]
    stand_ins: Callable[[str], Sequence[MovementRecord]]
    config: Heuristics
    later: Sequence[Later] = ()  # by date


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one exercise; ``after`` is None where it leaves the session, ``to`` the session it moves to."""

    kind: Kind
    slot: str
    rule: str
    reason: str
    before: PlannedExercise
    after: PlannedExercise | None
    to: str | None = None
    among: tuple[str, ...] = ()  # of a swap: who would have come next, by slug


@dataclass(frozen=True, slots=True)
class Adapted:
    slots: tuple[Slot, ...]
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    minutes: float


@dataclass(frozen=True, slots=True)
class Made:
    """What making room in a session took, and its minutes then."""

    steps: tuple[Step, ...]
    minutes: float


@dataclass(slots=True)
class Draft:
    """The session while the rules work on it, one after another, each on what the one before left."""

    movements: Mapping[str, MovementRecord]
    config: Heuristics
    slots: list[Slot]
    least: float  # working sets that stay
    steps: list[Step] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def put(
        self,
        slot: Slot,
        after: PlannedExercise | None,
        kind: Kind,
        rule: str,
        reason: str,
        *,
        to: str | None = None,
        among: tuple[str, ...] = (),
    ) -> None:
        """Change an exercise, or take it out; nothing happens where it is so already or a lock holds."""
        now = self.current(slot)
        if after == now.planned or (slot.locked and rule.split(":", maxsplit=1)[0] in SOFT_RULES):
            return
        at = self.slots.index(now)
        self.steps.append(Step(kind, slot.id, rule, reason, now.planned, after, to, among))
        self.slots[at : at + 1] = [] if after is None else [replace(now, planned=after)]
        if after is None and now.planned.superset_group:
            self._unpair(now.planned.superset_group)

    def current(self, slot: Slot) -> Slot:
        """The exercise as it stands in the draft."""
        return next(one for one in self.slots if one.id == slot.id)

    def _unpair(self, group: str) -> None:
        """What is left alone of a superset is no superset, and rests as it should."""
        left = [slot for slot in self.slots if slot.planned.superset_group == group]
        if len(left) == 1:
            alone = replace(left[0].planned, superset_group=None)
            self.put(left[0], alone, Kind.REST, "superset", "Its partner is gone: it keeps its whole rest.")

    def record(self, slot: Slot) -> MovementRecord:
        return self.movements[slot.planned.movement]

    def worked(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.planned.section in WORKED]

    def of(self, *sections: Section) -> list[Slot]:
        """Exercises of these sections that today may change."""
        return [slot for slot in self.slots if slot.planned.section in sections and not slot.locked]

    def minutes(self) -> float:
        return minutes_of(self.slots, self.config)

    def spare(self) -> int:
        """Working sets that may still go."""
        return max(0, int(sum(slot.planned.sets for slot in self.worked()) - self.least + 1e-9))


def minutes_of(slots: Sequence[Slot], config: Heuristics) -> float:
    return sum(section_minutes((slot.planned for slot in slots if slot.planned.sets), config).values())


def working_sets(slots: Sequence[Slot]) -> int:
    return sum(slot.planned.sets for slot in slots if slot.planned.section in WORKED)
