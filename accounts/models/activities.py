"""What the athlete does for fun; the engine keeps it in mind and recommends it now and then."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gainsly.core.models import OwnedQuerySet, TimestampedModel, between, one_of
from gainsly.lib.vocabulary import EnjoyableActivity as ActivityType
from gainsly.lib.vocabulary import choices_of, values_of


class EnjoyableActivity(TimestampedModel):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enjoyable_activities")
    type = models.CharField(max_length=16, choices=choices_of(ActivityType))
    custom_name = models.CharField(max_length=60, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    recommend_every_days = models.PositiveSmallIntegerField(default=28)
    enabled = models.BooleanField(default=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["type", "custom_name", "id"]
        verbose_name_plural = "enjoyable activities"
        constraints = [
            models.UniqueConstraint(fields=["user", "type", "custom_name"], name="accounts_activity_once"),
            one_of("type", values_of(ActivityType), "accounts_activity_type_known"),
            between("recommend_every_days", 1, 365, "accounts_activity_cadence_range"),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=[0, 1, 2, 3, 4, 5, 6]), name="accounts_activity_weekdays_known"
            ),
            models.CheckConstraint(
                condition=~Q(type="other") | ~Q(custom_name=""), name="accounts_activity_other_has_name"
            ),
        ]
