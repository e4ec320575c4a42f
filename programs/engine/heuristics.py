"""The engine's configuration: every number named, validated, and carrying its grade, source and reason.

See docs/algorithms/heuristics.md. The file under ``defaults/`` is the first version; an admin may activate another
body of the same shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from gainsly.lib.vocabulary import (
    Discipline,
    Dose,
    EnjoyableActivity,
    ExperienceLevel,
    Goal,
    MovementPattern,
    Muscle,
    Section,
)

DEFAULTS = Path(__file__).parent / "defaults" / "heuristics.yaml"

Span = tuple[int, int]
Share = tuple[float, float]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Frozen):
    """Why a number stands where it stands; the pages show it."""

    grade: Literal["A", "B", "C"]
    source: str = Field(min_length=1)
    because: str = Field(min_length=1)


class GoalDose(_Frozen):
    """Repetitions, repetitions in reserve, rests in seconds and weekly fractional sets of one goal."""

    reps: Span
    novice_reps: Span
    accessory_reps: Span
    rir: Span
    main_rest: Span
    accessory_rest: Span
    band: Span


class PowerDose(_Frozen):
    reps: int
    jump_reps: int
    sets: Span
    percent: float = Field(gt=0, lt=1)
    rest: Span
    weight_from: int


class VolumeBand(_Frozen):
    """Weekly fractional sets of a muscle by experience, and the line above which the plan warns."""

    beginner: Span
    intermediate: Span
    advanced: Span
    warn: int

    def for_level(self, level: ExperienceLevel) -> Span:
        if level is ExperienceLevel.BEGINNER:
            return self.beginner
        return self.intermediate if level is ExperienceLevel.INTERMEDIATE else self.advanced


class Caps(_Frozen):
    sets_per_muscle_session: float
    floor_per_major: float
    novice_sets_per_muscle: float
    novice_sets_per_session: int
    novice_rir: int
    main_sets: Span
    accessory_sets: Span
    movements: int
    power_reps: int
    main_uses_per_week: int
    novice_main_uses_per_week: int
    novice_lifting_days: int


class Cns(_Frozen):
    budget: dict[int, float]
    cost: dict[str, float]
    multiplier: dict[Section, float]
    olympic_per_day: int
    plyometric_per_day: int
    very_high_per_day: int


class ActivityBuffer(_Frozen):
    """Hours around recreation that certain patterns keep free, and the muscles that it tires."""

    before: int = Field(ge=0, le=72)
    after: int = Field(ge=0, le=72)
    patterns_before: tuple[MovementPattern, ...] = ()
    patterns_after: tuple[MovementPattern, ...] = ()
    muscles: tuple[Muscle, ...] = ()
    cns: str


class GoalPair(_Frozen):
    goals: tuple[Goal, Goal]
    severity: float = Field(ge=0, le=1)
    constraint: bool
    reason: str


class Interference(_Frozen):
    pairs: tuple[GoalPair, ...]


class Push(_Frozen):
    volume: float = Field(ge=0.5, le=1.5)
    rir: int


class DeloadDose(_Frozen):
    volume: float = Field(ge=0.4, le=0.6)
    rir_add: int = Field(ge=1)
    cardio: float
    first_day: int
    minimum_minutes: float
    most_kept: float = Field(le=0.67)
    longer_rest: int
    conditioning_minutes: float


class StartState(_Frozen):
    """What the log says on the first day, and what the plan then does."""

    tired_from: float = Field(gt=0, le=1)
    tired_sets: float = Field(gt=0, le=1)
    kept_from: float = Field(gt=0, le=1)


class BlockShape(_Frozen):
    shortest_days: int
    intensification_share: float
    rotation: float = Field(ge=0.25, le=0.6)


class Growth(_Frozen):
    weekly: dict[ExperienceLevel, float]


class Timing(_Frozen):
    set_seconds: tuple[Span, ...]
    transition: int
    section_base: int
    per_movement: int
    superset_rest: float
    tolerance: float
    rest_floor: dict[str, int]
    finisher_minutes: Span
    cardio_minutes: Span
    hold_seconds: Span
    rest_step: int


class Distribution(_Frozen):
    mobility_max: float
    cardio_max: float
    cardio_day_weight: int


class Scoring(_Frozen):
    weights: dict[str, float]
    runners_up: int
    relaxed_discipline: float
    accessory_sets: float
    main_sets: float
    implements: dict[str, dict[str, float]]
    goal_disciplines: dict[Goal, Discipline]
    power_bonus: float


class Heuristics(_Frozen):
    """The whole configuration; ``sources`` maps a dotted path to why its value stands there."""

    version: str
    goals: dict[Goal, GoalDose]
    power: PowerDose
    volume: dict[Muscle, VolumeBand]
    caps: Caps
    cns: Cns
    interference: Interference
    activity_buffer: dict[EnjoyableActivity, ActivityBuffer]
    aggression: dict[int, Push]
    dose: dict[Dose, float]
    deload: DeloadDose
    start: StartState
    block: BlockShape
    growth: Growth
    time: Timing
    distribution: Distribution
    scoring: Scoring
    sources: dict[str, Source] = Field(default_factory=dict)

    @property
    def config_version(self) -> str:
        return self.version


def parse(body: Mapping[str, Any]) -> Heuristics:
    """A configuration from its stored body (every leaf ``{value, grade, source, because}``).

    Raises ``pydantic.ValidationError`` for a missing, unknown or ill-shaped value.
    """
    sources: dict[str, Source] = {}
    values = _unwrap(body, "", sources)
    return Heuristics.model_validate({**values, "sources": sources})


def _unwrap(node: Any, path: str, sources: dict[str, Source]) -> Any:
    if not isinstance(node, Mapping):
        return node
    if "value" in node and "grade" in node:
        sources[path] = Source(grade=node["grade"], source=node["source"], because=node["because"])
        return node["value"]
    return {key: _unwrap(child, f"{path}.{key}".strip("."), sources) for key, child in node.items()}


@lru_cache(maxsize=1)
def default_heuristics() -> Heuristics:
    """The configuration that Gainsly ships with."""
    return parse(yaml.safe_load(DEFAULTS.read_text(encoding="utf-8")))
