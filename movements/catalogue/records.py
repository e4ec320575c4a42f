"""A movement and a circuit as plain facts: what fixtures publish, what the database holds, what the engine reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gainsly.lib.vocabulary import (
    CnsLoad,
    Discipline,
    InjuryArea,
    JointStress,
    MetricType,
    MovementPattern,
    Muscle,
    Region,
    Section,
    SkillLevel,
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
