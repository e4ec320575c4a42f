"""One fitting of a day's session to how the athlete is: what was told, what it changes, what stood before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gainsly.core.models import OwnedQuerySet, TimestampedModel, one_of
from gainsly.lib.vocabulary import AdaptationStatus, SessionSource, choices_of, values_of
from programs.models import Session

from .conversation import Turn


class AdaptationQuerySet(OwnedQuerySet):
    owner_field = "session__microcycle__program__user"


class Adaptation(TimestampedModel):
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="adaptations")
    status = models.CharField(max_length=8, choices=choices_of(AdaptationStatus), default=AdaptationStatus.PROPOSED)
    inputs = models.JSONField(default=dict)  # as the athlete told them
    changes = models.JSONField(default=list)  # [{"id", "kind", "exercise_id", "reason", "rule", "before", "after"}]
    accepted = models.JSONField(default=list)  # ids of the changes that were made
    original = models.JSONField(default=list)  # the session's exercises as planned, for undo
    deferred = models.JSONField(default=list)  # [{"session_id", "before", "added", "version"}] of later sessions
    later_notes = models.JSONField(default=list)  # sentences: what later sessions give up for what moves there
    source_before = models.CharField(max_length=8, choices=choices_of(SessionSource), default=SessionSource.ENGINE)
    notes = models.JSONField(default=list)  # sentences: what does not fit, what the week misses
    turn = models.OneToOneField(Turn, null=True, on_delete=models.SET_NULL, related_name="adaptation")  # its words
    suggestions = models.JSONField(default=list)  # of the model: changes as above, with "refused" (why) or None
    recovery_score = models.FloatField(null=True)
    stop = models.TextField(blank=True)  # said instead of a plan where pain or dizziness is told of
    session_version = models.DateTimeField()  # of the session that it was worked out from

    objects = AdaptationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            one_of("status", values_of(AdaptationStatus), "coaching_adaptation_status_known"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(status="accepted"), name="coaching_adaptation_one_in_force"
            ),
        ]
