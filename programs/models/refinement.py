"""One session and a language model: how far the asking is, what came of it, and what it takes to go back."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gainsly.core.models import OwnedQuerySet, TimestampedModel, one_of
from gainsly.lib.vocabulary import RefinementStatus, choices_of, values_of

from .session import COACH_NOTES_LENGTH, Session

OPEN = (RefinementStatus.PENDING, RefinementStatus.RUNNING)


class RefinementQuerySet(OwnedQuerySet):
    owner_field = "session__microcycle__program__user"


class Refinement(TimestampedModel):
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="refinement")
    status = models.CharField(max_length=8, choices=choices_of(RefinementStatus), default=RefinementStatus.PENDING)
    reason = models.CharField(max_length=300, blank=True)  # why it failed, or why nothing changed
    attempt = models.PositiveSmallIntegerField(default=0)
    touched_at = models.DateTimeField(default=timezone.now)  # the last sign of somebody at work
    provider = models.CharField(max_length=20, blank=True)
    model = models.CharField(max_length=120, blank=True)
    prompt_version = models.CharField(max_length=20, blank=True)
    latency_ms = models.PositiveIntegerField(null=True, blank=True)
    trimmed = models.JSONField(default=list)  # what was left out of the prompt
    refused = models.JSONField(default=list)  # [{"slot", "rule", "words"}], what was validated away
    changes = models.JSONField(default=list)  # [{"exercise_id", "movement", "field", "before", "after"}], for people
    rows = models.JSONField(default=list)  # [{"id", "before", "after"}], columns of exercises, for undo
    notes_before = models.CharField(max_length=COACH_NOTES_LENGTH, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = RefinementQuerySet.as_manager()

    class Meta:
        constraints = [one_of("status", values_of(RefinementStatus), "programs_refinement_status_known")]
        indexes = [models.Index(fields=["status", "touched_at"], name="programs_refinement_stuck")]
