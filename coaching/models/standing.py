"""A standing note: what is so for some days (ill, travelling, a sore shoulder), and what the athlete lets follow."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Injury
from gainsly.core.models import OwnedQuerySet, TimestampedModel, between, not_after, one_of
from gainsly.lib.vocabulary import InjuryArea, choices_of, values_of

ILL, TRAVELLING, SORE, BUSY, OTHER = "ill", "travelling", "sore", "busy", "other"
KINDS = (ILL, TRAVELLING, SORE, BUSY, OTHER)
TEXT_LENGTH = 200
MINUTES, SEVERITY = (10, 240), (1, 3)


class StandingNote(TimestampedModel):
    """Counts from its first to its last day, both included, by the athlete's own calendar."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="standing_notes")
    kind = models.CharField(max_length=12, choices=[(one, one) for one in KINDS])
    text = models.CharField(max_length=TEXT_LENGTH, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # at most, for a session
    equipment = ArrayField(models.CharField(max_length=40), null=True, blank=True)  # empty: the floor alone
    area = models.CharField(max_length=16, choices=choices_of(InjuryArea), blank=True)
    severity = models.PositiveSmallIntegerField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)  # until then it is only told to the coach
    injury = models.ForeignKey(Injury, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_on", "-created_at"]
        constraints = [
            one_of("kind", list(KINDS), "coaching_standing_note_kind_known"),
            one_of("area", ["", *values_of(InjuryArea)], "coaching_standing_note_area_known"),
            between("minutes", *MINUTES, "coaching_standing_note_minutes_range"),
            between("severity", *SEVERITY, "coaching_standing_note_severity_range"),
            not_after("starts_on", "ends_on", "coaching_standing_note_days_in_order"),
            models.CheckConstraint(
                condition=~Q(area="") | Q(severity__isnull=True), name="coaching_standing_note_severity_of_an_area"
            ),
        ]
        indexes = [models.Index(fields=["user", "ends_on"], name="coaching_standing_notes_of")]

    @property
    def has_effects(self) -> bool:
        """Whether there is anything to confirm."""
        return self.kind == ILL or self.minutes is not None or self.equipment is not None or bool(self.area)
