"""The format of a fixture entry (``fixtures/SCHEMA.md``), and how it becomes a record."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from gainsly.lib.vocabulary import (
    EQUIPMENT,
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
from movements.catalogue.names import slug_of
from movements.catalogue.records import (
    CircuitExerciseRecord,
    CircuitRecord,
    MovementRecord,
    RatioPrior,
    RelationRecord,
)

MAX_CUE_LENGTH = 120
MAX_NAME_LENGTH = 120


def _two_decimals(value: float) -> float:
    if abs(round(value, 2) - value) > 1e-9:  # noqa: PLR2004 - float noise only
        raise ValueError("at most two decimals")
    return round(value, 2)


def _known_equipment(slug: str) -> str:
    if slug not in EQUIPMENT:
        raise ValueError(f"unknown equipment {slug!r}")
    return slug


def _once(values: list[Any]) -> list[Any]:
    if len(set(values)) != len(values):
        raise ValueError("an entry stands twice")
    return values


Share = Annotated[float, Field(ge=0, le=1), AfterValidator(_two_decimals)]
Kilograms = Annotated[float, Field(ge=0, le=900), AfterValidator(_two_decimals)]
Piece = Annotated[str, AfterValidator(_known_equipment)]
EquipmentSet = Annotated[list[Piece], AfterValidator(_once)]
Tag = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")]
Cue = Annotated[str, Field(min_length=3, max_length=MAX_CUE_LENGTH)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=140)]
Name = Annotated[str, Field(min_length=2, max_length=MAX_NAME_LENGTH)]
Count = Annotated[int, Field(gt=0, le=100_000)]


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MusclesEntry(Entry):
    primary: dict[Muscle, Share] = Field(default_factory=dict)
    secondary: dict[Muscle, Share] = Field(default_factory=dict)
    stabilizer: list[Muscle] = Field(default_factory=list)

    @model_validator(mode="after")
    def each_muscle_has_one_role(self) -> MusclesEntry:
        _once([*self.primary, *self.secondary, *self.stabilizer])
        return self


class RatioEntry(Entry):
    reference: Slug
    value: Annotated[float, Field(ge=0.01, le=5), AfterValidator(_two_decimals)]
    grade: Literal["A", "B", "C"]
    source: Annotated[str, Field(min_length=1, max_length=200)]


class MovementEntry(Entry):
    name: Name
    slug: Slug | None = None
    aliases: Annotated[list[Annotated[str, Field(min_length=2, max_length=80)]], AfterValidator(_once)] = []
    pattern: MovementPattern
    region: Region
    discipline: Discipline
    disciplines: list[Discipline] = []
    tags: list[Tag] = []
    muscles: MusclesEntry
    muscle_reason: str = ""
    equipment: EquipmentSet = []
    alternatives: list[EquipmentSet] = []
    joints: dict[InjuryArea, JointStress] = {}
    sections: Annotated[list[Section], AfterValidator(_once)] = []
    cns: CnsLoad
    skill: SkillLevel
    compound: bool = False
    complex: bool = False
    unilateral: bool = False
    metric: MetricType
    implements: Annotated[int, Field(ge=1, le=2)] = 1
    bodyweight_share: Share = 0.0
    load_step_kg: Annotated[float, Field(gt=0, le=50), AfterValidator(_two_decimals)] | None = None
    ratio: RatioEntry | None = None
    group: Annotated[str, Field(max_length=60)] = ""
    cues: list[Cue] = []
    description: Annotated[str, Field(max_length=1000)] = ""

    def record(self) -> MovementRecord:
        sections = [section for section in Section if section in self.sections]
        return MovementRecord(
            slug=self.slug or slug_of(self.name),
            name=self.name,
            pattern=self.pattern,
            region=self.region,
            discipline=self.discipline,
            cns=self.cns,
            skill=self.skill,
            metric=self.metric,
            primary=self.muscles.primary,
            secondary=self.muscles.secondary,
            stabilizers=tuple(sorted(self.muscles.stabilizer)),
            equipment=tuple(sorted(self.equipment)),
            alternatives=tuple(tuple(sorted(pieces)) for pieces in self.alternatives),
            joints=self.joints,
            sections=tuple(sections),
            disciplines=tuple(sorted({self.discipline, *self.disciplines})),
            tags=tuple(sorted(set(self.tags))),
            aliases=tuple(self.aliases),
            cues=tuple(self.cues),
            description=self.description,
            compound=self.compound,
            complex_lift=self.complex,
            unilateral=self.unilateral,
            implements=self.implements,
            bodyweight_share=self.bodyweight_share,
            load_step_kg=self.load_step_kg,
            ratio=RatioPrior(**self.ratio.model_dump()) if self.ratio else None,
            group=self.group,
        )


class RelationEntry(Entry):
    source: Slug
    target: Slug
    type: RelationshipType

    @model_validator(mode="after")
    def has_two_ends(self) -> RelationEntry:
        if self.source == self.target:
            raise ValueError("a movement cannot be related to itself")
        return self

    def record(self) -> RelationRecord:
        return RelationRecord(self.source, self.target, self.type)


class CircuitExerciseEntry(Entry):
    movement: Slug
    reps: Count | None = None
    seconds: Count | None = None
    metres: Count | None = None
    calories: Count | None = None
    load_kg: Kilograms | None = None
    load_kg_female: Kilograms | None = None
    notes: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def says_how_much(self) -> CircuitExerciseEntry:
        if not (self.reps or self.seconds or self.metres or self.calories):
            raise ValueError("needs reps, seconds, metres or calories")
        return self


class CircuitEntry(Entry):
    name: Name
    slug: Slug | None = None
    type: CircuitType
    rounds: Annotated[int, Field(ge=1, le=200)] | None = None
    time_cap_seconds: Count | None = None
    work_seconds: Count | None = None
    rest_seconds: Annotated[int, Field(ge=0, le=3600)] | None = None
    estimated_minutes: Annotated[int, Field(ge=1, le=180)]
    difficulty: Annotated[int, Field(ge=1, le=5)] = 3
    scaling: Annotated[str, Field(max_length=300)] = ""
    description: Annotated[str, Field(max_length=1000)] = ""
    tags: list[Tag] = []
    stress: dict[StressBucket, Annotated[int, Field(ge=0, le=10)]] = {}
    exercises: Annotated[list[CircuitExerciseEntry], Field(min_length=1)]

    def record(self) -> CircuitRecord:
        return CircuitRecord(
            slug=self.slug or slug_of(self.name),
            name=self.name,
            type=self.type,
            estimated_minutes=self.estimated_minutes,
            exercises=tuple(CircuitExerciseRecord(**exercise.model_dump()) for exercise in self.exercises),
            rounds=self.rounds,
            time_cap_seconds=self.time_cap_seconds,
            work_seconds=self.work_seconds,
            rest_seconds=self.rest_seconds,
            difficulty=self.difficulty,
            stress=self.stress,
            tags=tuple(sorted(set(self.tags))),
            scaling=self.scaling,
            description=self.description,
        )
