"""Known programs as facts in a short notation, read and checked. See docs/algorithms/references.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from gainsly.lib.vocabulary import ExperienceLevel, Goal, Phase, ProgressionStyle, Section, SessionType, SplitTemplate

NOTATION = re.compile(
    r"(?P<movement>[a-z0-9'-]+) (?P<sets>\d+)x(?P<low>\d+)(?:-(?P<high>\d+))?(?P<unit>s|\+)?"
    r"(?: @(?P<percent>[\d.]+)%)?(?: rir(?P<rir>\d+))?(?: rest(?P<rest>\d+))?(?: ss(?P<superset>[A-Z]))?"
    r"(?: up(?P<rise>[\d.]+)%)?(?P<climb> climb)?"
)
HUNDRED = 100.0


class ReferenceError(ValueError):
    """A file of a known program that cannot be read; the message names the program and the place."""


@dataclass(frozen=True, slots=True)
class Line:
    """One prescription: ``barbell-back-squat 3x5 @75% rest180 up2%``.

    Percent is of the 1RM at the start; ``rise`` is what is added to it each step (see ``Reference.rise``); ``climb``
    walks the lower end of the repetitions up through the range over the program.
    """

    movement: str
    sets: int
    reps_min: int | None
    reps_max: int | None
    seconds: int | None
    percent: float | None
    rir: float | None
    rest: int | None
    superset: str | None
    rise: float
    climb: bool
    open_ended: bool  # the last set goes on as long as it is clean


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Day(_Part):
    title: Annotated[str, Field(min_length=1, max_length=60)]
    type: SessionType
    skill: tuple[str, ...] = ()
    main: tuple[str, ...]
    accessory: tuple[str, ...] = ()

    def lines(self) -> dict[Section, tuple[Line, ...]]:
        """Its prescriptions by section. Raises ``ReferenceError``."""
        texts = {Section.SKILL: self.skill, Section.MAIN: self.main, Section.ACCESSORY: self.accessory}
        return {section: tuple(line_of(text) for text in rows) for section, rows in texts.items() if rows}


class Week(_Part):
    days: tuple[str, ...]
    phase: Phase = Phase.ACCUMULATION

    @property
    def is_deload(self) -> bool:
        return self.phase is Phase.DELOAD


class Reference(_Part):
    """A known program: what it is, for whom, and its weeks, which repeat until the program is full."""

    slug: str = ""
    name: Annotated[str, Field(min_length=1, max_length=80)]
    summary: Annotated[str, Field(min_length=1, max_length=400)]
    source: Annotated[str, Field(min_length=1, max_length=200)]
    goals: Mapping[Goal, Annotated[int, Field(ge=1, le=10)]]
    experience: ExperienceLevel
    split: SplitTemplate
    progression: ProgressionStyle
    weekdays: tuple[Annotated[int, Field(ge=0, le=6)], ...]
    duration_weeks: Literal[8, 10, 12]
    deload_every: Annotated[int, Field(ge=3, le=8)]
    rise: Literal["week", "cycle"] = "week"
    main_rest: Annotated[int, Field(ge=30, le=600)]
    accessory_rest: Annotated[int, Field(ge=30, le=600)]
    days: Mapping[str, Day]
    weeks: Annotated[tuple[Week, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _hangs_together(self) -> Reference:
        if sum(self.goals.values()) != 10:  # noqa: PLR2004 - ten points, as everywhere
            raise ValueError("the goals' weights must sum to ten")
        for week in self.weeks:
            unknown = sorted(set(week.days) - set(self.days))
            if unknown or len(week.days) != len(self.weekdays):
                raise ValueError(f"a week holds {len(self.weekdays)} known days; unknown: {unknown}")
        return self

    def movements(self) -> set[str]:
        """The slugs of everything that is trained in it."""
        return {line.movement for day in self.days.values() for lines in day.lines().values() for line in lines}

    def week(self, sequence: int) -> Week:
        """The week of this number, from 1; the weeks repeat."""
        return self.weeks[(sequence - 1) % len(self.weeks)]

    def steps_before(self, sequence: int) -> int:
        """How often the loads have been raised before this week."""
        return sequence - 1 if self.rise == "week" else (sequence - 1) // len(self.weeks)


def read_reference(slug: str, text: str) -> Reference:
    """A known program from its YAML. Raises ``ReferenceError`` with the place of the first fault."""
    body: Any = yaml.safe_load(text)
    try:
        reference = Reference.model_validate({**body, "slug": slug})
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise ReferenceError(f"{slug}: {place}: {fault['msg']}") from error
    for day in reference.days.values():
        day.lines()
    return reference


def line_of(text: str) -> Line:
    """One line of the notation. Raises ``ReferenceError``."""
    found = NOTATION.fullmatch(text)
    if found is None:
        raise ReferenceError(f'"{text}" is not written like "barbell-back-squat 3x5 @75% rest180"')
    low = int(found["low"])
    is_timed = found["unit"] == "s"
    return Line(
        movement=found["movement"],
        sets=int(found["sets"]),
        reps_min=None if is_timed else low,
        reps_max=None if is_timed else int(found["high"] or low),
        seconds=low if is_timed else None,
        percent=_share(found["percent"]),
        rir=None if found["rir"] is None else float(found["rir"]),
        rest=None if found["rest"] is None else int(found["rest"]),
        superset=found["superset"],
        rise=_share(found["rise"]) or 0.0,
        climb=bool(found["climb"]),
        open_ended=found["unit"] == "+",
    )


def _share(percent: str | None) -> float | None:
    return None if percent is None else round(float(percent) / HUNDRED, 4)
