"""Movements, rules, circuits and the profile's kit as JSON.

``movement_json`` is the one shape of a movement in every answer of the API (docs/api.md); programs and logs use it
too, thousands of times in one plan, which is why it is a plain function.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.serializers import ProfileFields
from gainsly.core.api import StrictSerializer
from gainsly.lib.vocabulary import (
    CircuitType,
    CnsLoad,
    Discipline,
    InjuryArea,
    JointStress,
    MetricType,
    MovementPattern,
    MovementRuleType,
    Muscle,
    Region,
    RuleCadence,
    Section,
    SkillLevel,
    StressBucket,
    choices_of,
    values_of,
)
from movements.models import Circuit, CircuitExercise, Movement, MovementRule
from movements.selectors import ListedMovement, SearchHit
from movements.services import gyms

# -- a movement


def movement_json(listed: ListedMovement) -> dict[str, Any]:
    """A movement as it stands in lists, plans and logs (see :class:`MovementSerializer`)."""
    record = listed.record
    return {
        "id": str(listed.id),
        "slug": record.slug,
        "name": record.name,
        "pattern": record.pattern.value,
        "region": record.region.value,
        "discipline": record.discipline.value,
        "primary_muscles": [muscle.value for muscle in record.primary],
        "secondary_muscles": [muscle.value for muscle in record.secondary],
        "equipment": list(record.equipment),
        "unilateral": record.unilateral,
        "compound": record.compound,
        "skill_level": record.skill.value,
        "cns_load": record.cns.value,
        "metric_type": record.metric.value,
        "is_own": listed.owner_id is not None,
    }


def movement_detail_json(
    listed: ListedMovement,
    relations: dict[str, list[Movement]],
    rule: MovementRule | None,
    *,
    is_favorite: bool,
    is_hidden: bool,
) -> dict[str, Any]:
    """A movement with everything that its page shows (see :class:`MovementDetailSerializer`)."""
    record = listed.record
    return {
        **movement_json(listed),
        "disciplines": [discipline.value for discipline in record.disciplines],
        "tags": list(record.tags),
        "aliases": list(record.aliases),
        "description": record.description,
        "cues": list(record.cues),
        "stabilizers": [muscle.value for muscle in record.stabilizers],
        "muscle_shares": {muscle.value: share for muscle, share in record.muscle_shares().items()},
        "joints": {area.value: stress.value for area, stress in record.joints.items()},
        "equipment_alternatives": [list(pieces) for pieces in record.alternatives],
        "implements": record.implements,
        "bodyweight_share": record.bodyweight_share,
        "load_step_kg": record.load_step_kg,
        "complex_lift": record.complex_lift,
        "sections": [section.value for section in record.sections],
        "relations": {kind: [{"id": str(row.pk), "slug": row.slug, "name": row.name} for row in rows]
                      for kind, rows in relations.items()},
        "rule": None if rule is None else {"id": str(rule.pk), "type": rule.type, "cadence": rule.cadence},
        "is_favorite": is_favorite,
        "is_hidden": is_hidden,
    }  # fmt: skip


class MovementSerializer(serializers.Serializer):
    """The documented shape of :func:`movement_json`."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    pattern = serializers.ChoiceField(choices=choices_of(MovementPattern))
    region = serializers.ChoiceField(choices=choices_of(Region))
    discipline = serializers.ChoiceField(choices=choices_of(Discipline))
    primary_muscles = serializers.ListField(child=serializers.ChoiceField(choices=choices_of(Muscle)))
    secondary_muscles = serializers.ListField(child=serializers.ChoiceField(choices=choices_of(Muscle)))
    equipment = serializers.ListField(child=serializers.CharField())
    unilateral = serializers.BooleanField()
    compound = serializers.BooleanField()
    skill_level = serializers.ChoiceField(choices=choices_of(SkillLevel))
    cns_load = serializers.ChoiceField(choices=choices_of(CnsLoad))
    metric_type = serializers.ChoiceField(choices=choices_of(MetricType))
    is_own = serializers.BooleanField()


class MovementLinkSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()


class RuleInBriefSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    type = serializers.ChoiceField(choices=choices_of(MovementRuleType))
    cadence = serializers.ChoiceField(choices=choices_of(RuleCadence))


