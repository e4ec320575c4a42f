"""Bodies and answers of the diary's API. Types are parsed here; what may be is decided by the services."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from gainsly.core.api import StrictSerializer
from gainsly.lib.vocabulary import E1rmFormula, Muscle, RecoverySource, SetKind, choices_of
from logging_app.models import RecordKind
from logging_app.services.inputs import SetInput, WorkoutInput
from logging_app.services.readiness import MEASURES, SIGNAL_LIMITS
from programs.api.serializers import MovementBriefSerializer, SessionSerializer

# -- bodies


class SetBody(StrictSerializer):
    """A set: `movement` is a slug or an id; kilograms whatever the athlete's units."""

    id = serializers.UUIDField(required=False, allow_null=True, help_text="Made by the client, to send again safely.")
    session_exercise_id = serializers.UUIDField(required=False, allow_null=True)
    movement = serializers.CharField(max_length=140)
    order = serializers.IntegerField(required=False, allow_null=True)
    kind = serializers.ChoiceField(choices=choices_of(SetKind), default=SetKind.WORKING.value)
    weight_kg = serializers.FloatField(required=False, allow_null=True)
    reps = serializers.IntegerField(required=False, allow_null=True)
    seconds = serializers.IntegerField(required=False, allow_null=True)
    metres = serializers.FloatField(required=False, allow_null=True)
    left = serializers.IntegerField(required=False, allow_null=True)
    right = serializers.IntegerField(required=False, allow_null=True)
    rpe = serializers.FloatField(required=False, allow_null=True)
    rir = serializers.FloatField(required=False, allow_null=True)
    rest_seconds = serializers.IntegerField(required=False, allow_null=True)
    performed_at = serializers.DateTimeField(required=False, allow_null=True)
    notes = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)


class WorkoutFields(StrictSerializer):
    id = serializers.UUIDField(required=False, allow_null=True, help_text="Made by the client, to send again safely.")
    title = serializers.CharField(required=False, allow_blank=True, max_length=120)
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(required=False, allow_null=True)
    perceived_difficulty = serializers.IntegerField(required=False, allow_null=True)
    enjoyment = serializers.IntegerField(required=False, allow_null=True)
    feedback_tags = serializers.ListField(child=serializers.CharField(max_length=40), required=False)
    notes = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    sets = SetBody(many=True, required=False)


class CustomWorkoutBody(WorkoutFields):
    """A workout outside any plan: `session_id` is null or absent. Without `finished_at` it is still running."""

    session_id = serializers.UUIDField(required=False, allow_null=True)

    def validate_session_id(self, value: Any) -> Any:
        if value is not None:
            raise serializers.ValidationError(_("A workout of a session goes to /logs/workouts."))
        return value


class WorkoutBody(WorkoutFields):
    """A workout, of a session or (with `session_id` null) of one's own making."""

    session_id = serializers.UUIDField(required=False, allow_null=True)


class WorkoutChanges(WorkoutFields):
    """Any part of a workout; `sets` replaces all of them."""

    id = None  # type: ignore[assignment]


class SetsBody(StrictSerializer):
    """Several sets at once."""

    sets = SetBody(many=True, allow_empty=False)


class SorenessBody(StrictSerializer):
    muscle = serializers.ChoiceField(choices=choices_of(Muscle))
    level = serializers.IntegerField(help_text="0 none to 10 worst.")
    at = serializers.DateTimeField(required=False, allow_null=True)


class RecoveryBody(StrictSerializer):
    """One day's signals of one source; 10 is best for sleep quality, mood and motivation, worst for the others."""

    date = serializers.DateField(required=False, allow_null=True)
    source = serializers.ChoiceField(choices=choices_of(RecoverySource), default=RecoverySource.MANUAL.value)  # type: ignore[assignment]
    sleep_hours = serializers.FloatField(required=False, allow_null=True)
    sleep_quality = serializers.IntegerField(required=False, allow_null=True)
    sleep_score = serializers.IntegerField(required=False, allow_null=True)
    fatigue = serializers.IntegerField(required=False, allow_null=True)
    stress = serializers.IntegerField(required=False, allow_null=True)
    mood = serializers.IntegerField(required=False, allow_null=True)
    motivation = serializers.IntegerField(required=False, allow_null=True)
    hrv = serializers.FloatField(required=False, allow_null=True)
    resting_hr = serializers.IntegerField(required=False, allow_null=True)
    readiness = serializers.IntegerField(required=False, allow_null=True)


