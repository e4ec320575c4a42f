"""The movement library: a movement with its muscles, joints, equipment, disciplines, tags and cues."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from gainsly.core.models import TimestampedModel, UUIDModel, between, one_of
from gainsly.lib.vocabulary import (
    CnsLoad,
    Discipline,
    InjuryArea,
    JointStress,
    MetricType,
    MovementPattern,
    Muscle,
    MuscleRole,
    Region,
    Section,
    SkillLevel,
    choices_of,
    values_of,
)


class Equipment(models.Model):
    slug = models.SlugField(primary_key=True, max_length=32)
    name = models.CharField(max_length=60)
    sort_order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["sort_order", "slug"]
        verbose_name_plural = "equipment"

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    slug = models.SlugField(primary_key=True, max_length=40)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class MovementQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """The library and the athlete's own movements."""
        return self.filter(Q(owner__isnull=True) | Q(owner=user), is_active=True)

    def offered_to(self, user: Any) -> Self:
        """What lists and searches may show: all that is visible but for what the athlete has hidden."""
        return self.visible_to(user).exclude(hidings__user=user)


class Movement(TimestampedModel):
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="own_movements"
    )
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=140)
    pattern = models.CharField(max_length=20, choices=choices_of(MovementPattern))
    region = models.CharField(max_length=20, choices=choices_of(Region))
    discipline = models.CharField(max_length=20, choices=choices_of(Discipline))
    cns_load = models.CharField(max_length=10, choices=choices_of(CnsLoad))
    skill_level = models.CharField(max_length=14, choices=choices_of(SkillLevel))
    compound = models.BooleanField(default=False)
    complex_lift = models.BooleanField(default=False)
    unilateral = models.BooleanField(default=False)
    metric_type = models.CharField(max_length=20, choices=choices_of(MetricType), default=MetricType.REPS)
    implements = models.PositiveSmallIntegerField(default=1)
    bodyweight_share = models.DecimalField(max_digits=3, decimal_places=2, default=0)
    load_step_kg = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    ratio_reference = models.SlugField(max_length=140, blank=True)
    ratio_value = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    ratio_grade = models.CharField(max_length=1, blank=True)
    ratio_source = models.CharField(max_length=200, blank=True)
    sections = ArrayField(models.CharField(max_length=10, choices=choices_of(Section)), default=list, blank=True)
    aliases = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    alternatives = models.JSONField(default=list, blank=True)  # list of equipment sets, validated by the loader
    description = models.TextField(blank=True, max_length=1000)
    substitution_group = models.CharField(max_length=60, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    curated_at = models.DateTimeField(null=True, blank=True, editable=False)  # docs/adr/0014: fixtures leave it alone
    search = SearchVectorField(null=True, editable=False)

    equipment = models.ManyToManyField(Equipment, through="MovementEquipment", related_name="movements")
    tags = models.ManyToManyField(Tag, through="MovementTag", related_name="movements")

    objects = MovementQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            GinIndex(fields=["search"], name="movements_search_gin"),
            models.Index(fields=["pattern", "name"], name="movements_pattern_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), condition=Q(owner__isnull=True, is_active=True), name="movements_library_name_once"
            ),
            models.UniqueConstraint(
                "owner", Lower("name"), condition=Q(is_active=True), name="movements_own_name_once"
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(owner__isnull=True), name="movements_library_slug_once"
            ),
            models.UniqueConstraint(fields=["owner", "slug"], name="movements_own_slug_once"),
            one_of("pattern", values_of(MovementPattern), "movements_pattern_known"),
            one_of("region", values_of(Region), "movements_region_known"),
            one_of("discipline", values_of(Discipline), "movements_discipline_known"),
            one_of("cns_load", values_of(CnsLoad), "movements_cns_known"),
            one_of("skill_level", values_of(SkillLevel), "movements_skill_known"),
            one_of("metric_type", values_of(MetricType), "movements_metric_known"),
            one_of("ratio_grade", ["", "A", "B", "C"], "movements_ratio_grade_known"),
            between("implements", 1, 2, "movements_implements_range"),
            between("bodyweight_share", 0, 1, "movements_bodyweight_share_range"),
            between("ratio_value", 0.01, 5, "movements_ratio_range"),
            models.CheckConstraint(
                condition=Q(sections__contained_by=values_of(Section)), name="movements_sections_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MovementMuscle(UUIDModel):
    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="muscles")
    muscle = models.CharField(max_length=14, choices=choices_of(Muscle))
    role = models.CharField(max_length=10, choices=choices_of(MuscleRole))
    share = models.DecimalField(max_digits=3, decimal_places=2)

    class Meta:
        ordering = ["role", "-share", "muscle"]
        constraints = [
            models.UniqueConstraint(fields=["movement", "muscle"], name="movements_muscle_once"),
            one_of("muscle", values_of(Muscle), "movements_muscle_known"),
            one_of("role", values_of(MuscleRole), "movements_muscle_role_known"),
            between("share", 0, 1, "movements_muscle_share_range"),
        ]


class MovementJoint(UUIDModel):
    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="joints")
    area = models.CharField(max_length=12, choices=choices_of(InjuryArea))
    stress = models.CharField(max_length=6, choices=choices_of(JointStress))

    class Meta:
        ordering = ["area"]
        constraints = [
            models.UniqueConstraint(fields=["movement", "area"], name="movements_joint_once"),
            one_of("area", values_of(InjuryArea), "movements_joint_area_known"),
            one_of("stress", values_of(JointStress), "movements_joint_stress_known"),
        ]


class MovementEquipment(UUIDModel):
    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="equipment_rows")
    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["movement", "equipment"], name="movements_equipment_once")]


class MovementDiscipline(UUIDModel):
    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="discipline_rows")
    discipline = models.CharField(max_length=20, choices=choices_of(Discipline))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["movement", "discipline"], name="movements_discipline_once"),
            one_of("discipline", values_of(Discipline), "movements_discipline_row_known"),
        ]


class MovementTag(UUIDModel):
    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="tag_rows")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["movement", "tag"], name="movements_tag_once")]


class CoachingCue(UUIDModel):
    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="cues")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=120)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["movement", "order"], name="movements_cue_order_once")]