class MovementDetailSerializer(MovementSerializer):
    """The documented shape of :func:`movement_detail_json`."""

    disciplines = serializers.ListField(child=serializers.CharField())
    tags = serializers.ListField(child=serializers.CharField())
    aliases = serializers.ListField(child=serializers.CharField())
    description = serializers.CharField()
    cues = serializers.ListField(child=serializers.CharField())
    stabilizers = serializers.ListField(child=serializers.CharField())
    muscle_shares = serializers.DictField(child=serializers.FloatField())
    joints = serializers.DictField(child=serializers.CharField())
    equipment_alternatives = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    implements = serializers.IntegerField()
    bodyweight_share = serializers.FloatField()
    load_step_kg = serializers.FloatField(allow_null=True)
    complex_lift = serializers.BooleanField()
    sections = serializers.ListField(child=serializers.CharField())
    relations = serializers.DictField(child=MovementLinkSerializer(many=True))
    rule = RuleInBriefSerializer(allow_null=True)
    is_favorite = serializers.BooleanField()
    is_hidden = serializers.BooleanField()


class SearchHitSerializer(serializers.Serializer):
    movement = MovementSerializer()
    score = serializers.FloatField()
    reason = serializers.CharField()


class SearchAnswerSerializer(serializers.Serializer):
    """The documented shape of :func:`results_json`."""

    results = SearchHitSerializer(many=True)


def results_json(hits: Iterable[SearchHit]) -> dict[str, Any]:
    """Movements with score and reason."""
    return {
        "results": [{"movement": movement_json(hit.movement), "score": hit.score, "reason": hit.reason} for hit in hits]
    }


class OwnMovementChangeSerializer(StrictSerializer):
    """Body of PATCH /movements/{id}: any of the keys."""

    name = serializers.CharField(min_length=2, max_length=120, required=False)
    pattern = serializers.ChoiceField(choices=choices_of(MovementPattern), required=False)
    primary_muscles = serializers.ListField(
        child=serializers.ChoiceField(choices=choices_of(Muscle)), required=False, min_length=1, max_length=len(Muscle)
    )
    secondary_muscles = serializers.ListField(
        child=serializers.ChoiceField(choices=choices_of(Muscle)), required=False, max_length=len(Muscle)
    )
    stabilizers = serializers.ListField(
        child=serializers.ChoiceField(choices=choices_of(Muscle)), required=False, max_length=len(Muscle)
    )
    equipment = serializers.ListField(child=serializers.CharField(max_length=32), required=False, max_length=60)
    region = serializers.ChoiceField(choices=choices_of(Region), required=False)
    discipline = serializers.ChoiceField(choices=choices_of(Discipline), required=False)
    skill_level = serializers.ChoiceField(choices=choices_of(SkillLevel), required=False)
    cns_load = serializers.ChoiceField(choices=choices_of(CnsLoad), required=False)
    metric_type = serializers.ChoiceField(choices=choices_of(MetricType), required=False)
    sections = serializers.ListField(
        child=serializers.ChoiceField(choices=choices_of(Section)), required=False, max_length=len(Section)
    )
    compound = serializers.BooleanField(required=False)
    complex_lift = serializers.BooleanField(required=False)
    unilateral = serializers.BooleanField(required=False)
    implements = serializers.IntegerField(min_value=1, max_value=2, required=False)
    bodyweight_share = serializers.FloatField(min_value=0, max_value=1, required=False)
    load_step_kg = serializers.FloatField(min_value=0.25, max_value=50, required=False, allow_null=True)
    joints = serializers.DictField(child=serializers.ChoiceField(choices=choices_of(JointStress)), required=False)
    aliases = serializers.ListField(
        child=serializers.CharField(min_length=2, max_length=80), required=False, max_length=8
    )
    cues = serializers.ListField(child=serializers.CharField(max_length=120), required=False, max_length=8)
    description = serializers.CharField(max_length=1000, required=False, allow_blank=True)

    def validate_joints(self, joints: dict[str, str]) -> dict[str, str]:
        unknown = sorted(set(joints) - {area.value for area in InjuryArea})
        if unknown:
            raise serializers.ValidationError([f"Unknown joint: {', '.join(unknown)}."])
        return joints


