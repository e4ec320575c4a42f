"""What hurts, and for how long it has to be spared."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from gainsly.core.models import OwnedQuerySet, TimestampedModel, between, not_after, one_of
from gainsly.lib.vocabulary import InjuryArea, MovementPattern, choices_of, values_of


class Injury(TimestampedModel):
    """Severity 1 modifies load, 2 swaps movements that load the area heavily, 3 avoids the area's patterns."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="injuries")
    area = models.CharField(max_length=12, choices=choices_of(InjuryArea))
    severity = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    patterns_to_avoid = ArrayField(
        models.CharField(max_length=20, choices=choices_of(MovementPattern)), default=list, blank=True
    )
    notes = models.CharField(max_length=300, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "id"]
        verbose_name_plural = "injuries"
        constraints = [
            one_of("area", values_of(InjuryArea), "accounts_injury_area_known"),
            between("severity", 1, 3, "accounts_injury_severity_range"),
            not_after("since", "until", "accounts_injury_until_after_since"),
            models.CheckConstraint(
                condition=models.Q(patterns_to_avoid__contained_by=values_of(MovementPattern)),
                name="accounts_injury_patterns_known",
            ),
        ]
