"""A program: who trains how long for what, with the request it was generated from."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gainsly.core.models import OwnedQuerySet, TimestampedModel, UUIDModel, between, one_of
from gainsly.lib.vocabulary import (
    Dose,
    GenerationStatus,
    Goal,
    Muscle,
    PersonaTone,
    ProgressionStyle,
    SplitTemplate,
    Visibility,
    choices_of,
    values_of,
)
from movements.models import Equipment, Gym

GOAL_POINTS = 10
WEEKS = (8, 10, 12)
DAYS_PER_WEEK = (2, 7)
SESSION_MINUTES = (20, 150)
DELOAD_EVERY = (3, 8)
MICROCYCLE_DAYS = (7, 8, 10, 12, 14)


class MacroCycle(TimestampedModel):
    """About a year of programs that build on each other."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="macrocycles")
    name = models.CharField(max_length=120)
    start_date = models.DateField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-start_date", "id"]


class Program(TimestampedModel):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="programs")
    macrocycle = models.ForeignKey(
        MacroCycle, null=True, blank=True, on_delete=models.SET_NULL, related_name="programs"
    )
    gym = models.ForeignKey(Gym, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=120)
    start_date = models.DateField()
    duration_weeks = models.PositiveSmallIntegerField()
    days_per_week = models.PositiveSmallIntegerField()
    microcycle_days = models.PositiveSmallIntegerField(default=7)
    goal_1 = models.CharField(max_length=14, choices=choices_of(Goal))
    weight_1 = models.PositiveSmallIntegerField()
    goal_2 = models.CharField(max_length=14, choices=choices_of(Goal), null=True, blank=True)
    weight_2 = models.PositiveSmallIntegerField(default=0)
    goal_3 = models.CharField(max_length=14, choices=choices_of(Goal), null=True, blank=True)
    weight_3 = models.PositiveSmallIntegerField(default=0)
    split_template = models.CharField(max_length=12, choices=choices_of(SplitTemplate))
    progression_style = models.CharField(max_length=20, choices=choices_of(ProgressionStyle))
    session_minutes = models.PositiveSmallIntegerField()
    deload_every = models.PositiveSmallIntegerField()
    dose = models.CharField(max_length=10, choices=choices_of(Dose), default=Dose.BALANCED)
    priority_muscles = ArrayField(models.CharField(max_length=14, choices=choices_of(Muscle)), default=list, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField())
    disciplines = models.JSONField(default=dict, blank=True)  # slug -> 1-5, validated by programs.services.requests
    hybrid_definition = models.JSONField(null=True, blank=True)  # validated by programs.services.requests
    persona_tone = models.CharField(max_length=16, choices=choices_of(PersonaTone))
    persona_aggression = models.PositiveSmallIntegerField()
    seed = models.BigIntegerField(default=0)
    config_version = models.CharField(max_length=60)
    library_version = models.CharField(max_length=80, blank=True)
    generation_status = models.CharField(
        max_length=8, choices=choices_of(GenerationStatus), default=GenerationStatus.READY
    )
    is_active = models.BooleanField(default=False)
    is_template = models.BooleanField(default=False)
    visibility = models.CharField(max_length=8, choices=choices_of(Visibility), default=Visibility.PRIVATE)
    warnings = models.JSONField(default=list, blank=True)  # rendered from engine.types.Warning
    quality = models.JSONField(default=dict, blank=True)  # rendered from engine.types.QualityReport
    equipment = models.ManyToManyField(Equipment, related_name="+", through="ProgramEquipment")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-start_date", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(duration_weeks__in=WEEKS), name="programs_weeks_8_10_12"),
            models.CheckConstraint(
                condition=Q(weight_1=GOAL_POINTS - F("weight_2") - F("weight_3")), name="programs_weights_sum_to_ten"
            ),
            between("weight_1", 1, GOAL_POINTS, "programs_weight_1_range"),
            between("weight_2", 0, GOAL_POINTS, "programs_weight_2_range"),
            between("weight_3", 0, GOAL_POINTS, "programs_weight_3_range"),
            models.CheckConstraint(
                condition=Q(goal_2__isnull=True, weight_2=0) | Q(goal_2__isnull=False, weight_2__gte=1),
                name="programs_goal_2_with_weight",
            ),
            models.CheckConstraint(
                condition=Q(goal_3__isnull=True, weight_3=0) | Q(goal_3__isnull=False, weight_3__gte=1),
                name="programs_goal_3_with_weight",
            ),
            models.CheckConstraint(
                condition=(Q(goal_2__isnull=True) | ~Q(goal_2=F("goal_1")))
                & (Q(goal_3__isnull=True) | ~Q(goal_3=F("goal_1")))
                & (Q(goal_3__isnull=True) | Q(goal_2__isnull=True) | ~Q(goal_3=F("goal_2"))),
                name="programs_goals_differ",
            ),
            one_of("goal_1", values_of(Goal), "programs_goal_1_known"),
            one_of("goal_2", values_of(Goal), "programs_goal_2_known"),
            one_of("goal_3", values_of(Goal), "programs_goal_3_known"),
            between("days_per_week", *DAYS_PER_WEEK, "programs_days_range"),
            between("session_minutes", *SESSION_MINUTES, "programs_minutes_range"),
            between("deload_every", *DELOAD_EVERY, "programs_deload_range"),
            between("persona_aggression", 1, 5, "programs_aggression_range"),
            models.CheckConstraint(condition=Q(microcycle_days__in=MICROCYCLE_DAYS), name="programs_microcycle_days"),
            one_of("split_template", values_of(SplitTemplate), "programs_split_known"),
            one_of("progression_style", values_of(ProgressionStyle), "programs_progression_known"),
            one_of("dose", values_of(Dose), "programs_dose_known"),
            one_of("persona_tone", values_of(PersonaTone), "programs_tone_known"),
            one_of("generation_status", values_of(GenerationStatus), "programs_generation_known"),
            one_of("visibility", values_of(Visibility), "programs_visibility_known"),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=[0, 1, 2, 3, 4, 5, 6]) & Q(weekdays__len__gte=1),
                name="programs_weekdays_known",
            ),
            models.CheckConstraint(
                condition=Q(priority_muscles__contained_by=values_of(Muscle)), name="programs_priority_known"
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(is_active=True), name="programs_one_active"),
        ]
        indexes = [models.Index(fields=["user", "-start_date", "-id"], name="programs_of_user")]

    def __str__(self) -> str:
        return self.name

    @property
    def goals(self) -> list[tuple[str, int]]:
        """``(goal, weight)`` of the used slots, in the athlete's order."""
        slots = [(self.goal_1, self.weight_1), (self.goal_2, self.weight_2), (self.goal_3, self.weight_3)]
        return [(goal, weight) for goal, weight in slots if goal]


class ProgramEquipment(UUIDModel):
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "equipment"], name="programs_equipment_once")]


class FavoriteProgram(TimestampedModel):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favorite_programs")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="favorites")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "program"], name="programs_favorite_once")]
