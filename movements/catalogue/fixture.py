"""From the text of the fixture files to a checked library. Every mistake is named with its file and slug.

``fixtures/SCHEMA.md`` describes the format for authors. One bad entry does not hide the next: all mistakes are
collected and reported together.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

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
from movements.catalogue.records import (
    CircuitExerciseRecord,
    CircuitRecord,
    LibraryRecord,
    MovementRecord,
    RatioPrior,
    RelationRecord,
)

OWN_SLUG_PREFIX = "my-"  # athletes' own movements live under it, so that a library slug never meets one of theirs
MAX_CUE_LENGTH = 120
MAX_NAME_LENGTH = 120

Record = TypeVar("Record", MovementRecord, CircuitRecord)


class FixtureError(ValueError):
    """The fixtures cannot be loaded; ``problems`` has one line per mistake."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


def slug_of(name: str) -> str:
    """``Farmer's Carry (Heavy)`` -> ``farmers-carry-heavy``."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.replace("'", "")).strip("-")


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


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Muscles(_Entry):
    primary: dict[Muscle, Share] = Field(default_factory=dict)
    secondary: dict[Muscle, Share] = Field(default_factory=dict)
    stabilizer: list[Muscle] = Field(default_factory=list)

    @model_validator(mode="after")
    def each_muscle_has_one_role(self) -> _Muscles:
        _once([*self.primary, *self.secondary, *self.stabilizer])
        return self


class _Ratio(_Entry):
    reference: Slug
    value: Annotated[float, Field(ge=0.01, le=5), AfterValidator(_two_decimals)]
    grade: Literal["A", "B", "C"]
    source: Annotated[str, Field(min_length=1, max_length=200)]


class _Movement(_Entry):
    name: Name
    slug: Slug | None = None
    aliases: Annotated[list[Annotated[str, Field(min_length=2, max_length=80)]], AfterValidator(_once)] = []
    pattern: MovementPattern
    region: Region
    discipline: Discipline
    disciplines: list[Discipline] = []
    tags: list[Tag] = []
    muscles: _Muscles
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
    ratio: _Ratio | None = None
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


class _Relation(_Entry):
    source: Slug
    target: Slug
    type: RelationshipType

    @model_validator(mode="after")
    def has_two_ends(self) -> _Relation:
        if self.source == self.target:
            raise ValueError("a movement cannot be related to itself")
        return self

    def record(self) -> RelationRecord:
        return RelationRecord(self.source, self.target, self.type)


class _CircuitExercise(_Entry):
    movement: Slug
    reps: Count | None = None
    seconds: Count | None = None
    metres: Count | None = None
    calories: Count | None = None
    load_kg: Kilograms | None = None
    load_kg_female: Kilograms | None = None
    notes: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def says_how_much(self) -> _CircuitExercise:
        if not (self.reps or self.seconds or self.metres or self.calories):
            raise ValueError("needs reps, seconds, metres or calories")
        return self


class _Circuit(_Entry):
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
    exercises: Annotated[list[_CircuitExercise], Field(min_length=1)]

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


class _Reader:
    """Reads entries and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.reasons: dict[str, str] = {}
        self.files: dict[str, str] = {}  # by slug, for messages about whole records

    def entries(self, file: str, text: str, key: str) -> list[dict[str, Any]]:
        try:
            document = json.loads(text)
        except ValueError as error:
            self.problems.append(f"{file}: not JSON ({error})")
            return []
        rows = document.get(key) if isinstance(document, dict) else None
        if not isinstance(rows, list) or set(document) != {key}:
            self.problems.append(f'{file}: must be {{"{key}": [...]}} and nothing else')
            return []
        return rows

    def movement(self, file: str, raw: Any) -> MovementRecord | None:
        entry = self._parsed(_Movement, file, raw)
        if entry is None:
            return None
        record = entry.record()
        if record.slug.startswith(OWN_SLUG_PREFIX):
            self.problems.append(f"{file}: {record.slug}: slugs that begin with {OWN_SLUG_PREFIX!r} belong to athletes")
        if entry.muscle_reason:
            self.reasons[record.slug] = entry.muscle_reason
        return record

    def circuit(self, file: str, raw: Any) -> CircuitRecord | None:
        entry = self._parsed(_Circuit, file, raw)
        return entry.record() if entry else None

    def relation(self, file: str, raw: Any) -> RelationRecord | None:
        entry = self._parsed(_Relation, file, raw)
        return entry.record() if entry else None

    def _parsed(self, kind: type[EntryT], file: str, raw: Any) -> EntryT | None:
        try:
            return kind.model_validate(raw)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                where = ".".join(str(part) for part in one["loc"]) or "entry"
                self.problems.append(f"{file}: {_label(raw)}: {where}: {one['msg']}")
            return None

    def shelve(
        self, files: Mapping[str, str], key: str, read: Callable[[str, Any], Record | None]
    ) -> dict[str, Record]:
        """Records by slug over several files; a slug or a name that comes twice is a mistake."""
        shelf: dict[str, Record] = {}
        names: dict[str, str] = {}
        for file in sorted(files):
            for raw in self.entries(file, files[file], key):
                record = read(file, raw)
                if record is None:
                    continue
                if record.slug in shelf:
                    self.problems.append(f"{file}: {record.slug}: this slug stands twice")
                if record.name.lower() in names:
                    self.problems.append(f"{file}: {record.slug}: the name {record.name!r} stands twice")
                names[record.name.lower()] = record.slug
                self.files[record.slug] = file
                shelf[record.slug] = record
        return shelf


