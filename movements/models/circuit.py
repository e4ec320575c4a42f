"""Circuits: conditioning in a named form, every row validated."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gainsly.core.models import TimestampedModel, UUIDModel, between, one_of
from gainsly.lib.vocabulary import CircuitType, StressBucket, choices_of, values_of

from .movement import Movement, Tag


class Circuit(TimestampedModel):
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=140, unique=True)
    type = models.CharField(max_length=16, choices=choices_of(CircuitType))
    rounds = models.PositiveSmallIntegerField(null=True, blank=True)
    time_cap_seconds = models.PositiveIntegerField(null=True, blank=True)
    work_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    rest_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    estimated_minutes = models.PositiveSmallIntegerField()
    difficulty = models.PositiveSmallIntegerField(default=3)
    scaling = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True, max_length=1000)
    is_active = models.BooleanField(default=True)
    curated_at = models.DateTimeField(null=True, blank=True, editable=False)  # docs/adr/0014: fixtures leave it alone
    tags = models.ManyToManyField(Tag, related_name="circuits", blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            one_of("type", values_of(CircuitType), "movements_circuit_type_known"),
            between("difficulty", 1, 5, "movements_circuit_difficulty_range"),
            between("estimated_minutes", 1, 180, "movements_circuit_minutes_range"),
            between("rounds", 1, 200, "movements_circuit_rounds_range"),
        ]

    def __str__(self) -> str:
        return self.name


class CircuitExercise(UUIDModel):
    circuit = models.ForeignKey(Circuit, on_delete=models.CASCADE, related_name="exercises")
    order = models.PositiveSmallIntegerField()
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="+")
    reps = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    metres = models.PositiveIntegerField(null=True, blank=True)
    calories = models.PositiveSmallIntegerField(null=True, blank=True)
    load_kg = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    load_kg_female = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    notes = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["circuit", "order"], name="movements_circuit_order_once"),
            models.CheckConstraint(
                # "is not null" beside each: an unknown comparison would let the row pass
                condition=Q(reps__isnull=False, reps__gt=0)
                | Q(seconds__isnull=False, seconds__gt=0)
                | Q(metres__isnull=False, metres__gt=0)
                | Q(calories__isnull=False, calories__gt=0),
                name="movements_circuit_exercise_has_work",
            ),
        ]


class CircuitStress(UUIDModel):
    circuit = models.ForeignKey(Circuit, on_delete=models.CASCADE, related_name="stress")
    bucket = models.CharField(max_length=14, choices=choices_of(StressBucket))
    level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["bucket"]
        constraints = [
            models.UniqueConstraint(fields=["circuit", "bucket"], name="movements_circuit_stress_once"),
            one_of("bucket", values_of(StressBucket), "movements_circuit_stress_known"),
            between("level", 0, 10, "movements_circuit_stress_range"),
        ]
