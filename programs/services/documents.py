"""The plan JSON read back: every member typed and bounded, nothing unknown let in (schema ``gainsly.program/1``)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gainsly.lib.vocabulary import Phase, Section, SessionSource, SessionType
from programs.models.session import COACH_NOTES_LENGTH

MOST_EXERCISES = 40  # in one section
MOST_CHECKS = 80
BY_HAND = "by hand"  # the configuration of a plan that no engine wrote
Text = Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]
Minutes = Annotated[float, Field(ge=0, le=240)]
Share = Annotated[float, Field(ge=0, le=1)]
Id = Annotated[str, Field(max_length=64)]


class Part(BaseModel):
    """What every part of the document has in common."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    id: Id | None = None  # belongs to the plan that was exported; read and left aside


class WarningPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    code: Text
    severity: Share
    message: Text


class CheckPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    code: Text
    name: Text = ""
    kind: Text = ""
    applies: bool = True
    passed: bool
    score: float = 0.0
    value: float | None
    threshold: float | None
    weight: float = 0.0
    grade: Text = ""
    message: Text = ""
    witness: Text = ""


class WeekPart(BaseModel):
    """What a chart shows of one week."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    sequence: Annotated[int, Field(ge=1, le=12)]
    is_deload: bool
    muscle_sets: Annotated[dict[Text, float], Field(max_length=MOST_CHECKS)]
    main_percent: float | None
    minutes: Annotated[dict[Text, float], Field(max_length=MOST_CHECKS)]


class QualityPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    success: bool
    score: float = 0.0
    checks: Annotated[list[CheckPart], Field(max_length=MOST_CHECKS)]
    figures: Annotated[dict[Text, float], Field(max_length=MOST_CHECKS)] = Field(default_factory=dict)
    weeks: Annotated[list[WeekPart], Field(max_length=12)] = []
    bands: Annotated[dict[Text, tuple[float, float]], Field(max_length=MOST_CHECKS)] = Field(default_factory=dict)


class MovementPart(BaseModel):
    """Only the slug counts; the library here says the rest."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    slug: Annotated[str, Field(max_length=140)]


class RampPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    percent_1rm: Annotated[float, Field(ge=0, le=1.2)]
    reps: Annotated[int, Field(ge=1, le=60)]
    load_kg: Annotated[float, Field(ge=0, le=1000)] | None


class ExercisePart(Part):
    """One prescription; the ranges are those of the database."""

    order: Annotated[int, Field(ge=1, le=MOST_EXERCISES)]
    movement: MovementPart
    superset_group: Annotated[str, Field(max_length=4)] | None = None
    ramp: Annotated[list[RampPart], Field(max_length=10)] = []
    sets: Annotated[int, Field(ge=1, le=12)]
    reps_min: Annotated[int, Field(ge=1, le=60)] | None = None
    reps_max: Annotated[int, Field(ge=1, le=60)] | None = None
    seconds: Annotated[int, Field(ge=1, le=14_400)] | None = None
    metres: Annotated[int, Field(ge=1, le=100_000)] | None = None
    target_rpe: Annotated[float, Field(ge=1, le=10)] | None = None
    target_rir: Annotated[float, Field(ge=0, le=10)] | None = None
    target_percent_1rm: Annotated[float, Field(ge=0, le=1.2)] | None = None
    target_load_kg: Annotated[float, Field(ge=0, le=1000)] | None = None
    load_is_guess: bool = False
    tempo: Annotated[str, Field(max_length=12)] | None = None
    rest_seconds: Annotated[int, Field(ge=0, le=900)]
    notes: Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")] = ""
    locked: bool = False

    @model_validator(mode="after")
    def _has_work(self) -> ExercisePart:
        if self.reps_max is None and self.seconds is None and self.metres is None:
            raise ValueError("give reps, seconds or metres")
        if self.reps_min is not None and self.reps_max is not None and self.reps_min > self.reps_max:
            raise ValueError("reps_min is above reps_max")
        return self


class SessionPart(Part):
    date: dt.date
    day_number: Annotated[int, Field(ge=1, le=14)]
    title: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""
    session_type: SessionType
    intent_tags: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=20)] = []
    source: SessionSource = SessionSource.ATHLETE
    locked: bool = False
    estimated_minutes: Annotated[int, Field(ge=1, le=240)] | None = None  # counted where it is not said
    minutes: dict[Section, Minutes] | None = None
    coach_notes: Annotated[str, Field(max_length=COACH_NOTES_LENGTH, pattern=r"^[^\x00]*$")] = ""
    main_circuit: dict[str, Any] | None = None
    finisher_circuit: dict[str, Any] | None = None
    sections: dict[Section, Annotated[list[ExercisePart], Field(max_length=MOST_EXERCISES)]]

    @model_validator(mode="after")
    def _orders_differ(self) -> SessionPart:
        for section, exercises in self.sections.items():
            if len({exercise.order for exercise in exercises}) < len(exercises):
                raise ValueError(f"an order number stands twice in {section.value}")
        return self


class MicrocyclePart(Part):
    sequence: Annotated[int, Field(ge=1, le=12)]
    start_date: dt.date
    length_days: Annotated[int, Field(ge=1, le=14)]
    is_deload: bool
    phase: Phase
    status: Text = ""  # follows from the dates
    sessions: Annotated[list[SessionPart], Field(max_length=14)]

    @model_validator(mode="after")
    def _days_differ(self) -> MicrocyclePart:
        if len({session.day_number for session in self.sessions}) < len(self.sessions):
            raise ValueError("a day number stands twice")
        return self


class PlanDocument(BaseModel):
    """The parts that a create body does not have; the others are read by ``requests.read_request``."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)

    schema_name: Literal["gainsly.program/1"] = Field(default="gainsly.program/1", alias="schema")
    start_date: dt.date
    duration_weeks: Annotated[int, Field(ge=1, le=12)]
    config_version: Annotated[str, Field(min_length=1, max_length=60)] = BY_HAND
    generation_status: Literal["ready"] = "ready"
    warnings: Annotated[list[WarningPart], Field(max_length=40)] = []
    quality: QualityPart | None = None  # graded here where it is not said
    microcycles: Annotated[list[MicrocyclePart], Field(min_length=1, max_length=12)]

    @model_validator(mode="after")
    def _weeks_join(self) -> PlanDocument:
        day = self.start_date
        for sequence, microcycle in enumerate(self.microcycles, start=1):
            if microcycle.sequence != sequence or microcycle.start_date != day:
                raise ValueError(f"microcycle {sequence} must be numbered so and start on {day}")
            day += dt.timedelta(days=microcycle.length_days)
        if day != self.start_date + dt.timedelta(weeks=self.duration_weeks):
            raise ValueError("the microcycles do not cover the program's weeks")
        return self

    @model_validator(mode="after")
    def _sessions_inside(self) -> PlanDocument:
        end = self.start_date + dt.timedelta(weeks=self.duration_weeks)
        dates = [session.date for microcycle in self.microcycles for session in microcycle.sessions]
        if len(set(dates)) < len(dates):
            raise ValueError("two sessions stand on one day")
        if not dates or not all(self.start_date <= date < end for date in dates):
            raise ValueError("every session must lie inside the program's weeks, and there must be one")
        return self


DOCUMENT_KEYS = frozenset({"id", "schema", "config_version", "generation_status", "warnings", "quality", "microcycles"})