class OwnMovementSerializer(OwnMovementChangeSerializer):
    """Body of POST /movements: the same keys, three of them needed."""

    name = serializers.CharField(min_length=2, max_length=120)
    pattern = serializers.ChoiceField(choices=choices_of(MovementPattern))
    primary_muscles = serializers.ListField(
        child=serializers.ChoiceField(choices=choices_of(Muscle)), min_length=1, max_length=len(Muscle)
    )


# -- the athlete's profile with their kit


class WeightsField(serializers.ListField):
    child = serializers.FloatField(min_value=0, max_value=gyms.HEAVIEST_KG)


class ProfileSerializer(ProfileFields):
    """The profile's own keys and those of the default gym; every key may be left out of a PUT."""

    equipment = serializers.ListField(
        child=serializers.CharField(max_length=32), required=False, max_length=200, help_text="Equipment slugs."
    )
    bar_kg = serializers.FloatField(required=False, help_text="The empty bar.")
    plates_kg = WeightsField(required=False, help_text="Sizes of plates; there is a pair of each at least.")
    dumbbells_kg = WeightsField(required=False, help_text="Sizes of dumbbells or kettlebells.")
    load_step_kg = serializers.FloatField(required=False, help_text="Smallest step where the iron does not decide.")


# -- rules and favourites


class RuleBodySerializer(StrictSerializer):
    """Body of POST /movements/preferences; ``movement`` is a slug or an id."""

    id = serializers.UUIDField(read_only=True)
    movement = serializers.CharField(max_length=140)
    type = serializers.ChoiceField(choices=choices_of(MovementRuleType))
    cadence = serializers.ChoiceField(choices=choices_of(RuleCadence), required=False)
    notes = serializers.CharField(max_length=300, required=False, allow_blank=True)


class RuleChangeSerializer(StrictSerializer):
    """Body of PATCH /movements/preferences/{id}."""

    type = serializers.ChoiceField(choices=choices_of(MovementRuleType), required=False)
    cadence = serializers.ChoiceField(choices=choices_of(RuleCadence), required=False)
    notes = serializers.CharField(max_length=300, required=False, allow_blank=True)


class RuleSerializer(RuleInBriefSerializer):
    """The documented shape of :func:`rule_json`."""

    movement = MovementLinkSerializer()
    notes = serializers.CharField()


def movement_link(row: Movement) -> dict[str, Any]:
    return {"id": str(row.pk), "slug": row.slug, "name": row.name}


def rule_json(rule: MovementRule) -> dict[str, Any]:
    return {
        "id": str(rule.pk),
        "movement": movement_link(rule.movement),
        "type": rule.type,
        "cadence": rule.cadence,
        "notes": rule.notes,
    }


# -- circuits

MAX_KEY, MAX_STATIONS, MAX_TAGS = 140, 50, 20


class CircuitExerciseSerializer(serializers.Serializer):
    movement = MovementSerializer()
    reps = serializers.IntegerField(allow_null=True)
    seconds = serializers.IntegerField(allow_null=True)
    metres = serializers.IntegerField(allow_null=True)
    calories = serializers.IntegerField(allow_null=True)
    load_kg = serializers.FloatField(allow_null=True)
    load_kg_female = serializers.FloatField(allow_null=True)
    notes = serializers.CharField()


class CircuitSerializer(serializers.Serializer):
    """The documented shape of :func:`circuit_json`."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    type = serializers.ChoiceField(choices=choices_of(CircuitType))
    rounds = serializers.IntegerField(allow_null=True)
    time_cap_seconds = serializers.IntegerField(allow_null=True)
    work_seconds = serializers.IntegerField(allow_null=True)
    rest_seconds = serializers.IntegerField(allow_null=True)
    estimated_minutes = serializers.IntegerField()
    difficulty = serializers.IntegerField()
    stress = serializers.DictField(child=serializers.IntegerField())
    tags = serializers.ListField(child=serializers.CharField())
    scaling = serializers.CharField()
    description = serializers.CharField()
    exercises = CircuitExerciseSerializer(many=True)


@extend_schema_field(OpenApiTypes.STR)
class MovementKeyField(serializers.Field):
    """A movement's slug or id; also the object that a GET gave, so that an answer can be sent back."""

    def to_internal_value(self, data: Any) -> str:
        key = data.get("id") or data.get("slug") if isinstance(data, dict) else data
        if not isinstance(key, str) or not key or len(key) > MAX_KEY:
            raise serializers.ValidationError(_("Name the movement by its slug or id."))
        return key

    def to_representation(self, value: Any) -> str:
        return str(value)


