"""Bodies and answers of activities, strength by pattern and load."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from gainsly.core.api import StrictSerializer
from gainsly.lib.vocabulary import ActivitySource, EnjoyableActivity, MovementPattern, Muscle, choices_of
from logging_app.metrics.workload import activity_load
from logging_app.models import ActivityDefinition, ActivityInstance


class ActivityBody(StrictSerializer):
    """`activity` is a definition's slug; without an effort its MET stands in for one."""

    activity = serializers.CharField(max_length=40)
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField()
    rpe = serializers.FloatField(required=False, allow_null=True)
    metres = serializers.FloatField(required=False, allow_null=True)
    notes = serializers.CharField(required=False, allow_blank=True, max_length=300)
    workout_id = serializers.UUIDField(
        required=False, allow_null=True, help_text="The logged workout that this was too: then it counts once."
    )


class Fatigue(serializers.Serializer[Any]):
    muscle = serializers.ChoiceField(choices=choices_of(Muscle))
    sets_per_hour = serializers.FloatField(help_text="Equivalent hard sets.")


class DefinitionAnswer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    activity = serializers.ChoiceField(choices=choices_of(EnjoyableActivity))
    met = serializers.FloatField()
    source = serializers.CharField()  # type: ignore[assignment]
    fatigue = Fatigue(many=True)


class DefinitionList(serializers.Serializer[Any]):
    results = DefinitionAnswer(many=True)


class ActivityAnswer(serializers.Serializer[Any]):
    id = serializers.UUIDField(read_only=True)
    activity = serializers.CharField(source="definition.slug")
    name = serializers.CharField(source="definition.name")
    date = serializers.DateField()
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField()
    rpe = serializers.FloatField(allow_null=True)
    metres = serializers.FloatField(allow_null=True)
    notes = serializers.CharField(allow_blank=True)
    source = serializers.ChoiceField(choices=choices_of(ActivitySource))  # type: ignore[assignment]
    load = serializers.SerializerMethodField()
    workout_id = serializers.SerializerMethodField()

    def get_load(self, row: ActivityInstance) -> float:
        minutes = (row.finished_at - row.started_at).total_seconds() / 60
        return round(activity_load(row.rpe, row.definition.met, minutes), 1)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_workout_id(self, row: ActivityInstance) -> str | None:
        link = getattr(row, "link", None)
        return str(link.workout_id) if link and link.workout_id else None


class PatternAnswer(serializers.Serializer[Any]):
    pattern = serializers.ChoiceField(choices=choices_of(MovementPattern))
    reference = serializers.CharField(help_text="Slug of the lift that the others are scaled to.")
    status = serializers.ChoiceField(choices=["ready", "not_yet"])
    exposures = serializers.IntegerField()
    psi = serializers.FloatField(allow_null=True, help_text="Kilograms of the reference lift.")
    se = serializers.FloatField(allow_null=True)
    trend = serializers.FloatField(allow_null=True, help_text="Against the two microcycles before; 0.05 is 5 %.")
    trend_se = serializers.FloatField(allow_null=True)
    significant = serializers.BooleanField()


class PatternPoint(serializers.Serializer[Any]):
    date = serializers.DateField()
    pattern = serializers.ChoiceField(choices=choices_of(MovementPattern))
    psi = serializers.FloatField()
    se = serializers.FloatField()


class PsiAnswer(serializers.Serializer[Any]):
    to = serializers.DateField()
    patterns = PatternAnswer(many=True)
    early_deload = serializers.BooleanField(help_text="Two patterns fell by more than twice their error.")
    series = PatternPoint(many=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {"from": serializers.DateField(), **super().get_fields()}


@extend_schema_field({"oneOf": [{"type": "number"}, {"type": "string", "enum": ["max"]}, {"type": "null"}]})
class MonotonyField(serializers.Field[Any, Any, Any, Any]):
    """A number, ``max`` where every day was alike, null where nothing was done."""

    def to_representation(self, value: Any) -> Any:
        return value


class LoadWeek(serializers.Serializer[Any]):
    load = serializers.FloatField(help_text="Arbitrary units: effort (1-10) times minutes.")
    monotony = MonotonyField(help_text='Mean over sample standard deviation of the days; "max" when all are alike.')
    strain = serializers.IntegerField(allow_null=True)
    monotonous = serializers.BooleanField(help_text="Above 2: the week knew no easy days.")


class LoadCalendarWeek(LoadWeek):
    week = serializers.DateField(help_text="Its first day.")
    complete = serializers.BooleanField()


class LoadDay(serializers.Serializer[Any]):
    date = serializers.DateField()
    load = serializers.FloatField()


class LoadAnswer(serializers.Serializer[Any]):
    last_seven_days = LoadWeek()
    ramp = serializers.FloatField(allow_null=True, help_text="Last whole week over the mean of the four before.")
    unrated_workouts = serializers.IntegerField(help_text="Left out: nobody told how hard they were.")
    weeks = LoadCalendarWeek(many=True)
    days = LoadDay(many=True)


def definition_json(row: ActivityDefinition) -> dict[str, Any]:
    return dict(DefinitionAnswer({**vars(row), "fatigue": row.fatigue.all()}).data)
