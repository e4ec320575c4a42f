"""Versioned configuration of the engine, in the database beside the packaged defaults."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gainsly.core.models import TimestampedModel


class HeuristicConfig(TimestampedModel):
    name = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    body = models.JSONField()  # validated against programs.engine.heuristics before it is stored
    active = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="programs_config_version_once"),
            models.UniqueConstraint(fields=["name"], condition=Q(active=True), name="programs_config_one_active"),
        ]
