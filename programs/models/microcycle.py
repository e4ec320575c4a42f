"""A microcycle: one training week, or seven to fourteen days."""

from __future__ import annotations

from django.db import models

from gainsly.core.models import OwnedQuerySet, TimestampedModel, between, one_of
from gainsly.lib.vocabulary import (
    GenerationStatus,
    MicrocycleStatus,
    Phase,
    RefinementStatus,
    choices_of,
    values_of,
)

from .program import Program


class MicrocycleQuerySet(OwnedQuerySet):
    owner_field = "program__user"


class Microcycle(TimestampedModel):
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="microcycles")
    sequence = models.PositiveSmallIntegerField()
    start_date = models.DateField()
    length_days = models.PositiveSmallIntegerField(default=7)
    status = models.CharField(
        max_length=10, choices=choices_of(MicrocycleStatus), default=MicrocycleStatus.PLANNED
    )  # mirrors dates; programs.selectors says what it is today
    is_deload = models.BooleanField(default=False)
    phase = models.CharField(max_length=16, choices=choices_of(Phase))
    generation_status = models.CharField(
        max_length=8, choices=choices_of(GenerationStatus), default=GenerationStatus.READY
    )
    refinement_status = models.CharField(
        max_length=8, choices=choices_of(RefinementStatus), default=RefinementStatus.NONE
    )
    refinement_reason = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(
        null=True, blank=True
    )  # when it was written anew from the log, ahead of its start

    objects = MicrocycleQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["program", "sequence"], name="programs_microcycle_sequence_once"),
            between("sequence", 1, 12, "programs_microcycle_sequence_range"),
            between("length_days", 1, 14, "programs_microcycle_length_range"),
            one_of("status", values_of(MicrocycleStatus), "programs_microcycle_status_known"),
            one_of("phase", values_of(Phase), "programs_microcycle_phase_known"),
            one_of("generation_status", values_of(GenerationStatus), "programs_microcycle_generation_known"),
            one_of("refinement_status", values_of(RefinementStatus), "programs_microcycle_refinement_known"),
        ]
        indexes = [models.Index(fields=["status", "start_date"], name="programs_microcycle_rolls")]
