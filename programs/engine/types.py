"""The engine's plain data: facts in, a whole plan out. Frozen, hashable where it matters, without a framework.

Dates are local calendar dates of the athlete; loads kilograms (per hand for a pair of implements); shares 0-1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gainsly.lib.vocabulary import (
    ChosenBy,
    Discipline,
    Dose,
    EnjoyableActivity,
    ExperienceLevel,
    Goal,
    InjuryArea,
    MovementPattern,
    MovementRuleType,
    Muscle,
    PersonaTone,
    Phase,
    ProgressionStyle,
    RuleCadence,
    Section,
    SessionType,
    SplitTemplate,
)
from movements.catalogue.records import MovementRecord

# ----------------------------------------------------------------- facts in


@dataclass(frozen=True, slots=True)
class GoalWeight:
    goal: Goal
    weight: int  # 1-10; a request's weights sum to ten


@dataclass(frozen=True, slots=True)
class Kit:
    """What can be done where, and which weights the iron makes."""

    equipment: frozenset[str]
    bar_kg: float = 20.0
    plates_kg: tuple[float, ...] = (1.25, 2.5, 5.0, 10.0, 15.0, 20.0, 25.0)
    dumbbells_kg: tuple[float, ...] = ()
    load_step_kg: float = 2.5


@dataclass(frozen=True, slots=True)
class InjuryFact:
    area: InjuryArea
    severity: int  # 1 modify, 2 swap what loads the area heavily, 3 avoid
    since: dt.date | None = None
    until: dt.date | None = None
    patterns_to_avoid: tuple[MovementPattern, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleFact:
    movement: str  # slug
    type: MovementRuleType
    cadence: RuleCadence = RuleCadence.PER_MICROCYCLE


@dataclass(frozen=True, slots=True)
class Recreation:
    """Declared recreation that comes back on these weekdays (0 is Monday)."""

    activity: EnjoyableActivity
    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Athlete:
    experience: ExperienceLevel
    kit: Kit
    available_weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    injuries: tuple[InjuryFact, ...] = ()
    rules: tuple[RuleFact, ...] = ()
    favorites: frozenset[str] = frozenset()  # slugs
    disciplines: Mapping[Discipline, int] = field(default_factory=dict)  # preference 1-5, 3 where absent
    cardio_own_day: bool = False
    aggression: int = 3
    tone: PersonaTone = PersonaTone.SUPPORTIVE
    bodyweight_kg: float | None = None
    recreation: tuple[Recreation, ...] = ()


@dataclass(frozen=True, slots=True)
class HybridDay:
    day: int  # ordinal in the microcycle, from 1
    session_type: SessionType
    focus: tuple[MovementPattern, ...] = ()


@dataclass(frozen=True, slots=True)
class HybridDefinition:
    """Either days or blocks (``ppl``, ``upper_lower``, ``full_body``, ``cardio``, ``mobility``, ``rest``)."""

    days: tuple[HybridDay, ...] = ()
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    start_date: dt.date
    duration_weeks: int  # 8, 10 or 12
    days_per_week: int  # 2-7
    goals: tuple[GoalWeight, ...]
    split: SplitTemplate
    progression: ProgressionStyle
    session_minutes: int = 60
    deload_every: int = 4  # microcycles
    microcycle_days: int = 7
    dose: Dose = Dose.BALANCED
    priority_muscles: tuple[Muscle, ...] = ()
    disciplines: Mapping[Discipline, int] = field(default_factory=dict)  # the request's own weights, 1-5
    hybrid: HybridDefinition | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class StrengthFact:
    """An e1RM known from the log, in kg, with its standard deviation."""

    e1rm_kg: float
    sd_kg: float
    on: dt.date
    exposures: int = 1


@dataclass(frozen=True, slots=True)
class History:
    """What the log knows; empty for a newcomer."""

    strength: Mapping[str, StrengthFact] = field(default_factory=dict)  # by movement slug
    fatigue: Mapping[Muscle, float] = field(default_factory=dict)  # 0 fresh - 1 spent
    previous_mains: tuple[str, ...] = ()  # slugs of the mains of earlier blocks
    adherence: float | None = None  # 0-1 over the last four weeks


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every movement an athlete may be given, by slug; the engine builds its arrays from it once per version."""

    movements: Mapping[str, MovementRecord]
    version: str


# ------------------------------------------------------------------ plan out


@dataclass(frozen=True, slots=True)
class RampSet:
    percent_1rm: float
    reps: int
    load_kg: float | None


@dataclass(frozen=True, slots=True)
class RunnerUp:
    movement: str  # slug
    total: float
    lost_because: str
    week: Mapping[str, float] = field(default_factory=dict)  # parts of its value beside the rest of the week


