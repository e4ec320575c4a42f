"""How the athlete is: soreness, recovery signals, body measures."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gainsly.core.models import OwnedQuerySet, TimestampedModel, between, one_of
from gainsly.lib.vocabulary import Muscle, RecoverySource, choices_of, values_of

SCALE = (1, 10)


class SorenessLog(TimestampedModel):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="soreness")
    muscle = models.CharField(max_length=14, choices=choices_of(Muscle))
    level = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            one_of("muscle", values_of(Muscle), "logging_soreness_muscle_known"),
            between("level", 0, 10, "logging_soreness_level_range"),
        ]
        indexes = [models.Index(fields=["user", "-at"], name="logging_soreness_of_user")]


class RecoverySignal(TimestampedModel):
    """One day's signals of one source. Scales: decisions.md 20 (10 is best for sleep quality, mood, motivation)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_signals")
    source = models.CharField(max_length=8, choices=choices_of(RecoverySource), default=RecoverySource.MANUAL)
    date = models.DateField()
    sleep_hours = models.FloatField(null=True, blank=True)
    sleep_quality = models.PositiveSmallIntegerField(null=True, blank=True)
    sleep_score = models.PositiveSmallIntegerField(null=True, blank=True)
    fatigue = models.PositiveSmallIntegerField(null=True, blank=True)
    stress = models.PositiveSmallIntegerField(null=True, blank=True)
    mood = models.PositiveSmallIntegerField(null=True, blank=True)
    motivation = models.PositiveSmallIntegerField(null=True, blank=True)
    hrv = models.FloatField(null=True, blank=True)  # RMSSD, milliseconds
    resting_hr = models.PositiveSmallIntegerField(null=True, blank=True)
    readiness = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "source"]
        constraints = [
            models.UniqueConstraint(fields=["user", "source", "date"], name="logging_recovery_once_a_day"),
            one_of("source", values_of(RecoverySource), "logging_recovery_source_known"),
            between("sleep_hours", 0, 24, "logging_recovery_sleep_range"),
            between("sleep_quality", *SCALE, "logging_recovery_quality_range"),
            between("sleep_score", 0, 100, "logging_recovery_sleep_score_range"),
            between("fatigue", *SCALE, "logging_recovery_fatigue_range"),
            between("stress", *SCALE, "logging_recovery_stress_range"),
            between("mood", *SCALE, "logging_recovery_mood_range"),
            between("motivation", *SCALE, "logging_recovery_motivation_range"),
            between("hrv", 1, 400, "logging_recovery_hrv_range"),
            between("resting_hr", 20, 200, "logging_recovery_hr_range"),
            between("readiness", 0, 100, "logging_recovery_readiness_range"),
        ]


class BiometricEntry(TimestampedModel):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="biometrics")
    kind = models.SlugField(max_length=30)
    value = models.FloatField()
    unit = models.CharField(max_length=16)
    taken_at = models.DateTimeField()
    source = models.CharField(max_length=16, default="manual")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_at", "-id"]
        verbose_name_plural = "biometric entries"
        indexes = [models.Index(fields=["user", "kind", "-taken_at"], name="logging_biometric_of_user")]
