"""What a re-planning changed, so that the athlete can read it, and take it back."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from gainsly.core.models import OwnedQuerySet, TimestampedModel

from .program import Program


class ReplanningQuerySet(OwnedQuerySet):
    owner_field = "program__user"


class Replanning(TimestampedModel):
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="replannings")
    changes = models.JSONField(default=list, blank=True)  # rendered from engine.standing.Change
    notes = models.JSONField(default=list, blank=True)  # consequences in words
    settled = ArrayField(models.CharField(max_length=80), default=list, blank=True)  # what it answered for good
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ReplanningQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["program", "-created_at", "-id"], name="programs_replanning_of")]
