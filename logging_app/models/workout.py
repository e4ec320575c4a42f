"""What was trained: a workout and its sets."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gainsly.core.models import OwnedQuerySet, TimestampedModel, between, not_after, one_of
from gainsly.lib.vocabulary import E1rmFormula, SetKind, Visibility, choices_of, values_of
from logging_app.metrics.facts import Lift, SetFact, fact_of
from movements.models import Movement
from programs.models import Session, SessionExercise


class WorkoutLog(TimestampedModel):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="workouts")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="workouts")
    title = models.CharField(max_length=120, blank=True)
    date = models.DateField()  # local calendar date of the athlete when it began
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    completed = models.BooleanField(default=False)
    perceived_difficulty = models.PositiveSmallIntegerField(null=True, blank=True)
    enjoyment = models.PositiveSmallIntegerField(null=True, blank=True)
    feedback_tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    notes = models.TextField(blank=True, max_length=4000)
    changes = models.JSONField(default=list, blank=True)  # of the plan, while it is trained: see metrics/agenda.py
    visibility = models.CharField(max_length=8, choices=choices_of(Visibility), default=Visibility.PRIVATE)
    template_name = models.CharField(max_length=120, blank=True, default="")  # kept under it to be trained again

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            between("perceived_difficulty", 1, 10, "logging_workout_difficulty_range"),
            between("enjoyment", 1, 5, "logging_workout_enjoyment_range"),
            not_after("started_at", "finished_at", "logging_workout_finishes_after_start"),
            models.CheckConstraint(
                condition=Q(completed=False) | Q(finished_at__isnull=False),
                name="logging_workout_completed_is_finished",
            ),
            one_of("visibility", values_of(Visibility), "logging_workout_visibility_known"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(finished_at__isnull=True), name="logging_workout_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-started_at", "-id"], name="logging_workout_of_user"),
            models.Index(fields=["user", "date"], name="logging_workout_by_date"),
        ]


class SetLog(TimestampedModel):
    """A set as done beside what was asked. ``user`` repeats the workout's owner: an athlete's history of one lift is
    then one index range, however many athletes there are."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    workout = models.ForeignKey(WorkoutLog, on_delete=models.CASCADE, related_name="sets", db_index=False)
    movement = models.ForeignKey(Movement, on_delete=models.RESTRICT, related_name="+")  # PROTECT would stop erasure
    session_exercise = models.ForeignKey(
        SessionExercise, null=True, blank=True, on_delete=models.SET_NULL, related_name="set_logs"
    )
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=choices_of(SetKind), default=SetKind.WORKING)
    asked_load_kg = models.FloatField(null=True, blank=True)
    asked_reps_min = models.PositiveSmallIntegerField(null=True, blank=True)
    asked_reps_max = models.PositiveSmallIntegerField(null=True, blank=True)
    asked_rpe = models.FloatField(null=True, blank=True)
    weight_kg = models.FloatField(null=True, blank=True)
    reps = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    metres = models.FloatField(null=True, blank=True)
    left = models.PositiveIntegerField(null=True, blank=True)  # each side's own count (repetitions, else seconds);
    right = models.PositiveIntegerField(null=True, blank=True)  # reps or seconds hold the weaker side's
    rpe = models.FloatField(null=True, blank=True)
    rir = models.FloatField(null=True, blank=True)
    rest_seconds = models.PositiveIntegerField(null=True, blank=True)
    performed_at = models.DateTimeField()
    bodyweight_kg = models.FloatField(null=True, blank=True)  # used for bodyweight movements, as known then
    e1rm = models.FloatField(null=True, blank=True)
    e1rm_low = models.FloatField(null=True, blank=True)
    e1rm_high = models.FloatField(null=True, blank=True)
    e1rm_formula = models.CharField(max_length=10, choices=choices_of(E1rmFormula), blank=True)
    is_top_set = models.BooleanField(default=False)
    is_pr = models.BooleanField(default=False)
    notes = models.CharField(max_length=300, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "performed_at", "id"]
        constraints = [
            one_of("kind", values_of(SetKind), "logging_set_kind_known"),
            between("weight_kg", -300, 1000, "logging_set_weight_range"),  # below nothing: help
            between("left", 0, 86400, "logging_set_left_range"),
            between("right", 0, 86400, "logging_set_right_range"),
            between("reps", 0, 200, "logging_set_reps_range"),
            between("seconds", 0, 86400, "logging_set_seconds_range"),
            between("metres", 0, 500000, "logging_set_metres_range"),
            between("rpe", 1, 10, "logging_set_rpe_range"),
            between("rir", 0, 10, "logging_set_rir_range"),
            models.CheckConstraint(
                condition=Q(reps__isnull=False) | Q(seconds__isnull=False) | Q(metres__isnull=False),
                name="logging_set_has_work",
            ),
            one_of("e1rm_formula", ["", *values_of(E1rmFormula)], "logging_set_formula_known"),
        ]
        indexes = [
            models.Index(fields=["workout", "order"], name="logging_set_by_workout"),
            models.Index(fields=["user", "movement", "-performed_at"], name="logging_set_of_lift"),
            models.Index(fields=["user", "-performed_at"], name="logging_set_of_user"),
            models.Index(fields=["user"], name="logging_set_with_note", condition=~Q(notes="")),
            models.Index(
                fields=["user", "movement", "-e1rm"], name="logging_set_best_of_lift", condition=Q(e1rm__isnull=False)
            ),
        ]

    def fact(self, lift: Lift) -> SetFact:
        """This row as the plain fact that the metrics read."""
        return fact_of(self, lift)