class BiometricBody(StrictSerializer):
    kind = serializers.ChoiceField(choices=[(kind, kind) for kind in MEASURES])
    value = serializers.FloatField()
    unit = serializers.CharField(required=False, allow_blank=True, default="", max_length=16)
    taken_at = serializers.DateTimeField(required=False, allow_null=True)


class RangeQuery(serializers.Serializer[Any]):
    """`from` and `to`, both included; `movement` is a slug or an id."""

    to = serializers.DateField(required=False)
    movement = serializers.CharField(required=False, max_length=140)
    session = serializers.UUIDField(required=False)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {"from": serializers.DateField(required=False), **super().get_fields()}

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if "from" in values and "to" in values and values["to"] < values["from"]:
            raise serializers.ValidationError({"to": [_("The range ends before it begins.")]})
        return values


def set_input(values: dict[str, Any]) -> SetInput:
    return SetInput(**values)


def workout_input(values: dict[str, Any]) -> WorkoutInput:
    return WorkoutInput(**{**values, "sets": [set_input(one) for one in values.get("sets", [])]})


def workout_changes(values: dict[str, Any]) -> dict[str, Any]:
    if "sets" in values:
        return {**values, "sets": [set_input(one) for one in values["sets"]]}
    return values


# -- answers


class RecordAnswer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    movement = MovementBriefSerializer()
    kind = serializers.ChoiceField(choices=choices_of(RecordKind))
    value = serializers.FloatField()
    previous = serializers.FloatField(allow_null=True, help_text="Null: the first mark set, which broke nothing.")
    label = serializers.ChoiceField(choices=["new_strength", "best_yet"], help_text="Beyond measurement noise or not.")  # type: ignore[assignment]
    achieved_at = serializers.DateTimeField()
    workout_id = serializers.UUIDField()
    set_id = serializers.UUIDField()


class Asked(serializers.Serializer[Any]):
    load_kg = serializers.FloatField(allow_null=True)
    reps_min = serializers.IntegerField(allow_null=True)
    reps_max = serializers.IntegerField(allow_null=True)
    rpe = serializers.FloatField(allow_null=True)


class SetAnswer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    session_exercise_id = serializers.UUIDField(allow_null=True)
    movement = MovementBriefSerializer()
    order = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=choices_of(SetKind))
    weight_kg = serializers.FloatField(allow_null=True)
    reps = serializers.IntegerField(allow_null=True)
    seconds = serializers.IntegerField(allow_null=True)
    metres = serializers.FloatField(allow_null=True)
    left = serializers.IntegerField(allow_null=True, help_text="Repetitions of one side, else seconds.")
    right = serializers.IntegerField(allow_null=True)
    rpe = serializers.FloatField(allow_null=True)
    rir = serializers.FloatField(allow_null=True)
    rest_seconds = serializers.IntegerField(allow_null=True)
    e1rm = serializers.FloatField(allow_null=True, help_text="Kilograms; null where no honest estimate is possible.")
    e1rm_low = serializers.FloatField(allow_null=True)
    e1rm_high = serializers.FloatField(allow_null=True)
    e1rm_formula = serializers.ChoiceField(choices=[("", "none"), *choices_of(E1rmFormula)], allow_blank=True)
    is_top_set = serializers.BooleanField()
    is_pr = serializers.BooleanField()
    notes = serializers.CharField(allow_blank=True)
    performed_at = serializers.DateTimeField()
    asked = Asked()


class AddedSetAnswer(SetAnswer):
    records = RecordAnswer(many=True)


