"""What the coach says unasked: a week looked back on, an easy week advised, a check-in missed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gainsly.core.models import OwnedQuerySet, TimestampedModel, one_of

WEEKLY, EASY_WEEK, CHECK_IN = "weekly", "easy_week", "check_in"
KINDS = (WEEKLY, EASY_WEEK, CHECK_IN)


class NoticeQuerySet(OwnedQuerySet):
    owner_field = "user"


class Notice(TimestampedModel):
    """One per athlete, kind and day, so that a beat that runs twice or late says nothing twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=[(one, one) for one in KINDS])
    date = models.DateField()  # the first day of the week, or the day, in the athlete's own zone
    text = models.TextField()
    figures = models.JSONField(default=dict)  # what the text was made from
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "date"], name="coaching_notice_once"),
            one_of("kind", list(KINDS), "coaching_notice_kind_known"),
        ]
