"""The shapes of api.md, for the OpenAPI document.

Bodies are read by ``programs.services``, answers rendered by ``programs.selectors``.
"""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from gainsly.lib.vocabulary import (
    ChosenBy,
    CnsLoad,
    Discipline,
    Dose,
    GenerationStatus,
    Goal,
    MetricType,
    MicrocycleStatus,
    MovementPattern,
    Muscle,
    PersonaTone,
    Phase,
    ProgressionStyle,
    RefinementStatus,
    Section,
    SessionSource,
    SessionStatus,
    SessionType,
    SkillLevel,
    SplitTemplate,
    choices_of,
)
from movements.api.serializers import MovementSerializer
from programs.models.program import DAYS_PER_WEEK, DELOAD_EVERY, MICROCYCLE_DAYS, SESSION_MINUTES, WEEKS


@extend_schema_field(OpenApiTypes.OBJECT)
class ObjectField(serializers.JSONField):
    """A JSON object."""


class GoalSerializer(serializers.Serializer):
    goal = serializers.ChoiceField(choices_of(Goal))
    weight = serializers.IntegerField(min_value=1, max_value=10)


class DisciplineWeightSerializer(serializers.Serializer):
    discipline = serializers.ChoiceField(choices_of(Discipline))
    weight = serializers.IntegerField(min_value=1, max_value=5)


class ProgramHeadSerializer(serializers.Serializer):
    """What the create body and the program have in common."""

    name = serializers.CharField(max_length=120, required=False)
    start_date = serializers.DateField(required=False)
    duration_weeks = serializers.ChoiceField([(weeks, str(weeks)) for weeks in WEEKS])
    days_per_week = serializers.IntegerField(min_value=DAYS_PER_WEEK[0], max_value=DAYS_PER_WEEK[1])
    goals = GoalSerializer(many=True, min_length=1, max_length=3)  # type: ignore[call-arg]
    split_template = serializers.ChoiceField(choices_of(SplitTemplate), required=False)
    progression_style = serializers.ChoiceField(choices_of(ProgressionStyle), required=False)
    session_minutes = serializers.IntegerField(
        min_value=SESSION_MINUTES[0], max_value=SESSION_MINUTES[1], required=False
    )
    equipment = serializers.ListField(child=serializers.CharField(), required=False)
    deload_every = serializers.IntegerField(min_value=DELOAD_EVERY[0], max_value=DELOAD_EVERY[1], required=False)
    microcycle_days = serializers.ChoiceField([(days, str(days)) for days in MICROCYCLE_DAYS], required=False)
    seed = serializers.IntegerField(min_value=0, required=False)
    dose = serializers.ChoiceField(choices_of(Dose), required=False)
    priority_muscles = serializers.ListField(child=serializers.ChoiceField(choices_of(Muscle)), required=False)
    available_weekdays = serializers.ListField(child=serializers.IntegerField(min_value=0, max_value=6), required=False)
    disciplines = DisciplineWeightSerializer(many=True, required=False)
    persona_tone = serializers.ChoiceField(choices_of(PersonaTone), required=False)
    persona_aggression = serializers.IntegerField(min_value=1, max_value=5, required=False)
    hybrid_definition = ObjectField(required=False, allow_null=True)


class CreateProgramSerializer(ProgramHeadSerializer):
    """Goals, weeks and days are required; all else has a default from the profile."""


class MovementBriefSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    pattern = serializers.ChoiceField(choices_of(MovementPattern))
    primary_muscles = serializers.ListField(child=serializers.ChoiceField(choices_of(Muscle)))
    secondary_muscles = serializers.ListField(child=serializers.ChoiceField(choices_of(Muscle)))
    equipment = serializers.ListField(child=serializers.CharField())
    unilateral = serializers.BooleanField()
    compound = serializers.BooleanField()
    skill_level = serializers.ChoiceField(choices_of(SkillLevel))
    cns_load = serializers.ChoiceField(choices_of(CnsLoad))
    metric_type = serializers.ChoiceField(choices_of(MetricType))


class RampSerializer(serializers.Serializer):
    percent_1rm = serializers.FloatField()
    reps = serializers.IntegerField()
    load_kg = serializers.FloatField(allow_null=True)


class ExerciseSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    order = serializers.IntegerField()
    movement = MovementBriefSerializer()
    superset_group = serializers.CharField(allow_null=True)
    ramp = RampSerializer(many=True)
    sets = serializers.IntegerField()
    reps_min = serializers.IntegerField(allow_null=True)
    reps_max = serializers.IntegerField(allow_null=True)
    seconds = serializers.IntegerField(allow_null=True)
    metres = serializers.IntegerField(allow_null=True)
    target_rpe = serializers.FloatField(allow_null=True)
    target_rir = serializers.FloatField(allow_null=True)
    target_percent_1rm = serializers.FloatField(allow_null=True)
    target_load_kg = serializers.FloatField(allow_null=True)
    load_is_guess = serializers.BooleanField()
    tempo = serializers.CharField(allow_null=True)
    rest_seconds = serializers.IntegerField()
    notes = serializers.CharField(allow_blank=True)
    locked = serializers.BooleanField()


def _by_section(name: str, field: Any) -> type[serializers.Serializer]:
    return type(name, (serializers.Serializer,), {section.value: field() for section in Section})


SectionsSerializer = _by_section("SectionsSerializer", lambda: ExerciseSerializer(many=True))
MinutesSerializer = _by_section("MinutesSerializer", serializers.FloatField)


class SessionSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    date = serializers.DateField()
    day_number = serializers.IntegerField()
    title = serializers.CharField()
    session_type = serializers.ChoiceField(choices_of(SessionType))
    intent_tags = serializers.ListField(child=serializers.CharField())
    source = serializers.ChoiceField(choices_of(SessionSource))  # type: ignore[assignment]
    status = serializers.ChoiceField(choices_of(SessionStatus))
    locked = serializers.BooleanField()
    estimated_minutes = serializers.IntegerField()
    minutes = MinutesSerializer()
    coach_notes = serializers.CharField(allow_blank=True)
    main_circuit = ObjectField(allow_null=True)
    finisher_circuit = ObjectField(allow_null=True)
    sections = SectionsSerializer()


class WarningSerializer(serializers.Serializer):
    code = serializers.CharField()
    severity = serializers.FloatField()
    message = serializers.CharField()


class RescheduledSessionSerializer(SessionSerializer):
    warnings = WarningSerializer(many=True)


class MicrocycleSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    sequence = serializers.IntegerField()
    start_date = serializers.DateField()
    length_days = serializers.IntegerField()
    is_deload = serializers.BooleanField()
    phase = serializers.ChoiceField(choices_of(Phase))
    status = serializers.ChoiceField(choices_of(MicrocycleStatus))
    sessions = SessionSerializer(many=True)


class CheckSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    applies = serializers.BooleanField()
    passed = serializers.BooleanField()
    score = serializers.FloatField()
    value = serializers.FloatField(allow_null=True)
    threshold = serializers.FloatField(allow_null=True)
    weight = serializers.FloatField()
    grade = serializers.CharField()
    message = serializers.CharField()
    witness = serializers.CharField()


class QualitySerializer(serializers.Serializer):
    success = serializers.BooleanField()
    score = serializers.FloatField()
    checks = CheckSerializer(many=True)
    figures = serializers.DictField(child=serializers.FloatField())


class PlanSerializer(ProgramHeadSerializer):
    """The plan JSON, as exported and imported (``gainsly.program/1``)."""

    id = serializers.UUIDField()
    schema = serializers.CharField()
    generation_status = serializers.ChoiceField(choices_of(GenerationStatus))
    config_version = serializers.CharField()
    warnings = WarningSerializer(many=True)
    quality = QualitySerializer()
    microcycles = MicrocycleSerializer(many=True)


class ProgramSerializer(PlanSerializer):
    is_active = serializers.BooleanField()


class PreviewSerializer(PlanSerializer):
    """The program without ids, and ``preview: true``."""

    id = None  # type: ignore[assignment]
    preview = serializers.BooleanField()


class ProgramRowSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    start_date = serializers.DateField()
    duration_weeks = serializers.IntegerField()
    days_per_week = serializers.IntegerField()
    goals = GoalSerializer(many=True)
    is_active = serializers.BooleanField()
    progress = serializers.FloatField()


class FavoritesSerializer(serializers.Serializer):
    movements = MovementSerializer(many=True)
    programs = ProgramRowSerializer(many=True)


class RenameSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=120)


class DuplicateSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=120, required=False)
    start_date = serializers.DateField(required=False)


