"""A movement and a circuit as plain facts: what fixtures publish, what the database holds, what the engine reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gainsly.lib.vocabulary import (
    CircuitType,
    CnsLoad,
    Discipline,
    InjuryArea,
    JointStress,
    MetricType,
    MovementPattern,
    Muscle,
    Region,
    RelationshipType,
    Section,
    SkillLevel,
    StressBucket,
)


@dataclass(frozen=True, slots=True)
class RatioPrior:
    """How heavy a lift is beside its pattern's reference lift: ``e1RM = value x e1RM(reference)``."""

    reference: str  # slug of the reference lift
    value: float
    grade: str  # A, B or C
    source: str


@dataclass(frozen=True, slots=True)
class MovementRecord:
    """One movement with every attribute decided. Shares are fractional-set credits (1 direct, 0.5 indirect)."""

    slug: str
    name: str
    pattern: MovementPattern
    region: Region
    discipline: Discipline
    cns: CnsLoad
    skill: SkillLevel
    metric: MetricType
    primary: Mapping[Muscle, float]
    secondary: Mapping[Muscle, float] = field(default_factory=dict)
    stabilizers: tuple[Muscle, ...] = ()
    equipment: tuple[str, ...] = ()  # all needed at once, sorted
    alternatives: tuple[tuple[str, ...], ...] = ()  # other complete sets that do as well
    joints: Mapping[InjuryArea, JointStress] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()  # where in a session it may stand
    disciplines: tuple[Discipline, ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    description: str = ""
    compound: bool = False
    complex_lift: bool = False
    unilateral: bool = False
    implements: int = 1  # two for a pair of dumbbells: tonnage counts both, loads are per hand
    bodyweight_share: float = 0.0  # part of bodyweight that is lifted, 0-1
    load_step_kg: float | None = None  # smallest sensible jump where the kit does not decide it
    ratio: RatioPrior | None = None
    group: str = ""  # substitution group

    def muscle_shares(self) -> dict[Muscle, float]:
        """Fractional credit per muscle and set, primary and secondary together."""
        return {**self.secondary, **self.primary}


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """A directed edge between two movements, by slug; ``progression`` runs from easier to harder."""

    source: str
    target: str
    type: RelationshipType


@dataclass(frozen=True, slots=True)
class CircuitExerciseRecord:
    """One station of a circuit: a movement and one amount of work."""

    movement: str  # slug
    reps: int | None = None
    seconds: int | None = None
    metres: int | None = None
    calories: int | None = None
    load_kg: float | None = None
    load_kg_female: float | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class CircuitRecord:
    """Conditioning in a named form; its stations in the order in which they are done."""

    slug: str
    name: str
    type: CircuitType
    estimated_minutes: int
    exercises: tuple[CircuitExerciseRecord, ...]
    rounds: int | None = None
    time_cap_seconds: int | None = None
    work_seconds: int | None = None
    rest_seconds: int | None = None
    difficulty: int = 3  # 1-5
    stress: Mapping[StressBucket, int] = field(default_factory=dict)  # 0-10
    tags: tuple[str, ...] = ()
    scaling: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class LibraryRecord:
    """Everything that fixtures/ publishes, checked; ``reasons`` say why a movement may train an unusual muscle."""

    movements: Mapping[str, MovementRecord]  # by slug
    relations: tuple[RelationRecord, ...] = ()
    circuits: Mapping[str, CircuitRecord] = field(default_factory=dict)  # by slug
    reasons: Mapping[str, str] = field(default_factory=dict)  # by movement slug