@dataclass(frozen=True, slots=True)
class Evidence:
    claim: str
    grade: str  # A, B, C
    source: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Why a movement stands in a slot: made once a block, shared by every session in which the slot returns."""

    key: str  # unique in the plan: block, day and slot
    movement: str  # slug
    scores: Mapping[str, float]  # the seven dimensions, 0-1
    weights: Mapping[str, float]  # after goal modifiers
    total: float
    relaxation_step: int  # 0 (none) to 6
    runners_up: tuple[RunnerUp, ...] = ()
    rules: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    chosen_by: ChosenBy = ChosenBy.PLAN  # others are scored by how alike they are to what they replace
    reason: str = ""  # why it took the place of another; empty for a choice of the plan


@dataclass(frozen=True, slots=True)
class PlannedExercise:
    section: Section
    order: int  # from 1 within its section
    movement: str  # slug
    sets: int
    rest_seconds: int
    reps_min: int | None = None
    reps_max: int | None = None
    seconds: int | None = None
    metres: int | None = None
    target_rpe: float | None = None
    target_rir: float | None = None
    target_percent_1rm: float | None = None
    target_load_kg: float | None = None
    load_is_guess: bool = False  # from a ratio prior, not from the athlete's own lift
    superset_group: str | None = None
    tempo: str | None = None
    notes: str = ""
    ramp: tuple[RampSet, ...] = ()
    choice: str | None = None  # key of its Choice


@dataclass(frozen=True, slots=True)
class PlannedSession:
    date: dt.date
    day_number: int  # ordinal in its microcycle, from 1
    session_type: SessionType
    intent: tuple[str, ...]
    exercises: tuple[PlannedExercise, ...]  # in training order
    minutes: Mapping[Section, float]
    estimated_minutes: int
    coach_notes: str = ""  # at most 200 characters
    title: str = ""  # "Upper A"


@dataclass(frozen=True, slots=True)
class PlannedMicrocycle:
    sequence: int  # from 1
    start_date: dt.date
    length_days: int
    is_deload: bool
    phase: Phase
    sessions: tuple[PlannedSession, ...]


@dataclass(frozen=True, slots=True)
class Warning:
    code: str
    message: str
    severity: float = 0.0  # 0-1


@dataclass(frozen=True, slots=True)
class Check:
    """One criterion of the quality report (docs/algorithms/quality.md)."""

    code: str  # C01 ...
    name: str
    kind: str  # "hard" or "soft"
    applies: bool
    passed: bool
    score: float  # 0-1
    value: float | None
    threshold: float | None
    weight: float
    grade: str
    message: str  # in plain words
    witness: str = ""  # week, session, movement of the worst shortfall


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """What a chart shows of one microcycle, normalised to seven days."""

    sequence: int
    is_deload: bool
    muscle_sets: Mapping[str, float]  # fractional hard sets; ``shoulders`` beside the delt heads
    main_percent: float | None  # mean share of 1RM of the main lifts
    minutes: Mapping[str, float]  # resistance, conditioning, mobility, preparation


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """Which of the six session criteria hold; found by its microcycle and its day in it."""

    sequence: int
    day_number: int
    structure: bool  # warm-up, one clear middle, cool-down
    movements: bool  # eight to fifteen
    time: bool  # within 5 %
    patterns: bool  # what a session of its type is named after
    muscles: bool  # no major muscle missed in its microcycle
    limits: bool  # hard criteria kept

    @property
    def success(self) -> bool:
        return self.structure and self.movements and self.time and self.patterns and self.muscles and self.limits


@dataclass(frozen=True, slots=True)
class QualityReport:
    success: bool  # every hard criterion that applies passed
    score: float  # 0-1
    checks: tuple[Check, ...]
    figures: Mapping[str, float] = field(default_factory=dict)  # diversity, success rate, coverage
    weeks: tuple[WeekFigures, ...] = ()
    bands: Mapping[str, tuple[float, float]] = field(default_factory=dict)  # useful weekly sets per major muscle
    sessions: tuple[SessionFigures, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    microcycles: tuple[PlannedMicrocycle, ...]
    choices: tuple[Choice, ...]
    warnings: tuple[Warning, ...]
    quality: QualityReport
    config_version: str
    weekly_minutes: Mapping[str, float] = field(default_factory=dict)  # per goal bucket


@dataclass(frozen=True, slots=True)
class Collision:
    """A smallest set of the athlete's own rules that cannot hold together."""

    rules: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole plan before it is judged: the engine writes it, the quality report is attached by the caller."""

    microcycles: tuple[PlannedMicrocycle, ...]
    choices: tuple[Choice, ...]
    warnings: tuple[Warning, ...]
    config_version: str
    weekly_minutes: Mapping[str, float] = field(default_factory=dict)
    objective: float = 0.0  # mean over the blocks; shown among the figures of the quality report

    def with_quality(self, quality: QualityReport) -> Plan:
        return Plan(
            microcycles=self.microcycles,
            choices=self.choices,
            warnings=self.warnings,
            quality=replace(quality, figures={**quality.figures, "objective": self.objective}),
            config_version=self.config_version,
            weekly_minutes=self.weekly_minutes,
        )