EntryT = TypeVar("EntryT", bound=_Entry)


def _label(raw: Any) -> str:
    """What to call a raw entry in a message."""
    if not isinstance(raw, dict):
        return repr(raw)[:60]
    if "source" in raw:
        return f"{raw.get('source')} -> {raw.get('target')}"
    return str(raw.get("slug") or slug_of(str(raw.get("name", "?"))) or "?")


def parse_library(
    *, movements: Mapping[str, str], relations: Mapping[str, str], circuits: Mapping[str, str]
) -> LibraryRecord:
    """The checked library from file texts by file name. Raises FixtureError with every mistake there is."""
    reader = _Reader()
    shelf = reader.shelve(movements, "movements", reader.movement)
    edges = [
        (file, reader.relation(file, raw))
        for file in sorted(relations)
        for raw in reader.entries(file, relations[file], "relations")
    ]
    rings = reader.shelve(circuits, "circuits", reader.circuit)
    reader.problems += _dangling(shelf, [(file, edge) for file, edge in edges if edge], rings, reader.files)
    if reader.problems:
        raise FixtureError(reader.problems)
    return LibraryRecord(
        movements=shelf,
        relations=tuple(edge for _, edge in edges if edge),
        circuits=rings,
        reasons=reader.reasons,
    )


def _dangling(
    shelf: Mapping[str, MovementRecord],
    edges: list[tuple[str, RelationRecord]],
    circuits: Mapping[str, CircuitRecord],
    files: Mapping[str, str],
) -> list[str]:
    """References to movements that are not there, and edges that stand twice."""
    problems = [
        f"{files[record.slug]}: {record.slug}: ratio.reference: there is no movement {record.ratio.reference!r}"
        for record in shelf.values()
        if record.ratio and record.ratio.reference not in shelf
    ]
    seen: set[RelationRecord] = set()
    for file, edge in edges:
        problems += [
            f"{file}: {edge.source} -> {edge.target}: there is no movement {end!r}"
            for end in (edge.source, edge.target)
            if end not in shelf
        ]
        if edge in seen:
            problems.append(f"{file}: {edge.source} -> {edge.target}: this {edge.type} edge stands twice")
        seen.add(edge)
    problems += [
        f"{files[circuit.slug]}: {circuit.slug}: there is no movement {exercise.movement!r}"
        for circuit in circuits.values()
        for exercise in circuit.exercises
        if exercise.movement not in shelf
    ]
    return problems
