"""Activities and their kinds."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gainsly.core.http import owned_or_404
from logging_app.models import ActivityDefinition, ActivityInstance


def definitions() -> QuerySet[ActivityDefinition]:
    """The kinds that are offered, each with the muscles it tires; two queries."""
    return ActivityDefinition.objects.filter(is_active=True).prefetch_related("fatigue")


def definition_by(slug: str) -> ActivityDefinition | None:
    return ActivityDefinition.objects.filter(slug=slug, is_active=True).first()


def activities_of(
    user: Any, *, since: dt.date | None = None, until: dt.date | None = None
) -> QuerySet[ActivityInstance]:
    """What the athlete did, newest first, on the days from ``since`` to ``until`` (both included)."""
    rows = ActivityInstance.objects.of(user).select_related("definition", "link")
    if since is not None:
        rows = rows.filter(date__gte=since)
    if until is not None:
        rows = rows.filter(date__lte=until)
    return rows.order_by("-started_at", "-id")


def activity_for(user: Any, pk: UUID | str) -> ActivityInstance:
    """The athlete's own activity. Raises ``Http404``."""
    row: ActivityInstance = owned_or_404(ActivityInstance.objects.all(), user, pk)
    return row
