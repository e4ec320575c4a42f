"""API sessions: a family of refresh tokens per device, so that a token used twice ends the whole family."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gainsly.core.models import OwnedQuerySet, TimestampedModel


class RefreshSession(TimestampedModel):
    """One device that is signed in over the API. Only the token id of the newest refresh token is valid."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="refresh_sessions")
    device = models.CharField(max_length=200, blank=True)
    current_jti = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)
    last_used_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    reuse_detected_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-last_used_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reuse_detected_at__isnull=True) | Q(revoked_at__lte=F("reuse_detected_at")),
                name="accounts_refresh_reuse_revokes",
            ),
        ]