class CircuitStationBodySerializer(StrictSerializer):
    """One exercise of a circuit's body; at least one amount of work."""

    movement = MovementKeyField()
    reps = serializers.IntegerField(min_value=1, max_value=10_000, required=False, allow_null=True)
    seconds = serializers.IntegerField(min_value=1, max_value=10_000, required=False, allow_null=True)
    metres = serializers.IntegerField(min_value=1, max_value=100_000, required=False, allow_null=True)
    calories = serializers.IntegerField(min_value=1, max_value=10_000, required=False, allow_null=True)
    load_kg = serializers.FloatField(min_value=0, max_value=900, required=False, allow_null=True)
    load_kg_female = serializers.FloatField(min_value=0, max_value=900, required=False, allow_null=True)
    notes = serializers.CharField(max_length=200, required=False, allow_blank=True)


class CircuitBodySerializer(StrictSerializer):
    """Body of POST /circuits and PUT /circuits/{id}."""

    id = serializers.UUIDField(read_only=True)
    slug = serializers.CharField(read_only=True)
    name = serializers.CharField(min_length=2, max_length=120)
    type = serializers.ChoiceField(choices=choices_of(CircuitType))
    rounds = serializers.IntegerField(min_value=1, max_value=200, required=False, allow_null=True)
    time_cap_seconds = serializers.IntegerField(min_value=1, max_value=86_400, required=False, allow_null=True)
    work_seconds = serializers.IntegerField(min_value=1, max_value=3_600, required=False, allow_null=True)
    rest_seconds = serializers.IntegerField(min_value=0, max_value=3_600, required=False, allow_null=True)
    estimated_minutes = serializers.IntegerField(min_value=1, max_value=180)
    difficulty = serializers.IntegerField(min_value=1, max_value=5, required=False)
    stress = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=10), required=False)
    tags = serializers.ListField(
        child=serializers.RegexField(r"^[a-z0-9_-]{1,40}$"), max_length=MAX_TAGS, required=False
    )
    scaling = serializers.CharField(max_length=300, required=False, allow_blank=True)
    description = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    exercises = CircuitStationBodySerializer(  # type: ignore[call-arg]  # the stubs know only the child's arguments
        many=True, allow_empty=False, max_length=MAX_STATIONS
    )

    def validate_type(self, value: str) -> CircuitType:
        return CircuitType(value)

    def validate_stress(self, value: dict[str, int]) -> dict[str, int]:
        unknown = sorted(set(value) - set(values_of(StressBucket)))
        if unknown:
            raise serializers.ValidationError(_("There is no bucket called %(name)s.") % {"name": unknown[0]})
        return value


def circuit_json(circuit: Circuit, movements: dict[Any, ListedMovement]) -> dict[str, Any]:
    """A circuit with its children prefetched; ``movements`` holds every movement of its stations, by id."""
    return {
        "id": str(circuit.pk),
        "slug": circuit.slug,
        "name": circuit.name,
        "type": circuit.type,
        "rounds": circuit.rounds,
        "time_cap_seconds": circuit.time_cap_seconds,
        "work_seconds": circuit.work_seconds,
        "rest_seconds": circuit.rest_seconds,
        "estimated_minutes": circuit.estimated_minutes,
        "difficulty": circuit.difficulty,
        "stress": {row.bucket: row.level for row in circuit.stress.all()},
        "tags": sorted(tag.slug for tag in circuit.tags.all()),
        "scaling": circuit.scaling,
        "description": circuit.description,
        "exercises": [_station_json(row, movements) for row in circuit.exercises.all()],
    }


def _station_json(row: CircuitExercise, movements: dict[Any, ListedMovement]) -> dict[str, Any]:
    return {
        "movement": movement_json(movements[row.movement_id]),
        "reps": row.reps,
        "seconds": row.seconds,
        "metres": row.metres,
        "calories": row.calories,
        "load_kg": _kilograms(row.load_kg),
        "load_kg_female": _kilograms(row.load_kg_female),
        "notes": row.notes,
    }


def _kilograms(value: Any) -> float | None:
    return None if value is None else float(value)