class RefinementSerializer(serializers.Serializer):
    status = serializers.ChoiceField(choices_of(RefinementStatus))
    reason = serializers.CharField(allow_blank=True)


class SessionGenerationSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    date = serializers.DateField()
    status = serializers.ChoiceField(choices_of(GenerationStatus))
    progress = serializers.FloatField(min_value=0, max_value=1)
    source = serializers.ChoiceField(choices_of(SessionSource))  # type: ignore[assignment]
    error = serializers.CharField(allow_null=True)


class MicrocycleGenerationSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    sequence = serializers.IntegerField()
    status = serializers.ChoiceField(choices_of(GenerationStatus))
    progress = serializers.FloatField(min_value=0, max_value=1)
    refinement = RefinementSerializer()
    sessions = SessionGenerationSerializer(many=True)


class GenerationSerializer(serializers.Serializer):
    status = serializers.ChoiceField(choices_of(GenerationStatus))
    progress = serializers.FloatField(min_value=0, max_value=1)
    microcycles = MicrocycleGenerationSerializer(many=True)


class ExerciseEditSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    sets = serializers.IntegerField(min_value=1, max_value=12, required=False)
    reps_min = serializers.IntegerField(min_value=1, max_value=60, required=False)
    reps_max = serializers.IntegerField(min_value=1, max_value=60, required=False)
    rest_seconds = serializers.IntegerField(min_value=0, max_value=900, required=False)
    target_load_kg = serializers.FloatField(min_value=0, max_value=1000, required=False, allow_null=True)
    target_rir = serializers.FloatField(min_value=0, max_value=10, required=False, allow_null=True)
    order = serializers.IntegerField(min_value=1, max_value=40, required=False, help_text="Within its section.")
    locked = serializers.BooleanField(required=False)


class SessionEditSerializer(serializers.Serializer):
    coach_notes = serializers.CharField(max_length=200, required=False, allow_blank=True)
    locked = serializers.BooleanField(required=False)
    exercises = ExerciseEditSerializer(many=True, required=False)


class RescheduleSerializer(serializers.Serializer):
    date = serializers.DateField()


class RunnerUpSerializer(serializers.Serializer):
    movement = MovementBriefSerializer()
    total = serializers.FloatField()
    lost_because = serializers.CharField()
    week = serializers.DictField(
        child=serializers.FloatField(),
        required=False,
        help_text="Assistance: parts of its value beside the rest of the week, their sum, and the chosen one's.",
    )


class EvidenceSerializer(serializers.Serializer):
    claim = serializers.CharField()
    grade = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    url = serializers.CharField(help_text="Where the evidence page explains it.")


class ExplainedExerciseSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    section = serializers.ChoiceField(choices_of(Section))
    movement = serializers.CharField()
    scores = serializers.DictField(
        child=serializers.FloatField(),
        help_text="Seven for what the plan chose; six parts of likeness for what took another's place.",
    )
    weights = serializers.DictField(child=serializers.FloatField())
    total = serializers.FloatField(allow_null=True)
    relaxation_step = serializers.IntegerField()
    runners_up = RunnerUpSerializer(many=True)
    rules = serializers.ListField(child=serializers.CharField())
    evidence = EvidenceSerializer(many=True)
    chosen_by = serializers.ChoiceField(choices_of(ChosenBy), allow_null=True)
    reason = serializers.CharField(allow_blank=True, help_text="Why it took another's place; empty for the plan's own.")


class ExplanationSerializer(serializers.Serializer):
    exercises = ExplainedExerciseSerializer(many=True)


class NumberEvidenceSerializer(EvidenceSerializer):
    path = serializers.CharField(help_text="Where the configuration holds it.")
    value = serializers.JSONField()


class ProgramExplanationSerializer(serializers.Serializer):
    choices = serializers.IntegerField(help_text="Of the work that stands in the program now.")
    chosen_by = serializers.DictField(child=serializers.IntegerField())
    relaxation_steps = serializers.DictField(child=serializers.IntegerField())
    scores = serializers.DictField(child=serializers.FloatField(), help_text="Means of the seven.")
    weights = serializers.DictField(child=serializers.FloatField())
    total = serializers.FloatField(allow_null=True)
    rules = serializers.ListField(child=serializers.CharField())
    evidence = NumberEvidenceSerializer(many=True)
