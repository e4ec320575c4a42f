"""What is done besides lifting: runs, games, climbs; what each costs, and which muscles it tires."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gainsly.core.models import OwnedQuerySet, TimestampedModel, UUIDModel, between, not_after, one_of
from gainsly.lib.vocabulary import ActivitySource, EnjoyableActivity, Muscle, choices_of, values_of

from .workout import WorkoutLog


class ActivityDefinition(TimestampedModel):
    """A kind of activity with its cost in MET; loaded from fixtures/activities.json."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    activity = models.CharField(max_length=12, choices=choices_of(EnjoyableActivity))
    met = models.FloatField()
    source = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)  # what left the fixture is not offered any more

    class Meta:
        ordering = ["activity", "name", "slug"]
        constraints = [
            one_of("activity", values_of(EnjoyableActivity), "logging_activity_kind_known"),
            between("met", 1, 25, "logging_activity_met_range"),
        ]

    def __str__(self) -> str:
        return self.name


class ActivityFatigue(UUIDModel):
    """How much an hour tires one muscle, in equivalent hard sets."""

    definition = models.ForeignKey(ActivityDefinition, on_delete=models.CASCADE, related_name="fatigue")
    muscle = models.CharField(max_length=14, choices=choices_of(Muscle))
    sets_per_hour = models.FloatField()

    class Meta:
        ordering = ["-sets_per_hour", "muscle"]
        verbose_name_plural = "activity fatigue"
        constraints = [
            models.UniqueConstraint(fields=["definition", "muscle"], name="logging_fatigue_once"),
            one_of("muscle", values_of(Muscle), "logging_fatigue_muscle_known"),
            between("sets_per_hour", 0, 12, "logging_fatigue_range"),
        ]


class ActivityInstance(TimestampedModel):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="activities")
    definition = models.ForeignKey(ActivityDefinition, on_delete=models.RESTRICT, related_name="+")
    source = models.CharField(max_length=8, choices=choices_of(ActivitySource), default=ActivitySource.MANUAL)
    date = models.DateField()  # local calendar date of the athlete when it began
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    rpe = models.FloatField(null=True, blank=True)
    metres = models.FloatField(null=True, blank=True)
    notes = models.CharField(max_length=300, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            one_of("source", values_of(ActivitySource), "logging_instance_source_known"),
            not_after("started_at", "finished_at", "logging_instance_finishes_after_start"),
            between("rpe", 1, 10, "logging_instance_rpe_range"),
            between("metres", 0, 1_000_000, "logging_instance_metres_range"),
        ]
        indexes = [
            models.Index(fields=["user", "-started_at", "-id"], name="logging_instance_of_user"),
            models.Index(fields=["user", "date"], name="logging_instance_by_date"),
        ]


class ActivityLinkQuerySet(OwnedQuerySet):
    owner_field = "activity__user"


class ActivityLink(UUIDModel):
    """The same training told twice: an activity that is a logged workout too counts once, as the workout."""

    activity = models.OneToOneField(ActivityInstance, on_delete=models.CASCADE, related_name="link")
    workout = models.ForeignKey(
        WorkoutLog, null=True, blank=True, on_delete=models.CASCADE, related_name="activity_links"
    )
    external_id = models.CharField(max_length=200, blank=True)  # of the record that an import brought

    objects = ActivityLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(workout__isnull=False) ^ ~Q(external_id=""), name="logging_link_names_one_thing"
            ),
        ]
