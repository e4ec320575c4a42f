"""Personal records, recomputable from the sets."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models

from gainsly.core.models import OwnedQuerySet, TimestampedModel, one_of
from gainsly.lib.vocabulary import choices_of, values_of
from movements.models import Movement

from .workout import SetLog, WorkoutLog


class RecordKind(StrEnum):
    E1RM = "e1rm"
    REPS_AT_WEIGHT = "reps_at_weight"
    VOLUME = "volume"


class PersonalRecord(TimestampedModel):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="records")
    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="+")
    workout = models.ForeignKey(WorkoutLog, on_delete=models.CASCADE, related_name="records")
    set_log = models.ForeignKey(SetLog, on_delete=models.CASCADE, related_name="records")
    kind = models.CharField(max_length=16, choices=choices_of(RecordKind))
    value = models.FloatField()
    previous = models.FloatField(null=True, blank=True)  # null: the first mark set, which broke nothing
    beyond_noise = models.BooleanField(default=False)  # "new strength", else "best yet"
    achieved_at = models.DateTimeField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-achieved_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["set_log", "kind"], name="logging_record_once"),
            one_of("kind", values_of(RecordKind), "logging_record_kind_known"),
        ]
        indexes = [models.Index(fields=["user", "movement", "kind", "-achieved_at"], name="logging_record_of_lift")]