class WorkoutAnswer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    session_id = serializers.UUIDField(allow_null=True)
    date = serializers.DateField(help_text="The athlete's local date when it began.")
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    title = serializers.CharField(allow_blank=True)
    completed = serializers.BooleanField()
    perceived_difficulty = serializers.IntegerField(allow_null=True)
    enjoyment = serializers.IntegerField(allow_null=True)
    feedback_tags = serializers.ListField(child=serializers.CharField())
    notes = serializers.CharField(allow_blank=True)
    sets = SetAnswer(many=True)
    records = RecordAnswer(many=True)


class SorenessAnswer(serializers.Serializer[Any]):
    id = serializers.UUIDField(read_only=True)
    muscle = serializers.ChoiceField(choices=choices_of(Muscle))
    level = serializers.IntegerField()
    at = serializers.DateTimeField()


class RecoveryAnswer(serializers.Serializer[Any]):
    id = serializers.UUIDField(read_only=True)
    date = serializers.DateField()
    source = serializers.ChoiceField(choices=choices_of(RecoverySource))  # type: ignore[assignment]

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        signals = {name: serializers.FloatField(allow_null=True) for name in SIGNAL_LIMITS}
        return {**super().get_fields(), **signals}


class BiometricAnswer(serializers.Serializer[Any]):
    id = serializers.UUIDField(read_only=True)
    kind = serializers.CharField()
    value = serializers.FloatField()
    unit = serializers.CharField()
    taken_at = serializers.DateTimeField()
    source = serializers.CharField()  # type: ignore[assignment]


class MuscleStateAnswer(serializers.Serializer[Any]):
    muscle = serializers.ChoiceField(choices=choices_of(Muscle))
    recovery = serializers.FloatField(help_text="0 spent to 1 fresh.")
    hours_to_ready = serializers.FloatField()


class MuscleRecoveryAnswer(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    muscles = MuscleStateAnswer(many=True)


class Part(serializers.Serializer[Any]):
    part = serializers.CharField()
    value = serializers.FloatField()


class DayRecovery(serializers.Serializer[Any]):
    score = serializers.FloatField(allow_null=True)
    worst = Part(allow_null=True)
    muscles = serializers.DictField(child=serializers.FloatField())


class Advice(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()


class DayPlanAnswer(serializers.Serializer[Any]):
    date = serializers.DateField()
    session = SessionSerializer(allow_null=True)
    program = serializers.JSONField(allow_null=True)
    recovery = DayRecovery()
    advice = Advice(many=True)
    minutes = serializers.IntegerField()


class E1rmPoint(serializers.Serializer[Any]):
    date = serializers.DateField()
    movement = serializers.CharField()
    e1rm = serializers.FloatField()
    e1rm_low = serializers.FloatField()
    e1rm_high = serializers.FloatField()
    formula = serializers.CharField()
    weight_kg = serializers.FloatField(allow_null=True)
    reps = serializers.IntegerField(allow_null=True)
    is_pr = serializers.BooleanField()
    is_deload = serializers.BooleanField()
    workout_id = serializers.UUIDField()
    set_id = serializers.UUIDField()


class E1rmSeries(serializers.Serializer[Any]):
    series = E1rmPoint(many=True)


class MuscleVolume(serializers.Serializer[Any]):
    muscle = serializers.ChoiceField(choices=choices_of(Muscle))
    fractional_sets = serializers.FloatField()


class VolumeWeek(serializers.Serializer[Any]):
    week = serializers.DateField(help_text="Its first day.")
    workouts = serializers.IntegerField()
    sets = serializers.IntegerField()
    tonnage_kg = serializers.FloatField()
    muscles = MuscleVolume(many=True)


class VolumeAnswer(serializers.Serializer[Any]):
    weeks = VolumeWeek(many=True)


class AdherenceWeek(serializers.Serializer[Any]):
    week = serializers.DateField()
    planned = serializers.IntegerField()
    done = serializers.IntegerField()
    share = serializers.FloatField(allow_null=True)
    kept = serializers.BooleanField()


class AdherenceAnswer(serializers.Serializer[Any]):
    planned = serializers.IntegerField()
    done = serializers.IntegerField()
    share = serializers.FloatField(allow_null=True)
    streak_weeks = serializers.IntegerField()
    weeks = AdherenceWeek(many=True)
